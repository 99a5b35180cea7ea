// SPDX-License-Identifier: GPL-3.0-or-later
// What a new drawing takes over from an earlier one: directions, ranks, places along the layers, places of whole parts.
// Inside of analyzers/graph only.
#pragma once

#include "analyzers/graph/layered_parts.h"

#include <map>
#include <unordered_map>

namespace cupel::graph {

class Keeper {
public:
    // All of them outlive it.
    Keeper(
        const Graph& graph, const LayoutOptions& options, const Before& before, const std::vector<std::uint32_t>& was);

    [[nodiscard]] bool worth() const { return m_worth; } // enough of it is still there
    [[nodiscard]] const std::vector<bool>& turned() const { return m_turned; } // by edge: it leads up
    [[nodiscard]] bool knows(const std::vector<Node>& members) const; // at least half of them
    // `rows`: for route().
    [[nodiscard]] std::vector<std::uint32_t> ranks(
        const Part& part, const std::vector<Node>& members, std::vector<double>& rows) const;
    // Orders the layers, and says where along them everything goes.
    [[nodiscard]] std::vector<double> place(
        const Part& part, const std::vector<Node>& members, Layers& layers, Budget& budget) const;
    // Where each part goes: where it was; what is new, and what would lie on another one, below.
    void pack(const std::vector<std::vector<Node>>& parts, const std::vector<Point>& nodes,
        const std::vector<Size>& sizes, std::vector<Point>& places, Size& whole) const;

private:
    [[nodiscard]] bool old(Node node) const { return m_was[node] < m_before.graph.nodes.size(); }
    [[nodiscard]] Point oldPlace(Node node) const { return m_before.layout.nodes[m_was[node]]; }
    [[nodiscard]] double along(Point point) const { return m_down ? point.x : point.y; }
    [[nodiscard]] double across(Point point) const { return m_down ? point.y : point.x; }
    [[nodiscard]] static std::uint64_t key(std::uint32_t a, std::uint32_t b) { return std::uint64_t{a} << 32U | b; }
    void findOldParts();
    void findRows();
    bool orient();
    using Offsets = std::map<std::uint32_t, std::int64_t>; // of ranks, by earlier part
    [[nodiscard]] Offsets offsets(const std::vector<Node>& members, std::uint32_t& largest) const;
    [[nodiscard]] std::int64_t oldRank(Node node, const Offsets& offsets) const;
    [[nodiscard]] std::vector<std::int64_t> pushed(const Part& part, const std::vector<Node>& members,
        const Offsets& offsets, bool down, std::size_t& moved) const;
    static void wantFresh(const Part& part, std::vector<double>& wanted, std::vector<double>& weight);
    void wantTurns(const Part& part, const std::vector<Node>& members, const Layers& layers,
        std::vector<double>& wanted, std::vector<double>& weight) const;
    [[nodiscard]] bool oldTurn(Node from, Node to, std::uint32_t rank, double& place) const;

    const Graph& m_graph;
    const LayoutOptions& m_options;
    const Before& m_before;
    const std::vector<std::uint32_t>& m_was;
    bool m_down;
    bool m_worth = false;
    std::vector<bool> m_turned;
    std::vector<std::uint32_t> m_oldPart; // by node of the earlier graph
    std::unordered_map<std::uint64_t, double> m_rows; // middle of a rank of an earlier part
    std::unordered_map<std::uint64_t, std::uint32_t> m_oldEdges; // by their ends
};

} // namespace cupel::graph
