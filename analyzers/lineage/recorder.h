// SPDX-License-Identifier: GPL-3.0-or-later
// Collects the piece of the graph that one file gives: nodes once by id, edges once by their ends and kind, facts once
// by place. The pieces are joined in join.h.
#pragma once

#include "analyzers/lineage/lineage_graph.h"
#include "analyzers/lineage/locators.h"
#include "analyzers/lineage/parsed_file.h"
#include "analyzers/lineage/things.h"

#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

namespace cupel::lineage {

class Recorder {
public:
    explicit Recorder(LineageGraph& out)
        : m_out(out)
    {
    }

    [[nodiscard]] LineageGraph& graph() { return m_out; }
    // Index into LineageGraph::files.
    std::uint32_t file(const ParsedFile& file);
    std::uint32_t node(NodeKind kind, const std::string& id, std::string_view label, const Place& place);
    // The node of a place on disk or outside.
    std::uint32_t located(const Locator& locator, std::string_view api, const Place& place);
    void edge(std::uint32_t from, std::uint32_t to, EdgeKind kind, std::string rule, std::string why,
        const Place& place, Certainty certainty = Certainty::Certain);
    void source(std::uint32_t node, SourceKind kind, std::string value, const Place& place);
    // The sink that stands there; nullptr: there is none.
    Sink* sink(std::uint32_t node, SourceKind kind, std::string value, const Place& place, const Marks& inputs);
    // False: there is one at this place already, with these call sites.
    bool fresh(std::string_view what, const Place& place, const std::vector<Place>& calledFrom, std::uint32_t model);

    // The code cell that runs from here on; -1: none does. What flows is told of the cells that run, which is not where
    // a function stands that they call; nothing is noted before somebody wants it.
    void noteFlows() { m_notesFlows = true; }
    void runs(std::int32_t codeCell)
    {
        m_running = codeCell < 0 || !m_notesFlows ? none : static_cast<std::uint32_t>(codeCell);
    }
    [[nodiscard]] CellPairs flows() const { return {m_flows.begin(), m_flows.end()}; }

    // A column of what `base` stands for, below it. `use`: "read", "dropped" ...
    std::uint32_t column(
        std::uint32_t base, std::uint32_t cell, std::string_view name, std::string_view use, const Place& place);

    static constexpr std::size_t maxColumnNodes = 4'096; // of one file
    static constexpr std::size_t maxNodes = 200'000;
    static constexpr std::size_t maxEdges =
        60'000; // a hundred times what real files have: each change of a name may come from all before
    static constexpr std::size_t maxFlows = 200'000; // pairs of cells

private:
    void flow(std::uint32_t from, std::uint32_t to);

    LineageGraph& m_out;
    std::unordered_map<std::string, std::uint32_t> m_files;
    std::unordered_map<std::string, std::uint32_t> m_nodes;
    std::set<std::tuple<std::uint32_t, std::uint32_t, EdgeKind>> m_edges;
    std::set<std::tuple<std::uint32_t, std::uint32_t, std::int32_t, std::uint32_t>> m_sources;
    std::unordered_map<std::string, std::size_t> m_sinkAt;
    std::set<std::string> m_facts;
    std::size_t m_columns = 0;
    bool m_notesFlows = false;
    std::uint32_t m_running = none;
    std::vector<std::uint32_t> m_changedBy; // by node: the cell that ran when something last flowed into it
    std::set<std::pair<std::uint32_t, std::uint32_t>> m_flows; // between such cells
};

} // namespace cupel::lineage
