// SPDX-License-Identifier: GPL-3.0-or-later
// Steps over text in which none of a few bytes stands, 32 bytes at a time: the inner loop has no way out, so that the
// compiler makes vector instructions of it. For scanners that wait for a sign; pure, any thread.
#pragma once

#include "analyzers/base/bytes.h"

#include <cstddef>

namespace cupel {

// The first place from `at` on whose byte is wanted; the size of the text when there is none. `isWanted` takes an
// unsigned char, and is best made of comparisons joined by `|`.
template <typename Wanted> std::size_t nextByte(ByteView text, std::size_t at, Wanted isWanted)
{
    constexpr std::size_t step = 32;
    const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
    while (at + step <= text.size()) {
        unsigned char any = 0;
        for (std::size_t i = 0; i < step; ++i) {
            any |= static_cast<unsigned char>(isWanted(bytes[at + i]));
        }
        if (any != 0) {
            break;
        }
        at += step;
    }
    // It is in these 32, or behind them the text ends.
    while (at < text.size() && !isWanted(bytes[at])) {
        ++at;
    }
    return at;
}

} // namespace cupel
