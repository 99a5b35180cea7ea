// SPDX-License-Identifier: GPL-3.0-or-later
// How long a layered layout takes, and how many edges cross when all are drawn as straight lines between the centres of
// their nodes. With `dot` in the path, the same for its drawing.
//   graph_bench [--dot] [--seed N] [NODES...]
#include "analyzers/graph/layered_layout.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fstream>
#include <optional>
#include <random>
#include <sstream>
#include <string>

using namespace cupel;

namespace {

constexpr int mostForDot = 2'000;

// Layers of nodes; edges to the next one, a fifth skips some.
graph::Graph randomGraph(std::uint32_t count, std::mt19937& random)
{
    graph::Graph out;
    out.nodes.assign(count, {100, 36});
    const std::uint32_t width = std::max(4U, count / 25);
    for (std::uint32_t i = 0; i < count + count / 2; ++i) {
        const std::uint32_t from = static_cast<std::uint32_t>(random() % count);
        const std::uint32_t layers = random() % 5 == 0 ? 2 + static_cast<std::uint32_t>(random() % 3) : 1;
        const std::uint32_t first = (from / width + layers) * width;
        if (first < count) {
            out.edges.push_back({from, first + static_cast<std::uint32_t>(random() % std::min(width, count - first))});
        }
    }
    return out;
}

// Notebooks of 25 cells, each with the cells it depends on; files join them.
graph::Graph notebookGraph(std::uint32_t count, std::mt19937& random)
{
    graph::Graph out;
    out.nodes.assign(count, {100, 36});
    for (std::uint32_t node = 0; node < count; ++node) {
        const std::uint32_t cell = node % 25;
        if (cell > 0) {
            out.edges.push_back({node - 1 - static_cast<std::uint32_t>(random() % std::min(cell, 3U)), node});
        }
        if (cell > 1 && random() % 2 == 0) {
            out.edges.push_back({node - 1 - static_cast<std::uint32_t>(random() % std::min(cell, 6U)), node});
        }
        if (cell == 0 && node > 0) {
            const std::uint32_t other = static_cast<std::uint32_t>(random() % node);
            out.edges.push_back({other, node});
        }
    }
    return out;
}

std::uint64_t crossings(const std::vector<graph::Point>& places, const std::vector<graph::Edge>& edges)
{
    struct Line {
        double ax, ay, bx, by;
        std::uint32_t from, to;
    };
    std::vector<Line> lines;
    for (const auto& edge : edges) {
        const auto a = places[edge.from];
        const auto b = places[edge.to];
        lines.push_back({a.x, a.y, b.x, b.y, edge.from, edge.to});
    }
    std::uint64_t count = 0;
    const auto side = [](double ax, double ay, double bx, double by, double px, double py) {
        const double value = (bx - ax) * (py - ay) - (by - ay) * (px - ax);
        return value > 1e-6 ? 1 : value < -1e-6 ? -1 : 0;
    };
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const Line& a = lines[i];
        for (std::size_t k = i + 1; k < lines.size(); ++k) {
            const Line& b = lines[k];
            if (a.from == b.from || a.from == b.to || a.to == b.from || a.to == b.to
                || std::max(a.ay, a.by) < std::min(b.ay, b.by) || std::max(b.ay, b.by) < std::min(a.ay, a.by)) {
                continue;
            }
            const bool cross = side(a.ax, a.ay, a.bx, a.by, b.ax, b.ay) * side(a.ax, a.ay, a.bx, a.by, b.bx, b.by) < 0
                && side(b.ax, b.ay, b.bx, b.by, a.ax, a.ay) * side(b.ax, b.ay, b.bx, b.by, a.bx, a.by) < 0;
            count += cross ? 1U : 0U;
        }
    }
    return count;
}

struct Oracle {
    std::uint64_t crossings = 0;
    double seconds = 0;
};

std::optional<Oracle> dot(const graph::Graph& graph)
{
    const std::string input = "graph_bench.dot";
    const std::string output = "graph_bench.plain";
    {
        std::ofstream out(input);
        out << "digraph g { node [shape=box fixedsize=true width=1.39 height=0.5 label=\"\"]; splines=line;\n";
        for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
            out << 'n' << i << ";\n";
        }
        for (const auto& edge : graph.edges) {
            out << 'n' << edge.from << " -> n" << edge.to << ";\n";
        }
        out << "}\n";
    }
    std::timespec begin{};
    std::timespec end{};
    std::timespec_get(&begin, TIME_UTC);
    if (std::system(("dot -Tplain " + input + " > " + output + " 2> /dev/null").c_str()) != 0) {
        return std::nullopt;
    }
    std::timespec_get(&end, TIME_UTC);
    std::vector<graph::Point> places(graph.nodes.size());
    std::ifstream in(output);
    for (std::string line; std::getline(in, line);) {
        std::istringstream words(line);
        std::string kind;
        std::string name;
        graph::Point at;
        if (words >> kind >> name >> at.x >> at.y && kind == "node") {
            places[std::stoul(name.substr(1))] = {at.x * 72, at.y * 72};
        }
    }
    std::remove(input.c_str());
    std::remove(output.c_str());
    return Oracle{crossings(places, graph.edges),
        static_cast<double>(end.tv_sec - begin.tv_sec) + static_cast<double>(end.tv_nsec - begin.tv_nsec) * 1e-9};
}

void measure(const char* kind, const graph::Graph& graph, bool withDot)
{
    double best = 1e9;
    graph::Layout layout;
    for (int i = 0; i < 5; ++i) {
        Budget budget;
        const auto begin = std::clock();
        layout = graph::layOut(graph, {}, budget);
        best = std::min(best, static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
    }
    std::printf("%-9s %6zu nodes %6zu edges  %8.1f ms", kind, graph.nodes.size(), graph.edges.size(), best * 1000);
    if (graph.nodes.size() <= mostForDot) {
        const auto ours = crossings(layout.nodes, graph.edges);
        std::printf("  %7llu crossings", static_cast<unsigned long long>(ours));
        if (const auto oracle = withDot ? dot(graph) : std::nullopt) {
            std::printf("  dot %7llu crossings, %7.0f ms  ratio %.2f",
                static_cast<unsigned long long>(oracle->crossings), oracle->seconds * 1000,
                static_cast<double>(ours) / static_cast<double>(std::max<std::uint64_t>(1, oracle->crossings)));
        }
    }
    std::printf("\n");
}

} // namespace

int main(int argc, char** argv)
{
    bool withDot = false;
    std::uint32_t seed = 7;
    std::vector<std::uint32_t> sizes;
    for (int i = 1; i < argc; ++i) {
        if (std::strcmp(argv[i], "--dot") == 0) {
            withDot = true;
        } else if (std::strcmp(argv[i], "--seed") == 0 && i + 1 < argc) {
            seed = static_cast<std::uint32_t>(std::strtoul(argv[++i], nullptr, 10));
        } else {
            sizes.push_back(static_cast<std::uint32_t>(std::strtoul(argv[i], nullptr, 10)));
        }
    }
    if (sizes.empty()) {
        sizes = {300, 1'000, 2'000, 10'000};
    }
    std::mt19937 random(seed);
    for (const auto size : sizes) {
        measure("random", randomGraph(size, random), withDot);
        measure("notebook", notebookGraph(size, random), withDot);
    }
    return 0;
}
