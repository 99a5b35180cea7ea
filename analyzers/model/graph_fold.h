// SPDX-License-Identifier: GPL-3.0-or-later
// A large graph as a small one: nodes of one scope ("encoder/layer_3/") are one group until somebody opens it, and
// where scopes do not help, operations that work one after the other are. Pure; any thread.
#pragma once

#include "analyzers/model/graph_groups.h"

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
    std::uint32_t first = 0; // of its nodes, in the order of work
    std::uint32_t count = 1; // nodes
    std::uint32_t operations = 0; // of them: no inputs, outputs and constants
    bool run = false; // neighbours in that order, or inputs and outputs: no scope
    // Of a group, as in GraphGroup:
    GraphGroup::Kind kind = GraphGroup::Kind::Scope;
    std::string scope;
    std::uint32_t part = 1;
    std::uint32_t parts = 1;
    std::uint32_t firstOperation = 0;
    std::uint32_t lastOperation = 0;
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
