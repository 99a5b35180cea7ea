// SPDX-License-Identifier: GPL-3.0-or-later
// The same notebook followed in the order in which its cells were run, as their counts tell, and where that differs
// from the order in which they stand.
#pragma once

#include "analyzers/lineage/api_roles.h"
#include "analyzers/lineage/lineage_graph.h"
#include "analyzers/lineage/parsed_file.h"

namespace cupel::lineage {

// Fills Execution::onlyWritten and onlyRecorded. Does nothing when counts never fall.
void compareOrders(const ParsedFilePtr& file, FileFinder& files, const ApiRoles& roles, const LineageGraph& written,
    Execution& out, Budget& budget);

} // namespace cupel::lineage
