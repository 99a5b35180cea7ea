// SPDX-License-Identifier: GPL-3.0-or-later
// A layered layout keeps its promises on made graphs: every node has its place, nothing overlaps, edges go down, the
// same graph gives the same drawing, and somebody who says stop is heard.
#include "analyzers/graph/layered_layout.h"
#include "analyzers/graph/layered_parts.h"
#include "tests/unit/check.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <random>
#include <stop_token>

using namespace cupel;
using graph::Graph;
using graph::Layout;

namespace {

Graph made(std::uint32_t seed, std::uint32_t nodes, std::uint32_t edges, bool cycles)
{
    std::mt19937 random(seed);
    Graph out;
    for (std::uint32_t i = 0; i < nodes; ++i) {
        out.nodes.push_back({40.0F + static_cast<float>(random() % 120), 20.0F + static_cast<float>(random() % 40)});
    }
    for (std::uint32_t i = 0; i < edges; ++i) {
        auto from = static_cast<std::uint32_t>(random() % nodes);
        auto to = static_cast<std::uint32_t>(random() % nodes);
        if (!cycles && from > to) {
            std::swap(from, to);
        }
        if (cycles || from != to) {
            out.edges.push_back({from, to});
        }
    }
    return out;
}

Layout drawn(const Graph& graph, graph::Direction direction = graph::Direction::Down)
{
    Budget budget;
    graph::LayoutOptions options;
    options.direction = direction;
    return layOut(graph, options, budget);
}

bool overlap(const Graph& graph, const Layout& layout)
{
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        for (std::size_t k = i + 1; k < graph.nodes.size(); ++k) {
            if (std::abs(layout.nodes[i].x - layout.nodes[k].x) * 2 + 0.01F
                    < graph.nodes[i].width + graph.nodes[k].width
                && std::abs(layout.nodes[i].y - layout.nodes[k].y) * 2 + 0.01F
                    < graph.nodes[i].height + graph.nodes[k].height) {
                return true;
            }
        }
    }
    return false;
}

bool inside(const Graph& graph, const Layout& layout)
{
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const auto at = layout.nodes[i];
        if (at.x - graph.nodes[i].width / 2 < -0.01F || at.y - graph.nodes[i].height / 2 < -0.01F
            || at.x + graph.nodes[i].width / 2 > layout.size.width + 0.01F
            || at.y + graph.nodes[i].height / 2 > layout.size.height + 0.01F) {
            return false;
        }
    }
    return true;
}

} // namespace

CUPEL_TEST(nothing_and_one)
{
    const auto none = drawn({});
    CHECK(none.complete && none.nodes.empty());
    Graph one;
    one.nodes = {{100, 40}};
    one.edges = {{0, 0}, {0, 7}, {9, 0}}; // a loop, and ends that do not exist
    const auto layout = drawn(one);
    REQUIRE(layout.complete && layout.nodes.size() == 1);
    CHECK(layout.nodes[0] == (graph::Point{50, 20}));
    CHECK_EQ(layout.routeStart.size(), 4);
    CHECK_EQ(layout.routeStart[1], 4);
    CHECK_EQ(layout.routeStart[3], 4);
}

CUPEL_TEST(every_node_has_its_place)
{
    for (std::uint32_t seed = 1; seed <= 60; ++seed) {
        const Graph graph = made(seed, 2 + seed * 2, seed * 3, seed % 2 == 0);
        const auto layout = drawn(graph);
        REQUIRE(layout.complete && layout.nodes.size() == graph.nodes.size());
        CHECK(!overlap(graph, layout));
        CHECK(inside(graph, layout));
    }
}

CUPEL_TEST(edges_go_down)
{
    for (std::uint32_t seed = 1; seed <= 40; ++seed) {
        const Graph graph = made(seed, 80, 120, false);
        const auto layout = drawn(graph);
        for (std::size_t i = 0; i < graph.edges.size(); ++i) {
            const auto& edge = graph.edges[i];
            CHECK(layout.ranks[edge.from] < layout.ranks[edge.to]);
            CHECK(layout.nodes[edge.from].y < layout.nodes[edge.to].y);
            REQUIRE(layout.routeStart[i + 1] >= layout.routeStart[i] + 2);
            // From the lower edge of one box to the upper edge of the other.
            const auto first = layout.routes[layout.routeStart[i]];
            const auto last = layout.routes[layout.routeStart[i + 1] - 1];
            CHECK(std::abs(first.y - layout.nodes[edge.from].y - graph.nodes[edge.from].height / 2) < 0.1F);
            CHECK(std::abs(last.y - layout.nodes[edge.to].y + graph.nodes[edge.to].height / 2) < 0.1F);
            CHECK(std::abs(first.x - layout.nodes[edge.from].x) < 0.1F);
        }
        const auto right = drawn(graph, graph::Direction::Right);
        for (const auto& edge : graph.edges) {
            CHECK(right.nodes[edge.from].x < right.nodes[edge.to].x);
        }
        CHECK(!overlap(graph, right) && inside(graph, right));
    }
}

