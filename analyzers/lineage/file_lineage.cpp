// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/lineage/file_lineage.h"

#include "analyzers/lineage/leakage.h"
#include "analyzers/lineage/name_lineage.h"
#include "analyzers/lineage/recorded_order.h"
#include "analyzers/lineage/trace.h"

#include <algorithm>

namespace cupel::lineage {

namespace {

constexpr std::uint32_t self = 0; // the file itself comes first in its piece

// A script in cells (# %%) has places by its own lines: those of its cells are moved behind what stands above them.
void moveLine(const ParsedFile& file, Place& place)
{
    const auto& cells = file.code->cells();
    const auto unit = std::lower_bound(file.units.begin(), file.units.end(), place.codeCell,
        [&cells](const CodeUnit& one, std::int32_t wanted) { return cells[one.cell].codeCell < wanted; });
    if (!file.notebook && place.line > 0 && unit != file.units.end() && cells[unit->cell].codeCell == place.codeCell) {
        place.line += unit->firstLine - 1;
    }
}

// What is said of names, with the slices and the execution.
void addNames(const ParsedFile& file, NameFindings names, LineageGraph& out)
{
    for (auto& hazard : names.hazards) {
        hazard.place.file = self;
        moveLine(file, hazard.place);
        for (auto& place : hazard.evidence) {
            place.file = self;
            moveLine(file, place);
        }
        out.hazards.push_back(std::move(hazard));
    }
    if (!names.execution.counts.empty()) {
        names.execution.file = self;
        out.execution.push_back(std::move(names.execution));
    }
    if (!names.slices.needs.empty()) {
        names.slices.file = self;
        out.slices.push_back(std::move(names.slices));
    }
    out.files.front().partial = out.files.front().partial || names.partial;
}

// What the file's own format could not read: cut off, broken. Said with its place, never passed as whole.
void addUnread(const ParsedFile& file, LineageGraph& out)
{
    if (file.facts.status == ReadStatus::Complete) {
        return;
    }
    out.complete = false;
    out.files.front().partial = true;
    for (const auto& diagnostic : file.facts.diagnostics) {
        if (diagnostic.level == DiagnosticLevel::Incomplete) {
            const bool placed = diagnostic.message.find("byte") != std::string::npos;
            out.notes.push_back({file.path, diagnostic.code,
                diagnostic.message + (placed ? std::string() : " (byte " + std::to_string(diagnostic.offset) + ")")});
        }
    }
}

// Cells that are longer than any parser here takes.
void addLong(const ParsedFile& file, LineageGraph& out)
{
    constexpr std::size_t maxTold = 20;
    std::size_t told = 0;
    for (const auto& cell : file.code->cells()) {
        if (!cell.python || cell.text.size() <= formats::CodeCells::maxCell || ++told > maxTold) {
            continue;
        }
        const auto what = file.notebook ? "cell " + std::to_string(cell.cell) : std::string("the code");
        out.notes.push_back({file.path, "cell-too-long",
            what + " holds " + std::to_string(cell.text.size()) + " bytes, more than "
                + std::to_string(formats::CodeCells::maxCell) + ": nothing in it was followed"});
    }
}

// `flows`: gets what flows between its cells; nullptr: nobody asks.
LineageGraph follow(
    const ParsedFilePtr& file, FileFinder& files, const ApiRoles& roles, CellPairs* flows, Budget& budget)
{
    LineageGraph out;
    Recorder recorder(out);
    if (flows) {
        recorder.noteFlows();
    }
    (void)recorder.file(*file);
    Trace trace(file, files, roles, recorder, budget);
    trace.run();
    findLeaks(trace, out);
    if (flows) {
        *flows = recorder.flows();
    }
    return out;
}

} // namespace

LineageGraph followData(const ParsedFilePtr& file, FileFinder& files, const ApiRoles& roles, Budget& budget)
{
    return follow(file, files, roles, nullptr, budget);
}

LineageGraph followFile(
    const ParsedFilePtr& file, FileFinder& files, const ApiRoles& roles, Budget& budget, Compare compare)
{
    auto names = nameLineage(file->artifact, file->facts, *file->code, budget);
    auto& execution = names.execution;
    const bool another = file->notebook && !execution.order.empty();
    auto out = follow(file, files, roles, another ? &execution.flows : nullptr, budget);
    if (compare == Compare::Orders && another && ranInAnotherOrder(execution)) {
        compareOrders(file, files, roles, execution, budget);
    }
    addNames(*file, std::move(names), out);
    if (file->partial || out.files.front().partial) {
        out.complete = false;
        out.notes.push_back({file->path, "followed-in-part", "a limit was met: not all of it was followed"});
    }
    addLong(*file, out);
    addUnread(*file, out);
    return out;
}

} // namespace cupel::lineage
