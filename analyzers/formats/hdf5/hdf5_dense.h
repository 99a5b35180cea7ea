// SPDX-License-Identifier: GPL-3.0-or-later
// Fractal heaps with their indexes: where newer files keep links and attributes when an object has many of them.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/formats/hdf5/hdf5_file.h"

#include <vector>

namespace cupel::formats::hdf5 {

struct DenseMessages {
    std::vector<ByteRange> messages; // in the order of the index
    bool whole = false; // nothing was left out
    std::uint64_t listed = 0; // bytes of the lists that were read for it
    std::optional<std::uint64_t> freeSpace; // what says where the heap has room
};

// Addresses of the heap, of the index by name and of that in order of making.
[[nodiscard]] DenseMessages readDense(
    const File& file, std::uint64_t heap, std::uint64_t index, std::optional<std::uint64_t> byOrder, Budget& budget);

// Places of chunks in a tree of version 2; `chunkSize` of those that are not packed. False: it cannot be read.
[[nodiscard]] bool coverChunkIndex(const File& file, std::uint64_t index, std::uint64_t chunkSize, Budget& budget);

} // namespace cupel::formats::hdf5
