// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/lineage/order_difference.h"

#include <algorithm>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>

namespace cupel::lineage {

namespace {

using Indices = std::vector<std::uint32_t>; // of one graph's nodes in the other; none: it is not there

// An id ends with which of its name it is in its cell, in the order in which they were come to: a function that is
// called first in one order and last in the other has another number. The place tells them apart as well.
std::string keyOf(const Node& node)
{
    const bool numbered = node.kind == NodeKind::Variable || node.kind == NodeKind::Split
        || node.kind == NodeKind::Function || node.kind == NodeKind::Metric || node.kind == NodeKind::Prediction
        || node.kind == NodeKind::UnknownCall;
    if (!numbered || node.cell == none) {
        return node.id;
    }
    std::string key = node.id;
    const auto end = key.find_last_not_of("0123456789");
    if (end != std::string::npos && end + 1 < key.size() && key[end] == '~') {
        key.resize(end);
    }
    return key + '@' + std::to_string(node.place.bytes.start);
}

Indices counterparts(const LineageGraph& from, const LineageGraph& to)
{
    std::unordered_map<std::string, std::uint32_t> known;
    for (std::uint32_t i = 0; i < to.nodes.size(); ++i) {
        known.emplace(keyOf(to.nodes[i]), i);
    }
    Indices out;
    for (const auto& node : from.nodes) {
        const auto hit = known.find(keyOf(node));
        out.push_back(hit == known.end() ? none : hit->second);
    }
    return out;
}

// The nodes of a list in the other graph, rising; false: one of them is not there.
bool translated(const std::vector<std::uint32_t>& list, const Indices& there, std::vector<std::uint32_t>& out)
{
    out.clear();
    for (const auto node : list) {
        if (node >= there.size() || there[node] == none) {
            return false;
        }
        out.push_back(there[node]);
    }
    std::sort(out.begin(), out.end());
    return true;
}

bool sameNodes(const std::vector<std::uint32_t>& one, const Indices& there, std::vector<std::uint32_t> other)
{
    std::vector<std::uint32_t> mine;
    std::sort(other.begin(), other.end());
    return one.size() == other.size() && translated(one, there, mine) && mine == other;
}

// A fact by its node in the graph that is looked into, and its places.
std::string factKey(
    const LineageGraph& graph, std::uint32_t node, const Place& place, const std::vector<Place>& calledFrom)
{
    std::string key = std::to_string(node);
    const auto add = [&](const Place& at) {
        key += '\n' + (at.file < graph.files.size() ? graph.files[at.file].path : std::string()) + '\n'
            + std::to_string(at.codeCell) + ':' + std::to_string(at.line) + ':' + std::to_string(at.bytes.start);
    };
    add(place);
    std::for_each(calledFrom.begin(), calledFrom.end(), add);
    return key;
}

// What differs in one graph from the other.
class Marker {
public:
    Marker(LineageGraph& graph, const LineageGraph& other, const Indices& there)
        : m_graph(graph)
        , m_other(other)
        , m_there(there)
    {
    }

    void run()
    {
        nodes();
        edges();
        static const std::vector<Place> nobody;
        const auto callers = [](const auto& fact) -> const std::vector<Place>& { return fact.calledFrom; };
        const auto direct = [](const auto&) -> const std::vector<Place>& { return nobody; };
        facts(
            m_graph.sources, m_other.sources, [](const Source& source) { return source.node; }, direct,
            [](const Source&, const Source&) { return true; });
        facts(
            m_graph.sinks, m_other.sinks, [](const Sink& sink) { return sink.node; }, direct,
            [this](const Sink& a, const Sink& b) { return sameNodes(a.data, m_there, b.data); });
        facts(
            m_graph.trainings, m_other.trainings, [](const Training& training) { return training.model; }, callers,
            [this](const Training& a, const Training& b) {
                return a.role == b.role && a.labelColumns == b.labelColumns && a.featureColumns == b.featureColumns
                    && a.hyperparameters == b.hyperparameters && sameNodes(a.data, m_there, b.data);
            });
        facts(
            m_graph.evaluations, m_other.evaluations, [](const Evaluation& evaluation) { return evaluation.model; },
            callers,
            [this](const Evaluation& a, const Evaluation& b) {
                return a.role == b.role && sameNodes(a.data, m_there, b.data);
            });
    }

private:
    void nodes()
    {
        for (std::uint32_t i = 0; i < m_graph.nodes.size(); ++i) {
            auto& node = m_graph.nodes[i];
            if (m_there[i] == none) {
                node.inOther = InOther::Missing;
                continue;
            }
            const auto& other = m_other.nodes[m_there[i]];
            const bool same = node.role == other.role && sameNodes(node.exposedTo, m_there, other.exposedTo);
            node.inOther = same ? InOther::Same : InOther::Different;
        }
    }

    void edges()
    {
        std::set<std::tuple<std::uint32_t, std::uint32_t, EdgeKind>> known;
        for (const auto& edge : m_other.edges) {
            known.emplace(edge.from, edge.to, edge.kind);
        }
        for (auto& edge : m_graph.edges) {
            const auto from = edge.from < m_there.size() ? m_there[edge.from] : none;
            const auto to = edge.to < m_there.size() ? m_there[edge.to] : none;
            edge.inOther =
                from != none && to != none && known.contains({from, to, edge.kind}) ? InOther::Same : InOther::Missing;
        }
    }

    template <typename Fact, typename NodeOf, typename CallersOf, typename Same>
    void facts(std::vector<Fact>& list, const std::vector<Fact>& others, NodeOf nodeOf, CallersOf callersOf, Same same)
    {
        std::unordered_map<std::string, const Fact*> known;
        for (const auto& fact : others) {
            known.emplace(factKey(m_other, nodeOf(fact), fact.place, callersOf(fact)), &fact);
        }
        for (auto& fact : list) {
            const auto node = nodeOf(fact);
            const auto there = node < m_there.size() ? m_there[node] : none;
            const auto hit = node != none && there == none
                ? known.end()
                : known.find(factKey(m_graph, there, fact.place, callersOf(fact)));
            fact.inOther = hit == known.end() ? InOther::Missing
                : same(fact, *hit->second)    ? InOther::Same
                                              : InOther::Different;
        }
    }

    LineageGraph& m_graph;
    const LineageGraph& m_other;
    const Indices& m_there;
};

LineageGraph::OnlyThere missing(const LineageGraph& graph)
{
    const auto count = [](const auto& list) {
        return static_cast<std::size_t>(
            std::count_if(list.begin(), list.end(), [](const auto& one) { return one.inOther == InOther::Missing; }));
    };
    return {count(graph.nodes), count(graph.edges), count(graph.trainings)};
}

} // namespace

void markDifferences(LineageGraph& written, LineageGraph& recorded)
{
    const auto recordedOf = counterparts(written, recorded);
    const auto writtenOf = counterparts(recorded, written);
    Marker(written, recorded, recordedOf).run();
    Marker(recorded, written, writtenOf).run();
    written.onlyThere = missing(recorded);
    recorded.onlyThere = missing(written);
}

} // namespace cupel::lineage
