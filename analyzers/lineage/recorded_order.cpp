// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/lineage/recorded_order.h"

#include "analyzers/lineage/file_lineage.h"
#include "analyzers/lineage/leakage.h"
#include "analyzers/lineage/run_order.h"
#include "analyzers/lineage/trace.h"

#include <algorithm>
#include <iterator>

namespace cupel::lineage {

namespace {

constexpr std::size_t maxNamed = 12; // cells or counts in a sentence

// Units of the file for code cells.
std::vector<std::uint32_t> unitsOf(const ParsedFile& file, const std::vector<std::uint32_t>& codeCells)
{
    std::vector<std::uint32_t> at; // by code cell
    for (std::uint32_t i = 0; i < file.units.size(); ++i) {
        const auto codeCell = file.code->cells()[file.units[i].cell].codeCell;
        if (codeCell >= 0 && static_cast<std::size_t>(codeCell) <= file.code->cells().size()) {
            at.resize(std::max(at.size(), static_cast<std::size_t>(codeCell) + 1), none);
            at[static_cast<std::size_t>(codeCell)] = i;
        }
    }
    std::vector<std::uint32_t> units;
    for (const auto codeCell : codeCells) {
        if (codeCell < at.size() && at[codeCell] != none) {
            units.push_back(at[codeCell]);
        }
    }
    return units;
}

// The file once more, its cells in the order of their runs: `out` gets the piece, `execution` what differs from its
// flows as written.
void followRuns(const ParsedFilePtr& file, FileFinder& files, const ApiRoles& roles, bool leaks, Execution& execution,
    LineageGraph& out, Budget& budget)
{
    Recorder recorder(out);
    recorder.noteFlows();
    (void)recorder.file(*file);
    Trace trace(file, files, roles, recorder, budget);
    trace.run(unitsOf(*file, execution.order));
    if (leaks) {
        findLeaks(trace, out);
    }
    const auto& asWritten = execution.flows;
    const auto asRecorded = recorder.flows();
    execution.onlyWritten.clear();
    execution.onlyRecorded.clear();
    std::set_difference(asWritten.begin(), asWritten.end(), asRecorded.begin(), asRecorded.end(),
        std::back_inserter(execution.onlyWritten));
    std::set_difference(asRecorded.begin(), asRecorded.end(), asWritten.begin(), asWritten.end(),
        std::back_inserter(execution.onlyRecorded));
    execution.compared = true;
}

bool isLeak(HazardKind kind)
{
    return kind == HazardKind::LeakagePreprocessing || kind == HazardKind::LeakageOverlap
        || kind == HazardKind::MultiTest || kind == HazardKind::LabelInFeatures;
}

CountRanges rangesOf(const std::vector<std::int64_t>& rising)
{
    CountRanges out;
    for (const auto value : rising) {
        if (!out.empty() && value == out.back().second + 1) {
            out.back().second = value;
        } else {
            out.emplace_back(value, value);
        }
    }
    return out;
}

// "3, 5 to 9 and 12 more"
std::string listed(const CountRanges& ranges)
{
    std::string out;
    std::uint64_t rest = 0;
    for (std::size_t i = 0; i < ranges.size(); ++i) {
        const auto [first, last] = ranges[i];
        if (i >= maxNamed) {
            rest += static_cast<std::uint64_t>(last - first) + 1;
            continue;
        }
        out += (out.empty() ? "" : ", ") + std::to_string(first)
            + (first == last ? std::string() : (last == first + 1 ? ", " : " to ") + std::to_string(last));
    }
    return out + (rest > 0 ? " and " + std::to_string(rest) + " more" : "");
}

// Cells as people count them, among all cells of the notebook.
std::string cellsListed(const ParsedFile& file, const std::vector<std::uint32_t>& codeCells)
{
    std::vector<std::int64_t> numbers;
    for (const auto unit : unitsOf(file, codeCells)) {
        numbers.push_back(file.code->cells()[file.units[unit].cell].cell);
    }
    std::sort(numbers.begin(), numbers.end());
    return (numbers.size() == 1 ? "cell " : "cells ") + listed(rangesOf(numbers));
}

} // namespace

bool ranInAnotherOrder(const Execution& execution)
{
    return !std::is_sorted(execution.order.begin(), execution.order.end());
}

void compareOrders(
    const ParsedFilePtr& file, FileFinder& files, const ApiRoles& roles, Execution& execution, Budget& budget)
{
    LineageGraph recorded;
    followRuns(file, files, roles, false, execution, recorded, budget);
}

bool lacksComparison(const LineageGraph& piece)
{
    return ranOtherwise(piece) && ranInAnotherOrder(piece.execution.front()) && !piece.execution.front().compared;
}

bool ranOtherwise(const LineageGraph& piece)
{
    return !piece.files.empty() && piece.files.front().notebook && !piece.execution.empty()
        && piece.execution.front().file == 0 && !piece.execution.front().order.empty();
}

LineageGraph followRecorded(
    const ParsedFilePtr& file, FileFinder& files, const ApiRoles& roles, const LineageGraph& written, Budget& budget)
{
    auto execution = written.execution.front();
    LineageGraph out;
    followRuns(file, files, roles, true, execution, out, budget);
    // What is said by syntax and counts alone is the same in every order.
    const bool partial = out.files.front().partial;
    out.files.front() = written.files.front();
    out.files.front().partial = out.files.front().partial || partial;
    std::copy_if(written.hazards.begin(), written.hazards.end(), std::back_inserter(out.hazards),
        [](const Hazard& hazard) { return !isLeak(hazard.kind); });
    out.slices = written.slices;
    out.notes = written.notes;
    out.complete = out.complete && written.complete;
    if (const auto left = leftOut(execution); !left.empty()) {
        out.notes.push_back({file->path, "order-left-out",
            cellsListed(*file, left) + (left.size() == 1 ? " has" : " have")
                + " no run number, and nothing that ran needs what only stands there: left out"});
    }
    if (!execution.presumed.empty()) {
        out.notes.push_back({file->path, "order-presumed",
            cellsListed(*file, execution.presumed) + (execution.presumed.size() == 1 ? " has" : " have")
                + " no run number but must have run: put where it stands, and before what needs it"});
    }
    if (!execution.again.empty()) {
        out.notes.push_back({file->path, "order-again",
            cellsListed(*file, execution.again)
                + " must have run before as well, as what has a lower run number needs it: followed twice, in what may "
                  "be "
                  "another text than it was"});
    }
    const auto more = untold(execution, file->path);
    out.notes.insert(out.notes.end(), more.begin(), more.end());
    out.execution.push_back(std::move(execution));
    return out;
}

std::vector<LineageGraph::Note> untold(const Execution& execution, const std::string& path)
{
    std::vector<LineageGraph::Note> out;
    if (!execution.duplicates.empty()) {
        out.push_back({path, "order-sessions",
            "run numbers " + listed(rangesOf(execution.duplicates))
                + " stand more than once: cells of several sessions, which follow one another here as they stand; "
                  "which of them was the last is not recorded"});
    }
    if (!execution.missing.empty()) {
        out.push_back({path, "order-gaps",
            "run numbers " + listed(execution.missing)
                + " are missing: what ran then was run again, changed or deleted since, and is not in this order"});
    }
    return out;
}

} // namespace cupel::lineage
