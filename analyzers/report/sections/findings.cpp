// SPDX-License-Identifier: GPL-3.0-or-later
// Every open finding with its place, what it means, its redacted excerpt, its evidence, what viewers do with it and the
// fix that is offered.
#include "analyzers/model/evidence.h"
#include "analyzers/report/sections/excerpts.h"
#include "analyzers/report/sections/support.h"
#include "analyzers/report/text.h"
#include "analyzers/rules/advice.h"
#include "analyzers/rules/rule_set.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace cupel::report::findings {

namespace {

// The advice that stands beside a finding: its first sentence, or as many as it takes to say something.
std::string firstSentence(std::string_view text)
{
    constexpr std::size_t shortest = 60; // bytes: what is shorter says too little alone ("It ends by itself.")
    const auto paragraph = text.substr(0, text.find('\n'));
    const auto stop = paragraph.size() <= shortest ? std::string_view::npos : paragraph.find(". ", shortest);
    return oneLine(stop == std::string_view::npos ? paragraph : paragraph.substr(0, stop + 1));
}

std::string referencesOf(const RuleInfo& rule)
{
    std::vector<std::string> parts = rule.references.cwe;
    parts.insert(parts.end(), rule.references.atlas.begin(), rule.references.atlas.end());
    parts.insert(parts.end(), rule.references.owasp.begin(), rule.references.owasp.end());
    return oneLine(joined(parts));
}

// Excerpts with a place become lines of code; a check without a place is told in words.
void addEvidence(const Input& input, const Finding& finding, Section& section)
{
    constexpr std::size_t mostPlaces = 5; // a wall of places says no more than a few of them and their number
    Code code = excerptsOf(finding, mostPlaces + 1);
    std::vector<std::string> checks;
    std::vector<std::pair<std::string, std::size_t>> also; // places that read the same are one, with their number
    for (const Evidence& evidence : finding.evidence) {
        if (evidence.excerpt.empty() || evidence.role == "viewer") {
            continue;
        }
        const std::string text = oneLine(evidence.excerpt);
        if (evidence.location.artifact.empty()) {
            checks.push_back(evidence.role == "sample" ? "a value of it, masked: " + text : text);
            continue;
        }
        const auto& place = evidence.location;
        const bool elsewhere = place.artifact != finding.location.artifact || place.human != finding.location.human
            || (evidence.role == "place" && place.bytes != finding.location.bytes);
        if (elsewhere && !repeatsMatch(finding, evidence)) {
            const auto words = placeOf(input, place);
            const auto same =
                std::find_if(also.begin(), also.end(), [&words](const auto& one) { return one.first == words; });
            if (same == also.end()) {
                also.emplace_back(words, 1);
            } else {
                ++same->second;
            }
        }
    }
    for (std::size_t i = 0; i < std::min(also.size(), mostPlaces); ++i) {
        const auto times = also[i].second > 1 ? " (" + grouped(also[i].second) + " places)" : std::string();
        checks.push_back("also at " + also[i].first + times);
    }
    const auto places = countPlaces(finding);
    std::uint64_t more = places.all - places.listed;
    for (std::size_t i = mostPlaces; i < also.size(); ++i) {
        more += also[i].second;
    }
    if (more > 0) {
        checks.push_back("and at " + counted(more, "more place", "more places"));
    }
    if (!code.lines.empty()) {
        section.blocks.emplace_back(std::move(code));
    }
    if (!checks.empty()) {
        section.blocks.emplace_back(Paragraph{"Evidence: " + joined(checks, "; ") + '.', Paragraph::Tone::Small});
    }
}

// Programs that do the same are named together: "runs in nbconvert HTML and VS Code".
void addViewers(const Finding& finding, Section& section)
{
    std::vector<std::pair<std::string, std::vector<std::string>>> groups;
    for (auto [program, words] : viewersOf(finding)) {
        if (const auto comma = program.find(", "); comma != std::string::npos) {
            program = program.substr(0, comma) + " (" + program.substr(comma + 2) + ')';
        }
        const auto same =
            std::find_if(groups.begin(), groups.end(), [&words](const auto& group) { return group.first == words; });
        if (same == groups.end()) {
            groups.emplace_back(words, std::vector<std::string>{program});
        } else {
            same->second.push_back(program);
        }
    }
    std::vector<std::string> parts;
    for (const auto& [words, programs] : groups) {
        parts.push_back(words + " in " + listed(programs));
    }
    if (!parts.empty()) {
        section.blocks.emplace_back(Paragraph{"Viewers: " + joined(parts, "; ") + '.', Paragraph::Tone::Small});
    }
}

// A decision that no longer holds is told where its finding is: whoever looks at it again wants to know why it was
// left.
void addOldDecision(const Input& input, const Finding& finding, Section& section)
{
    const auto state = input.options.decisions.stateOf(finding, input.options.today);
    const auto* decision = input.options.decisions.find(finding);
    if (decision == nullptr || state == review::DecisionState::None) {
        return;
    }
    const bool expired = state == review::DecisionState::Expired;
    section.blocks.emplace_back(Paragraph{(expired ? "A decision expired on " + oneLine(decision->expires)
                                                   : std::string("Opened again, because the line under it changed"))
            + ": " + std::string(review::toString(decision->reason)) + ", " + oneLine(decision->author)
            + (decision->note.empty() ? std::string(".") : ", \"" + oneLine(decision->note) + "\"."),
        Paragraph::Tone::Small});
}

// `again`: one of its rule stands above, with the advice.
void addFinding(const Input& input, const Finding& finding, std::size_t place, bool again, Section& section)
{
    const int severity = static_cast<int>(finding.severity);
    section.blocks.emplace_back(Heading{2, oneLine(finding.title), anchorOf(place), finding.rule, severity,
        hasSeveral(input) ? shortPath(input.workspace.roots, finding.location.artifact) : std::string()});
    section.blocks.emplace_back(Paragraph{capitalised(toString(finding.severity)) + ", "
            + std::string(toString(finding.confidence)) + ", " + placeOf(input, finding.location),
        Paragraph::Tone::Muted});
    const RuleInfo* rule = rules::findRule(finding.rule);
    std::string text = oneLine(finding.message);
    if (again) {
        text += text.empty() ? "Advice: above." : " Advice: above.";
    } else if (rule != nullptr && !rule->howToFix.empty()) {
        text += (text.empty() ? "Fix: " : " Fix: ") + firstSentence(rules::adviceFor(*rule, finding).howToFix);
    }
    if (rule != nullptr && !again) {
        if (const std::string refs = referencesOf(*rule); !refs.empty()) {
            text += (text.empty() ? "" : " ") + refs + '.';
        }
    }
    if (!text.empty()) {
        section.blocks.emplace_back(Paragraph{std::move(text), Paragraph::Tone::Body});
    }
    addEvidence(input, finding, section);
    addViewers(finding, section);
    addOldDecision(input, finding, section);
    if (const std::string words = again ? std::string() : offeredFix(finding); !words.empty()) {
        section.blocks.emplace_back(Paragraph{
            "Fix offered: " + words + (finding.fix->safe ? "." : "; the code may compute something else afterwards."),
            Paragraph::Tone::Small});
    }
}

} // namespace

Section build(const Input& input)
{
    Section section;
    const auto all = ordered(input);
    if (all.empty()) {
        section.blocks.emplace_back(
            Paragraph{settled(input).empty() ? "No findings."
                                             : "No open findings. Those that are answered for are listed with the "
                                               "decisions.",
                Paragraph::Tone::Body});
        return section;
    }
    const std::string order = counted(all.size(), "finding", "findings") + ", worst first. Secrets are masked.";
    section.blocks.emplace_back(Paragraph{order, Paragraph::Tone::Muted});
    std::set<std::string> told; // rules whose advice was given, with the edit that is offered
    for (std::size_t i = 0; i < all.size() && i < printedFindings; ++i) {
        const auto& fix = all[i]->fix;
        const auto key = all[i]->rule + ' ' + (fix ? fix->kind + (fix->safe ? " safe" : "") : std::string());
        addFinding(input, *all[i], i, !told.insert(key).second, section);
    }
    if (all.size() > printedFindings) {
        section.blocks.emplace_back(
            Paragraph{counted(all.size() - printedFindings, "further finding is", "further findings are")
                    + " not printed here. The machine-readable list has all of them.",
                Paragraph::Tone::Body});
    }
    return section;
}

} // namespace cupel::report::findings
