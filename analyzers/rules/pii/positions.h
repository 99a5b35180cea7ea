// SPDX-License-Identifier: GPL-3.0-or-later
// Geographic positions in running text: two decimal degrees, or degrees with minutes and seconds, both with the sign or
// the word that makes them a place on earth.
#pragma once

#include "analyzers/base/bytes.h"

#include <optional>

namespace cupel::rules::pii {

// A cheap look at a whole text: false when no position can be in it.
[[nodiscard]] bool mentionsPlaces(ByteView text);
// Latitude and longitude from the digit at `at` on, exact to a few metres. nullopt: none, or nothing says that these
// two numbers are a position.
[[nodiscard]] std::optional<ByteRange> positionAt(ByteView text, std::size_t at);

} // namespace cupel::rules::pii
