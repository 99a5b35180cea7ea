// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/lineage_fold_edges.h"

#include "widgets/models/lineage_fold.h"

#include <algorithm>
#include <map>

namespace cupel::widgets {

namespace {

using lineage::LineageGraph;
using lineage::NodeKind;
using lineage::none;

// Shown edges, one between two units.
class EdgeList {
public:
    explicit EdgeList(LineageFold& out)
        : m_out(out)
    {
    }

    void add(std::uint32_t from, std::uint32_t to, const lineage::Edge& edge, std::uint32_t index)
    {
        if (from == none || to == none || from == to) {
            return;
        }
        const auto [at, fresh] = m_known.emplace(std::pair(from, to), static_cast<std::uint32_t>(m_out.edges.size()));
        if (fresh) {
            m_out.edges.push_back({from, to, edge.certainty, {}, 0, false, edge.inOther});
        }
        auto& into = m_out.edges[at->second];
        into.inOther = both(into.inOther, edge.inOther);
        into.certainty = std::min(into.certainty, edge.certainty);
        ++into.count;
        if (into.edges.size() < mostFoldedEdges) {
            into.edges.push_back(index);
        }
    }

private:
    LineageFold& m_out;
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> m_known;
};

// Cells by file and number of the code cell.
std::map<std::pair<std::uint32_t, std::int32_t>, std::uint32_t> cellsByPlace(const LineageGraph& graph)
{
    std::map<std::pair<std::uint32_t, std::int32_t>, std::uint32_t> out;
    for (std::uint32_t i = 0; i < graph.nodes.size(); ++i) {
        const auto& node = graph.nodes[i];
        if (node.kind == NodeKind::Cell && node.place.codeCell >= 0) {
            out.emplace(std::pair(node.place.file, node.place.codeCell), i);
        }
    }
    return out;
}

} // namespace

// Of two things that are shown as one.
lineage::InOther both(lineage::InOther one, lineage::InOther other)
{
    return one == other ? one : lineage::InOther::Different;
}

void addEdges(const LineageGraph& graph, LineageFold& out)
{
    EdgeList list(out);
    const auto cells = cellsByPlace(graph);
    const auto savesElsewhere = [&](const lineage::Edge& edge) {
        const bool leaves = edge.kind == lineage::EdgeKind::Saves || edge.kind == lineage::EdgeKind::Deploys
            || edge.kind == lineage::EdgeKind::Registers;
        const auto& from = graph.nodes[edge.from];
        const auto cell = leaves && !isThing(from) && edge.place.file == from.place.file
            ? cells.find({edge.place.file, edge.place.codeCell})
            : cells.end();
        return cell == cells.end() || cell->second == cellOf(graph, edge.from) ? none : cell->second;
    };
    for (std::uint32_t i = 0; i < graph.edges.size(); ++i) {
        const auto& edge = graph.edges[i];
        if (edge.from >= out.of.size() || edge.to >= out.of.size()) {
            continue;
        }
        const auto from = out.of[edge.from];
        const auto cell = savesElsewhere(edge);
        const auto by = cell == none ? none : out.of[cell];
        if (by != none && by != from) {
            list.add(from, by, edge, i);
            list.add(by, out.of[edge.to], edge, i);
        } else {
            list.add(from, out.of[edge.to], edge, i);
        }
    }
}

} // namespace cupel::widgets
