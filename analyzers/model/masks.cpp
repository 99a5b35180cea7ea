// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/model/masks.h"

#include "analyzers/base/redact.h"

#include <algorithm>
#include <set>

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

void maskPlaces(const std::vector<ByteRange>& places, ByteView bytes, std::span<Finding* const> findings)
{
    constexpr std::size_t most = 200; // different values; a column has thousands, which are masked where they stand
    std::set<ByteView> values;
    for (const auto& place : places) {
        if (values.size() < most) {
            values.insert(slice(bytes, place));
        }
    }
    for (auto* finding : findings) {
        for (const auto value : values) {
            maskValue(finding->message, value);
            for (auto& evidence : finding->evidence) {
                maskValue(evidence.excerpt, value);
            }
        }
    }
}

} // namespace cupel
