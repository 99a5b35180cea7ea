// SPDX-License-Identifier: GPL-3.0-or-later
// IPython's additions to Python (%magic, %%cell, !shell, name?) taken out of a cell, so that a Python parser can read
// the rest. Every byte keeps its place: offsets and lines of the result are those of the cell.
#pragma once

#include <string>
#include <string_view>

namespace cupel::code {

// Of the same length as `source`. A magic or shell line becomes the expression `0` and spaces, so that the block around
// it stays a block; the body of a cell magic for another language becomes spaces.
[[nodiscard]] std::string withoutMagics(std::string_view source);

} // namespace cupel::code
