// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/lineage/coverage.h"

#include <algorithm>

namespace cupel::lineage {

Coverage coverageOf(const LineageGraph& graph)
{
    Coverage all;
    for (const auto& file : graph.files) {
        all.calls += file.calls;
        all.modelled += file.modelled;
    }
    all.unknown = static_cast<std::size_t>(std::count_if(
        graph.nodes.begin(), graph.nodes.end(), [](const Node& node) { return node.kind == NodeKind::UnknownCall; }));
    all.calls += all.unknown;
    return all;
}

} // namespace cupel::lineage
