// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/graph_builder.h"

#include "analyzers/base/utf8.h"

namespace cupel::formats {

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
    m_graph.nodes.push_back(std::move(node));
    return static_cast<std::uint32_t>(m_graph.nodes.size() - 1);
}

void GraphBuilder::makes(Space space, std::string_view name, std::uint32_t node)
{
    if (node != none && !name.empty()) {
        m_made[space].insert_or_assign(name, node);
    }
}

void GraphBuilder::takes(Space space, std::string_view name, std::uint32_t node)
{
    takes(space, name, node, name);
}

void GraphBuilder::takes(Space space, std::string_view name, std::uint32_t node, std::string_view shown)
{
    if (node != none && !name.empty()) {
        m_taken.push_back({space, node, name, shown});
    }
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
    if (node.attributes.size() < ModelGraph::mostParts) {
        node.attributes.push_back({text(name), std::move(value)});
    }
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

ModelGraph GraphBuilder::finish()
{
    for (const auto& taken : m_taken) {
        for (auto space = taken.space; space != none; space = m_around[space]) {
            const auto maker = m_made[space].find(taken.name);
            if (maker == m_made[space].end()) {
                continue;
            }
            ++m_graph.edgeCount;
            if (m_graph.edges.size() < ModelGraph::mostEdges) {
                m_graph.edges.push_back({maker->second, taken.node, text(taken.shown)});
            }
            break;
        }
    }
    return std::move(m_graph);
}

} // namespace cupel::formats
