// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/model/masks.h"

#include <algorithm>

namespace cupel {

std::vector<std::uint64_t> secretStarts(const Analysis& analysis)
{
    std::vector<std::uint64_t> starts;
    for (const auto* list : {&analysis.findings, &analysis.allowed}) {
        for (const auto& finding : *list) {
            if (finding.family == Family::Secret) {
                starts.push_back(finding.location.bytes.start);
            }
        }
    }
    // A person's name that begins at the same place wins: nothing of it is shown.
    std::vector<std::uint64_t> persons;
    for (const auto& finding : analysis.findings) {
        if (finding.family == Family::Pii || finding.family == Family::Output) {
            persons.push_back(finding.location.bytes.start);
        }
    }
    std::sort(persons.begin(), persons.end());
    std::erase_if(
        starts, [&](std::uint64_t start) { return std::binary_search(persons.begin(), persons.end(), start); });
    std::sort(starts.begin(), starts.end());
    return starts;
}

bool keepsItsBeginning(std::span<const std::uint64_t> secretStarts, ByteRange masked)
{
    return std::binary_search(secretStarts.begin(), secretStarts.end(), masked.start);
}

} // namespace cupel
