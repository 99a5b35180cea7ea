// SPDX-License-Identifier: GPL-3.0-or-later
// The full text of every rule that found something, with its references: said once, however often it fired.
#include "analyzers/report/sections/support.h"
#include "analyzers/report/text.h"
#include "analyzers/rules/rule_set.h"

#include <map>

namespace cupel::report::references {

namespace {

std::string anchorOfRule(std::string_view id)
{
    std::string out = "rule-";
    for (const char c : id) {
        const bool upper = c >= 'A' && c <= 'Z';
        const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        out += upper ? static_cast<char>(c - 'A' + 'a') : plain ? c : '-';
    }
    return out;
}

void addRule(const RuleInfo& rule, std::uint64_t count, Section& section)
{
    section.blocks.emplace_back(Heading{2, oneLine(rule.title), anchorOfRule(rule.id), rule.id, -1});
    section.blocks.emplace_back(Paragraph{counted(count, "finding", "findings"), Paragraph::Tone::Muted});
    const auto say = [&](std::string_view label, const std::string& text) {
        if (!text.empty()) {
            section.blocks.emplace_back(Paragraph{std::string(label) + oneLine(text), Paragraph::Tone::Body});
        }
    };
    say("", rule.whatHappens);
    say("Where it comes from: ", rule.whereFrom);
    say("How to fix it: ", rule.howToFix);
    std::vector<std::string> names = rule.references.cwe;
    names.insert(names.end(), rule.references.atlas.begin(), rule.references.atlas.end());
    names.insert(names.end(), rule.references.owasp.begin(), rule.references.owasp.end());
    names.insert(names.end(), rule.references.url.begin(), rule.references.url.end());
    if (!names.empty()) {
        section.blocks.emplace_back(Paragraph{"References: " + oneLine(joined(names)), Paragraph::Tone::Small});
    }
}

} // namespace

Section build(const Input& input)
{
    Section section;
    std::map<std::string_view, std::uint64_t> fired;
    for (const auto& list : {ordered(input), settled(input)}) {
        for (const Finding* finding : list) {
            ++fired[finding->rule];
        }
    }
    if (fired.empty()) {
        section.blocks.emplace_back(Paragraph{"No rule found anything.", Paragraph::Tone::Body});
        return section;
    }
    for (const auto& [id, count] : fired) {
        if (const RuleInfo* rule = rules::findRule(id)) {
            addRule(*rule, count, section);
        }
    }
    return section;
}

} // namespace cupel::report::references
