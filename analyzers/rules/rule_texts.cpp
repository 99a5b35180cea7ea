// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/rule_texts.h"

#include <span>

namespace cupel::rules {

namespace {

// Lists are joined with blanks: no id or address holds one.
struct RuleText {
    std::string_view group;
    std::string_view id;
    std::string_view cls;
    std::string_view title;
    std::string_view what;
    std::string_view from;
    std::string_view fix;
    std::string_view wrong;
    std::string_view right;
    std::string_view checks;
    std::string_view cwe;
    std::string_view atlas;
    std::string_view owasp;
    std::string_view url;
    Family family;
    Severity severity;
    Confidence confidence;
};

#include "rule_texts.inc"

std::vector<std::string> words(std::string_view text)
{
    std::vector<std::string> list;
    while (!text.empty()) {
        const auto end = std::min(text.find(' '), text.size());
        list.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(text.size(), end + 1));
    }
    return list;
}

RuleInfo info(const RuleText& row)
{
    RuleInfo rule;
    rule.id = row.id;
    rule.family = row.family;
    rule.cls = row.cls;
    rule.title = row.title;
    rule.severity = row.severity;
    rule.confidence = row.confidence;
    rule.whatHappens = row.what;
    rule.whereFrom = row.from;
    rule.howToFix = row.fix;
    rule.wrongExample = row.wrong;
    rule.rightExample = row.right;
    rule.checks = words(row.checks);
    rule.references = {words(row.cwe), words(row.atlas), words(row.owasp), words(row.url)};
    return rule;
}

} // namespace

void describeFromTexts(std::string_view group, RuleList& list)
{
    for (const auto& row : generatedTexts()) {
        if (row.group == group && list.wants(row.id)) {
            list.add(info(row));
        }
    }
}

} // namespace cupel::rules
