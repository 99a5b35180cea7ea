// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/lineage_fold.h"

#include "widgets/models/lineage_fold_edges.h"
#include "widgets/models/lineage_reach.h"
#include "widgets/models/lineage_stages.h"
#include "widgets/models/lineage_units.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace cupel::widgets {

namespace {

using lineage::LineageGraph;
using lineage::NodeKind;
using lineage::none;
using Level = LineageWish::Level;

constexpr std::size_t mostBridges = 50'000;
constexpr std::size_t mostBridgeWork = 20'000'000; // edges that are looked at for them
constexpr std::size_t most = LineageWish::mostAtFirst;

struct Neighbours {
    explicit Neighbours(const LineageGraph& graph)
        : out(graph.nodes.size())
        , in(graph.nodes.size())
    {
        for (const auto& edge : graph.edges) {
            if (edge.from < out.size() && edge.to < in.size()) {
                out[edge.from].push_back(edge.to);
                in[edge.to].push_back(edge.from);
            }
        }
    }
    std::vector<std::vector<std::uint32_t>> out;
    std::vector<std::vector<std::uint32_t>> in;
};

std::vector<bool> reached(std::vector<std::uint32_t> open, const std::vector<std::vector<std::uint32_t>>& next)
{
    std::vector<bool> seen(next.size());
    while (!open.empty()) {
        const auto node = open.back();
        open.pop_back();
        if (seen[node]) {
            continue;
        }
        seen[node] = true;
        open.insert(open.end(), next[node].begin(), next[node].end());
    }
    return seen;
}

// Which nodes are wanted at all: those between two, and those with a trait or behind one.
std::vector<bool> wanted(const LineageSource& source, const LineageWish& wish, const LineageShape& shape)
{
    const LineageGraph& graph = *source.graph;
    std::vector<bool> seen(graph.nodes.size(), true);
    if (wish.from.empty() && wish.traits == 0) {
        return seen;
    }
    const Neighbours links(graph);
    if (wish.traits != 0) {
        std::vector<std::uint32_t> with;
        for (std::uint32_t i = 0; i < graph.nodes.size(); ++i) {
            if ((source.traits[i] & wish.traits) != 0) {
                with.push_back(i);
                // Findings are of cells, and what flows on is in their variables.
                if (const auto list = shape.inside.find(i); list != shape.inside.end()) {
                    with.insert(with.end(), list->second.begin(), list->second.end());
                }
            }
        }
        seen = reached(with, links.out);
    }
    if (!wish.from.empty()) {
        const auto a = nodesOf(graph, wish.from);
        const auto b = nodesOf(graph, wish.to);
        const auto belowA = reached(a, links.out);
        const auto aboveB = reached(b, links.in);
        const auto belowB = reached(b, links.out);
        const auto aboveA = reached(a, links.in);
        for (std::size_t i = 0; i < seen.size(); ++i) {
            seen[i] = seen[i] && ((belowA[i] && aboveB[i]) || (belowB[i] && aboveA[i]));
        }
    }
    for (std::size_t i = 0; i < seen.size(); ++i) {
        if (seen[i] && shape.cellOf[i] != none) {
            seen[shape.cellOf[i]] = true;
        }
    }
    return seen;
}

// Edges over what is hidden. A real one between the same two says all of it.
class Bridges {
public:
    explicit Bridges(LineageFold& out)
        : m_out(out)
    {
        for (std::uint32_t i = 0; i < out.edges.size(); ++i) {
            m_known.emplace(std::pair(out.edges[i].from, out.edges[i].to), i);
        }
    }
    ~Bridges()
    {
        for (auto& edge : m_out.edges) {
            std::sort(edge.edges.begin(), edge.edges.end());
        }
    }
    Bridges(const Bridges&) = delete;
    Bridges& operator=(const Bridges&) = delete;

