// SPDX-License-Identifier: GPL-3.0-or-later
// What string folding collects while it goes through an expression. Part of string_folding.cpp alone.
#pragma once

#include "analyzers/base/bytes.h"

#include <cstddef>
#include <string>
#include <vector>

namespace cupel::code {

struct Piece {
    std::string value;
    ByteRange source; // the literal, or the name that stands for it
    std::vector<ByteRange> origins; // literals of a named constant
};

struct Chain {
    std::vector<Piece> pieces;
    std::size_t bytes = 0; // of all values
    std::size_t origins = 0; // of all pieces
    bool changed = false; // differs from what stands in the source
    bool parted = false; // its beginning was given already; no constant is made of the rest
    [[nodiscard]] bool empty() const { return pieces.empty(); }
};

struct Constant {
    std::string value;
    std::vector<ByteRange> origins;
};

} // namespace cupel::code
