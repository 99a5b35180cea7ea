// SPDX-License-Identifier: GPL-3.0-or-later
// What a character may be part of, as bits: the scanner asks it of every byte.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace cupel::rules::pii {

enum : std::uint8_t { DigitBit = 1, LetterBit = 2, SignBit = 4, JoinBit = 8, InitialBit = 16 };

inline constexpr std::array<std::uint8_t, 256> classes = [] {
    std::array<std::uint8_t, 256> table{};
    for (int c = '0'; c <= '9'; ++c) {
        table[static_cast<std::size_t>(c)] = DigitBit;
    }
    for (int c = 'a'; c <= 'z'; ++c) {
        table[static_cast<std::size_t>(c)] = LetterBit;
        table[static_cast<std::size_t>(c - 32)] = LetterBit;
    }
    for (const char c : {'@', '+', '(', ':'}) {
        table[static_cast<std::size_t>(c)] = SignBit; // those of TextRuns
    }
    for (const char c : {' ', '.', ':', '-'}) {
        table[static_cast<std::size_t>(c)] |= JoinBit; // a word to its value
    }
    for (const char c : {'D', 'F', 'H', 'M', 'P', 'S'}) {
        table[static_cast<std::size_t>(c)] |= InitialBit; // of titles
    }
    return table;
}();

inline std::uint8_t classOf(char c)
{
    return classes[static_cast<unsigned char>(c)];
}

// Nothing that TextRuns stops at.
inline bool isBetween(char c)
{
    return (classOf(c) & (DigitBit | LetterBit | SignBit)) == 0;
}

} // namespace cupel::rules::pii
