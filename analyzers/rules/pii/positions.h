// SPDX-License-Identifier: GPL-3.0-or-later
// Geographic positions in running text: two decimal degrees, or degrees with minutes and seconds, both with the sign or
// the word that makes them a place on earth.
#pragma once

#include "analyzers/base/bytes.h"

#include <optional>

namespace cupel::rules::pii {

// A cheap look at a whole text: false when no position can be in it.
[[nodiscard]] bool mentionsPlaces(ByteView text);
// Four decimals or a degree sign follow at `at`, the end of a number.
[[nodiscard]] bool endsLikeDegrees(ByteView text, std::size_t at);
// Latitude and longitude from the digit at `at` on, exact to a few metres. nullopt: none, or nothing says that these
// two numbers are a position.
[[nodiscard]] std::optional<ByteRange> positionAt(ByteView text, std::size_t at);
// The gulf around 0, 0, in which no land lies: what falls there was scaled to a mean of 0 or to 0 and 1.
[[nodiscard]] constexpr bool isOpenSea(double latitude, double longitude)
{
    return latitude > -4.5 && latitude < 4.3 && longitude > -5 && longitude < 5;
}

} // namespace cupel::rules::pii
