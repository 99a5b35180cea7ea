// SPDX-License-Identifier: GPL-3.0-or-later
// Who traces what to what: element, threat, findings, controls and items of frameworks, a row for each threat.
#include "analyzers/report/sections/threat_support.h"
#include "analyzers/report/text.h"

#include <algorithm>
#include <tuple>

namespace cupel::report::threat_matrix {

namespace {

using namespace threats;

constexpr std::size_t mostRows = 1'000;
constexpr std::size_t mostFindings = 50;

std::string rulesOf(const ThreatTexts& texts, const Threat& threat)
{
    std::map<std::string, std::size_t> rules;
    for (const Finding* finding : texts.evidenceOf(threat, mostFindings)) {
        ++rules[finding->rule];
    }
    std::vector<std::string> parts;
    for (const auto& [rule, count] : rules) {
        parts.push_back(rule + (count > 1 ? " \u00d7 " + std::to_string(count) : ""));
    }
    return parts.empty() ? "\u2014" : joined(parts);
}

std::string listed(const std::vector<std::string>& ids)
{
    return ids.empty() ? "\u2014" : oneLine(joined(ids));
}

} // namespace

Section build(const Input& input)
{
    Section section;
    if (!input.options.threats || input.options.threats->overlaid.model.threats.empty()) {
        return section;
    }
    const ThreatTexts texts(input);
    auto order = texts.order();
    std::map<const Threat*, std::string> where;
    for (const Threat* threat : order) {
        where.emplace(threat, texts.names().of(threat->target));
    }
    std::stable_sort(order.begin(), order.end(),
        [&where](const Threat* one, const Threat* other) { return where[one] < where[other]; });
    section.blocks.emplace_back(Paragraph{"T numbers are those of the list of threats.", Paragraph::Tone::Muted});
    Table table{{"Element", "Threat", "Findings", "Controls", "Frameworks"}, {}, {4, 5, 6, 4, 8},
        {false, false, true, false, false}};
    for (const Threat* threat : order) {
        table.rows.push_back({where[threat], texts.titleOf(*threat), rulesOf(texts, *threat), listed(threat->controls),
            listed(threat->references)});
    }
    addTable(section, std::move(table), mostRows);
    return section;
}

} // namespace cupel::report::threat_matrix
