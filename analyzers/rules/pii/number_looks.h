// SPDX-License-Identifier: GPL-3.0-or-later
// Cheap looks at digits, which spare a closer one: the scanner takes them of every number of a text.
#pragma once

#include "analyzers/base/byte_scan.h"
#include "analyzers/rules/pii/character_bits.h"

#include <bit>
#include <cstddef>
#include <cstdint>

namespace cupel::rules::pii {

// Every value that starts with a few letters and a separator has its digits close by.
inline bool digitSoon(ByteView text, std::size_t from)
{
    constexpr std::uint64_t near = 0xFF; // eight characters
    return (bitsOf(blockAt(text, from) - '0' < 10) & near) != 0;
}

// "3.14159": what stands behind the point of a number is no value of its own.
inline bool isFraction(ByteView text, std::size_t at)
{
    return at >= 2 && text[at - 1] == '.' && (classOf(text[at - 2]) & DigitBit) != 0;
}

// Four digits or more.
inline bool isLongFraction(ByteView text, std::size_t at)
{
    return std::countr_one(bitsOf(blockAt(text, at) - '0' < 10)) >= 4;
}

} // namespace cupel::rules::pii
