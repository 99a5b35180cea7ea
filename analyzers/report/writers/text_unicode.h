// SPDX-License-Identifier: GPL-3.0-or-later
// UTF-8 for output: what is not valid is replaced, what could drive a terminal or reorder a line is shown as an escape,
// nothing is cut inside a character. Pure functions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::report {

struct CodePoint {
    std::uint32_t value = 0xFFFD;
    std::size_t length = 1; // bytes taken; for invalid input the bytes that one replacement character stands for
    bool valid = false;
};

// The code point at `at`, which must be inside `text`.
[[nodiscard]] CodePoint decodeUtf8(std::string_view text, std::size_t at);
void appendUtf8(std::string& out, std::uint32_t codePoint);
// `text` with every invalid sequence replaced by U+FFFD.
[[nodiscard]] std::string validUtf8(std::string_view text);

// One line that is safe to print: control characters, line breaks, and characters that turn the reading direction
// become \x1b or \u202e in letters; invalid bytes become U+FFFD.
[[nodiscard]] std::string printable(std::string_view text);

// Columns a terminal uses: 0 for combining marks, 2 for wide East Asian characters and emoji.
[[nodiscard]] std::size_t displayWidth(std::string_view text);
// At most `columns` wide, with an ellipsis when something was cut.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t columns);
// At most `bytes` long, cut between characters.
[[nodiscard]] std::string_view prefixBytes(std::string_view text, std::size_t bytes);
// Lines of at most `columns` columns, broken at spaces where there are any. 0 columns: one line.
[[nodiscard]] std::vector<std::string> wrapped(std::string_view text, std::size_t columns);

} // namespace cupel::report
