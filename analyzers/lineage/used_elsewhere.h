// SPDX-License-Identifier: GPL-3.0-or-later
// What one file alone cannot know: functions that nothing in their file calls are called by who runs or imports it.
#pragma once

#include "analyzers/lineage/lineage_graph.h"

namespace cupel::lineage {

// Takes back that a function is unused where another file of the graph has its names, or gives it its own.
void forgetUsedElsewhere(LineageGraph& graph);

} // namespace cupel::lineage
