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
};

// `heap` and `index`: addresses of the heap and of the index by name.
[[nodiscard]] DenseMessages readDense(const File& file, std::uint64_t heap, std::uint64_t index, Budget& budget);

} // namespace cupel::formats::hdf5
