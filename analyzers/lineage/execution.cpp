// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/lineage/execution.h"

#include <algorithm>

namespace cupel::lineage {

Execution makeExecution(const FileNames& file)
{
    Execution execution;
    if (!file.notebook && !file.converted) {
        return execution; // a script is no cell
    }
    std::vector<std::int64_t> counts;
    for (std::uint32_t i = 0; i < file.cells.size(); ++i) {
        const auto count = file.cells[i].count;
        execution.counts.push_back(count);
        if (count < 0) {
            if (file.cells[i].holdsCode) {
                execution.unexecuted.push_back(i);
            }
            continue;
        }
        if (!counts.empty() && count < counts.back()) {
            execution.inversions.emplace_back(counts.back(), count);
        }
        counts.push_back(count);
    }
    std::sort(counts.begin(), counts.end());
    std::int64_t next = 1;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const bool again = i > 0 && counts[i] == counts[i - 1];
        if (again && (execution.duplicates.empty() || execution.duplicates.back() != counts[i])) {
            execution.duplicates.push_back(counts[i]);
        }
        if (next < counts[i]) {
            execution.missing.emplace_back(next, counts[i] - 1);
        }
        next = std::max(next, counts[i] < INT64_MAX ? counts[i] + 1 : counts[i]);
    }
    return execution;
}

} // namespace cupel::lineage
