// SPDX-License-Identifier: GPL-3.0-or-later
// What a workspace gives in the order of its files and in the order of the recorded runs, told apart: nodes are known
// by what they stand for, edges by their ends and kind, facts by their place.
#pragma once

#include "analyzers/lineage/lineage_graph.h"

namespace cupel::lineage {

// Fills `inOther` and `onlyThere` of both.
void markDifferences(LineageGraph& written, LineageGraph& recorded);

} // namespace cupel::lineage
