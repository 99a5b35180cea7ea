// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/model/graph_fold.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

namespace cupel {

namespace {

using Groups = std::vector<GraphGroup>;

// The smallest groups open by themselves, as long as there is room.
std::vector<bool> openGroups(const Groups& tree, const FoldOptions& options)
{
    std::vector<bool> open(tree.size());
    open[0] = true;
    std::size_t shown = tree[0].children();
    std::vector<std::uint32_t> waiting;
    const auto add = [&](std::uint32_t group) { // neighbours say little as single nodes
        std::copy_if(tree[group].groups.begin(), tree[group].groups.end(), std::back_inserter(waiting),
            [&tree](std::uint32_t child) { return tree[child].kind == GraphGroup::Kind::Scope; });
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

namespace {

FoldedNode nodeOf(const ModelGraph& graph, std::uint32_t node)
{
    FoldedNode out;
    out.first = node;
    out.operations = graph.nodes[node].kind == GraphNode::Kind::Operator ? 1 : 0;
    return out;
}

FoldedNode nodeOf(const GraphGroup& group)
{
    return {group.path, group.first, group.count, group.operations, group.kind != GraphGroup::Kind::Scope, group.kind,
        group.scope, group.part, group.parts, group.firstOperation, group.lastOperation};
}

struct Shown {
    FoldedNode node;
    std::uint32_t group; // the first: a node
    std::uint32_t around;
};

std::vector<Shown> shownOf(const ModelGraph& graph, const Groups& groups, const std::vector<bool>& open)
{
    std::vector<Shown> shown;
    std::vector<std::uint32_t> waiting{0};
    while (!waiting.empty()) {
        const auto group = waiting.back();
        waiting.pop_back();
        for (const auto node : groups[group].nodes) {
            shown.push_back({nodeOf(graph, node), 0, group});
        }
        for (const auto child : groups[group].groups) {
            if (open[child]) {
                waiting.push_back(child);
            } else {
                shown.push_back({nodeOf(groups[child]), child, group});
            }
        }
    }
    return shown;
}

} // namespace

FoldedGraph fold(const ModelGraph& graph, const FoldOptions& options)
{
    FoldedGraph out;
    out.of.resize(graph.nodes.size());
    const auto count = static_cast<std::uint32_t>(graph.nodes.size());
    if (count <= options.most) {
        for (std::uint32_t node = 0; node < count; ++node) {
            out.of[node] = node;
            out.nodes.push_back(nodeOf(graph, node));
        }
        out.around.resize(count);
        addEdges(graph, out);
        return out;
    }
    const auto order = orderOf(graph);
    const auto groups = groupsOf(graph, order);
    auto shown = shownOf(graph, groups, openGroups(groups, options));
    std::stable_sort(shown.begin(), shown.end(),
        [&order](const Shown& a, const Shown& b) { return order.place[a.node.first] < order.place[b.node.first]; });
    for (std::uint32_t i = 0; i < shown.size(); ++i) {
        out.nodes.push_back(shown[i].node);
        out.around.push_back(groups[shown[i].around].path);
        if (shown[i].group == 0) {
            out.of[shown[i].node.first] = i;
            continue;
        }
        std::vector<std::uint32_t> inside{shown[i].group};
        while (!inside.empty()) {
            const auto& group = groups[inside.back()];
            inside.pop_back();
            for (const auto node : group.nodes) {
                out.of[node] = i;
            }
            inside.insert(inside.end(), group.groups.begin(), group.groups.end());
        }
    }
    addEdges(graph, out);
    return out;
}

} // namespace cupel
