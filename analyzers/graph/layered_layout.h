// SPDX-License-Identifier: GPL-3.0-or-later
// A drawing of a directed graph in layers: edges go down (or right), cross seldom, and nodes never overlap. The same
// graph always gives the same drawing. Pure; any thread. Sugiyama's method: Gansner and others 1993 (ranks, order),
// Brandes and Koepf 2001 (places).
#pragma once

#include "analyzers/base/budget.h"

#include <cstdint>
#include <vector>

namespace cupel::graph {

struct Point {
    float x = 0;
    float y = 0;
    friend bool operator==(const Point&, const Point&) = default;
};

struct Size {
    float width = 0;
    float height = 0;
};

struct Edge {
    std::uint32_t from = 0; // index of a node
    std::uint32_t to = 0;
};

struct Graph {
    std::vector<Size> nodes;
    std::vector<Edge> edges; // those with an end that is no node are left out
};

enum class Direction : std::uint8_t { Down, Right };

struct LayoutOptions {
    Direction direction = Direction::Down;
    float nodeGap = 28; // between neighbours of a rank
    float lineGap = 12; // between lines that pass a rank
    float rankGap = 36; // between ranks, without tracks of lines
    float trackGap = 7; // between lines that run along a rank
    float componentGap = 64;
};

struct Layout {
    std::vector<Point> nodes; // centres, by index of the node
    std::vector<std::uint32_t> ranks; // by index of the node; parts without a connection count from 0 each
    // Corners of edge e, from its start to its end: routes[routeStart[e]] up to routes[routeStart[e + 1]].
    std::vector<std::uint32_t> routeStart;
    std::vector<Point> routes;
    Size size; // everything lies between (0, 0) and here
    bool complete = false; // false: stopped; nothing else is set then
};

[[nodiscard]] Layout layOut(const Graph& graph, const LayoutOptions& options, Budget& budget);

// An earlier drawing of nearly the same graph.
struct Before {
    Graph graph;
    Layout layout; // complete
};
// What was there before keeps its rank and, as far as the rest lets it, its place. `was`: by node, its number then, or
// one that it never had. When too little is left it is drawn anew.
[[nodiscard]] Layout layOut(const Graph& graph, const LayoutOptions& options, Budget& budget, const Before& before,
    const std::vector<std::uint32_t>& was);

} // namespace cupel::graph
