// SPDX-License-Identifier: GPL-3.0-or-later
// The nodes of a graph as they would work: each behind what it reads from, and in the order of the file where that is
// free. Edges that close a circle go backwards and are left out. Pure; any thread.
#pragma once

#include "analyzers/model/model_graph.h"

#include <cstdint>
#include <vector>

namespace cupel {

struct GraphOrder {
    std::vector<std::uint32_t> nodes; // in order
    std::vector<std::uint32_t> place; // by node: its place in the order
    std::vector<std::uint32_t> firstSource; // by node, one more than there are: into `sources`
    std::vector<std::uint32_t> sources; // the nodes that a node reads from; none that stands behind it
};

[[nodiscard]] GraphOrder orderOf(const ModelGraph& graph);

} // namespace cupel
