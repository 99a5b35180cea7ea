// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/lineage/name_lineage.h"

#include "analyzers/lineage/execution.h"
#include "analyzers/lineage/name_hazards.h"
#include "analyzers/lineage/run_order.h"
#include "analyzers/lineage/slices.h"

namespace cupel::lineage {

NameFindings nameLineage(const Artifact& artifact, const Facts& facts, formats::CodeCells& cells, Budget& budget)
{
    NameFindings out;
    auto file = readNames(artifact, facts, cells, budget);
    const auto flow = followNames(file, budget);
    out.partial = file.partial || flow.partial;
    out.execution = makeExecution(file);
    if (file.notebook) {
        orderRuns(file, flow, out.execution, budget);
    }
    out.slices = makeSlices(file, flow, budget, out.partial);
    out.hazards = nameHazards(facts, file, flow, out.execution, cells, budget);
    return out;
}

std::vector<Hazard> hazardsOfNames(
    const Artifact& artifact, const Facts& facts, formats::CodeCells& cells, Budget& budget)
{
    auto file = readNames(artifact, facts, cells, budget);
    const auto flow = followNames(file, budget);
    return nameHazards(facts, file, flow, makeExecution(file), cells, budget);
}

} // namespace cupel::lineage
