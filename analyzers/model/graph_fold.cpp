// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/model/graph_fold.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace cupel {

namespace {

constexpr std::size_t mostScopeDepth = 12;
constexpr std::size_t runLength = 50; // nodes of the file in one group, when nothing else is known

// Groups and nodes in groups. Children are groups and nodes in the order of the file.
class Tree {
public:
    struct Group {
        std::string path;
        std::uint32_t around = 0;
        std::uint32_t first = 0;
        std::uint32_t last = 0;
        std::uint32_t count = 0; // nodes, at any depth
        bool run = false;
        std::vector<std::uint32_t> groups; // children
        std::vector<std::uint32_t> nodes;
        [[nodiscard]] std::size_t children() const { return groups.size() + nodes.size(); }
    };

    explicit Tree(const ModelGraph& graph)
        : m_graph(graph)
    {
        m_groups.emplace_back();
        std::unordered_map<std::string, std::uint32_t> known;
        for (std::uint32_t node = 0; node < graph.nodes.size(); ++node) {
            std::uint32_t at = 0;
            const std::string scope = scopeOf(graph.nodes[node]);
            std::size_t depth = 0;
            for (std::size_t end = 0; !scope.empty() && end != std::string::npos && depth < mostScopeDepth; ++depth) {
                end = scope.find('/', end == 0 ? 0 : end + 1);
                const std::string path = scope.substr(0, end);
                const auto [found, fresh] = known.emplace(path, static_cast<std::uint32_t>(m_groups.size()));
                if (fresh) {
                    addGroup(path, at, node, false);
                }
                at = found->second;
            }
            m_groups[at].nodes.push_back(node);
            for (auto up = at;; up = m_groups[up].around) {
                ++m_groups[up].count;
                m_groups[up].last = node;
                if (up == 0) {
                    break;
                }
            }
        }
        for (std::uint32_t group = 0; group < m_groups.size(); ++group) { // grows while it runs
            splitRuns(group);
        }
    }

    [[nodiscard]] const Group& operator[](std::uint32_t group) const { return m_groups[group]; }
    [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(m_groups.size()); }

private:
    std::uint32_t addGroup(std::string path, std::uint32_t around, std::uint32_t first, bool run)
    {
        const auto index = size();
        m_groups.emplace_back();
        m_groups.back().path = std::move(path);
        m_groups.back().around = around;
        m_groups.back().first = first;
        m_groups.back().run = run;
        m_groups[around].groups.push_back(index);
        return index;
    }

    // Too many nodes in one group: those that follow each other in the file become groups.
    void splitRuns(std::uint32_t group)
    {
        const auto nodes = m_groups[group].nodes;
        if (nodes.size() <= 2 * runLength && m_groups[group].children() <= 2 * runLength) {
            return;
        }
        if (nodes.size() > runLength) {
            const auto runs = std::min<std::size_t>((nodes.size() + runLength - 1) / runLength, runLength);
            m_groups[group].nodes.clear();
            for (std::size_t i = 0; i < runs; ++i) {
                const auto from = nodes.size() * i / runs;
                const auto to = nodes.size() * (i + 1) / runs;
                const auto made =
                    addGroup(m_groups[group].path + "/#" + std::to_string(nodes[from]), group, nodes[from], true);
                auto& run = m_groups[made];
                run.nodes.assign(
                    nodes.begin() + static_cast<std::ptrdiff_t>(from), nodes.begin() + static_cast<std::ptrdiff_t>(to));
                run.last = run.nodes.back();
                run.count = static_cast<std::uint32_t>(run.nodes.size());
            }
        }
        const auto groups = m_groups[group].groups;
        if (groups.size() > 2 * runLength) {
            regroup(group, groups);
        }
    }

    void regroup(std::uint32_t group, const std::vector<std::uint32_t>& groups)
    {
        const auto runs = std::min<std::size_t>((groups.size() + runLength - 1) / runLength, runLength);
        m_groups[group].groups.clear();
        for (std::size_t i = 0; i < runs; ++i) {
            const auto from = groups.size() * i / runs;
            const auto to = groups.size() * (i + 1) / runs;
            const auto made = addGroup(m_groups[group].path + "/##" + std::to_string(m_groups[groups[from]].first),
                group, m_groups[groups[from]].first, true);
            for (auto k = from; k < to; ++k) {
                m_groups[groups[k]].around = made;
                m_groups[made].groups.push_back(groups[k]);
                m_groups[made].count += m_groups[groups[k]].count;
                m_groups[made].last = std::max(m_groups[made].last, m_groups[groups[k]].last);
            }
        }
    }

