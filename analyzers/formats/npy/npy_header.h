// SPDX-License-Identifier: GPL-3.0-or-later
// The header of a NumPy array: a literal of Python's, read without Python. Everything about it is checked; a header
// that is anything else than a literal is refused.
#pragma once

#include "analyzers/base/bytes.h"
#include "analyzers/base/result.h"

#include <cstdint>
#include <vector>

namespace cupel::formats::npy {

struct Header {
    std::string dtype; // "<f8", or "structured"
    std::vector<std::uint64_t> shape;
    bool fortranOrder = false;
    bool objects = false; // pickles follow instead of numbers
    std::uint64_t itemSize = 0; // bytes of an element
    std::uint64_t dataStart = 0; // offset in the file
    std::uint64_t dataSize = 0; // bytes of all elements; of objects 0
};
// The array that begins at `at`.
[[nodiscard]] Result<Header> readHeader(ByteView bytes, std::uint64_t at);
// Where the elements begin, by the length that is written before the literal; 0: it cannot be.
[[nodiscard]] std::uint64_t dataStart(ByteView bytes, std::uint64_t at);

} // namespace cupel::formats::npy
