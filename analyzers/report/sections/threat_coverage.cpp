// SPDX-License-Identifier: GPL-3.0-or-later
// How far the model answers the items of each framework: evidence, claimed, gap, or not assessable statically, for each
// item; never a share of them.
#include "analyzers/report/sections/threat_support.h"
#include "analyzers/report/text.h"
#include "analyzers/threats/coverage.h"

#include <algorithm>
#include <array>

namespace cupel::report::threat_coverage {

namespace {

using namespace threats;

constexpr std::size_t mostNumbers = 10;

std::string_view wordsOf(ItemState state)
{
    static constexpr std::array<std::string_view, 4> words{"Evidence", "Claimed", "Gap", "Not assessable statically"};
    return words[static_cast<std::size_t>(state)];
}

// What the state rests on.
std::string basisOf(const CoverageItem& item, const std::map<std::string, std::string>& numbers)
{
    std::vector<std::string> shown;
    std::size_t folded = 0; // not among the listed threats
    std::size_t more = 0;
    for (const auto* list : {&item.threats, &item.settled}) {
        for (const std::string& id : *list) {
            const auto number = numbers.find(id);
            if (number == numbers.end()) {
                ++folded;
            } else if (shown.size() < mostNumbers) {
                shown.push_back(number->second);
            } else {
                ++more;
            }
        }
    }
    std::vector<std::string> parts;
    if (!shown.empty()) {
        parts.push_back(joined(shown) + (more > 0 ? " and " + grouped(more) + " more" : ""));
    }
    if (folded > 0) {
        parts.push_back(grouped(folded) + " assumed");
    }
    if (item.refuted > 0) {
        parts.push_back(grouped(item.refuted) + " refuted by the scan");
    }
    return joined(parts, "; ");
}

void addLens(const Lens& lens, const std::map<std::string, std::string>& numbers, Section& section)
{
    section.blocks.emplace_back(Heading{2, std::string(lens.title), "threat-lens-" + std::string(lens.id), {}, -1});
    std::array<std::size_t, 4> counts{};
    std::vector<std::string> silent;
    Table table{{"Item", "State", "Rests on"}, {}, {8, 3, 5}, {}};
    for (const CoverageItem& item : lens.items) {
        ++counts[static_cast<std::size_t>(item.state)];
        if (item.state == ItemState::NotAssessable) {
            silent.push_back(oneLine(item.id));
            continue;
        }
        table.rows.push_back(
            {oneLine(item.id + ' ' + item.title), std::string(wordsOf(item.state)), basisOf(item, numbers)});
    }
    section.blocks.emplace_back(
        Paragraph{grouped(counts[0]) + " answered by evidence, " + grouped(counts[1]) + " claimed by a person, "
                + counted(counts[2], "gap", "gaps") + ", " + grouped(counts[3]) + " not assessable statically.",
            Paragraph::Tone::Body});
    if (!table.rows.empty()) {
        section.blocks.emplace_back(std::move(table));
    }
    if (!silent.empty()) {
        section.blocks.emplace_back(
            Paragraph{"Not assessable statically: " + joined(silent) + '.', Paragraph::Tone::Small});
    }
}

} // namespace

Section build(const Input& input)
{
    Section section;
    if (!input.options.threats || input.options.threats->overlaid.model.elements.empty()) {
        return section;
    }
    const ThreatTexts texts(input);
    std::map<std::string, std::string> numbers;
    for (const Threat* threat : texts.order()) {
        numbers.emplace(threat->id, texts.numberOf(*threat));
    }
    section.blocks.emplace_back(Paragraph{
        "Evidence: every threat of the item is refuted by the scan, or decided and not contradicted by it. Claimed: "
        "somebody decided, and no scan can tell. Gap: a threat of it is open. An item that no rule can answer is not "
        "assessable statically: it is not passed.",
        Paragraph::Tone::Small});
    for (const Lens& lens : coverageOf(texts.model())) {
        addLens(lens, numbers, section);
    }
    return section;
}

} // namespace cupel::report::threat_coverage
