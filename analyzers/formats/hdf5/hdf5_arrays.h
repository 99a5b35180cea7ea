// SPDX-License-Identifier: GPL-3.0-or-later
// Arrays of the places of chunks, as newer files have them: all that belongs to them is marked as used. Blocks and
// pages are looked at where they are said to be. "HDF5 File Format Specification", version 3.0, VII.C and VII.D.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/formats/hdf5/hdf5_file.h"

#include <cstdint>

namespace cupel::formats::hdf5 {

// `at`: of the head of the array; `chunkSize`: bytes of chunks that are not packed. False: it cannot be followed.
[[nodiscard]] bool coverFixedArray(const File& file, std::uint64_t at, std::uint64_t chunkSize, Budget& budget);
[[nodiscard]] bool coverExtensibleArray(const File& file, std::uint64_t at, std::uint64_t chunkSize, Budget& budget);

} // namespace cupel::formats::hdf5
