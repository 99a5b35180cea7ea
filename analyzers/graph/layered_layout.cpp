// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/graph/layered_layout.h"

#include "analyzers/graph/layered_keep.h"
#include "analyzers/graph/layered_parts.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace cupel::graph {

namespace {

constexpr float loopReach = 16; // of a line from a node to itself
constexpr double wantedShape = 1.6; // width to height of many parts together

class LayoutMaker {
public:
    LayoutMaker(const Graph& graph, const LayoutOptions& options, Budget& budget, const Keeper* keeper = nullptr)
        : m_graph(graph)
        , m_options(options)
        , m_budget(budget)
        , m_keeper(keeper)
        , m_count(static_cast<std::uint32_t>(graph.nodes.size()))
    {
    }

    Layout run()
    {
        m_layout.nodes.resize(m_count);
        m_layout.ranks.resize(m_count);
        m_routes.resize(m_graph.edges.size());
        if (!m_budget.spend(m_count + m_graph.edges.size())) {
            return {};
        }
        if (m_keeper) {
            m_turned = m_keeper->turned();
        } else {
            orient();
        }
        split();
        for (const auto& members : m_members) {
            if (!drawPart(members)) {
                return {};
            }
        }
        if (m_keeper) {
            m_keeper->pack(m_members, m_layout.nodes, m_sizes, m_places, m_layout.size);
        } else {
            pack();
        }
        finish();
        return std::move(m_layout);
    }

private:
    [[nodiscard]] bool usable(const Edge& edge) const { return edge.from < m_count && edge.to < m_count; }

    // Depth first from the sources: edges that lead back into the path are turned round.
    void orient()
    {
        std::vector<std::uint32_t> keys;
        std::vector<std::uint32_t> numbers;
        std::vector<bool> entered(m_count);
        for (std::uint32_t i = 0; i < m_graph.edges.size(); ++i) {
            const auto& edge = m_graph.edges[i];
            if (usable(edge) && edge.from != edge.to) {
                keys.push_back(edge.from);
                numbers.push_back(i);
                entered[edge.to] = true;
            }
        }
        const Lists out = makeLists(m_count, keys, numbers);
        m_turned.assign(m_graph.edges.size(), false);
        enum : std::uint8_t { Fresh, Open, Done };
        std::vector<std::uint8_t> state(m_count, Fresh);
        std::vector<std::pair<Node, std::uint32_t>> stack;
        const auto walk = [&](Node from) {
            stack.assign(1, {from, 0});
            state[from] = Open;
            while (!stack.empty()) {
                const Node node = stack.back().first;
                if (stack.back().second == out.size(node)) {
                    state[node] = Done;
                    stack.pop_back();
                    continue;
                }
                const auto edge = out.begin(node)[stack.back().second++];
                const Node to = m_graph.edges[edge].to;
                if (state[to] == Open) {
                    m_turned[edge] = true;
                } else if (state[to] == Fresh) {
                    state[to] = Open;
                    stack.emplace_back(to, 0);
                }
            }
        };
        for (const bool sourcesOnly : {true, false}) {
            for (Node node = 0; node < m_count; ++node) {
                if (state[node] == Fresh && !(sourcesOnly && entered[node])) {
                    walk(node);
                }
            }
        }
    }

    // Connected parts, by their first node.
    void split()
    {
        std::vector<Node> leader(m_count);
        std::iota(leader.begin(), leader.end(), 0U);
        const auto find = [&leader](Node node) {
            while (leader[node] != node) {
                leader[node] = leader[leader[node]];
                node = leader[node];
            }
            return node;
        };
        for (const auto& edge : m_graph.edges) {
            if (usable(edge)) {
                const Node a = find(edge.from);
                const Node b = find(edge.to);
                leader[std::max(a, b)] = std::min(a, b);
            }
        }
        m_part.assign(m_count, 0);
        m_local.assign(m_count, 0);
        for (Node node = 0; node < m_count; ++node) {
            const Node first = find(node);
            if (first == node) {
                m_part[node] = static_cast<std::uint32_t>(m_members.size());
                m_members.emplace_back();
            }
            m_part[node] = m_part[first];
            m_local[node] = static_cast<Node>(m_members[m_part[node]].size());
            m_members[m_part[node]].push_back(node);
        }
        std::vector<std::uint32_t> keys;
        std::vector<std::uint32_t> numbers;
        for (std::uint32_t i = 0; i < m_graph.edges.size(); ++i) {
            if (usable(m_graph.edges[i])) {
                keys.push_back(m_part[m_graph.edges[i].from]);
                numbers.push_back(i);
            }
        }
        m_edges = makeLists(static_cast<std::uint32_t>(m_members.size()), keys, numbers);
    }

