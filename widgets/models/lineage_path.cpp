// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/lineage_path.h"

#include "widgets/models/lineage_fold.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace cupel::widgets {

namespace {

using lineage::none;

constexpr std::size_t mostTries = 32;

struct Link {
    std::uint32_t to = 0;
    std::uint32_t edge = 0;
};
using Links = std::vector<std::vector<Link>>;

template <typename Edges> Links linksOf(const Edges& edges, std::size_t nodes, bool down = true)
{
    Links out(nodes);
    for (std::uint32_t i = 0; i < edges.size(); ++i) {
        if (edges[i].from < nodes && edges[i].to < nodes) {
            down ? out[edges[i].from].push_back({edges[i].to, i}) : out[edges[i].to].push_back({edges[i].from, i});
        }
    }
    return out;
}

// Edges of the shortest way from one of `from` to one that is wanted.
std::vector<std::uint32_t> shortest(
    const Links& links, const std::vector<std::uint32_t>& from, const std::vector<bool>& wanted)
{
    std::vector<Link> back(links.size(), Link{none, none}); // whence
    std::vector<bool> seen(links.size());
    std::vector<std::uint32_t> queue = from;
    for (const auto node : from) {
        seen[node] = true;
    }
    for (std::size_t at = 0; at < queue.size(); ++at) {
        auto node = queue[at];
        if (wanted[node]) {
            std::vector<std::uint32_t> way;
            for (; back[node].to != none; node = back[node].to) {
                way.push_back(back[node].edge);
            }
            std::reverse(way.begin(), way.end());
            return way;
        }
        for (const auto& link : links[node]) {
            if (!seen[link.to]) {
                seen[link.to] = true;
                back[link.to] = {node, link.edge};
                queue.push_back(link.to);
            }
        }
    }
    return {};
}

class Tracer {
public:
    explicit Tracer(const LineageReading& reading)
        : m_fold(reading.fold)
        , m_graph(*reading.source->graph)
        , m_links(linksOf(m_graph.edges, m_graph.nodes.size()))
        , m_foldLinks(linksOf(m_fold.edges, m_fold.nodes.size()))
    {
        for (std::uint32_t i = 0; i < m_fold.edges.size(); ++i) {
            m_edgeOf.emplace(std::pair(m_fold.edges[i].from, m_fold.edges[i].to), i);
        }
    }

    [[nodiscard]] LineagePath exact(std::uint32_t from, std::uint32_t to) const
    {
        std::vector<std::uint32_t> start;
        std::vector<bool> wanted(m_graph.nodes.size());
        for (std::uint32_t i = 0; i < m_fold.of.size(); ++i) {
            if (m_fold.of[i] == from) {
                start.push_back(i);
            }
            wanted[i] = m_fold.of[i] == to;
        }
        LineagePath out;
        auto here = from;
        auto cause = none;
        for (const auto edge : shortest(m_links, start, wanted)) {
            const auto next = m_fold.of[m_graph.edges[edge].to];
            cause = cause == none && m_fold.of[m_graph.edges[edge].from] == here && next != here ? edge : cause;
            if (next == none || next == here) {
                continue;
            }
            const auto known = m_edgeOf.find({here, next});
            if (known == m_edgeOf.end()) {
                return {};
            }
            out.push_back({known->second, cause == none ? edge : cause});
            here = next;
            cause = none;
        }
        return out;
    }

    // How many hops each node is away; none: not at all.
    [[nodiscard]] std::vector<std::uint32_t> hops(std::uint32_t from, bool down) const
    {
        const Links back = down ? Links() : linksOf(m_fold.edges, m_fold.nodes.size(), false);
        const Links& links = down ? m_foldLinks : back;
        std::vector<std::uint32_t> far(links.size(), none);
        std::vector<std::uint32_t> queue{from};
        far[from] = 0;
        for (std::size_t at = 0; at < queue.size(); ++at) {
            for (const auto& link : links[queue[at]]) {
                if (far[link.to] == none) {
                    far[link.to] = far[queue[at]] + 1;
                    queue.push_back(link.to);
                }
            }
        }
        return far;
    }

    // Ends in one direction, the one that matters most first.
    [[nodiscard]] std::vector<std::uint32_t> ends(std::uint32_t from, bool down) const
    {
        const auto far = hops(from, down);
        std::vector<bool> inner(m_fold.nodes.size());
        for (const auto& edge : m_fold.edges) {
            inner[down ? edge.from : edge.to] = true;
        }
        std::vector<std::uint32_t> out;
        for (std::uint32_t i = 0; i < far.size(); ++i) {
            if (far[i] != none && i != from && !inner[i]) {
                out.push_back(i);
            }
        }
        const auto weight = [&](std::uint32_t unit) {
            const auto& node = m_fold.nodes[unit];
            const bool marked = (node.traits & ~bit(LineageTrait::Findings)) != 0;
            return std::tuple(marked, node.sign ? static_cast<int>(*node.sign) + 1 : 0,
                node.form == LineageFoldNode::Form::Thing, far[unit]);
        };
        std::stable_sort(
            out.begin(), out.end(), [&weight](std::uint32_t a, std::uint32_t b) { return weight(a) > weight(b); });
        return out;
    }

private:
    const LineageFold& m_fold;
    const lineage::LineageGraph& m_graph;
    Links m_links;
    Links m_foldLinks;
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> m_edgeOf;
};

} // namespace

