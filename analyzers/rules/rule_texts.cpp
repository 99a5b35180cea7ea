// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/rule_texts.h"

#include "analyzers/rules/pooled_text.h"

namespace cupel::rules {

namespace {

struct Pool {
    static const char* text();
};
using Text = PooledText<Pool>;

// Lists are joined with blanks: no id or address holds one.
struct RuleText {
    Text group;
    Text id;
    Text cls;
    Text title;
    Text what;
    Text from;
    Text fix;
    Text wrong;
    Text right;
    Text checks;
    Text cwe;
    Text atlas;
    Text owasp;
    Text url;
    Family family;
    Severity severity;
    Confidence confidence;
};

#include "rule_texts.inc"

const char* Pool::text()
{
    return generatedPool;
}

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
    for (const auto& row : generatedTexts) {
        if (row.group.view() == group && list.wants(row.id)) {
            list.add(info(row));
        }
    }
}

} // namespace cupel::rules
