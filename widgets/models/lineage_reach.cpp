// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/lineage_reach.h"

#include "widgets/models/lineage_fold.h"

#include <deque>
#include <utility>

namespace cupel::widgets {

using lineage::none;

LineageReach::LineageReach(const lineage::LineageGraph& graph, std::vector<bool> only, std::uint8_t kinds)
    : m_graph(graph)
    , m_cellOf(graph.nodes.size(), none)
    , m_shown(graph.nodes.size())
    , m_inside(graph.nodes.size())
    , m_down(graph.nodes.size())
    , m_up(graph.nodes.size())
{
    for (std::uint32_t i = 0; i < graph.nodes.size(); ++i) {
        const auto cell = cellOf(graph, i);
        m_cellOf[i] = cell;
        m_shown[i] = (kinds & bit(kindOf(graph.nodes[cell == none ? i : cell]))) != 0;
        if (cell != none && cell != i) {
            m_inside[cell].push_back(i);
        }
    }
    const auto there = [&](std::uint32_t node) { return node < graph.nodes.size() && (only.empty() || only[node]); };
    for (const auto& edge : graph.edges) {
        if (there(edge.from) && there(edge.to)) {
            m_down[edge.from].push_back(edge.to);
            m_up[edge.to].push_back(edge.from);
        }
    }
}

bool LineageReach::isStep(std::uint32_t from, std::uint32_t to) const
{
    return m_shown[to] && (m_cellOf[from] == none || m_cellOf[from] != m_cellOf[to]);
}

// Breadth first, with ways that cost nothing before those that cost a step.
std::vector<std::uint32_t> LineageReach::steps(
    const std::vector<std::uint32_t>& from, bool down, std::uint32_t most) const
{
    std::vector<std::uint32_t> out(m_graph.nodes.size(), none);
    std::deque<std::pair<std::uint32_t, std::uint32_t>> open; // node, steps
    const auto start = [&](std::uint32_t node) {
        if (out[node] == none) {
            out[node] = 0;
            open.emplace_back(node, 0);
        }
    };
    for (const auto node : from) {
        start(node);
        for (const auto inner : m_inside[node]) {
            start(inner);
        }
    }
    while (!open.empty()) {
        const auto [node, far] = open.front();
        open.pop_front();
        if (far != out[node]) {
            continue; // a shorter way was found meanwhile
        }
        for (const auto next : (down ? m_down : m_up)[node]) {
            const bool step = isStep(node, next);
            const auto there = far + (step ? 1 : 0);
            if (there <= most && there < out[next]) {
                out[next] = there;
                step ? open.emplace_back(next, there) : open.emplace_front(next, there);
            }
        }
    }
    return out;
}

} // namespace cupel::widgets