LineagePath wayBetween(const LineageReading& reading, std::uint32_t from, std::uint32_t to)
{
    const auto count = reading.fold.nodes.size();
    if (from >= count || to >= count || from == to) {
        return {};
    }
    const Tracer tracer(reading);
    LineagePath way = tracer.exact(from, to);
    return way.empty() ? tracer.exact(to, from) : way;
}

LineagePath wayTo(const LineageReading& reading, std::uint32_t node)
{
    if (node >= reading.fold.nodes.size()) {
        return {};
    }
    const Tracer tracer(reading);
    for (const bool down : {false, true}) {
        const auto ends = tracer.ends(node, down);
        for (std::size_t i = 0; i < std::min(ends.size(), mostTries); ++i) {
            if (auto way = down ? tracer.exact(node, ends[i]) : tracer.exact(ends[i], node); !way.empty()) {
                return way;
            }
        }
    }
    return {};
}

LineageOrder orderOf(const lineage::LineageGraph& graph, bool recorded)
{
    std::map<std::pair<std::uint32_t, std::int32_t>, std::uint32_t> nodes;
    for (std::uint32_t i = 0; i < graph.nodes.size(); ++i) {
        const auto& node = graph.nodes[i];
        if (node.kind == lineage::NodeKind::Cell && node.place.codeCell >= 0) {
            nodes.emplace(std::pair(node.place.file, node.place.codeCell), i);
        }
    }
    LineageOrder out;
    for (const auto& execution : graph.execution) {
        if (execution.file >= graph.files.size()) {
            continue;
        }
        const auto first = static_cast<std::ptrdiff_t>(out.cells.size());
        for (std::uint32_t i = 0; i < execution.counts.size(); ++i) {
            if (execution.counts[i] >= 0) {
                const auto node = nodes.find({execution.file, static_cast<std::int32_t>(i)});
                out.cells.push_back(
                    {execution.file, i, execution.counts[i], node == nodes.end() ? none : node->second, false});
            }
        }
        std::int64_t highest = -1;
        for (auto at = out.cells.begin() + first; at != out.cells.end(); ++at) {
            at->misplaced = at->count < highest; // one above it ran later
            highest = std::max(highest, at->count);
            out.misplaced += at->misplaced ? 1 : 0;
        }
        if (recorded) {
            std::stable_sort(out.cells.begin() + first, out.cells.end(),
                [](const auto& a, const auto& b) { return a.count < b.count; });
        }
    }
    return out;
}

std::vector<bool> madeBy(const LineageReading& reading, const LineageOrder& order, std::size_t steps)
{
    const auto& graph = *reading.source->graph;
    const auto& fold = reading.fold;
    if (steps >= order.cells.size()) {
        return {};
    }
    std::vector<bool> later(graph.nodes.size()); // cells of notebooks that were run, but not yet
    std::vector<bool> known(graph.files.size());
    for (const auto& cell : order.cells) {
        known[cell.file] = true;
    }
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const auto& node = graph.nodes[i];
        later[i] = node.kind == lineage::NodeKind::Cell && node.place.file < known.size() && known[node.place.file];
    }
    for (std::size_t i = 0; i < steps; ++i) {
        if (order.cells[i].node != none) {
            later[order.cells[i].node] = false;
        }
    }
    std::vector<bool> made(fold.nodes.size());
    std::vector<bool> things(fold.nodes.size());
    for (std::uint32_t i = 0; i < graph.nodes.size(); ++i) {
        if (fold.of[i] == none) {
            continue;
        }
        const auto cell = cellOf(graph, i);
        things[fold.of[i]] = things[fold.of[i]] || cell == none;
        made[fold.of[i]] = made[fold.of[i]] || (cell != none && !later[cell]);
    }
    // Data is there when something that is there touches it, or nothing does.
    std::vector<bool> touched(fold.nodes.size());
    std::vector<bool> early(fold.nodes.size());
    for (const auto& edge : fold.edges) {
        for (const auto& [one, other] : {std::pair(edge.from, edge.to), std::pair(edge.to, edge.from)}) {
            if (things[one] && !things[other]) {
                touched[one] = true;
                early[one] = early[one] || made[other];
            }
        }
    }
    for (std::size_t i = 0; i < made.size(); ++i) {
        made[i] = things[i] ? early[i] || !touched[i] : made[i];
    }
    return made;
}

} // namespace cupel::widgets
