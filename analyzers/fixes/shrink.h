// SPDX-License-Identifier: GPL-3.0-or-later
// Cutting a long output down to its first lines or rows, with a line that says how much was cut. What must not be
// shown ends what is kept: a shrunk output holds nothing of it.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/fixes/place_writer.h"

#include <vector>

namespace cupel::fixes {

[[nodiscard]] bool canShrink(const Region& region); // text, a stream or HTML of an output
// `sensitive` in the artifact's text, sorted, disjoint. Empty when hardly anything would go.
[[nodiscard]] std::vector<RawEdit> shrink(ByteView artifactText, const Region& region,
    const std::vector<ByteRange>& sensitive, PlaceWriter& writer, Budget& budget);

} // namespace cupel::fixes
