// SPDX-License-Identifier: GPL-3.0-or-later
// Flaws of a file's form as findings: a notebook that programs read differently, or only in part, is suspicious.
#include "analyzers/base/words.h"
#include "analyzers/rules/malformed/flaw_rules.h"
#include "analyzers/rules/sink.h"

#include <algorithm>

namespace cupel::rules::malformed {

void describe(RuleList& list)
{
    for (const auto& row : flawRules()) {
        if (!list.wants(row.id)) {
            continue;
        }
        RuleInfo info;
        info.id = row.id;
        info.family = row.family;
        info.title = row.title;
        info.severity = row.severity;
        info.confidence = Confidence::Certain;
        info.whatHappens = row.whatHappens;
        info.whereFrom = row.whereFrom;
        info.howToFix = row.howToFix;
        info.references.cwe.emplace_back(row.cwe);
        list.add(std::move(info));
    }
}

void check(const RuleInput& input, FindingSink& sink)
{
    for (const auto& flaw : input.facts.flaws) {
        const auto rows = flawRules();
        const auto row = std::find_if(rows.begin(), rows.end(), [&](const FlawRule& r) { return r.flaw == flaw.code; });
        if (row == rows.end()) {
            continue;
        }
        Hit hit;
        hit.rule = row->id;
        hit.bytes = flaw.bytes;
        hit.severity = row->severity;
        hit.confidence = Confidence::Certain;
        hit.message = agreeing(row->message, flaw.detail == "1");
        if (const auto slot = hit.message.find("{}"); slot != std::string::npos) {
            hit.message.replace(slot, 2, flaw.detail);
        }
        hit.arguments["detail"] = flaw.detail;
        if (flaw.cell >= 0) {
            const auto& regions = input.facts.regions;
            const auto region =
                std::find_if(regions.begin(), regions.end(), [&](const Region& r) { return r.cell == flaw.cell; });
            hit.region = region == regions.end() ? -1 : static_cast<std::int32_t>(region - regions.begin());
        }
        for (const auto place : flaw.others) {
            hit.evidence.push_back({"place", place, -1, 0, {}});
        }
        sink.add(std::move(hit));
    }
}

} // namespace cupel::rules::malformed
