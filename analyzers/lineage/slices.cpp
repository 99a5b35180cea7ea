// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/lineage/slices.h"

#include "analyzers/lineage/name_words.h"

#include <algorithm>

namespace cupel::lineage {

namespace {

constexpr std::size_t maxEntries = 4'000'000; // over all cells

} // namespace

std::vector<std::uint32_t> directNeeds(const FileNames& file, const NameFlow& flow, std::uint32_t cell, bool waiting)
{
    std::vector<std::uint32_t> needs;
    for (const auto& read : flow.cells[cell].reads) {
        if (read.deferred && !waiting) {
            continue;
        }
        bool defined = false;
        const auto makers = flow.makers(read.name, cell, &defined);
        needs.insert(needs.end(), makers.begin(), makers.end());
        if (!defined && !file.names.hidden(read.name) && !isGivenName(file.names.text(read.name))) {
            // It may come out of a star import or %run.
            std::copy_if(flow.open.begin(), flow.open.end(), std::back_inserter(needs),
                [cell](std::uint32_t open) { return open < cell; });
        }
        if (needs.size() > maxEntries) {
            break;
        }
    }
    std::sort(needs.begin(), needs.end());
    needs.erase(std::unique(needs.begin(), needs.end()), needs.end());
    return needs;
}

Slices makeSlices(const FileNames& file, const NameFlow& flow, Budget& budget, bool& partial)
{
    Slices slices;
    const auto size = static_cast<std::uint32_t>(file.cells.size());
    slices.needs.resize(size);
    std::vector<std::vector<std::uint32_t>> strict(size);
    std::size_t held = 0;
    for (std::uint32_t i = 0; i < size && held < maxEntries; ++i) {
        if (!budget.spend(flow.cells[i].reads.size() + 1)) {
            break;
        }
        strict[i] = directNeeds(file, flow, i, false);
        held += strict[i].size();
    }
    std::vector<std::uint32_t> seen(size, none);
    std::size_t entries = 0;
    for (std::uint32_t i = 0; i < size; ++i) {
        auto open = directNeeds(file, flow, i, true);
        auto& needs = slices.needs[i];
        while (!open.empty()) {
            const auto at = open.back();
            open.pop_back();
            if (seen[at] == i) {
                continue;
            }
            seen[at] = i;
            needs.push_back(at);
            open.insert(open.end(), strict[at].begin(), strict[at].end());
            if (!budget.spend(strict[at].size() + 1)) {
                open.clear();
            }
        }
        std::sort(needs.begin(), needs.end());
        entries += needs.size();
        if (entries > maxEntries || held > maxEntries || budget.stopped()) {
            partial = true;
            break;
        }
    }
    return slices;
}

} // namespace cupel::lineage
