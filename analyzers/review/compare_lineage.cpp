// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/review/compare_lineage.h"

#include "analyzers/base/data_tree.h"

#include <algorithm>
#include <iterator>

namespace cupel::review {

namespace {

DataLimits outlineLimits()
{
    DataLimits out;
    out.bytes = 512U << 20;
    out.nodes = 20'000'000;
    out.depth = 16;
    return out;
}

std::string label(const LineageOutline& a, const LineageOutline& b, const std::string& id)
{
    for (const auto* one : {&a, &b}) {
        if (const auto known = one->nodes.find(id); known != one->nodes.end() && !known->second.label.empty()) {
            return known->second.label;
        }
    }
    return id;
}

std::vector<std::string> changesOf(const LineageOutline::Node& before, const LineageOutline::Node& now)
{
    std::vector<std::string> out;
    const auto say = [&out](const char* what, const std::string& a, const std::string& b) {
        if (a != b) {
            out.push_back(std::string(what) + ": " + (a.empty() ? "none" : a) + " to " + (b.empty() ? "none" : b));
        }
    };
    say("kind", before.kind, now.kind);
    say("name", before.label, now.label);
    say("place", before.locator, now.locator);
    say("role", before.role, now.role);
    return out;
}

// Walks two sorted maps side by side.
template <typename Map, typename Gone, typename New, typename Both>
void sideBySide(const Map& before, const Map& now, const Gone& gone, const New& fresh, const Both& both)
{
    auto a = before.begin();
    auto b = now.begin();
    while (a != before.end() || b != now.end()) {
        if (b == now.end() || (a != before.end() && a->first < b->first)) {
            gone(*a++);
        } else if (a == before.end() || b->first < a->first) {
            fresh(*b++);
        } else {
            both(*a++, *b++);
        }
    }
}

} // namespace

std::string_view toString(LineageChange change)
{
    switch (change) {
    case LineageChange::Added:
        return "added";
    case LineageChange::Removed:
        return "removed";
    case LineageChange::Changed:
        break;
    }
    return "changed";
}

LineageOutline outlineOf(const lineage::LineageGraph& graph)
{
    LineageOutline out;
    out.complete = graph.complete;
    out.order = lineage::toString(graph.order);
    for (const auto& node : graph.nodes) {
        out.nodes.emplace(node.id,
            LineageOutline::Node{std::string(lineage::toString(node.kind)), node.label, node.locator,
                std::string(lineage::toString(node.role))});
    }
    for (const auto& edge : graph.edges) {
        if (edge.from < graph.nodes.size() && edge.to < graph.nodes.size()) {
            out.edges.emplace(LineageOutline::EdgeKey{graph.nodes[edge.from].id, graph.nodes[edge.to].id,
                                  std::string(lineage::toString(edge.kind))},
                std::string(lineage::toString(edge.certainty)));
        }
    }
    return out;
}

Result<LineageOutline> readOutline(ByteView json, Budget& budget)
{
    const auto tree = DataTree::fromJson(json, budget, outlineLimits());
    if (tree.empty() || !tree.text(0, "schema").starts_with("cupel.lineage/")) {
        return Error{ErrorCode::Malformed, 0, "this is no graph that cupel lineage -f json wrote"};
    }
    LineageOutline out;
    const auto end = json.find_last_not_of(" \r\n\t");
    out.complete = !tree.partial() && json[end] == '}' && tree.member(0, "notes") != DataTree::none
        && tree.text(0, "incomplete") != "true"; // the notes are written last
    out.order = tree.text(0, "order") == "recorded" ? "recorded" : "file"; // older files do not say it
    const auto text = [&tree](std::uint32_t node, const char* key) {
        const auto member = tree.member(node, key);
        const bool null =
            member < tree.nodes().size() && !tree.nodes()[member].quoted && tree.nodes()[member].text == "null";
        return null ? std::string() : std::string(tree.text(node, key));
    };
    tree.each(tree.member(0, "nodes"), [&](std::uint32_t node) {
        out.nodes.emplace(text(node, "id"),
            LineageOutline::Node{text(node, "kind"), text(node, "label"), text(node, "locator"), text(node, "role")});
    });
    tree.each(tree.member(0, "edges"), [&](std::uint32_t edge) {
        out.edges.emplace(LineageOutline::EdgeKey{text(edge, "from"), text(edge, "to"), text(edge, "kind")},
            text(edge, "confidence"));
    });
    return out;
}

LineageDiff compareLineage(const LineageOutline& before, const LineageOutline& now)
{
    LineageDiff out;
    out.complete = before.complete && now.complete;
    out.orderBefore = before.order;
    out.orderNow = now.order;
    sideBySide(
        before.nodes, now.nodes,
        [&](const auto& one) { out.nodes.push_back({LineageChange::Removed, one.first, one.second, {}}); },
        [&](const auto& one) { out.nodes.push_back({LineageChange::Added, one.first, one.second, {}}); },
        [&](const auto& a, const auto& b) {
            if (auto what = changesOf(a.second, b.second); !what.empty()) {
                out.nodes.push_back({LineageChange::Changed, b.first, b.second, std::move(what)});
            } else {
                ++out.same;
            }
        });
    const auto add = [&](LineageChange change, const LineageOutline::EdgeKey& key, std::string what) {
        out.edges.push_back({change, key, label(now, before, key.from), label(now, before, key.to), std::move(what)});
    };
    sideBySide(
        before.edges, now.edges, [&](const auto& one) { add(LineageChange::Removed, one.first, {}); },
        [&](const auto& one) { add(LineageChange::Added, one.first, {}); },
        [&](const auto& a, const auto& b) {
            if (a.second != b.second) {
                add(LineageChange::Changed, b.first, a.second + " to " + b.second);
            }
        });
    return out;
}

} // namespace cupel::review
