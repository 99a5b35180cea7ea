// SPDX-License-Identifier: GPL-3.0-or-later
// What is dangerous about the names of a notebook: used before they are there, made by a run that nobody can see, older
// than what they come from, changed twice. Silent about a notebook that was run once from top to end.
#pragma once

#include "analyzers/lineage/lineage_graph.h"
#include "analyzers/lineage/name_flow.h"

namespace cupel::lineage {

// By place. Place::file stays none.
[[nodiscard]] std::vector<Hazard> nameHazards(const Facts& facts, const FileNames& file, const NameFlow& flow,
    const Execution& execution, const formats::CodeCells& cells, Budget& budget);

} // namespace cupel::lineage