    const ModelGraph& m_graph;
    std::vector<Group> m_groups; // the first holds all
};

// The smallest groups open by themselves, as long as there is room.
std::vector<bool> openGroups(const Tree& tree, const FoldOptions& options)
{
    std::vector<bool> open(tree.size());
    open[0] = true;
    std::size_t shown = tree[0].children();
    std::vector<std::uint32_t> waiting;
    const auto add = [&](std::uint32_t group) { // neighbours of the file say little as single nodes
        std::copy_if(tree[group].groups.begin(), tree[group].groups.end(), std::back_inserter(waiting),
            [&tree](std::uint32_t child) { return !tree[child].run; });
    };
    add(0);
    while (!waiting.empty()) {
        const auto smallest = std::min_element(waiting.begin(), waiting.end(), [&](std::uint32_t a, std::uint32_t b) {
            return std::pair(tree[a].children(), a) < std::pair(tree[b].children(), b);
        });
        const auto group = *smallest;
        if (shown - 1 + tree[group].children() > options.most) {
            break;
        }
        waiting.erase(smallest);
        shown += tree[group].children() - 1;
        open[group] = true;
        add(group);
    }
    for (std::uint32_t group = 1; group < tree.size(); ++group) {
        if (options.opened.contains(tree[group].path)) {
            open[group] = true;
        } else if (options.closed.contains(tree[group].path)) {
            open[group] = false;
        }
    }
    return open;
}

void addEdges(const ModelGraph& graph, FoldedGraph& out)
{
    std::vector<FoldedEdge> all;
    for (std::uint32_t i = 0; i < graph.edges.size(); ++i) {
        const auto from = out.of[graph.edges[i].from];
        const auto to = out.of[graph.edges[i].to];
        if (from != to || out.nodes[from].group.empty()) {
            all.push_back({from, to, i, 1});
        }
    }
    std::stable_sort(all.begin(), all.end(),
        [](const FoldedEdge& a, const FoldedEdge& b) { return std::pair(a.from, a.to) < std::pair(b.from, b.to); });
    for (const auto& edge : all) {
        if (!out.edges.empty() && out.edges.back().from == edge.from && out.edges.back().to == edge.to) {
            ++out.edges.back().count;
        } else {
            out.edges.push_back(edge);
        }
    }
}

// Without empty parts: "/a//b/" is "a/b". Groups are known by their paths.
std::string tidy(std::string_view scope)
{
    std::string out;
    while (!scope.empty()) {
        const auto part = scope.substr(0, scope.find('/'));
        if (!part.empty()) {
            out += out.empty() ? "" : "/";
            out += part;
        }
        scope.remove_prefix(std::min(part.size() + 1, scope.size()));
    }
    return out;
}

} // namespace

std::string scopeOf(const GraphNode& node)
{
    if (!node.scope.empty() || node.kind == GraphNode::Kind::Input || node.kind == GraphNode::Kind::Output) {
        return tidy(node.scope);
    }
    const auto begin = node.name.find_first_not_of('/');
    if (begin == std::string::npos) {
        return {};
    }
    const auto slash = node.name.rfind('/');
    if (slash != std::string::npos && slash > begin) {
        return tidy(std::string_view(node.name).substr(begin, slash - begin));
    }
    std::string scope; // "encoder.layer.3.attn"
    const auto dot = node.name.rfind('.');
    if (slash == std::string::npos && dot != std::string::npos) {
        scope = node.name.substr(0, dot);
        std::replace(scope.begin(), scope.end(), '.', '/');
    }
    return tidy(scope);
}

FoldedGraph fold(const ModelGraph& graph, const FoldOptions& options)
{
    FoldedGraph out;
    out.of.resize(graph.nodes.size());
    const auto count = static_cast<std::uint32_t>(graph.nodes.size());
    if (count <= options.most) {
        for (std::uint32_t node = 0; node < count; ++node) {
            out.of[node] = node;
            out.nodes.push_back({{}, node, node, 1, false});
        }
        out.around.resize(count);
        addEdges(graph, out);
        return out;
    }
    const Tree tree(graph);
    const auto open = openGroups(tree, options);
    struct Shown {
        FoldedNode node;
        std::uint32_t group; // none of the tree: a node
        std::uint32_t around;
    };
    std::vector<Shown> shown;
    std::vector<std::uint32_t> waiting{0};
    while (!waiting.empty()) {
        const auto group = waiting.back();
        waiting.pop_back();
        for (const auto node : tree[group].nodes) {
            shown.push_back({{{}, node, node, 1, false}, 0, group});
        }
        for (const auto child : tree[group].groups) {
            if (open[child]) {
                waiting.push_back(child);
            } else {
                const auto& one = tree[child];
                shown.push_back({{one.path, one.first, one.last, one.count, one.run}, child, group});
            }
        }
    }
    std::stable_sort(
        shown.begin(), shown.end(), [](const Shown& a, const Shown& b) { return a.node.first < b.node.first; });
    for (std::uint32_t i = 0; i < shown.size(); ++i) {
        out.nodes.push_back(shown[i].node);
        out.around.push_back(tree[shown[i].around].path);
        if (shown[i].group == 0) {
            out.of[shown[i].node.first] = i;
            continue;
        }
        std::vector<std::uint32_t> inside{shown[i].group};
        while (!inside.empty()) {
            const auto group = inside.back();
            inside.pop_back();
            for (const auto node : tree[group].nodes) {
                out.of[node] = i;
            }
            inside.insert(inside.end(), tree[group].groups.begin(), tree[group].groups.end());
        }
    }
    addEdges(graph, out);
    return out;
}

} // namespace cupel
