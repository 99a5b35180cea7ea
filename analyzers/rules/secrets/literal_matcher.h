// SPDX-License-Identifier: GPL-3.0-or-later
// One vectorscan pass over a text for the literals of all rows.
#pragma once

#include "analyzers/rules/literal_set.h"

#include <vector>

namespace cupel::rules::secrets {

// Appends the hits in order of their ends, as indices into literals(); at most `maxHits`, false when there were more.
// Any thread.
bool findLiterals(ByteView text, std::vector<LiteralHit>& hits, std::size_t maxHits);

} // namespace cupel::rules::secrets
