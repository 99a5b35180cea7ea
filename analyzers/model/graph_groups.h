// SPDX-License-Identifier: GPL-3.0-or-later
// The nodes of a graph in groups, and groups in groups: scopes, and runs of the order in which nodes work where scopes
// do not help. Drawn as one node each, the children of a group make no circle that the graph has not: a scope that
// others stand between is two groups. Pure; any thread.
#pragma once

#include "analyzers/model/graph_order.h"

#include <string>
#include <vector>

namespace cupel {

constexpr std::size_t runLength = 50; // nodes in one run; no group has more than three times as many children

struct GraphGroup {
    enum class Kind : std::uint8_t { Scope, Run, Inputs, Outputs };
    std::string path; // how it is named when it is opened
    std::string scope; // "encoder/layer_3"
    Kind kind = Kind::Scope;
    std::uint32_t around = 0;
    std::uint32_t part = 1; // of a scope that is several groups
    std::uint32_t parts = 1;
    std::vector<std::uint32_t> groups; // children
    std::vector<std::uint32_t> nodes;
    // At any depth:
    std::uint32_t count = 0;
    std::uint32_t operations = 0;
    std::uint32_t first = 0; // node in the order of work
    std::uint32_t firstOperation = 0; // counted in that order, from 1; 0: there is none
    std::uint32_t lastOperation = 0;

    [[nodiscard]] std::size_t children() const { return groups.size() + nodes.size(); }
};

// The first holds all; groups stand behind what is around them.
[[nodiscard]] std::vector<GraphGroup> groupsOf(const ModelGraph& graph, const GraphOrder& order);

} // namespace cupel
