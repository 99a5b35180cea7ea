// SPDX-License-Identifier: GPL-3.0-or-later
// The threat model at a glance: what it is made of, how many threats are in which state, the drawing, and the risk
// before and after what people decided.
#include "analyzers/report/sections/threat_support.h"
#include "analyzers/report/text.h"
#include "analyzers/report/threats/threat_drawing.h"

#include <algorithm>
#include <array>

namespace cupel::report::threat_model {

namespace {

using namespace threats;

constexpr std::size_t mostAssumptions = 50;

// Rows: decisions; columns: what the scan says. Only those that occur.
Table stateTable(const ThreatModel& model)
{
    constexpr std::size_t evidences = 6;
    constexpr std::array<EvidenceState, evidences> columns{EvidenceState::Confirmed, EvidenceState::Contested,
        EvidenceState::Stale, EvidenceState::Fixed, EvidenceState::Refuted, EvidenceState::Unknown};
    std::map<std::string, std::array<std::size_t, evidences>> rows;
    std::vector<std::string> order;
    const auto rowOf = [](const Threat& threat) {
        return threat.applicability == Applicability::NotApplicable ? spoken(toString(threat.applicability))
                                                                    : spoken(toString(threat.decision));
    };
    for (const std::string_view decision :
        {"open", "in-progress", "mitigated", "accepted", "transferred", "avoided", "eliminated", "not-applicable"}) {
        order.push_back(spoken(decision));
    }
    std::array<std::size_t, evidences> sums{};
    for (const Threat& threat : model.threats) {
        const auto column =
            static_cast<std::size_t>(std::find(columns.begin(), columns.end(), threat.evidence) - columns.begin());
        ++rows[rowOf(threat)][column];
        ++sums[column];
    }
    Table table;
    table.header = {"Decision"};
    table.weights = {3};
    for (std::size_t i = 0; i < evidences; ++i) {
        if (sums[i] > 0) {
            table.header.push_back(
                columns[i] == EvidenceState::Unknown ? "No evidence" : capitalised(toString(columns[i])));
            table.weights.push_back(2);
        }
    }
    for (const std::string& name : order) {
        const auto row = rows.find(name);
        if (row == rows.end()) {
            continue;
        }
        std::vector<std::string> cells{capitalised(name)};
        for (std::size_t i = 0; i < evidences; ++i) {
            if (sums[i] > 0) {
                cells.push_back(grouped(row->second[i]));
            }
        }
        table.rows.push_back(std::move(cells));
    }
    return table;
}

void addFacts(const ThreatReview& review, Section& section)
{
    const ThreatModel& model = review.overlaid.model;
    const auto refuted = static_cast<std::size_t>(std::count_if(
        model.folded.begin(), model.folded.end(), [](const FoldedThreat& one) { return one.why == "refuted"; }));
    const auto open = static_cast<std::size_t>(std::count_if(model.threats.begin(), model.threats.end(),
        [&review](const Threat& threat) { return isOpen(review, threat); }));
    KeyValues facts;
    facts.rows = {{"Elements", grouped(model.elements.size())}, {"Flows", grouped(model.flows.size())},
        {"Trust zones", grouped(model.zones.size())}, {"Threats", grouped(model.threats.size())},
        {"Open", grouped(open)}, {"Answered for", grouped(model.threats.size() - open)},
        {"Refuted by the scan, not listed", grouped(refuted)},
        {"Only assumed or less important, not listed", grouped(model.folded.size() - refuted)}};
    const auto add = [&facts](const char* key, const std::string& value) {
        if (!value.empty()) {
            facts.rows.emplace_back(key, oneLine(value));
        }
    };
    add("Owner", model.owner);
    add("Reviewer", model.reviewer);
    if (!review.overlaid.ghosts.empty()) {
        facts.rows.emplace_back("No longer found by the scan", grouped(review.overlaid.ghosts.size()));
    }
    if (!review.overlaid.tray.empty()) {
        facts.rows.emplace_back("New since it was last worked on", grouped(review.overlaid.tray.size()));
    }
    section.blocks.emplace_back(std::move(facts));
    Counts counts;
    for (const Threat& threat : model.threats) {
        if (threat.severity && isOpen(review, threat)) {
            ++counts.bySeverity[static_cast<std::size_t>(*threat.severity)];
        }
    }
    section.blocks.emplace_back(Paragraph{"Open threats by severity:", Paragraph::Tone::Small});
    section.blocks.emplace_back(counts);
    if (!model.threats.empty()) {
        section.blocks.emplace_back(Heading{2, "States of the threats", "threat-states", {}, -1});
        section.blocks.emplace_back(stateTable(model));
    }
}

void addDrawings(const ThreatReview& review, Section& section)
{
    Budget budget;
    ThreatDrawings drawn = drawThreats(review, budget);
    if (drawn.drawings.empty()) {
        return;
    }
    section.blocks.emplace_back(Heading{2, "The model", "threat-drawing", {}, -1});
    section.blocks.emplace_back(Paragraph{
        "A sign is the worst open threat of an element. A thick line crosses the border of a trust zone; where it is "
        "dashed, it is not encrypted. A dashed box is in another zone, out of scope, or no longer found.",
        Paragraph::Tone::Small});
    for (Drawing& drawing : drawn.drawings) {
        section.blocks.emplace_back(std::move(drawing));
    }
    if (drawn.left > 0) {
        section.blocks.emplace_back(Paragraph{
            counted(drawn.left, "element is", "elements are") + " in no drawing: there are too many to print.",
            Paragraph::Tone::Body});
    }
}

void addRisk(const ThreatReview& review, Section& section)
{
    const RiskGrid before = riskBefore(review);
    const RiskGrid after = riskAfter(review);
    section.blocks.emplace_back(Heading{2, "Risk", "threat-risk", {}, -1});
    section.blocks.emplace_back(Paragraph{
        "Likelihood and impact are steps from 1 to 5. Likelihood comes from the rule, one step more where the "
        "place can be reached from outside, and from the gravest finding where one confirms the threat. What "
        "a person decided takes a threat out only as long as no scan contradicts it. A control in place counts for "
        "half of what it is assumed to take away; one that is proved counts whole, or half where a finding "
        "confirms the threat all the same.",
        Paragraph::Tone::Small});
    if (before.counts == after.counts && before.unrated == after.unrated) {
        section.blocks.emplace_back(
            drawRisk(before, "Threats by likelihood and impact; no decision and no control changes it yet"));
    } else {
        section.blocks.emplace_back(drawRisk(before, "Before: all threats that apply"));
        section.blocks.emplace_back(drawRisk(after, "After: what remains open once decisions and controls count"));
    }
    if (before.unrated > 0) {
        section.blocks.emplace_back(
            Paragraph{counted(before.unrated, "threat is", "threats are") + " not rated and in neither of them.",
                Paragraph::Tone::Muted});
    }
}

} // namespace

Section build(const Input& input)
{
    Section section;
    if (!input.options.threats) {
        return section;
    }
    const ThreatReview& review = *input.options.threats;
    const ThreatModel& model = review.overlaid.model;
    section.blocks.emplace_back(
        Paragraph{"Derived from the code and the files that were examined, with what people made of it. Nothing was "
                  "run. What the code does not show is not in it.",
            Paragraph::Tone::Body});
    if (!review.complete) {
        section.blocks.emplace_back(
            Paragraph{"Not everything could be read: what was not read is not in the model.", Paragraph::Tone::Body});
    }
    if (!model.description.empty()) {
        section.blocks.emplace_back(Paragraph{oneLine(model.description), Paragraph::Tone::Body});
    }
    addFacts(review, section);
    addDrawings(review, section);
    addRisk(review, section);
    if (!model.assumptions.empty()) {
        section.blocks.emplace_back(Heading{2, "Assumptions", "threat-assumptions", {}, -1});
        List list;
        for (std::size_t i = 0; i < std::min(model.assumptions.size(), mostAssumptions); ++i) {
            list.items.push_back({-1, oneLine(model.assumptions[i]), {}, {}});
        }
        section.blocks.emplace_back(std::move(list));
    }
    return section;
}

} // namespace cupel::report::threat_model
