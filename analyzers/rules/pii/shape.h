// SPDX-License-Identifier: GPL-3.0-or-later
// How a value is written, in a small language without choices to go back on, so that a match costs what it reads:
//   # digit   @ letter   * either   [ABC] one of these   {n} {m,n} repeats what stands before   others: themselves
//   ~ nothing, a blank or a hyphen, the same all along   _ a blank or a hyphen, the same all along
//   in front: ? needs context whatever the row says   ! needs nothing else
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::rules::pii {

struct ShapePart {
    enum class Type : std::uint8_t { Digit, Letter, Either, Literal, Class };
    Type type = Type::Literal;
    std::uint8_t least = 1;
    std::uint8_t most = 1;
    std::uint8_t bits = 0; // of the kinds: what they accept, as in character_bits.h
    std::string set; // the literal or the class, in capitals
};

struct Shape {
    enum class Demand : std::uint8_t { OfRow, Context, Nothing };
    Demand demand = Demand::OfRow;
    std::vector<ShapePart> parts;
    bool spaced = false; // has blanks inside
    bool onlyDigits = false; // besides separators
};

// All spellings of the shape with its separators written out; empty: the shape is wrong.
[[nodiscard]] std::vector<Shape> readShape(std::string_view text);
// Where a match from `at` on ends, as long as possible; npos: none.
[[nodiscard]] std::size_t matchShape(const Shape& shape, std::string_view text, std::size_t at);
// Letters and digits only, letters in capitals when `fold`.
[[nodiscard]] std::string compact(std::string_view value, bool fold);

} // namespace cupel::rules::pii
