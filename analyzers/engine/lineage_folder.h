// SPDX-License-Identifier: GPL-3.0-or-later
// The lineage of files and folders: finds the code, reads it, follows it and joins what files share. Nothing is run.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/lineage/lineage_graph.h"

#include <string>
#include <vector>

namespace cupel::engine {

class LineageMemory;

struct LineageOptions {
    std::vector<std::string> exclude; // globs
    unsigned jobs = 0; // worker threads; 0: one per core
    std::string rolesFile; // rows of the user that override the table of calls; empty: none
    bool compares = true; // say of each notebook what flows in one order of its cells only, which follows some twice
    bool contents = false; // tell digests and formats of model files that are there: they are read whole
};

[[nodiscard]] lineage::LineageGraph lineageOf(const std::vector<std::string>& paths, const LineageOptions& options,
    Budget& budget, LineageMemory* memory = nullptr);

// The same, and once more with the cells of each notebook in the order in which they ran, as far as that is recorded.
// Each of both says what the other has not. Only notebooks that ran in another order are followed twice.
struct LineageOrders {
    lineage::LineageGraph written;
    lineage::LineageGraph recorded;
};
[[nodiscard]] LineageOrders lineageInBothOrders(const std::vector<std::string>& paths, const LineageOptions& options,
    Budget& budget, LineageMemory* memory = nullptr);

} // namespace cupel::engine
