// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/lineage/used_elsewhere.h"

#include <vector>

namespace cupel::lineage {

void forgetUsedElsewhere(LineageGraph& graph)
{
    std::vector<bool> shared(graph.files.size());
    for (const auto& edge : graph.edges) {
        if (edge.kind != EdgeKind::Runs && edge.kind != EdgeKind::Imports) {
            continue;
        }
        const auto used = graph.nodes[edge.from].place.file;
        const auto user = graph.nodes[edge.to].place.file;
        if (used >= shared.size() || user >= shared.size() || used == user) {
            continue;
        }
        shared[used] = true;
        shared[user] = shared[user] || edge.kind == EdgeKind::Runs; // %run -i: in the names of who runs it
    }
    std::erase_if(graph.hazards, [&shared](const Hazard& hazard) {
        return hazard.kind == HazardKind::UncalledFunction && hazard.place.file < shared.size()
            && shared[hazard.place.file];
    });
}

} // namespace cupel::lineage
