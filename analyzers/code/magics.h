// SPDX-License-Identifier: GPL-3.0-or-later
// IPython's additions to Python (%magic, %%cell, !shell, name?) taken out of a cell, so that a Python parser can read
// the rest. Every byte keeps its place: offsets and lines of the result are those of the cell.
#pragma once

#include "analyzers/base/bytes.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::code {

// Of the same length as `source`. A magic or shell line becomes the expression `0` and spaces, so that the block around
// it stays a block; the body of a cell magic for another language becomes spaces. The statement that `%time` and its
// like run stays where it is: "0;    f(x)", and so does what is assigned by it: x = %time f(x) is "x =       f(x)".
[[nodiscard]] std::string withoutMagics(std::string_view source);

// A piece that was taken out.
struct MagicSpan {
    enum class Kind : std::uint8_t { Line, Cell, Help }; // !, % and ? lines; %% and its body; name?
    Kind kind = Kind::Line;
    ByteRange bytes; // from the mark to the end of its (continued) line
    ByteRange body; // of a cell magic: the lines below it, Python or not
    bool pythonBody = false; // the body, or the statement of the line, stayed where it is
    ByteRange target; // `x` of x = !ls; empty: nothing is assigned
};
[[nodiscard]] std::string withoutMagics(std::string_view source, std::vector<MagicSpan>& spans);

} // namespace cupel::code
