// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/coverage.h"

#include "analyzers/threats/knowledge/tables.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace cupel::threats {

namespace {

struct Framework {
    std::string_view id;
    std::string_view title;
    std::string_view table;
    std::string_view list; // of rows with a "list" column; empty: all
    std::string_view version;
    std::string_view prefix; // of references in rules
};
constexpr std::array<Framework, 6> frameworks{{{"atlas", "MITRE ATLAS", "atlas-techniques", {}, {}, {}},
    {"owasp-ml-2023", "OWASP ML Top 10, 2023", "owasp", "OWASP ML Top 10", "2023", {}},
    {"owasp-llm-2025", "OWASP LLM Top 10, 2025", "owasp", "OWASP LLM Top 10", "2025", {}},
    {"nist-aml", "NIST adversarial ML", "nist-aml", {}, {}, {}},
    {"iso42001", "ISO/IEC 42001 Annex A", "iso42001", {}, {}, "ISO42001 "},
    {"eu-ai-act", "EU AI Act, Annex IV", "eu-ai-act", {}, {}, {}}}};

bool isSettled(const Threat& threat)
{
    return threat.applicability == Applicability::NotApplicable
        || (threat.decision != Decision::Open && threat.decision != Decision::InProgress);
}

// What the threats of one reference come to.
struct Tally {
    std::vector<std::string> open;
    std::vector<std::string> settled;
    std::size_t refuted = 0;
    bool contradicted = false; // settled, and a finding confirms it
};

std::map<std::string, Tally> tally(const ThreatModel& model)
{
    std::map<std::string, const ThreatRule*> rules;
    for (const auto& rule : builtInRules()) {
        rules.emplace(rule.id, &rule);
    }
    std::map<std::string, Tally> out;
    for (const auto& threat : model.threats) {
        for (const auto& reference : threat.references) {
            Tally& one = out[reference];
            // One that is shown because of what people said, and that they do not say applies.
            const bool refuted = threat.evidence == EvidenceState::Refuted;
            one.refuted += refuted ? 1 : 0;
            if (refuted && threat.applicability == Applicability::Proposed && threat.decision == Decision::Open) {
                continue;
            }
            if (isSettled(threat)) {
                one.settled.push_back(threat.id);
                one.contradicted = one.contradicted || threat.evidence == EvidenceState::Confirmed;
            } else {
                one.open.push_back(threat.id);
            }
        }
    }
    for (const auto& folded : model.folded) {
        const auto rule = rules.find(folded.rule);
        for (const auto& reference : rule == rules.end() ? std::vector<std::string>() : rule->second->references) {
            Tally& one = out[reference];
            one.refuted += folded.why == "refuted" ? 1 : 0;
            if (folded.why != "refuted") {
                one.open.push_back(
                    folded.rule + (folded.target.empty() ? "" : '@' + folded.target)); // folded is not answered
            }
        }
    }
    return out;
}

ItemState stateOf(const Tally& tally)
{
    return !tally.open.empty() || tally.contradicted ? ItemState::Gap
        : tally.refuted > 0                          ? ItemState::Evidence
        : !tally.settled.empty()                     ? ItemState::Claimed
                                                     : ItemState::NotAssessable;
}

} // namespace

std::string_view toString(ItemState state)
{
    static constexpr std::array<std::string_view, 4> names{"evidence", "claimed", "gap", "not-assessable"};
    return names[static_cast<std::size_t>(state)];
}

std::vector<Lens> coverageOf(const ThreatModel& model)
{
    const auto found = tally(model);
    std::vector<Lens> out;
    for (const Framework& framework : frameworks) {
        Lens lens{framework.id, framework.title, {}};
        for (auto& [id, title] : itemsOf(framework.table, framework.list, framework.version)) {
            CoverageItem item{std::move(id), std::move(title), ItemState::NotAssessable, {}, {}, 0};
            if (const auto entry = found.find(std::string(framework.prefix) + item.id); entry != found.end()) {
                item.state = stateOf(entry->second);
                item.threats = entry->second.open;
                item.settled = entry->second.settled;
                item.refuted = entry->second.refuted;
            }
            lens.items.push_back(std::move(item));
        }
        out.push_back(std::move(lens));
    }
    return out;
}

} // namespace cupel::threats
