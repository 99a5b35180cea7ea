// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/lineage_path.h"

#include "widgets/models/lineage_fold.h"
#include "widgets/models/lineage_reach.h"

#include <algorithm>
#include <map>
#include <set>

namespace cupel::widgets {

namespace {

using lineage::none;

struct Link {
    std::uint32_t to = 0;
    std::uint32_t edge = 0;
};
using Links = std::vector<std::vector<Link>>;

Links linksOf(const lineage::LineageGraph& graph)
{
    Links out(graph.nodes.size());
    for (std::uint32_t i = 0; i < graph.edges.size(); ++i) {
        if (const auto& edge = graph.edges[i]; edge.from < out.size() && edge.to < out.size()) {
            out[edge.from].push_back({edge.to, i});
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
        , m_links(linksOf(m_graph))
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

private:
    const LineageFold& m_fold;
    const lineage::LineageGraph& m_graph;
    Links m_links;
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> m_edgeOf;
};

// Those that are shown, nearest first.
std::vector<std::uint32_t> unitsOf(
    const LineageFold& fold, const std::vector<std::uint32_t>& steps, std::uint32_t without)
{
    std::vector<std::uint32_t> far(fold.nodes.size(), none);
    for (std::uint32_t i = 0; i < steps.size(); ++i) {
        if (fold.of[i] != none) {
            far[fold.of[i]] = std::min(far[fold.of[i]], steps[i]);
        }
    }
    std::vector<std::uint32_t> out;
    for (std::uint32_t i = 0; i < far.size(); ++i) {
        if (far[i] != none && i != without) {
            out.push_back(i);
        }
    }
    std::stable_sort(out.begin(), out.end(), [&far](std::uint32_t a, std::uint32_t b) { return far[a] < far[b]; });
    return out;
}

using CellNodes = std::map<std::pair<std::uint32_t, std::int32_t>, std::uint32_t>; // by file and code cell

CellNodes cellNodes(const lineage::LineageGraph& graph)
{
    CellNodes nodes;
    for (std::uint32_t i = 0; i < graph.nodes.size(); ++i) {
        const auto& node = graph.nodes[i];
        if (node.kind == lineage::NodeKind::Cell && node.place.codeCell >= 0) {
            nodes.emplace(std::pair(node.place.file, node.place.codeCell), i);
        }
    }
    return nodes;
}

// The cells of a file from `first` on in the order in which they ran, with those that must have run without a number.
void byRuns(const lineage::Execution& execution, const CellNodes& nodes, LineageOrder& out, std::ptrdiff_t first)
{
    std::map<std::uint32_t, LineageOrder::Cell> known;
    for (auto at = out.cells.begin() + first; at != out.cells.end(); ++at) {
        known.emplace(at->codeCell, *at);
    }
    out.cells.resize(static_cast<std::size_t>(first));
    std::set<std::uint32_t> seen;
    for (const auto cell : execution.order) {
        const bool untold =
            seen.insert(cell).second && std::binary_search(execution.again.begin(), execution.again.end(), cell);
        const auto node = nodes.find({execution.file, static_cast<std::int32_t>(cell)});
        const auto at = untold ? known.end() : known.find(cell);
        out.cells.push_back(at != known.end()
                ? at->second
                : LineageOrder::Cell{execution.file, cell, -1, node == nodes.end() ? none : node->second, false});
    }
}

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

LineageAround aroundOf(const LineageReading& reading, std::uint32_t unit)
{
    const auto& fold = reading.fold;
    const auto& graph = *reading.source->graph;
    LineageAround out;
    if (unit >= fold.nodes.size()) {
        return out;
    }
    std::vector<std::uint32_t> start;
    for (std::uint32_t i = 0; i < fold.of.size(); ++i) {
        if (fold.of[i] == unit) {
            start.push_back(i);
        }
    }
    const LineageReach reach(graph, {}, reading.wish.kinds);
    const auto above = reach.steps(start, false);
    const auto below = reach.steps(start, true);
    const auto along = [&](std::uint32_t edge) {
        return below[graph.edges[edge].from] != none || above[graph.edges[edge].to] != none;
    };
    out.unit = unit;
    out.above = unitsOf(fold, above, unit);
    out.below = unitsOf(fold, below, unit);
    std::set<std::pair<std::uint32_t, std::uint32_t>> ways;
    for (std::uint32_t i = 0; i < graph.edges.size(); ++i) {
        const auto& edge = graph.edges[i];
        if (edge.from < fold.of.size() && edge.to < fold.of.size() && along(i)) {
            ways.emplace(fold.of[edge.from], fold.of[edge.to]);
        }
    }
    std::vector<bool> lit(fold.nodes.size());
    lit[unit] = true;
    for (const auto* list : {&out.above, &out.below}) {
        for (const auto one : *list) {
            lit[one] = true;
        }
    }
    for (const auto& edge : fold.edges) {
        out.edges.push_back(edge.bridged
                ? lit[edge.from] && lit[edge.to] && std::any_of(edge.edges.begin(), edge.edges.end(), along)
                : ways.contains({edge.from, edge.to}));
    }
    return out;
}

LineageOrder orderOf(const lineage::LineageGraph& graph, bool recorded)
{
    const CellNodes nodes = cellNodes(graph);
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
        if (recorded && !execution.order.empty()) {
            byRuns(execution, nodes, out, first);
        } else if (recorded) {
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
    // Data is there when a cell that ran touches it, or nothing does: the one that saves, not the one that made it.
    std::vector<bool> touched(fold.nodes.size());
    std::vector<bool> early(fold.nodes.size());
    const auto touch = [&](std::uint32_t thing, bool there) {
        touched[thing] = true;
        early[thing] = early[thing] || there;
    };
    const auto nodes = cellNodes(graph);
    for (const auto& edge : graph.edges) {
        for (const auto& [one, other] : {std::pair(edge.from, edge.to), std::pair(edge.to, edge.from)}) {
            const auto thing = one < fold.of.size() && cellOf(graph, one) == none ? fold.of[one] : none;
            const auto own = other < graph.nodes.size() ? cellOf(graph, other) : none;
            if (thing == none || !things[thing] || own == none) {
                continue;
            }
            const auto runs = nodes.find({edge.place.file, edge.place.codeCell});
            touch(thing, !later[runs == nodes.end() ? own : runs->second]);
        }
    }
    for (const auto& edge : fold.edges) {
        for (const auto& [one, other] : {std::pair(edge.from, edge.to), std::pair(edge.to, edge.from)}) {
            if (edge.bridged && things[one] && !things[other]) {
                touch(one, made[other]);
            }
        }
    }
    for (std::size_t i = 0; i < made.size(); ++i) {
        made[i] = things[i] ? early[i] || !touched[i] : made[i];
    }
    return made;
}

} // namespace cupel::widgets
