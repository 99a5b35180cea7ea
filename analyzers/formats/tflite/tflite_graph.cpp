// SPDX-License-Identifier: GPL-3.0-or-later
// The operators of a TensorFlow Lite model, joined by the numbers of their tensors.
#include "analyzers/base/budget.h"
#include "analyzers/base/flatbuffer.h"
#include "analyzers/formats/graph_builder.h"
#include "analyzers/formats/tflite/tflite_names.h"

#include <algorithm>
#include <iterator>

namespace cupel::formats::tflite {

namespace {

constexpr std::uint64_t mostTables = 1'000'000;
constexpr std::uint64_t mostIndices = 8'000'000; // of all lists: operators may share one

class GraphReader {
public:
    GraphReader(ByteView file, GraphBuilder& builder, Budget& budget)
        : m_flat(file)
        , m_builder(builder)
        , m_budget(budget)
    {
    }

    void run()
    {
        const auto root = m_flat.root();
        eachTable(m_flat.vector(root, 1, 4), [this](const FlatReader::Table& code) {
            const auto number = std::max(m_flat.value(code, 0, 1, 0), m_flat.value(code, 3, 4, 0));
            m_codes.emplace_back(number, m_flat.text(code, 1));
        });
        std::size_t number = 0;
        const auto graphs = m_flat.vector(root, 2, 4);
        eachTable(graphs, [&](const FlatReader::Table& graph) {
            const auto name = slice(m_flat.bytes(), m_flat.text(graph, 4));
            const auto scope = graphs.size() < 2 ? std::string()
                : name.empty()                   ? "graph " + std::to_string(number)
                                                 : GraphBuilder::text(name);
            subgraph(graph, scope);
            ++number;
        });
    }

private:
    template <typename Take> void eachTable(const FlatVector& list, const Take& take)
    {
        for (std::uint64_t i = 0; i < list.size(); ++i) {
            if (++m_tables > mostTables || !m_budget.spend(32)) {
                m_builder.stop();
                return;
            }
            take(m_flat.followTable(list.start() + 4 * i));
        }
    }

    template <typename Take> void eachIndex(const FlatVector& list, const Take& take)
    {
        for (std::uint64_t i = 0; i < list.size(); ++i) {
            if (++m_indices > mostIndices || !m_budget.spend(4)) {
                m_builder.stop();
                return;
            }
            const auto index = m_flat.number(list.start() + 4 * i, 4).value_or(0);
            if (index < m_names.size()) { // also not -1: none
                take(static_cast<std::size_t>(index));
            }
        }
    }

    void subgraph(const FlatReader::Table& graph, const std::string& scope)
    {
        m_names.clear();
        m_keys.clear();
        eachTable(m_flat.vector(graph, 0, 4), [this](const FlatReader::Table& tensor) {
            m_names.push_back(slice(m_flat.bytes(), m_flat.text(tensor, 3)));
            m_keys.push_back(m_builder.kept(std::to_string(m_keys.size())));
        });
        const auto space = m_builder.addSpace();
        const auto end = [&](GraphNode::Kind kind, std::size_t tensor) {
            GraphNode made;
            made.kind = kind;
            made.name = GraphBuilder::text(m_names[tensor]);
            made.scope = scope;
            return m_builder.add(std::move(made));
        };
        eachIndex(m_flat.vector(graph, 1, 4),
            [&](std::size_t tensor) { m_builder.makes(space, m_keys[tensor], end(GraphNode::Kind::Input, tensor)); });
        eachTable(m_flat.vector(graph, 3, 4), [&](const FlatReader::Table& one) { node(one, space, scope); });
        eachIndex(m_flat.vector(graph, 2, 4), [&](std::size_t tensor) {
            m_builder.takes(space, m_keys[tensor], end(GraphNode::Kind::Output, tensor), m_names[tensor]);
        });
    }

    void node(const FlatReader::Table& table, GraphBuilder::Space space, const std::string& scope)
    {
        GraphNode made;
        if (m_builder.full()) {
            m_builder.add(std::move(made)); // counted
            return;
        }
        made.scope = scope;
        made.bytes = {table.at, table.at + 4};
        const auto index = m_flat.value(table, 0, 4, 0);
        if (index < m_codes.size()) {
            const auto& [number, name] = m_codes[index];
            const bool named = number == customOperator || number >= std::size(builtIns);
            made.op = GraphBuilder::text(named ? slice(m_flat.bytes(), name) : builtIns[number]);
            made.domain = number == customOperator ? "custom" : "";
        }
        const auto inputs = m_flat.vector(table, 1, 4);
        const auto outputs = m_flat.vector(table, 2, 4);
        eachIndex(inputs, [&](std::size_t tensor) { GraphBuilder::part(made.inputs, m_names[tensor]); });
        eachIndex(outputs, [&](std::size_t tensor) { GraphBuilder::part(made.outputs, m_names[tensor]); });
        if (!made.outputs.empty()) {
            made.name = made.outputs.front();
        }
        const auto added = m_builder.add(std::move(made));
        eachIndex(inputs, [&](std::size_t tensor) { m_builder.takes(space, m_keys[tensor], added, m_names[tensor]); });
        eachIndex(outputs, [&](std::size_t tensor) { m_builder.makes(space, m_keys[tensor], added); });
    }

    FlatReader m_flat;
    GraphBuilder& m_builder;
    Budget& m_budget;
    std::uint64_t m_tables = 0;
    std::uint64_t m_indices = 0;
    std::vector<std::pair<std::uint64_t, ByteRange>> m_codes;
    std::vector<ByteView> m_names; // of the tensors of this graph
    std::vector<std::string_view> m_keys;
};

} // namespace

void readGraph(ByteView file, GraphBuilder& builder, Budget& budget)
{
    GraphReader(file, builder, budget).run();
}

} // namespace cupel::formats::tflite
