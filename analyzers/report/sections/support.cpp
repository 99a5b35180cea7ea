// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/report/sections/support.h"

#include "analyzers/formats/notebook/notebook_facts.h"
#include "analyzers/report/text.h"

#include <algorithm>
#include <utility>

namespace cupel::report {

std::vector<const Finding*> ordered(const Input& input)
{
    using Entry = std::pair<std::size_t, const Finding*>; // the order of the workspace decides between equals
    std::vector<Entry> entries;
    for (const auto& [path, analysis] : input.workspace.analyses) {
        for (const Finding& finding : analysis->findings) {
            if (finding.severity >= input.options.minSeverity) {
                entries.emplace_back(entries.size(), &finding);
            }
        }
    }
    std::sort(entries.begin(), entries.end(), [](const Entry& one, const Entry& other) {
        const Finding& a = *one.second;
        const Finding& b = *other.second;
        if (a.severity != b.severity) {
            return a.severity > b.severity;
        }
        if (a.confidence != b.confidence) {
            return a.confidence > b.confidence;
        }
        if (comesBefore(a, b) || comesBefore(b, a)) {
            return comesBefore(a, b);
        }
        return one.first < other.first;
    });
    std::vector<const Finding*> out;
    out.reserve(entries.size());
    for (const Entry& entry : entries) {
        out.push_back(entry.second);
    }
    return out;
}

std::string anchorOf(std::size_t place)
{
    return "finding-" + std::to_string(place + 1);
}

std::string placeOf(const Input& input, const Location& location)
{
    std::string out = shortPath(input.workspace.roots, location.artifact);
    if (!location.human.empty()) {
        out += ", " + oneLine(location.human);
    }
    return out;
}

Totals totalsOf(const Workspace& workspace)
{
    Totals totals;
    for (const auto& [path, analysis] : workspace.analyses) {
        if (const auto* notebook = formats::notebookFacts(analysis->facts)) {
            totals.cells += notebook->cells.size();
            totals.outputs += notebook->outputCount;
        }
        totals.understood += analysis->facts.coverage.understood;
        totals.total += analysis->facts.coverage.total;
        totals.allowed += analysis->allowed.size();
        totals.dropped += analysis->droppedFindings;
        totals.notChecked += analysis->facts.status == ReadStatus::Complete ? 0U : 1U;
    }
    return totals;
}

} // namespace cupel::report
