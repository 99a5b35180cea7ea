// SPDX-License-Identifier: GPL-3.0-or-later
// The same notebook followed in the order in which its cells were run, as their counts tell, and where that differs
// from the order in which they stand.
#pragma once

#include "analyzers/lineage/api_roles.h"
#include "analyzers/lineage/lineage_graph.h"
#include "analyzers/lineage/parsed_file.h"

namespace cupel::lineage {

// Whether cells ran in another order than they stand, not only fewer of them: then compareOrders() has work to do.
[[nodiscard]] bool ranInAnotherOrder(const Execution& execution);
// Fills onlyWritten and onlyRecorded, with Execution::flows as written, by following the file once more.
void compareOrders(
    const ParsedFilePtr& file, FileFinder& files, const ApiRoles& roles, Execution& execution, Budget& budget);

// Of a piece: nobody compared the orders, and they differ.
[[nodiscard]] bool lacksComparison(const LineageGraph& piece);

// Whether the piece of a notebook is another one in the order of its runs.
[[nodiscard]] bool ranOtherwise(const LineageGraph& piece);
// That piece. `written`: the one in the order of the file, which ranOtherwise().
[[nodiscard]] LineageGraph followRecorded(
    const ParsedFilePtr& file, FileFinder& files, const ApiRoles& roles, const LineageGraph& written, Budget& budget);
// What the counts of a notebook do not tell. For graphs in the order of the runs; nothing where they tell all.
[[nodiscard]] std::vector<LineageGraph::Note> untold(const Execution& execution, const std::string& path);

} // namespace cupel::lineage
