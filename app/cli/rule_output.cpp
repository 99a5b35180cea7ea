// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/rule_output.h"

#include "app/cli/suggest.h"
#include "app/cli/terminal.h"

#include "analyzers/report/writers/json_records.h"
#include "analyzers/rules/rule_set.h"

#include <algorithm>
#include <set>

namespace cupel::cli {

using report::JsonStream;

std::string lower(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return out;
}

void writeSchema(JsonStream& json, const char* schema)
{
    json.field("schema", schema);
    report::RunInfo run;
    run.version = CUPEL_VERSION;
    run.rulesVersion = rules::catalogueVersion();
    report::writeToolFields(json, run);
}

void writeRule(JsonStream& json, const RuleInfo& rule, bool full)
{
    json.field("id", rule.id);
    json.field("family", toString(rule.family));
    if (!rule.cls.empty()) {
        json.field("class", rule.cls);
    }
    json.field("title", rule.title);
    json.field("severity", toString(rule.severity));
    json.field("confidence", toString(rule.confidence));
    if (full) {
        json.field("whatHappens", rule.whatHappens);
        json.field("whereFrom", rule.whereFrom);
        json.field("howToFix", rule.howToFix);
        json.field("wrongExample", rule.wrongExample);
        json.field("rightExample", rule.rightExample);
    }
    json.field("checks", rule.checks);
    json.objectField("references");
    json.field("cwe", rule.references.cwe);
    json.field("atlas", rule.references.atlas);
    json.field("owasp", rule.references.owasp);
    json.field("url", rule.references.url);
    json.endObject();
}

std::string unknownFamily(const std::string& family)
{
    std::set<std::string> families;
    for (const auto& rule : rules::catalogue()) {
        families.emplace(toString(rule.family));
    }
    if (families.contains(family)) {
        return {};
    }
    std::string list;
    for (const auto& known : families) {
        list += (list.empty() ? "" : ", ") + known;
    }
    return "no rule has the family '" + family + "'" + didYouMean(family, {families.begin(), families.end()})
        + "\nFamilies: " + list;
}

Exit finished(Output& output)
{
    const std::string error = output.finish();
    if (!error.empty()) {
        complain(error);
    }
    return error.empty() ? Exit::Ok : Exit::Internal;
}

} // namespace cupel::cli
