// SPDX-License-Identifier: GPL-3.0-or-later
// What stands in the model files of a graph: their digests and formats, as a scan says them.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/lineage/lineage_graph.h"

#include <map>
#include <string>

namespace cupel::engine {

// `files`: relative paths and where they are on disk. Reads each model file once; of very large ones only the format is
// told. A digest that somebody recorded stays.
void tellContents(lineage::LineageGraph& graph, const std::map<std::string, std::string>& files, Budget& budget);

} // namespace cupel::engine