CUPEL_TEST(the_same_graph_gives_the_same_drawing)
{
    const Graph graph = made(5, 400, 700, true);
    const auto a = drawn(graph);
    const auto b = drawn(graph);
    CHECK(a.nodes == b.nodes && a.routes == b.routes && a.ranks == b.ranks);
}

CUPEL_TEST(ranks_are_tight)
{
    // A long way and a short one: the short one's node stands beside the end, not at the top.
    Graph graph;
    graph.nodes.assign(7, {50, 20});
    graph.edges = {{0, 1}, {1, 2}, {2, 3}, {3, 4}, {5, 4}, {6, 5}};
    const auto layout = drawn(graph);
    CHECK_EQ(layout.ranks[4], 4);
    CHECK_EQ(layout.ranks[5], 3);
    CHECK_EQ(layout.ranks[6], 2);
}

CUPEL_TEST(what_can_be_drawn_without_crossings_is)
{
    // A tree whose children come in a bad order.
    graph::Part part;
    std::mt19937 random(3);
    for (std::uint32_t i = 0; i < 127; ++i) {
        part.sizes.push_back({40, 20});
    }
    std::vector<std::uint32_t> shuffled;
    for (std::uint32_t i = 1; i < 127; ++i) {
        shuffled.push_back(i);
    }
    std::shuffle(shuffled.begin(), shuffled.end(), random);
    shuffled.insert(shuffled.begin(), 0);
    for (std::uint32_t i = 1; i < 127; ++i) {
        part.arcs.push_back({shuffled[(i - 1) / 2], shuffled[i], 1});
    }
    Budget budget;
    auto layers = graph::makeLayers(part, graph::rank(part, budget));
    CHECK(graph::reduceCrossings(layers, budget));
    CHECK_EQ(graph::countCrossings(layers), 0);
}

CUPEL_TEST(crossings_are_counted)
{
    // Two complete sides of three: every pair of starts with every pair of ends, once each.
    graph::Part part;
    part.sizes.assign(6, {10, 10});
    for (std::uint32_t from = 0; from < 3; ++from) {
        for (std::uint32_t to = 3; to < 6; ++to) {
            part.arcs.push_back({from, to, 1});
        }
    }
    const auto layers = graph::makeLayers(part, {0, 0, 0, 1, 1, 1});
    CHECK_EQ(graph::countCrossings(layers), 9);
}

CUPEL_TEST(a_straight_chain_stays_straight)
{
    Graph graph;
    graph.nodes.assign(30, {60, 24});
    for (std::uint32_t i = 0; i + 1 < 30; ++i) {
        graph.edges.push_back({i, i + 1});
    }
    const auto layout = drawn(graph);
    for (const auto& node : layout.nodes) {
        CHECK_EQ(node.x, layout.nodes[0].x);
    }
    for (std::size_t i = 0; i < graph.edges.size(); ++i) {
        CHECK_EQ(layout.routeStart[i + 1] - layout.routeStart[i], 2);
    }
}

