// SPDX-License-Identifier: GPL-3.0-or-later
// Groups of a graph: scopes, runs, and that no folding makes a circle that the graph has not.
#include "analyzers/model/graph_fold.h"
#include "tests/unit/check.h"

#include <cstdint>
#include <string>
#include <vector>

using namespace cupel;

CUPEL_TEST(scopes_have_no_empty_parts)
{
    GraphNode node;
    node.scope = "/enc//layer/";
    CHECK_EQ(scopeOf(node), "enc/layer");
    node.scope = "/";
    CHECK_EQ(scopeOf(node), "");
    node.scope.clear();
    node.name = "//enc/relu";
    CHECK_EQ(scopeOf(node), "enc");
}

CUPEL_TEST(scopes_fold)
{
    ModelGraph graph;
    for (int i = 0; i < 300; ++i) {
        GraphNode node;
        node.op = "Relu";
        node.name = "/encoder/layer." + std::to_string(i / 10) + "/op_" + std::to_string(i);
        graph.nodes.push_back(node);
        if (i > 0) {
            graph.edges.push_back({static_cast<std::uint32_t>(i - 1), static_cast<std::uint32_t>(i), "t"});
        }
    }
    graph.nodeCount = 300;
    graph.edgeCount = 299;
    const auto folded = fold(graph, {});
    CHECK(folded.nodes.size() <= 60 && folded.nodes.size() >= 30);
    std::uint64_t count = 0;
    for (const auto& node : folded.nodes) {
        count += node.count;
    }
    CHECK_EQ(count, 300);
    CHECK_EQ(folded.edges.size(), folded.nodes.size() - 1);
    FoldOptions options;
    options.opened = {"encoder/layer.29"};
    const auto opened = fold(graph, options);
    CHECK_EQ(opened.nodes.size(), folded.nodes.size() + 9);
    CHECK_EQ(opened.around[opened.of[299]], "encoder/layer.29");
    CHECK(opened.nodes[opened.of[299]].group.empty());
}

