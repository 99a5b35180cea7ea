// SPDX-License-Identifier: GPL-3.0-or-later
// The index of a TensorFlow checkpoint ("variables.index"): a table of LevelDB whose values say of each tensor its
// type, shape, shard, place and checksum. tensor_bundle.proto, table_format.md of LevelDB. Pure; every read is checked.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/base/byte_cover.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace cupel::formats::tensorflow {

struct BundleEntry {
    std::string name; // at most 1,024 bytes of it, as written
    ByteRange place; // what the index says of it
    std::uint64_t type = 0; // of types.proto
    std::vector<std::uint64_t> shape; // outermost first, at most 64 axes
    std::uint64_t shard = 0;
    std::uint64_t offset = 0; // in the shard
    std::uint64_t size = 0; // bytes
    std::uint32_t checksum = 0; // masked CRC-32C of the data
    bool hasChecksum = false;
    bool sliced = false; // its parts are entries of their own
};

struct Bundle {
    static constexpr std::size_t mostEntries = 200'000;

    std::uint64_t shards = 1;
    bool bigEndian = false;
    std::vector<BundleEntry> entries; // by name
    // What is wrong with the table and its entries: where, and a sentence part; at most a hundred.
    std::vector<std::pair<ByteRange, std::string>> troubles;
    ByteCover cover; // what of the index belongs to something
    bool whole = true; // false: entries are missing, because of a limit or of what is wrong
};

[[nodiscard]] Bundle readBundle(ByteView index, Budget& budget);

} // namespace cupel::formats::tensorflow
