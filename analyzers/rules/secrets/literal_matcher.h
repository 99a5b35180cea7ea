// SPDX-License-Identifier: GPL-3.0-or-later
// One vectorscan pass over a text for the literals of all rows.
#pragma once

#include "analyzers/base/bytes.h"

#include <cstdint>
#include <vector>

namespace cupel::rules::secrets {

struct LiteralHit {
    std::uint32_t literal; // index into literals()
    std::uint64_t start; // of the literal in the text
};

// Appends the hits in order of their ends; at most `maxHits`, false when there were more. Any thread.
bool findLiterals(ByteView text, std::vector<LiteralHit>& hits, std::size_t maxHits);

} // namespace cupel::rules::secrets
