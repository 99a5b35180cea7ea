// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/lineage/recorded_order.h"

#include "analyzers/lineage/trace.h"

#include <algorithm>
#include <set>

namespace cupel::lineage {

namespace {

using Pairs = std::set<std::pair<std::uint32_t, std::uint32_t>>;

// Between which cells of the first file something flows.
Pairs flows(const LineageGraph& graph)
{
    Pairs pairs;
    for (const auto& edge : graph.edges) {
        const auto& from = graph.nodes[edge.from];
        const auto& to = graph.nodes[edge.to];
        const bool both = from.cell != none && to.cell != none && from.cell != to.cell;
        if (!both) {
            continue;
        }
        const auto& a = graph.nodes[from.cell].place;
        const auto& b = graph.nodes[to.cell].place;
        if (a.file == 0 && b.file == 0 && a.codeCell >= 0 && b.codeCell >= 0) {
            pairs.emplace(static_cast<std::uint32_t>(a.codeCell), static_cast<std::uint32_t>(b.codeCell));
        }
    }
    return pairs;
}

} // namespace

void compareOrders(const ParsedFilePtr& file, FileFinder& files, const ApiRoles& roles, const LineageGraph& written,
    Execution& out, Budget& budget)
{
    std::vector<std::uint32_t> order;
    std::int64_t highest = -1;
    bool falls = false;
    for (std::uint32_t i = 0; i < file->units.size(); ++i) {
        const auto count = file->units[i].exec;
        if (count >= 0) {
            falls = falls || count < highest;
            highest = std::max(highest, count);
            order.push_back(i);
        }
    }
    if (!falls) {
        return;
    }
    std::stable_sort(
        order.begin(), order.end(), [&file](auto a, auto b) { return file->units[a].exec < file->units[b].exec; });
    LineageGraph recorded;
    Recorder recorder(recorded);
    (void)recorder.file(*file);
    Trace trace(file, files, roles, recorder, budget);
    trace.run(order);
    const auto asWritten = flows(written);
    const auto asRecorded = flows(recorded);
    std::set_difference(
        asWritten.begin(), asWritten.end(), asRecorded.begin(), asRecorded.end(), std::back_inserter(out.onlyWritten));
    std::set_difference(
        asRecorded.begin(), asRecorded.end(), asWritten.begin(), asWritten.end(), std::back_inserter(out.onlyRecorded));
}

} // namespace cupel::lineage
