// SPDX-License-Identifier: GPL-3.0-or-later
// Pieces of files become one graph: what is written in one place and read in another is one node.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/lineage/lineage_graph.h"

#include <string>
#include <vector>

namespace cupel::lineage {

// `pieces`: in the order of their files' paths. `disk`: files of the workspace, relative paths, sorted.
[[nodiscard]] LineageGraph join(std::vector<LineageGraph> pieces, const std::vector<std::string>& disk, Budget& budget);

} // namespace cupel::lineage
