// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/coverage.h"

#include "analyzers/threats/contested.h"
#include "analyzers/threats/knowledge/tables.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <set>
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
    bool byControls = false; // no rule refers to it: the controls of its table do
};
constexpr std::array<Framework, 11> frameworks{{{"atlas", "MITRE ATLAS", "atlas-techniques", {}, {}, {}},
    {"owasp-ml-2023", "OWASP ML Top 10, 2023", "owasp", "OWASP ML Top 10", "2023", {}},
    {"owasp-llm-2025", "OWASP LLM Top 10, 2025", "owasp", "OWASP LLM Top 10", "2025", {}},
    {"owasp-llm-2026", "OWASP LLM Top 10, 2026", "owasp", "OWASP LLM Top 10", "2026", {}},
    {"owasp-agentic-2026", "OWASP Agentic Top 10, 2026", "owasp", "OWASP Agentic Top 10", "2026", {}},
    {"owasp-mcp-2025", "OWASP MCP Top 10, 2025", "owasp", "OWASP MCP Top 10", "2025", {}},
    {"nist-rmf", "NIST AI RMF 1.0", "nist-rmf", "AI RMF 1.0", {}, {}, true},
    {"nist-gai", "NIST AI 600-1, generative AI", "nist-rmf", "AI 600-1", {}, {}, true},
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

// What a threat is tied to: items of frameworks and controls.
template <typename Tied> std::vector<std::string> allOf(const Tied& tied)
{
    std::vector<std::string> out = tied.references;
    out.insert(out.end(), tied.controls.begin(), tied.controls.end());
    return out;
}

using Ties = std::map<std::string, std::vector<std::string>>;

// Of the rules whose threats are folded away, whoever wrote them.
Ties tiesOf(const ThreatModel& model)
{
    Ties out = model.foldedTies;
    for (const auto& rule : builtInRules()) {
        if (!out.contains(rule.id)) {
            out.emplace(rule.id, allOf(rule));
        }
    }
    return out;
}

// Of several controls; a threat that two of them work against counts once.
Tally together(const std::map<std::string, Tally>& all, const std::vector<std::string>& controls)
{
    Tally out;
    std::set<std::string_view> known;
    for (const std::string& control : controls) {
        const auto found = all.find(control);
        if (found == all.end()) {
            continue;
        }
        const auto take = [&known](const std::vector<std::string>& from, std::vector<std::string>& to) {
            std::copy_if(from.begin(), from.end(), std::back_inserter(to),
                [&known](const std::string& id) { return known.insert(id).second; });
        };
        take(found->second.open, out.open);
        take(found->second.settled, out.settled);
        out.contradicted = out.contradicted || found->second.contradicted;
    }
    return out;
}

std::map<std::string, Tally> tally(const ThreatModel& model)
{
    const Ties ties = tiesOf(model);
    std::map<std::string, Tally> out;
    for (const auto& threat : model.threats) {
        for (const auto& reference : allOf(threat)) {
            Tally& one = out[reference];
            // One that is shown because of what people said, and that they do not say applies.
            const bool refuted = threat.evidence == EvidenceState::Refuted;
            one.refuted += refuted ? 1 : 0;
            if (refuted && threat.applicability == Applicability::Proposed && threat.decision == Decision::Open) {
                continue;
            }
            if (isSettled(threat)) {
                one.settled.push_back(threat.id);
                one.contradicted = one.contradicted || findingsConfirm(threat);
            } else {
                one.open.push_back(threat.id);
            }
        }
    }
    for (const auto& folded : model.folded) {
        const auto tied = ties.find(folded.rule);
        for (const auto& reference : tied == ties.end() ? std::vector<std::string>() : tied->second) {
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
        const auto controls =
            framework.byControls ? controlsByItem(framework.table) : std::map<std::string, ItemControls>();
        for (auto& [id, title] : itemsOf(framework.table, framework.list, framework.version)) {
            CoverageItem item{std::move(id), std::move(title), ItemState::NotAssessable, {}, {}, 0};
            if (const auto of = controls.find(item.id); framework.byControls && of != controls.end()) {
                // What an organisation does is not shown by what a scan does not find: that refutes nothing here.
                const Tally all = together(found, of->second.controls);
                item.basis = of->second.basis;
                item.state = stateOf(all);
                item.threats = all.open;
                item.settled = all.settled;
            } else if (const auto entry = found.find(std::string(framework.prefix) + item.id); entry != found.end()) {
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
