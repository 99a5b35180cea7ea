// SPDX-License-Identifier: GPL-3.0-or-later
// The rules of name_hazards, one function each. Counts of runs are compared only where one session wrote them.
#pragma once

#include "analyzers/lineage/lineage_graph.h"
#include "analyzers/lineage/name_flow.h"

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace cupel::lineage {

class HazardJudge {
public:
    HazardJudge(const Facts& facts, const FileNames& file, const NameFlow& flow, const Execution& execution,
        const formats::CodeCells& cells, Budget& budget);
    void run();
    std::vector<Hazard> hazards;

private:
    // hazard_reads.cpp: names that are not what they seem
    void reads(std::uint32_t cell);
    void undefinedName(std::uint32_t cell, const NameRead& read);
    [[nodiscard]] std::uint32_t remover(std::uint32_t cell, NameId name) const;
    void gather(Hazard hazard);
    [[nodiscard]] bool mayDefineAbove(std::uint32_t cell, const NameRead& read) const;
    [[nodiscard]] bool runsOthers(std::uint32_t cell) const;
    bool definedLater(std::uint32_t cell, const NameRead& read);
    void recordedOrder(std::uint32_t cell, const NameRead& read, const std::vector<std::uint32_t>& makers);
    void staleOutputs();
    void staleNumbers();
    void mixedSessions();

    // hazard_writes.cpp
    void reruns(std::uint32_t cell);
    void functions();
    void redefined(NameId name);
    [[nodiscard]] std::string doubt(NameId name, std::uint32_t first, std::uint32_t second, std::uint32_t third);
    void kinds(NameId name);
    void kindChange(NameId name, std::uint32_t was, const NameWrite& before, std::uint32_t at, const NameWrite& write);
    void deadTransforms();

    // tools
    [[nodiscard]] Place place(std::uint32_t cell, std::uint32_t start, std::uint32_t end) const;
    [[nodiscard]] Place placeOf(std::uint32_t cell) const;
    [[nodiscard]] Place placeOf(NameId name, std::uint32_t cell) const; // where the cell makes the name
    [[nodiscard]] std::int64_t count(std::uint32_t cell) const { return m_file.cells[cell].count; }
    [[nodiscard]] bool counted(std::uint32_t cell) const; // by this session
    [[nodiscard]] const NameCell* entryOf(NameId name, std::uint32_t cell) const;
    [[nodiscard]] Bound boundIn(NameId name, const NameCell& entry) const;
    using Writes = std::vector<std::pair<NameId, std::uint32_t>>;
    // Those of one name in a cell, as indices in their order.
    [[nodiscard]] std::span<const std::pair<NameId, std::uint32_t>> writesOf(NameId name, std::uint32_t cell) const;
    [[nodiscard]] bool mentioned(NameId name);
    [[nodiscard]] bool namedInText(NameId name);
    [[nodiscard]] std::string label(std::uint32_t cell) const; // "cell [4]"
    void say(HazardKind kind, Place at, std::vector<std::string> names, std::string why, std::vector<Place> evidence);

    const Facts& m_facts;
    const FileNames& m_file;
    const NameFlow& m_flow;
    const Execution& m_execution;
    const formats::CodeCells& m_cells;
    Budget& m_budget;
    std::unordered_set<NameId> m_globals; // that functions set
    std::unordered_set<NameId> m_inFunctions; // that functions read
    std::unordered_map<NameId, bool> m_mentions;
    std::unordered_set<std::uint64_t> m_said;
    std::unordered_set<std::string_view> m_quoted; // words that stand in quotes
    bool m_quotedRead = false;
    std::array<std::size_t, 16> m_counts{};
    std::vector<Writes> m_writes; // of each cell, by name
    std::vector<Hazard> m_gathered; // of one cell
    std::vector<Hazard> m_unused; // functions
    std::size_t m_ran = 0; // cells with a count
    bool m_mixed = false;
};

} // namespace cupel::lineage