    [[nodiscard]] bool full() const { return m_out.edges.size() >= mostBridges; }
    // `cause`: the last edge of the graph on the way.
    void add(std::uint32_t from, std::uint32_t to, std::uint32_t cause, const lineage::Edge& why)
    {
        const auto certainty = why.certainty;
        if (from == to) {
            return;
        }
        const auto [at, fresh] = m_known.emplace(std::pair(from, to), static_cast<std::uint32_t>(m_out.edges.size()));
        if (fresh) {
            m_out.edges.push_back({from, to, certainty, {}, 0, true, why.inOther});
        }
        auto& into = m_out.edges[at->second];
        if (into.bridged) {
            into.certainty = std::min(into.certainty, certainty);
            into.inOther = both(into.inOther, why.inOther);
            ++into.count;
            if (into.edges.size() < mostFoldedEdges) {
                into.edges.push_back(cause);
            }
        }
    }

private:
    LineageFold& m_out;
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> m_known;
};

class Folding {
public:
    Folding(const LineageSource& source, const LineageWish& wish)
        : m_source(source)
        , m_graph(*source.graph)
        , m_wish(wish)
        , m_shape(m_graph)
        , m_seen(wanted(source, wish, m_shape))
    {
    }

    LineageFold run()
    {
        LineageFold out = m_wish.level == Level::Auto ? first() : make(m_wish.level, {}, m_wish);
        for (const auto& node : out.nodes) {
            ++out.kinds[static_cast<std::size_t>(node.kind)];
        }
        for (std::size_t i = 0; i < m_graph.nodes.size(); ++i) {
            for (std::size_t t = 0; t < lineageTraits && (isThing(m_graph.nodes[i]) || m_shape.cellOf[i] == i); ++t) {
                out.traits[t] += (m_source.traits[i] >> t) & 1U;
            }
        }
        std::vector<bool> kept(out.nodes.size(), true);
        for (std::size_t i = 0; i < out.nodes.size(); ++i) {
            kept[i] = (m_wish.kinds & bit(out.nodes[i].kind)) != 0;
        }
        bridge(out, kept);
        keepNear(out, kept);
        compact(out, kept);
        tellOrders(out);
        return out;
    }

private:
    [[nodiscard]] LineageFold make(Level level, const LineageSqueeze& squeeze, const LineageWish& wish) const
    {
        LineageFold out = LineageUnits(m_source, m_shape, wish, level, m_seen, squeeze).run();
        addEdges(m_graph, out);
        return out;
    }

    // One file of code as one node says nothing: its cells go into stages.
    [[nodiscard]] bool loneFile() const
    {
        return std::count_if(m_shape.cells.begin(), m_shape.cells.end(), [](const auto& list) { return !list.empty(); })
            == 1;
    }

    [[nodiscard]] LineageFold stages() const
    {
        const LineageWish plain;
        LineageSqueeze squeeze;
        squeezeStages(m_graph, m_shape, squeeze);
        const LineageFold staged = make(Level::Cell, squeeze, plain);
        std::size_t left = staged.nodes.size();
        if (left > most) {
            left = squeezeParts(m_graph, staged, squeeze);
        }
        if (left > most) {
            squeezeRest(make(Level::Cell, squeeze, plain), m_shape, squeeze);
        }
        return make(Level::Cell, squeeze, m_wish);
    }

    // As deep as fits; what somebody opened or folded comes on top of that.
    [[nodiscard]] LineageFold first() const
    {
        const LineageWish plain;
        if (LineageFold cells = make(Level::Cell, {}, plain); cells.nodes.size() <= most) {
            return make(Level::Cell, {}, m_wish);
        }
        if (loneFile()) {
            return stages();
        }
        LineageFold files = make(Level::File, {}, plain);
        LineageSqueeze squeeze;
        std::size_t left = files.nodes.size();
        if (left > most) {
            left = squeezeParts(m_graph, files, squeeze);
        }
        if (left > most) {
            squeezeRest(make(Level::File, squeeze, plain), m_shape, squeeze);
        }
        return make(Level::File, squeeze, m_wish);
    }

