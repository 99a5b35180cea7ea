// SPDX-License-Identifier: GPL-3.0-or-later
// Places of lineage as places of findings, and what is known of one artifact while its flows are judged.
#pragma once

#include "analyzers/formats/code_cells.h"
#include "analyzers/lineage/lineage_graph.h"
#include "analyzers/rules/sink.h"

#include <string>
#include <string_view>
#include <vector>

namespace cupel::rules::flows {

class Places {
public:
    Places(const RuleInput& input, FindingSink& sink);
    // Without a place when it lies in no cell of this artifact.
    [[nodiscard]] Hit::Extra extra(std::string role, const lineage::Place& place) const;
    // False: it has no place here, and nothing is said.
    bool say(Hit hit, const lineage::Place& place, const std::vector<lineage::Place>& evidence);
    // With roles; severity and confidence are those of the rule where nothing else is said.
    bool say(Hit hit, const lineage::Place& place, std::vector<Hit::Extra> evidence);
    [[nodiscard]] Hit begin(std::string rule, std::string message) const;
    // Names of the file in the message: masked where their place is.
    void quote(Hit& hit, const lineage::Place& place, const std::vector<std::string>& names) const;
    [[nodiscard]] const RuleInput& input() const { return m_input; }
    [[nodiscard]] FindingSink& sink() const { return m_sink; }
    [[nodiscard]] const formats::CodeCells& cells() const { return m_cells; }

private:
    [[nodiscard]] const formats::CodeCell* cellAt(const lineage::Place& place) const;
    [[nodiscard]] bool allowed(const lineage::Place& place, std::string_view rule) const;

    const RuleInput& m_input;
    FindingSink& m_sink;
    const formats::CodeCells& m_cells;
    std::vector<std::pair<std::uint64_t, std::uint32_t>> m_starts; // of regions: cells
};

// flows.cpp calls these.
void sayNames(Places& places, const std::vector<lineage::Hazard>& hazards);
void sayLeaks(Places& places, const lineage::LineageGraph& graph);
// Calls that run what is in the file they read, as the rules of code found them.
[[nodiscard]] std::vector<lineage::Place> dangerousLoads(const Places& places);
void sayExposures(
    Places& places, const lineage::LineageGraph& graph, const std::vector<lineage::Place>& loads, bool checked);

} // namespace cupel::rules::flows
