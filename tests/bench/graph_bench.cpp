// SPDX-License-Identifier: GPL-3.0-or-later
// How long a layered layout takes, how many edges cross when all are drawn as straight lines between the centres of
// their nodes (with `dot` in the path, the same for its drawing), and who moves when one node comes or goes.
//   graph_bench [--dot] [--seed N] [--count N] [--edges FILE]... [NODES...]
//   graph_bench --stable [--seed N] [NODES...]
// A file of edges has "FROM TO" on each line, numbers from 0. `--count`: so many graphs of each kind and size.
#include "analyzers/graph/layered_layout.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fstream>
#include <map>
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

// A workspace: what notebooks read, their cells, models, what they write, and what others read of that.
graph::Graph workspaceGraph(std::uint32_t count, std::mt19937& random)
{
    graph::Graph out;
    const auto add = [&out] {
        out.nodes.push_back({100, 36});
        return static_cast<std::uint32_t>(out.nodes.size() - 1);
    };
    const auto pick = [&random](const std::vector<std::uint32_t>& list) { return list[random() % list.size()]; };
    std::vector<std::uint32_t> given{add(), add()};
    std::vector<std::uint32_t> written;
    while (out.nodes.size() < count) {
        std::vector<std::uint32_t> cells;
        const auto size = 6 + random() % 15;
        for (std::uint32_t i = 0; i < size && out.nodes.size() < count; ++i) {
            const auto cell = add();
            if (i == 0 || random() % 12 == 0) {
                if (random() % 3 == 0 && out.nodes.size() < count) {
                    given.push_back(add());
                }
                out.edges.push_back({!written.empty() && random() % 2 == 0 ? pick(written) : pick(given), cell});
            }
            for (std::uint32_t back = 1; back <= std::min<std::size_t>(cells.size(), 1 + random() % 2); ++back) {
                out.edges.push_back(
                    {cells[cells.size() - 1 - random() % std::min<std::size_t>(cells.size(), 4)], cell});
            }
            cells.push_back(cell);
            if (random() % 6 == 0 && out.nodes.size() < count) {
                written.push_back(add());
                out.edges.push_back({cell, written.back()});
            }
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
        out << "digraph g { node [shape=box fixedsize=true width=1.39 height=0.5 label=\"\"]; splines=none;\n";
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

struct Totals {
    std::uint64_t ours = 0;
    std::uint64_t theirs = 0;
};

void measure(const std::string& kind, const graph::Graph& graph, bool withDot, Totals& totals)
{
    double best = 1e9;
    graph::Layout layout;
    for (int i = 0; i < 5; ++i) {
        Budget budget;
        const auto begin = std::clock();
        layout = graph::layOut(graph, {}, budget);
        best = std::min(best, static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
    }
    std::printf(
        "%-9s %6zu nodes %6zu edges  %8.1f ms", kind.c_str(), graph.nodes.size(), graph.edges.size(), best * 1000);
    if (graph.nodes.size() <= mostForDot) {
        const auto ours = crossings(layout.nodes, graph.edges);
        std::printf("  %7llu crossings", static_cast<unsigned long long>(ours));
        if (const auto oracle = withDot ? dot(graph) : std::nullopt) {
            totals.ours += ours;
            totals.theirs += oracle->crossings;
            std::printf("  dot %7llu crossings, %7.0f ms", static_cast<unsigned long long>(oracle->crossings),
                oracle->seconds * 1000);
        }
    }
    std::printf("\n");
    std::fflush(stdout);
}

graph::Graph without(const graph::Graph& graph, std::uint32_t node)
{
    graph::Graph out = graph;
    out.nodes.erase(out.nodes.begin() + node);
    std::erase_if(out.edges, [node](const graph::Edge& edge) { return edge.from == node || edge.to == node; });
    for (auto& edge : out.edges) {
        edge.from -= edge.from > node ? 1U : 0U;
        edge.to -= edge.to > node ? 1U : 0U;
    }
    return out;
}

// Share of the nodes in both that moved by more than a width, after both drawings are laid upon each other.
double moved(const graph::Layout& before, const graph::Layout& after, const std::vector<std::uint32_t>& was)
{
    std::vector<float> x;
    std::vector<float> y;
    for (std::size_t i = 0; i < was.size(); ++i) {
        if (was[i] < before.nodes.size()) {
            x.push_back(after.nodes[i].x - before.nodes[was[i]].x);
            y.push_back(after.nodes[i].y - before.nodes[was[i]].y);
        }
    }
    auto xs = x;
    auto ys = y;
    std::nth_element(xs.begin(), xs.begin() + static_cast<std::ptrdiff_t>(xs.size() / 2), xs.end());
    std::nth_element(ys.begin(), ys.begin() + static_cast<std::ptrdiff_t>(ys.size() / 2), ys.end());
    std::size_t count = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        count += std::hypot(x[i] - xs[xs.size() / 2], y[i] - ys[ys.size() / 2]) > 100 ? 1U : 0U;
    }
    return 100.0 * static_cast<double>(count) / static_cast<double>(x.size());
}

void stability(const char* kind, const graph::Graph& graph, std::mt19937& random)
{
    constexpr int tries = 20;
    double sums[2] = {};
    double most[2] = {};
    double best = 1e9;
    const auto count = static_cast<std::uint32_t>(graph.nodes.size());
    for (int i = 0; i < tries; ++i) {
        Budget budget;
        const auto node = static_cast<std::uint32_t>(random() % count);
        const graph::Graph less = without(graph, node);
        std::vector<std::uint32_t> was(count, count); // of the whole in the smaller one
        std::vector<std::uint32_t> is; // the other way
        for (std::uint32_t k = 0; k < count; ++k) {
            if (k != node) {
                was[k] = k - (k > node ? 1U : 0U);
                is.push_back(k);
            }
        }
        const graph::Before whole{graph, graph::layOut(graph, {}, budget)};
        const graph::Before small{less, graph::layOut(less, {}, budget)};
        const auto begin = std::clock();
        const auto gone = graph::layOut(less, {}, budget, whole, is);
        best = std::min(best, static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
        const auto come = graph::layOut(graph, {}, budget, small, was);
        const double shares[2] = {moved(whole.layout, gone, is), moved(small.layout, come, was)};
        for (int way = 0; way < 2; ++way) {
            sums[way] += shares[way];
            most[way] = std::max(most[way], shares[way]);
        }
    }
    std::printf("%-9s %6u nodes: deleted %.2f %% moved (at most %.2f), added %.2f %% moved (at most %.2f), %.1f ms\n",
        kind, count, sums[0] / tries, most[0], sums[1] / tries, most[1], best * 1000);
}

std::optional<graph::Graph> readEdges(const char* path)
{
    graph::Graph out;
    std::ifstream in(path);
    for (graph::Edge edge; in >> edge.from >> edge.to;) {
        if (std::max(edge.from, edge.to) > 1'000'000) {
            return std::nullopt;
        }
        out.edges.push_back(edge);
        out.nodes.resize(std::max(out.nodes.size(), std::size_t{std::max(edge.from, edge.to)} + 1), {100, 36});
    }
    return out.edges.empty() ? std::nullopt : std::optional(out);
}

void print(const std::string& kind, const Totals& totals)
{
    std::printf("%s: %llu crossings, dot %llu, ratio %.3f\n", kind.c_str(),
        static_cast<unsigned long long>(totals.ours), static_cast<unsigned long long>(totals.theirs),
        static_cast<double>(totals.ours) / static_cast<double>(std::max<std::uint64_t>(1, totals.theirs)));
}

using Maker = graph::Graph (*)(std::uint32_t, std::mt19937&);
constexpr std::pair<const char*, Maker> kinds[] = {
    {"random", randomGraph}, {"notebook", notebookGraph}, {"workspace", workspaceGraph}};

} // namespace

int main(int argc, char** argv)
{
    bool withDot = false;
    bool stable = false;
    std::uint32_t seed = 7;
    std::uint32_t count = 1;
    std::vector<std::uint32_t> sizes;
    std::vector<graph::Graph> files;
    const auto toNumber = [](const char* text) { return static_cast<std::uint32_t>(std::strtoul(text, nullptr, 10)); };
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        withDot = withDot || word == "--dot";
        stable = stable || word == "--stable";
        if ((word == "--seed" || word == "--count") && i + 1 < argc) {
            (word == "--seed" ? seed : count) = toNumber(argv[++i]);
        } else if (word == "--edges" && i + 1 < argc) {
            if (auto graph = readEdges(argv[++i])) {
                files.push_back(std::move(*graph));
            }
        } else if (!word.starts_with('-')) {
            sizes.push_back(toNumber(argv[i]));
        }
    }
    if (sizes.empty() && files.empty()) {
        sizes = stable ? std::vector<std::uint32_t>{100, 300, 1'000}
                       : std::vector<std::uint32_t>{300, 1'000, 2'000, 10'000};
    }
    std::mt19937 random(seed);
    std::map<std::string, Totals> totals;
    for (const auto size : sizes) {
        for (const auto& [kind, make] : kinds) {
            if (stable) {
                stability(kind, make(size, random), random);
                continue;
            }
            for (std::uint32_t i = 0; i < count; ++i) {
                measure(kind, make(size, random), withDot, totals[kind]);
            }
        }
    }
    for (const auto& graph : files) {
        measure("read", graph, withDot, totals["read"]);
    }
    for (const auto& [kind, sum] : totals) {
        if (sum.theirs > 0) {
            print(kind, sum);
        }
    }
    return 0;
}