    // Ways over nodes that are not shown become edges between those that are: ways of the graph, since what is folded
    // and hidden joins no more than what is folded and seen.
    void bridge(LineageFold& out, const std::vector<bool>& kept) const
    {
        if (std::all_of(kept.begin(), kept.end(), [](bool one) { return one; })) {
            return;
        }
        std::vector<std::vector<std::uint32_t>> members(out.nodes.size());
        std::vector<std::vector<std::uint32_t>> leaving(m_graph.nodes.size());
        for (std::uint32_t i = 0; i < out.of.size(); ++i) {
            if (out.of[i] != none && kept[out.of[i]]) {
                members[out.of[i]].push_back(i);
            }
        }
        for (std::uint32_t i = 0; i < m_graph.edges.size(); ++i) {
            const auto& edge = m_graph.edges[i];
            if (edge.from < out.of.size() && edge.to < out.of.size() && out.of[edge.from] != none
                && out.of[edge.to] != none) {
                leaving[edge.from].push_back(i);
            }
        }
        Bridges bridges(out);
        std::vector<std::uint32_t> seen(m_graph.nodes.size(), none);
        std::size_t work = 0;
        for (std::uint32_t start = 0; start < members.size() && work < mostBridgeWork && !bridges.full(); ++start) {
            std::vector<std::uint32_t> open;
            const auto follow = [&](std::uint32_t node, bool hiddenOnly) {
                for (const auto edge : leaving[node]) {
                    if (!hiddenOnly || !kept[out.of[m_graph.edges[edge].to]]) {
                        open.push_back(edge);
                    }
                }
            };
            for (const auto node : members[start]) {
                follow(node, true);
            }
            for (; !open.empty(); ++work) {
                const auto number = open.back();
                open.pop_back();
                const auto next = m_graph.edges[number].to;
                if (kept[out.of[next]]) {
                    bridges.add(start, out.of[next], number, m_graph.edges[number]);
                } else if (seen[next] != start) {
                    seen[next] = start;
                    follow(next, false);
                }
            }
        }
    }

    // Hops from the focus, counted on the graph.
    void keepNear(const LineageFold& out, std::vector<bool>& kept) const
    {
        if (m_wish.focus.empty() || (m_wish.up < 0 && m_wish.down < 0)) {
            return;
        }
        std::vector<std::uint32_t> start;
        for (std::uint32_t i = 0; i < out.of.size(); ++i) {
            if (out.of[i] != none && out.nodes[out.of[i]].key == m_wish.focus) {
                start.push_back(i);
            }
        }
        start = start.empty() ? nodesOf(m_graph, m_wish.focus) : start;
        std::erase_if(start, [&out](std::uint32_t node) { return out.of[node] == none; });
        if (start.empty()) {
            return;
        }
        const LineageReach reach(m_graph, m_seen, m_wish.kinds);
        std::vector<bool> near(out.nodes.size());
        for (const bool down : {false, true}) {
            const int hops = down ? m_wish.down : m_wish.up;
            const auto steps = reach.steps(start, down, hops < 0 ? LineageReach::all : static_cast<unsigned>(hops));
            for (std::size_t i = 0; i < steps.size(); ++i) {
                if (steps[i] != none && out.of[i] != none) {
                    near[out.of[i]] = true;
                }
            }
        }
        for (std::size_t i = 0; i < kept.size(); ++i) {
            kept[i] = kept[i] && near[i];
        }
    }

    // What of a node the other order of the cells has.
    void tellOrders(LineageFold& out) const
    {
        std::vector<bool> told(out.nodes.size());
        for (std::uint32_t i = 0; i < out.of.size(); ++i) {
            if (const auto unit = out.of[i]; unit != none) {
                auto& into = out.nodes[unit].inOther;
                into = told[unit] ? both(into, m_graph.nodes[i].inOther) : m_graph.nodes[i].inOther;
                told[unit] = true;
            }
        }
    }

