// SPDX-License-Identifier: GPL-3.0-or-later
// How much larger than what a file holds may be what is written from it: views with a stride of zero, overlapping
// places and wide alignments name more bytes than any disk has, in a file of a few hundred.
#pragma once

#include <cstdint>

namespace cupel::convert {

constexpr std::uint64_t mostGrowth = 4; // times
constexpr std::uint64_t alwaysWritten = 64 << 20; // harmless, whatever it comes from

[[nodiscard]] constexpr bool outgrows(std::uint64_t written, std::uint64_t held)
{
    return written > alwaysWritten && written / mostGrowth > held;
}

} // namespace cupel::convert
