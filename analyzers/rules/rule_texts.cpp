// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/rule_texts.h"

#include "analyzers/rules/advice.h"
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
    Text language;
    Text checks;
    Text cwe;
    Text atlas;
    Text owasp;
    Text url;
    Family family;
    Severity severity;
    Confidence confidence;
};

struct AdviceText {
    Text of;
    Text language;
    Text text;
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

std::string_view languageOfExamples(const RuleInfo& rule)
{
    for (const auto& row : generatedTexts) {
        if (row.id.view() == rule.id) {
            return row.language;
        }
    }
    // Those of the rows of credentials and of personal data, which are one text each.
    return rule.family == Family::Secret || rule.family == Family::Pii ? std::string_view("python")
                                                                       : std::string_view();
}

std::string_view inLanguage(std::string_view text, std::string_view language)
{
    for (const auto& row : generatedAdvice) {
        if (!text.empty() && row.language.view() == language && row.of.view() == text) {
            return row.text;
        }
    }
    return {};
}

} // namespace cupel::rules
