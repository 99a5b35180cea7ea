// SPDX-License-Identifier: GPL-3.0-or-later
// The text of a region as people see it. JSON that is shown as JSON keeps the escapes without which it would be another
// text or none (quotes, backslashes, line ends, control characters); letters that were written as escapes are letters,
// for programs differ in that. Pure.
#pragma once

#include "analyzers/formats/region_text.h"

namespace cupel::formats {

// Ends where `readRegion` of as many bytes ends; other forms are what that reads.
[[nodiscard]] TextPiece readForDisplay(ByteView artifactText, const Region& region, std::size_t maxBytes);

} // namespace cupel::formats
