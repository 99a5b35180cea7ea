// SPDX-License-Identifier: GPL-3.0-or-later
// Ways from where nobody is trusted to what must not fall, with the open threats on them, and what lies on many.
#include "analyzers/report/sections/threat_support.h"
#include "analyzers/report/text.h"
#include "analyzers/threats/attack_paths.h"

#include <algorithm>

namespace cupel::report::threat_paths {

namespace {

using namespace threats;

constexpr std::size_t mostPaths = 60;
constexpr std::size_t mostNumbers = 12; // of threats in one cell
constexpr std::size_t mostCrossings = 10;

std::string threatsOn(const ThreatTexts& texts, const ThreatsByPart& byPart, const AttackPath& path)
{
    std::vector<std::string> numbers;
    std::size_t more = 0;
    for (const auto index : byPart.on(path)) {
        const Threat& threat = texts.model().threats[index];
        if (!isOpen(texts.review(), threat)) {
            continue;
        }
        if (numbers.size() < mostNumbers) {
            numbers.push_back(texts.numberOf(threat));
        } else {
            ++more;
        }
    }
    return numbers.empty() ? std::string("none open")
                           : joined(numbers) + (more > 0 ? " and " + grouped(more) + " more" : "");
}

// What most of the ways go through: a control there closes them all.
void addCrossings(const ThreatTexts& texts, const AttackPaths& found, Section& section)
{
    std::map<std::string, std::size_t> through;
    for (const AttackPath& path : found.paths) {
        for (std::size_t i = 1; i + 1 < path.elements.size(); ++i) {
            ++through[path.elements[i]];
        }
    }
    std::vector<std::pair<std::size_t, std::string>> most;
    for (const auto& [element, count] : through) {
        if (count > 1) {
            most.emplace_back(count, element);
        }
    }
    std::stable_sort(
        most.begin(), most.end(), [](const auto& one, const auto& other) { return one.first > other.first; });
    most.resize(std::min(most.size(), mostCrossings));
    if (most.empty()) {
        return;
    }
    section.blocks.emplace_back(Heading{2, "Where a control helps most", "threat-crossings", {}, -1});
    Table table{{"Element", "Ways through it"}, {}, {5, 2}, {}};
    for (const auto& [count, element] : most) {
        table.rows.push_back({texts.names().of(element), grouped(count)});
    }
    section.blocks.emplace_back(std::move(table));
}

} // namespace

Section build(const Input& input)
{
    Section section;
    if (!input.options.threats || input.options.threats->overlaid.model.flows.empty()) {
        return section;
    }
    const ThreatTexts texts(input);
    Budget budget;
    const AttackPaths found = attackPaths(ModelIndex(texts.model()), {}, budget);
    if (found.paths.empty()) {
        section.blocks.emplace_back(
            Paragraph{"No way of at most 8 flows leads from a zone that is not trusted to something that must not fall "
                      "(a model in service, a store of secrets, confidential data, what people marked as such).",
                Paragraph::Tone::Body});
        return section;
    }
    section.blocks.emplace_back(Paragraph{counted(found.paths.size(), "way leads", "ways lead")
            + " from zones that are not trusted to what must not fall, the shortest first; T numbers are open "
              "threats on the way."
            + (found.complete ? "" : " There are more than were followed."),
        Paragraph::Tone::Body});
    const ThreatsByPart byPart(texts.model());
    Table table{{"From", "Via", "To", "Threats on the way"}, {}, {4, 6, 4, 4}, {}};
    for (const AttackPath& path : found.paths) {
        std::vector<std::string> via;
        for (std::size_t i = 1; i + 1 < path.elements.size(); ++i) {
            via.push_back(texts.names().of(path.elements[i]));
        }
        table.rows.push_back(
            {texts.names().of(path.elements.front()), via.empty() ? "directly" : joined(via, " \u2192 "),
                texts.names().of(path.elements.back()), threatsOn(texts, byPart, path)});
    }
    addTable(section, std::move(table), mostPaths);
    addCrossings(texts, found, section);
    return section;
}

} // namespace cupel::report::threat_paths
