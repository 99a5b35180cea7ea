// SPDX-License-Identifier: GPL-3.0-or-later
// How the files of an array of Zarr are made, as its .zarray (version 2) or zarr.json (version 3) says: checkpoints of
// Orbax without a database are folders of such arrays. Zarr specifications 2 and 3, and the sharding codec.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/base/bytes.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cupel::formats::zarr {

// The names of both kinds of metadata.
inline constexpr std::string_view secondVersion = ".zarray";
inline constexpr std::string_view thirdVersion = "zarr.json";

struct Layout {
    std::string type; // "<f4", "bfloat16"
    std::string packing; // "zstd", "gzip" ...; empty: the numbers as they are
    std::string strange; // a step nobody here undoes ("blosc"); empty: all are known
    std::uint64_t bytes = 0; // of one chunk, unpacked; 0: nobody can say
    std::uint64_t chunks = 0; // of a shard, each of `bytes`; 0: a file is one chunk
    bool checksum = false; // four bytes behind each chunk
    bool indexChecksum = false;
    bool indexAtStart = false;
    bool pickled = false; // whoever reads the array loads a pickle
};
// nullopt: the text describes no array.
[[nodiscard]] std::optional<Layout> layoutOf(ByteView json, Budget& budget);

// A part of the path of a chunk: "0", "0.12", "c", "c.0".
[[nodiscard]] bool isChunkName(std::string_view part);

} // namespace cupel::formats::zarr
