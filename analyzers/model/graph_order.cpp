// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/model/graph_order.h"

#include <functional>
#include <numeric>
#include <queue>
#include <utility>

namespace cupel {

namespace {

// Lists by node, one behind the other.
struct Lists {
    std::vector<std::uint32_t> first;
    std::vector<std::uint32_t> all;

    template <typename Key, typename Value>
    Lists(const ModelGraph& graph, Key key, Value value)
        : first(graph.nodes.size() + 1)
    {
        for (const auto& edge : graph.edges) {
            if (key(edge) != Lists::none) {
                ++first[key(edge) + 1];
            }
        }
        std::partial_sum(first.begin(), first.end(), first.begin());
        all.resize(first.back());
        auto next = first;
        for (const auto& edge : graph.edges) {
            if (key(edge) != Lists::none) {
                all[next[key(edge)]++] = value(edge);
            }
        }
    }
    static constexpr std::uint32_t none = UINT32_MAX;
};

// Places of a search in depth, from its end: only an edge of a circle leads to an earlier place.
std::vector<std::uint32_t> depthPlaces(const ModelGraph& graph)
{
    const auto count = static_cast<std::uint32_t>(graph.nodes.size());
    const Lists next(
        graph, [](const GraphEdge& edge) { return edge.from; }, [](const GraphEdge& edge) { return edge.to; });
    std::vector<std::uint32_t> places(count, Lists::none);
    std::vector<std::uint32_t> at(next.first.begin(), next.first.end() - 1);
    std::vector<bool> seen(count, false);
    std::vector<std::uint32_t> path;
    auto place = count;
    for (auto root = count; root-- > 0;) {
        if (seen[root]) {
            continue;
        }
        seen[root] = true;
        path.push_back(root);
        while (!path.empty()) {
            const auto node = path.back();
            if (at[node] == next.first[node + 1]) {
                places[node] = --place;
                path.pop_back();
                continue;
            }
            const auto to = next.all[at[node]++];
            if (!seen[to]) {
                seen[to] = true;
                path.push_back(to);
            }
        }
    }
    return places;
}

} // namespace

GraphOrder orderOf(const ModelGraph& graph)
{
    const auto count = static_cast<std::uint32_t>(graph.nodes.size());
    const auto places = depthPlaces(graph);
    const auto forward = [&places](const GraphEdge& edge) { return places[edge.from] < places[edge.to]; };
    Lists sources(
        graph, [&](const GraphEdge& edge) { return forward(edge) ? edge.to : Lists::none; },
        [](const GraphEdge& edge) { return edge.from; });
    const Lists next(
        graph, [&](const GraphEdge& edge) { return forward(edge) ? edge.from : Lists::none; },
        [](const GraphEdge& edge) { return edge.to; });
    GraphOrder out;
    out.nodes.reserve(count);
    out.place.resize(count);
    std::vector<std::uint32_t> waitsFor(count);
    std::priority_queue<std::uint32_t, std::vector<std::uint32_t>, std::greater<>> ready;
    for (std::uint32_t node = 0; node < count; ++node) {
        waitsFor[node] = sources.first[node + 1] - sources.first[node];
        if (waitsFor[node] == 0) {
            ready.push(node);
        }
    }
    while (!ready.empty()) {
        const auto node = ready.top();
        ready.pop();
        out.place[node] = static_cast<std::uint32_t>(out.nodes.size());
        out.nodes.push_back(node);
        for (auto i = next.first[node]; i < next.first[node + 1]; ++i) {
            if (--waitsFor[next.all[i]] == 0) {
                ready.push(next.all[i]);
            }
        }
    }
    out.firstSource = std::move(sources.first);
    out.sources = std::move(sources.all);
    return out;
}

} // namespace cupel
