// SPDX-License-Identifier: GPL-3.0-or-later
// Steps over text in which none of a few bytes stands, 16 bytes at a time. For scanners that wait for a sign; pure, any
// thread.
#pragma once

#include "analyzers/base/bytes.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace cupel {

// Sixteen bytes that are compared at once: `block == '/'` has all bits of those bytes set that are equal.
using ByteBlock [[gnu::vector_size(16)]] = unsigned char;
using ByteMask [[gnu::vector_size(16)]] = signed char;

// Which of the bytes are one of `Signs`.
template <char... Signs> ByteMask isOneOf(ByteBlock block)
{
    return ((block == static_cast<unsigned char>(Signs)) | ...);
}

// The first place from `at` on whose byte is wanted; the size of the text when there is none. `wanted` makes a mask of
// a block. Little-endian, as every host here.
template <typename Wanted> std::size_t nextByte(ByteView text, std::size_t at, Wanted wanted)
{
    constexpr std::size_t step = sizeof(ByteBlock);
    while (at < text.size()) {
        ByteBlock block{};
        if (at + step <= text.size()) {
            std::memcpy(&block, text.data() + at, step);
        } else {
            std::memcpy(&block, text.data() + at, text.size() - at);
        }
        const ByteMask mask = wanted(block);
        std::uint64_t halves[2];
        std::memcpy(halves, &mask, sizeof halves);
        if ((halves[0] | halves[1]) != 0) {
            const auto in = halves[0] != 0 ? static_cast<std::size_t>(std::countr_zero(halves[0])) / 8
                                           : 8 + static_cast<std::size_t>(std::countr_zero(halves[1])) / 8;
            return std::min(at + in, text.size());
        }
        at += step;
    }
    return text.size();
}

} // namespace cupel