    static void compact(LineageFold& out, const std::vector<bool>& kept)
    {
        std::vector<std::uint32_t> now(out.nodes.size(), none);
        std::vector<LineageFoldNode> nodes;
        for (std::uint32_t i = 0; i < out.nodes.size(); ++i) {
            if (kept[i]) {
                now[i] = static_cast<std::uint32_t>(nodes.size());
                nodes.push_back(std::move(out.nodes[i]));
            }
        }
        out.nodes = std::move(nodes);
        std::erase_if(out.edges, [&](const LineageFoldEdge& edge) { return !kept[edge.from] || !kept[edge.to]; });
        for (auto& edge : out.edges) {
            edge.from = now[edge.from];
            edge.to = now[edge.to];
        }
        for (auto& unit : out.of) {
            unit = unit == none ? none : now[unit];
        }
        std::vector<std::uint32_t> groups(out.groups.size(), none);
        std::vector<bool> used(out.groups.size());
        for (const auto& node : out.nodes) {
            for (auto group = node.group; group != none && !used[group]; group = out.groups[group].parent) {
                used[group] = true;
            }
        }
        std::vector<LineageFoldGroup> left;
        for (std::uint32_t i = 0; i < out.groups.size(); ++i) {
            if (used[i]) {
                groups[i] = static_cast<std::uint32_t>(left.size());
                left.push_back(std::move(out.groups[i]));
                left.back().parent = left.back().parent == none ? none : groups[left.back().parent];
            }
        }
        out.groups = std::move(left);
        for (auto& node : out.nodes) {
            node.group = node.group == none ? none : groups[node.group];
        }
    }

    const LineageSource& m_source;
    const LineageGraph& m_graph;
    const LineageWish& m_wish;
    LineageShape m_shape;
    std::vector<bool> m_seen;
};

} // namespace

LineageFold fold(const LineageSource& source, const LineageWish& wish)
{
    return Folding(source, wish).run();
}

bool isThing(const lineage::Node& node)
{
    switch (node.kind) {
    case NodeKind::Dataset:
    case NodeKind::File:
    case NodeKind::Remote:
    case NodeKind::ModelFile:
    case NodeKind::Index:
    case NodeKind::Artifact:
    case NodeKind::Endpoint:
    case NodeKind::Registration:
    case NodeKind::Service:
        return true;
    case NodeKind::Cell:
        return false;
    default:
        return node.cell == none;
    }
}

LineageKind kindOf(const lineage::Node& node)
{
    switch (node.kind) {
    case NodeKind::Dataset:
    case NodeKind::File:
    case NodeKind::Index:
    case NodeKind::Metric:
    case NodeKind::Artifact:
        return node.outside ? LineageKind::Outside : LineageKind::Data;
    case NodeKind::Model:
    case NodeKind::ModelFile:
        return node.outside ? LineageKind::Outside : LineageKind::Models;
    case NodeKind::Remote:
    case NodeKind::Endpoint:
    case NodeKind::Registration:
    case NodeKind::Service:
        return LineageKind::Outside;
    default:
        return LineageKind::Code;
    }
}

std::string keyOf(const lineage::Node& node)
{
    return "node:" + node.id;
}

std::uint32_t cellOf(const LineageGraph& graph, std::uint32_t node)
{
    const auto& one = graph.nodes[node];
    if (one.kind == NodeKind::Cell) {
        return node;
    }
    return !isThing(one) && one.cell < graph.nodes.size() ? one.cell : none;
}

std::vector<std::uint32_t> nodesOf(const LineageGraph& graph, std::string_view key)
{
    std::vector<std::uint32_t> out;
    const auto after = [key](std::string_view start) { return key.substr(start.size()); };
    for (std::uint32_t i = 0; i < graph.nodes.size(); ++i) {
        const auto& node = graph.nodes[i];
        const auto cell = cellOf(graph, i);
        const auto& holder = cell == none ? node : graph.nodes[cell];
        if (key.starts_with("node:")) {
            if (node.id == after("node:") || (cell != none && holder.id == after("node:"))) {
                out.push_back(i);
            }
        } else if (cell != none && holder.place.file < graph.files.size()) {
            const std::string& path = graph.files[holder.place.file].path;
            if ((key.starts_with("file:") && path == after("file:"))
                || (key.starts_with("folder:") && folderOf(path) == after("folder:"))) {
                out.push_back(i);
            }
        }
    }
    return out;
}

} // namespace cupel::widgets