CUPEL_TEST(very_long_edges_do_not_make_very_many_turns)
{
    // A chain of three thousand, each third node joined to the last.
    Graph graph;
    graph.nodes.assign(3'000, {60, 24});
    for (std::uint32_t i = 0; i + 1 < 3'000; ++i) {
        graph.edges.push_back({i, i + 1});
        if (i % 3 == 0) {
            graph.edges.push_back({i, 2'999});
        }
    }
    const auto layout = drawn(graph);
    CHECK(layout.complete);
    CHECK(layout.routes.size() < 200'000);
    CHECK(inside(graph, layout));
}

CUPEL_TEST(who_says_stop_is_heard)
{
    std::stop_source stop;
    stop.request_stop();
    Budget budget(Limits{}, stop.get_token());
    const auto layout = layOut(made(9, 3'000, 5'000, true), {}, budget);
    CHECK(!layout.complete);
}

namespace {

// Without node `gone`; `was`: by node, its number in the whole.
Graph without(const Graph& graph, std::uint32_t gone, std::vector<std::uint32_t>& was)
{
    Graph out;
    std::vector<std::uint32_t> now;
    was.clear();
    for (std::uint32_t node = 0; node < graph.nodes.size(); ++node) {
        now.push_back(node == gone ? 0xFFFF'FFFF : static_cast<std::uint32_t>(out.nodes.size()));
        if (node != gone) {
            was.push_back(node);
            out.nodes.push_back(graph.nodes[node]);
        }
    }
    for (const auto& edge : graph.edges) {
        if (edge.from != gone && edge.to != gone) {
            out.edges.push_back({now[edge.from], now[edge.to]});
        }
    }
    return out;
}

bool goesOneWay(const Graph& graph, const Layout& layout)
{
    return std::all_of(graph.edges.begin(), graph.edges.end(), [&](const graph::Edge& edge) {
        return edge.from == edge.to || layout.ranks[edge.from] < layout.ranks[edge.to];
    });
}

} // namespace

CUPEL_TEST(what_stays_keeps_its_place)
{
    Budget budget;
    for (std::uint32_t seed = 1; seed <= 30; ++seed) {
        const Graph graph = made(seed, 60, 84, false);
        const auto direction = seed % 2 == 0 ? graph::Direction::Down : graph::Direction::Right;
        graph::LayoutOptions options;
        options.direction = direction;
        const graph::Before before{graph, drawn(graph, direction)};
        const std::uint32_t gone = seed * 7 % 60;
        std::vector<std::uint32_t> was;
        const Graph less = without(graph, gone, was);
        const auto layout = layOut(less, options, budget, before, was);
        REQUIRE(layout.complete);
        CHECK(!overlap(less, layout) && inside(less, layout) && goesOneWay(less, layout));
        std::vector<float> across;
        std::size_t moved = 0;
        for (std::size_t i = 0; i < was.size(); ++i) {
            const auto& old = before.layout.nodes[was[i]];
            across.push_back(
                direction == graph::Direction::Down ? layout.nodes[i].x - old.x : layout.nodes[i].y - old.y);
        }
        std::sort(across.begin(), across.end());
        for (const auto off : across) {
            moved += std::abs(off - across[across.size() / 2]) > 20 ? 1U : 0U;
        }
        CHECK(moved <= 6); // what is cut off by the loss may go elsewhere
        // And back: the new one makes room for itself beside what it is joined to.
        std::vector<std::uint32_t> back(graph.nodes.size(), 0xFFFF'FFFF);
        for (std::uint32_t i = 0; i < was.size(); ++i) {
            back[was[i]] = i;
        }
        const graph::Before small{less, layout};
        const auto again = layOut(graph, options, budget, small, back);
        REQUIRE(again.complete);
        CHECK(!overlap(graph, again) && inside(graph, again) && goesOneWay(graph, again));
        const auto twice = layOut(graph, options, budget, small, back);
        CHECK(again.nodes == twice.nodes && again.routes == twice.routes);
    }
}

CUPEL_TEST(a_new_way_back_is_no_way_down)
{
    Budget budget;
    Graph graph;
    graph.nodes.assign(5, {50, 20});
    graph.edges = {{0, 1}, {1, 2}, {2, 3}, {3, 4}};
    const graph::Before before{graph, drawn(graph)};
    graph.edges.push_back({4, 1});
    const auto layout = layOut(graph, {}, budget, before, {0, 1, 2, 3, 4});
    REQUIRE(layout.complete);
    for (std::size_t i = 0; i < 5; ++i) {
        CHECK_EQ(layout.ranks[i], i);
    }
    // New ones above, below and between; numbers that nobody had.
    graph.nodes.assign(8, {50, 20});
    graph.edges = {{5, 0}, {0, 1}, {1, 2}, {2, 3}, {3, 4}, {4, 6}, {1, 7}, {7, 2}};
    const auto more = layOut(graph, {}, budget, before, {0, 1, 2, 3, 4, 99, 99, 99});
    REQUIRE(more.complete);
    CHECK(goesOneWay(graph, more) && !overlap(graph, more));
    CHECK_EQ(more.ranks[5], 0);
}

CUPEL_TEST(too_little_left_is_drawn_anew)
{
    Budget budget;
    const Graph graph = made(4, 50, 70, true);
    const graph::Before before{made(9, 12, 14, false), drawn(made(9, 12, 14, false))};
    std::vector<std::uint32_t> was(50, 0xFFFF'FFFF);
    was[0] = 3;
    CHECK(layOut(graph, {}, budget, before, was).nodes == drawn(graph).nodes);
    CHECK(layOut(graph, {}, budget, before, {}).nodes == drawn(graph).nodes);
    CHECK(layOut(graph, {}, budget, graph::Before{}, was).nodes == drawn(graph).nodes);
    for (std::uint32_t seed = 1; seed <= 30; ++seed) { // nothing in common but the numbers, with cycles
        const Graph other = made(seed + 100, 40, 60, true);
        const Graph first = made(seed, 40, 60, true);
        std::vector<std::uint32_t> same(40);
        for (std::uint32_t i = 0; i < 40; ++i) {
            same[i] = i;
        }
        const auto layout = layOut(other, {}, budget, graph::Before{first, drawn(first)}, same);
        REQUIRE(layout.complete);
        CHECK(!overlap(other, layout) && inside(other, layout));
    }
}
