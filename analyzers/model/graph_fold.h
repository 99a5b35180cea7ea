// SPDX-License-Identifier: GPL-3.0-or-later
// A large graph as a small one: nodes of one scope ("encoder/layer_3/") are one group until somebody opens it, and
// where scopes do not help, neighbours of the file are. Pure; any thread.
#pragma once

#include "analyzers/model/model_graph.h"

#include <set>
#include <string>
#include <vector>

namespace cupel {

struct FoldOptions {
    std::size_t most = 60; // nodes and groups that are shown before somebody opens one
    std::set<std::string> opened; // paths of groups
    std::set<std::string> closed; // of those that would be open by themselves
};

struct FoldedNode {
    std::string group; // path; empty: one node as it is
    std::uint32_t first = 0; // of its nodes, in the order of the file
    std::uint32_t last = 0;
    std::uint32_t count = 1;
    bool run = false; // neighbours of the file, not a scope
};

struct FoldedEdge {
    std::uint32_t from = 0; // folded nodes
    std::uint32_t to = 0;
    std::uint32_t first = 0; // edge of the graph
    std::uint32_t count = 1;
};

struct FoldedGraph {
    std::vector<FoldedNode> nodes;
    std::vector<FoldedEdge> edges;
    std::vector<std::uint32_t> of; // by node of the graph: where it is shown
    std::vector<std::string> around; // by folded node: the open group it stands in; empty: none
};

[[nodiscard]] FoldedGraph fold(const ModelGraph& graph, const FoldOptions& options);
// "encoder/layer_3" of a node: what the format says, else what its name begins with.
[[nodiscard]] std::string scopeOf(const GraphNode& node);

} // namespace cupel