CUPEL_TEST(without_scopes_neighbours_fold)
{
    ModelGraph graph;
    graph.nodes.resize(50'000);
    graph.nodeCount = 50'000;
    const auto folded = fold(graph, {});
    CHECK(folded.nodes.size() <= 60);
    std::uint64_t count = 0;
    for (const auto& node : folded.nodes) {
        CHECK(node.run);
        count += node.count;
    }
    CHECK_EQ(count, 50'000);
    FoldOptions options;
    options.opened = {folded.nodes[3].group};
    const auto opened = fold(graph, options);
    CHECK(opened.nodes.size() > folded.nodes.size() && opened.nodes.size() <= 120);
}

namespace {

// Whether the folded graph has a circle: takes away what nothing leads to until nothing is left.
bool hasCircle(const FoldedGraph& folded)
{
    std::vector<std::size_t> in(folded.nodes.size(), 0);
    for (const auto& edge : folded.edges) {
        ++in[edge.to];
    }
    std::vector<std::size_t> ready;
    for (std::size_t i = 0; i < in.size(); ++i) {
        if (in[i] == 0) {
            ready.push_back(i);
        }
    }
    std::size_t gone = 0;
    while (!ready.empty()) {
        const auto at = ready.back();
        ready.pop_back();
        ++gone;
        for (const auto& edge : folded.edges) {
            if (edge.from == at && --in[edge.to] == 0) {
                ready.push_back(edge.to);
            }
        }
    }
    return gone < folded.nodes.size();
}

std::uint64_t operationsIn(const FoldedGraph& folded)
{
    std::uint64_t out = 0;
    for (const auto& node : folded.nodes) {
        out += node.operations;
    }
    return out;
}

GraphNode named(std::string name, GraphNode::Kind kind = GraphNode::Kind::Operator)
{
    GraphNode node;
    node.kind = kind;
    node.name = std::move(name);
    return node;
}

} // namespace

// An output that the file names first is no operation of the first group, and nothing runs back to it.
CUPEL_TEST(ends_stand_beside_runs)
{
    ModelGraph graph;
    graph.nodes = {named("x", GraphNode::Kind::Input), named("y", GraphNode::Kind::Output)};
    for (std::uint32_t i = 0; i < 105; ++i) {
        graph.nodes.push_back(named({}));
        graph.edges.push_back({i == 0 ? 0 : i + 1, i + 2, "t"});
    }
    graph.edges.push_back({106, 1, "y"});
    const auto folded = fold(graph, {});
    CHECK_EQ(folded.nodes.size(), 5U);
    CHECK(!hasCircle(folded));
    CHECK_EQ(operationsIn(folded), 105U);
    CHECK(folded.nodes[folded.of[0]].group.empty() && folded.nodes[folded.of[1]].group.empty());
    std::uint32_t next = 1;
    for (const auto& node : folded.nodes) {
        if (node.run) {
            CHECK_EQ(node.firstOperation, next);
            CHECK_EQ(node.operations, node.lastOperation - node.firstOperation + 1);
            next = node.lastOperation + 1;
        }
    }
    CHECK_EQ(next, 106U);
}

// A file that lists its operations in another order than they work in.
CUPEL_TEST(runs_follow_the_order_of_work)
{
    ModelGraph graph;
    constexpr std::uint32_t count = 400;
    for (std::uint32_t i = 0; i < count; ++i) {
        graph.nodes.push_back(named({}));
    }
    const auto place = [](std::uint32_t step) { return step * 149 % count; }; // no factor in common
    for (std::uint32_t i = 0; i + 1 < count; ++i) {
        graph.edges.push_back({place(i), place(i + 1), "t"});
    }
    const auto folded = fold(graph, {});
    CHECK(folded.nodes.size() <= 60);
    CHECK(!hasCircle(folded));
    CHECK_EQ(folded.edges.size(), folded.nodes.size() - 1); // a chain of runs
}

// What is done twice with something in between is two groups.
CUPEL_TEST(a_scope_around_others_is_two_groups)
{
    ModelGraph graph;
    const auto add = [&graph](const std::string& scope, int times) {
        for (int i = 0; i < times; ++i) {
            graph.nodes.push_back(named(scope + "/op" + std::to_string(graph.nodes.size())));
            const auto at = static_cast<std::uint32_t>(graph.nodes.size() - 1);
            if (at > 0) {
                graph.edges.push_back({at - 1, at, "t"});
            }
        }
    };
    add("encoder", 70);
    add("head", 70);
    add("encoder", 70);
    const auto folded = fold(graph, {});
    CHECK_EQ(folded.nodes.size(), 3U);
    CHECK(!hasCircle(folded));
    CHECK_EQ(folded.nodes[0].scope, "encoder");
    CHECK_EQ(folded.nodes[0].part, 1U);
    CHECK_EQ(folded.nodes[2].scope, "encoder");
    CHECK_EQ(folded.nodes[2].part, 2U);
    CHECK_EQ(folded.nodes[2].parts, 2U);
    CHECK_EQ(folded.nodes[1].parts, 1U);
    FoldOptions options;
    options.opened = {folded.nodes[2].group};
    const auto opened = fold(graph, options);
    CHECK(opened.nodes.size() > 3 && !hasCircle(opened));
    CHECK_EQ(opened.nodes[0].group, folded.nodes[0].group); // the other part stays folded
}

CUPEL_TEST(no_folding_makes_a_circle)
{
    std::uint32_t state = 7;
    const auto random = [&state](std::uint32_t below) {
        state = state * 1'664'525 + 1'013'904'223;
        return (state >> 8) % below;
    };
    for (int round = 0; round < 60; ++round) {
        ModelGraph graph;
        const auto count = 100 + random(900);
        const auto scopes = 1 + random(40);
        std::vector<std::uint32_t> place(count);
        for (std::uint32_t i = 0; i < count; ++i) {
            place[i] = i;
            std::swap(place[i], place[random(i + 1)]);
        }
        graph.nodes.resize(count);
        for (std::uint32_t i = 0; i < count; ++i) {
            const auto scope = (random(4) == 0 ? random(scopes) : i * scopes / count);
            graph.nodes[place[i]] =
                named(random(5) == 0 ? "" : "s" + std::to_string(scope % 7) + "/t" + std::to_string(scope) + "/n",
                    random(30) == 0 && i < 20 ? GraphNode::Kind::Input : GraphNode::Kind::Operator);
            for (std::uint32_t k = 0; i > 0 && k < random(3); ++k) {
                graph.edges.push_back({place[random(4) == 0 ? random(i) : i - 1], place[i], "t"});
            }
        }
        FoldOptions options;
        for (int step = 0; step < 6; ++step) {
            const auto folded = fold(graph, options);
            CHECK(!hasCircle(folded));
            std::uint64_t nodes = 0;
            for (const auto& node : folded.nodes) {
                nodes += node.count;
            }
            CHECK_EQ(nodes, count);
            const auto& one = folded.nodes[random(static_cast<std::uint32_t>(folded.nodes.size()))];
            if (!one.group.empty()) {
                options.opened.insert(one.group);
            }
        }
    }
}

// Loops are drawn as they are; entangled scopes of a very large graph end in runs.
CUPEL_TEST(loops_and_entangled_scopes_fold)
{
    ModelGraph graph;
    for (std::uint32_t i = 0; i < 50'000; ++i) {
        graph.nodes.push_back(named(i % 2 == 0 ? "left/op" : "right/op"));
        graph.edges.push_back({i, i + 1 < 50'000 ? i + 1 : 0, "t"});
    }
    const auto folded = fold(graph, {});
    CHECK(folded.nodes.size() <= 60 && folded.nodes.size() > 1);
    CHECK_EQ(operationsIn(folded), 50'000U);
    graph.edges.pop_back();
    CHECK(!hasCircle(fold(graph, {})));
}
