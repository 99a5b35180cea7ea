// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/graph_builder.h"

#include "analyzers/base/utf8.h"

namespace cupel::formats {

namespace {

std::uint64_t textOf(const GraphNode& node) // but its attributes
{
    std::uint64_t size = node.op.size() + node.domain.size() + node.name.size() + node.scope.size();
    for (const auto* list : {&node.inputs, &node.outputs}) {
        for (const auto& one : *list) {
            size += sizeof(one) + one.size();
        }
    }
    return size;
}

// Texts in nodes are whole characters already.
void clipScope(std::string& scope)
{
    if (scope.size() > ModelGraph::longestScope) {
        auto end = ModelGraph::longestScope;
        while (end > 0 && (static_cast<unsigned char>(scope[end]) & 0xC0) == 0x80) {
            --end;
        }
        scope.resize(end);
    }
}

} // namespace

GraphBuilder::Space GraphBuilder::addSpace(Space around)
{
    m_around.push_back(around);
    m_made.emplace_back();
    return static_cast<Space>(m_around.size() - 1);
}

std::uint32_t GraphBuilder::add(GraphNode node)
{
    ++m_graph.nodeCount;
    if (full()) {
        return none;
    }
    clipScope(node.scope);
    m_text += textOf(node);
    if (m_text > mostText) {
        stop();
        return none;
    }
    m_graph.nodes.push_back(std::move(node));
    return static_cast<std::uint32_t>(m_graph.nodes.size() - 1);
}

void GraphBuilder::makes(Space space, std::string_view name, std::uint32_t node)
{
    if (node == none || name.empty()) {
        return;
    }
    if (++m_makes > mostTaken) {
        stop();
        return;
    }
    m_made[space].insert_or_assign(name, node);
}

void GraphBuilder::takes(Space space, std::string_view name, std::uint32_t node)
{
    takes(space, name, node, name);
}

void GraphBuilder::takes(Space space, std::string_view name, std::uint32_t node, std::string_view shown)
{
    if (node == none || name.empty()) {
        return;
    }
    if (m_taken.size() >= mostTaken) {
        stop();
        return;
    }
    m_taken.push_back({space, node, name, shown});
}

void GraphBuilder::takesByName(Space space, std::string_view name, std::string_view taker)
{
    if (const auto known = m_made[space].find(taker); known != m_made[space].end()) {
        takes(space, name, known->second, {});
    }
}

std::string_view GraphBuilder::kept(std::string text)
{
    return m_kept.emplace_back(std::move(text));
}

void GraphBuilder::attribute(GraphNode& node, std::string_view name, std::string value)
{
    if (node.attributes.size() >= ModelGraph::mostParts) {
        return;
    }
    GraphAttribute made{text(name), std::move(value)};
    m_text += sizeof(made) + made.name.size() + made.value.size();
    if (m_text > mostText) {
        stop();
        return;
    }
    node.attributes.push_back(std::move(made));
}

void GraphBuilder::part(std::vector<std::string>& list, std::string_view name)
{
    if (list.size() < ModelGraph::mostParts) {
        list.push_back(text(name));
    }
}

std::string GraphBuilder::text(std::string_view bytes)
{
    return toDisplay(bytes, ModelGraph::longestText);
}

std::string GraphBuilder::joined(std::string_view scope, std::string_view part)
{
    std::string out(scope);
    out += out.empty() || part.empty() ? "" : "/";
    out += part;
    clipScope(out);
    return out;
}

void GraphBuilder::join(const Taken& taken, Budget& budget)
{
    for (auto space = taken.space; space != none && budget.spend(64 + taken.name.size()); space = m_around[space]) {
        const auto maker = m_made[space].find(taken.name);
        if (maker == m_made[space].end()) {
            continue;
        }
        ++m_graph.edgeCount;
        if (m_graph.edges.size() < ModelGraph::mostEdges) {
            m_graph.edges.push_back({maker->second, taken.node, text(taken.shown)});
        }
        return;
    }
}

ModelGraph GraphBuilder::finish(Budget& budget)
{
    for (const auto& taken : m_taken) {
        join(taken, budget);
        if (budget.stopReason() != Budget::Stop::None) {
            stop();
            break;
        }
    }
    return std::move(m_graph);
}

} // namespace cupel::formats
