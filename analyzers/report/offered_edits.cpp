// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/report/offered_edits.h"

#include "analyzers/fixes/plan.h"

#include <algorithm>

namespace cupel::report {

namespace {

constexpr std::size_t mostReplacements = 200; // of one finding: half an edit is none
constexpr std::size_t mostText = 1 << 20; // of one file
constexpr std::size_t shortest = 6; // of a masked value that is looked for: shorter ones stand everywhere

// Edits of rules repeat text of the file; a value must not come along.
bool tellsAValue(const Analysis& analysis, const std::string& text)
{
    return text.size() >= shortest
        && std::any_of(analysis.sensitive.begin(), analysis.sensitive.end(), [&](ByteRange range) {
               const auto value = slice(analysis.artifact.view(), range);
               return value.size() >= shortest && text.find(value) != std::string::npos;
           });
}

} // namespace

OfferedEdits offeredEdits(const AnalysisPtr& analysis, Budget& budget)
{
    OfferedEdits offered;
    const bool some = std::any_of(analysis->findings.begin(), analysis->findings.end(),
        [](const Finding& finding) { return finding.fix.has_value(); });
    if (!analysis->artifact.bytes || !some || !analysis->artifact.parent.empty()) {
        return offered;
    }
    fixes::Pseudonyms names;
    const auto plan = fixes::makePlan(analysis, names, budget);
    if (plan.edits.empty()) {
        return offered;
    }
    const LineIndex lines(analysis->facts.text(analysis->artifact));
    std::size_t text = 0;
    for (std::size_t i = 0; i < plan.edits.size() && budget.spend(1024); ++i) {
        const auto& finding = analysis->findings[plan.edits[i].finding];
        const auto edits = fixes::textEditsOf(plan, i);
        std::vector<Replacement> list;
        bool good = !edits.empty() && edits.size() <= mostReplacements;
        for (std::size_t k = 0; good && k < edits.size(); ++k) {
            const auto& edit = edits[k];
            text += edit.raw.size();
            good = text <= mostText && (edit.raw == plan.edits[i].placeholder || !tellsAValue(*analysis, edit.raw));
            list.push_back(
                {analysis->facts.toFile(edit.bytes), lines.at(edit.bytes.start), lines.at(edit.bytes.end), edit.raw});
        }
        if (good && !finding.fingerprint.empty()) {
            offered.insert_or_assign(finding.fingerprint, std::move(list));
        }
    }
    return offered;
}

} // namespace cupel::report