    bool drawPart(const std::vector<Node>& members)
    {
        const auto number = m_part[members.front()];
        Part part;
        for (const Node node : members) {
            part.sizes.push_back(m_graph.nodes[node]);
        }
        // Edges between the same two nodes become one arc.
        std::vector<std::pair<Arc, std::uint32_t>> sorted;
        for (const auto* edge = m_edges.begin(number); edge != m_edges.end(number); ++edge) {
            const auto& one = m_graph.edges[*edge];
            if (one.from != one.to) {
                Arc arc{m_local[one.from], m_local[one.to], 1};
                if (m_turned[*edge]) {
                    std::swap(arc.from, arc.to);
                }
                sorted.emplace_back(arc, *edge);
            }
        }
        std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) {
            return std::pair(a.first.from, a.first.to) < std::pair(b.first.from, b.first.to);
        });
        std::vector<std::uint32_t> arcOf(sorted.size());
        for (std::size_t i = 0; i < sorted.size(); ++i) {
            const Arc& arc = sorted[i].first;
            if (!part.arcs.empty() && part.arcs.back().from == arc.from && part.arcs.back().to == arc.to) {
                ++part.arcs.back().weight;
            } else {
                part.arcs.push_back(arc);
            }
            arcOf[i] = static_cast<std::uint32_t>(part.arcs.size() - 1);
        }
        std::vector<std::uint32_t> ranks;
        Drawn drawn;
        if (!(m_keeper && m_keeper->knows(members) ? drawKept(part, members, ranks, drawn)
                                                   : drawAnew(part, ranks, drawn))) {
            return false;
        }
        for (std::size_t i = 0; i < members.size(); ++i) {
            m_layout.nodes[members[i]] = drawn.nodes[i];
            m_layout.ranks[members[i]] = ranks[i];
        }
        for (std::size_t i = 0; i < sorted.size(); ++i) {
            const auto edge = sorted[i].second;
            m_routes[edge] = drawn.arcs[arcOf[i]];
            if (m_turned[edge]) {
                std::reverse(m_routes[edge].begin(), m_routes[edge].end());
            }
        }
        for (const auto* edge = m_edges.begin(number); edge != m_edges.end(number); ++edge) {
            if (m_graph.edges[*edge].from == m_graph.edges[*edge].to) {
                m_routes[*edge] = loop(m_graph.edges[*edge].from);
                drawn.size.width = std::max(drawn.size.width, m_routes[*edge][1].x);
            }
        }
        m_sizes.push_back(drawn.size);
        return !m_budget.stopped();
    }

    bool drawAnew(const Part& part, std::vector<std::uint32_t>& ranks, Drawn& drawn)
    {
        ranks = rank(part, m_budget);
        Layers layers = makeLayers(part, ranks);
        if (!reduceCrossings(layers, m_budget)) {
            return false;
        }
        auto along = place(layers, part.sizes, m_options, m_budget);
        if (along.empty()) {
            return false;
        }
        Settler settler(layers, part.sizes, m_options);
        straighten(layers, part.arcs, settler, along);
        drawn = route(part, layers, along, m_options);
        return true;
    }

    bool drawKept(const Part& part, const std::vector<Node>& members, std::vector<std::uint32_t>& ranks, Drawn& drawn)
    {
        if (!m_budget.spend(8 * (part.sizes.size() + part.arcs.size()))) {
            return false;
        }
        std::vector<double> rows;
        ranks = m_keeper->ranks(part, members, rows);
        Layers layers = makeLayers(part, ranks);
        const auto along = m_keeper->place(part, members, layers, m_budget);
        drawn = route(part, layers, along, m_options, rows);
        return true;
    }

    [[nodiscard]] std::vector<Point> loop(Node node) const
    {
        const Point centre = m_layout.nodes[node];
        const float right = centre.x + m_graph.nodes[node].width / 2;
        const float quarter = m_graph.nodes[node].height / 4;
        return {{right, centre.y - quarter}, {right + loopReach, centre.y - quarter},
            {right + loopReach, centre.y + quarter}, {right, centre.y + quarter}};
    }

    // Parts stand in rows, in their order, so that the whole is about as wide as a window.
    void pack()
    {
        double area = 0;
        double widest = 0;
        for (const auto& size : m_sizes) {
            area += (double{size.width} + m_options.componentGap) * (double{size.height} + m_options.componentGap);
            widest = std::max(widest, double{size.width});
        }
        const double room = std::max(widest, std::sqrt(area * wantedShape));
        Point at;
        float high = 0;
        for (const auto& size : m_sizes) {
            if (at.x > 0 && at.x + size.width > room) {
                at = {0, at.y + high + m_options.componentGap};
                high = 0;
            }
            m_places.push_back(at);
            m_layout.size.width = std::max(m_layout.size.width, at.x + size.width);
            high = std::max(high, size.height);
            m_layout.size.height = std::max(m_layout.size.height, at.y + high);
            at.x += size.width + m_options.componentGap;
        }
    }

    void finish()
    {
        for (Node node = 0; node < m_count; ++node) {
            m_layout.nodes[node].x += m_places[m_part[node]].x;
            m_layout.nodes[node].y += m_places[m_part[node]].y;
        }
        m_layout.routeStart.assign(1, 0);
        for (std::size_t i = 0; i < m_routes.size(); ++i) {
            for (Point one : m_routes[i]) {
                const Point shift = m_places[m_part[m_graph.edges[i].from]];
                m_layout.routes.push_back({one.x + shift.x, one.y + shift.y});
            }
            m_layout.routeStart.push_back(static_cast<std::uint32_t>(m_layout.routes.size()));
        }
        m_layout.complete = true;
    }

    const Graph& m_graph;
    const LayoutOptions& m_options;
    Budget& m_budget;
    const Keeper* m_keeper; // null: all is new
    std::uint32_t m_count;
    std::vector<bool> m_turned; // by edge
    std::vector<std::uint32_t> m_part; // by node
    std::vector<Node> m_local; // by node: its number in the part
    std::vector<std::vector<Node>> m_members; // by part
    Lists m_edges; // by part
    std::vector<std::vector<Point>> m_routes; // by edge
    std::vector<Size> m_sizes; // by part
    std::vector<Point> m_places;
    Layout m_layout;
};

} // namespace

Layout layOut(const Graph& graph, const LayoutOptions& options, Budget& budget)
{
    return LayoutMaker(graph, options, budget).run();
}

Layout layOut(const Graph& graph, const LayoutOptions& options, Budget& budget, const Before& before,
    const std::vector<std::uint32_t>& was)
{
    const Keeper keeper(graph, options, before, was);
    return LayoutMaker(graph, options, budget, keeper.worth() ? &keeper : nullptr).run();
}

} // namespace cupel::graph
