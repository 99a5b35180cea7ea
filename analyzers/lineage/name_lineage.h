// SPDX-License-Identifier: GPL-3.0-or-later
// Names and execution of one notebook or script: recorded execution, slices and hazards. Values and calls are followed
// elsewhere. Place::file and the files of execution and slices are left `none`: whoever makes the graph fills them.
#pragma once

#include "analyzers/formats/code_cells.h"
#include "analyzers/lineage/lineage_graph.h"

namespace cupel::lineage {

struct NameFindings {
    Execution execution; // no counts: a script without cells
    Slices slices;
    std::vector<Hazard> hazards;
    bool partial = false; // a limit was met
};

// Of a script that was converted from a notebook, code cells are those of its marks; places have no cell then. Parses
// what is not parsed yet, and forgets those trees again.
[[nodiscard]] NameFindings nameLineage(
    const Artifact& artifact, const Facts& facts, formats::CodeCells& cells, Budget& budget);

// The hazards alone.
[[nodiscard]] std::vector<Hazard> hazardsOfNames(
    const Artifact& artifact, const Facts& facts, formats::CodeCells& cells, Budget& budget);

} // namespace cupel::lineage
