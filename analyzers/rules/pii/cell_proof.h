// SPDX-License-Identifier: GPL-3.0-or-later
// Whether one cell of a table is a value of a class. Pure; any thread.
#pragma once

#include "analyzers/base/bytes.h"

#include <cstddef>

namespace cupel::rules::pii {

// Of the whole cell; context is taken for granted.
struct CellProof {
    bool fits = false;
    bool proved = false;
    bool checksum = false;
};
// `row` is an index into rows().
[[nodiscard]] CellProof judgeCell(ByteView cell, std::size_t row);

} // namespace cupel::rules::pii
