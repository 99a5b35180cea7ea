// SPDX-License-Identifier: GPL-3.0-or-later
// A comparison of models as tables: what each row is called, how it is found and sorted. A value, made in a worker; the
// words of a cell are made when it is painted.
#pragma once

#include "analyzers/review/model_figures.h"
#include "widgets/models/compare_state.h"

#include <QtCore/QString>

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace cupel::widgets {

enum class CompareSection : std::uint8_t {
    Members,
    Tensors,
    Metadata,
    Templates,
    Programs,
    Callables,
    Operators,
    Findings,
};
constexpr std::size_t compareSections = 8;
enum class CompareKind : std::uint8_t { Added, Removed, Changed, Renamed, Same }; // a new finding is added
constexpr std::size_t compareKinds = 5;
enum class CompareColumn : std::uint8_t { Name, Change, Before, After, Difference };
constexpr int compareColumns = 5;

struct ComparedItem {
    CompareKind kind = CompareKind::Changed;
    std::uint32_t at = 0; // in the list of its section; of what is the same in the list of that
    std::uint32_t rank = 0; // among the names of its section
    std::string words; // in small letters, to search in
    double before = 0; // to sort by; of findings the place in the list, worst first
    double after = 0;
    double difference = 0;
};

struct CompareTables {
    CompareOutcomePtr outcome;
    review::ModelComparison model;
    std::vector<ChangeRef> findings;
    std::array<std::vector<ComparedItem>, compareSections> items;
    std::array<std::size_t, compareSections> same{}; // beyond those that are items
    std::array<std::array<std::size_t, compareKinds>, compareSections> counts{}; // of items
    [[nodiscard]] const std::vector<ComparedItem>& of(CompareSection section) const
    {
        return items[static_cast<std::size_t>(section)];
    }
    [[nodiscard]] std::size_t count(CompareKind kind) const; // in all sections, also what is no item
};

[[nodiscard]] CompareTablesPtr makeCompareTables(CompareOutcomePtr outcome, review::ModelComparison model);

[[nodiscard]] QString compareCell(
    const CompareTables& tables, CompareSection section, const ComparedItem& item, CompareColumn column);
// The two parts of the column of names; no file: it is the root, or the name says it.
[[nodiscard]] QString compareName(const CompareTables& tables, CompareSection section, const ComparedItem& item);
[[nodiscard]] QString compareFile(const CompareTables& tables, CompareSection section, const ComparedItem& item);
// "3 bytes differ, the first at byte 17"
[[nodiscard]] QString compareBytes(const review::ByteDifference& bytes);
[[nodiscard]] QString compareHeader(CompareColumn column);
[[nodiscard]] QString compareTitle(CompareSection section);
[[nodiscard]] QString compareTally(const CompareTables& tables, CompareSection section); // "3 added, 400 as before"
[[nodiscard]] QString compareWord(CompareSection section, CompareKind kind); // findings are new and fixed
[[nodiscard]] QChar compareSign(CompareKind kind);
// What both versions have alike; null: the item differs, or is a finding.
[[nodiscard]] const review::SamePart* comparedSame(
    const CompareTables& tables, CompareSection section, const ComparedItem& item);
// Null but for findings.
[[nodiscard]] const Finding* comparedFinding(
    const CompareTables& tables, CompareSection section, const ComparedItem& item);
// "12 % changed (3), by at most 0.5": what a line of `cupel diff` says.
[[nodiscard]] QString tensorDifference(const review::TensorChange& change);

} // namespace cupel::widgets
