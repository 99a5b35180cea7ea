// SPDX-License-Identifier: GPL-3.0-or-later
// `cupel rules`: the catalogue, offline.
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/rule_output.h"
#include "app/cli/terminal.h"

#include "analyzers/report/writers/json_records.h"
#include "analyzers/report/writers/text.h"
#include "analyzers/report/writers/text_unicode.h"
#include "analyzers/rules/rule_set.h"

#include <algorithm>

#include <unistd.h>

namespace cupel::cli {

namespace {

using report::JsonStream;

bool matches(const RuleInfo& rule, const Arguments& arguments)
{
    if (!arguments.family.empty() && toString(rule.family) != arguments.family) {
        return false;
    }
    if (arguments.severity && rule.severity != *arguments.severity) {
        return false;
    }
    const std::string text = lower(rule.id + "\n" + rule.title + "\n" + rule.cls);
    return std::all_of(arguments.paths.begin(), arguments.paths.end(),
        [&text](const std::string& word) { return text.find(lower(word)) != std::string::npos; });
}

void listJson(const std::vector<const RuleInfo*>& found, const report::TextSink& sink)
{
    JsonStream json(sink, JsonStream::Layout::Indented);
    json.beginObject();
    writeSchema(json, "cupel.rules/1");
    json.arrayField("rules");
    for (const RuleInfo* rule : found) {
        json.beginObject();
        writeRule(json, *rule, false);
        json.endObject();
    }
    json.endArray();
    json.endObject();
    json.newline();
}

void listText(const std::vector<const RuleInfo*>& found, const Arguments& arguments, const report::TextSink& sink)
{
    const report::Paint paint(wantsColour(arguments.colour, STDOUT_FILENO));
    std::size_t widest = 0;
    for (const RuleInfo* rule : found) {
        widest = std::max(widest, rule->id.size());
    }
    for (const RuleInfo* rule : found) {
        if (arguments.quiet) {
            sink(rule->id + "\n");
            continue;
        }
        const std::string severity = paint.severity(rule->severity);
        const std::size_t pad = 10 - std::min<std::size_t>(10, toString(rule->severity).size());
        sink(rule->id + std::string(widest - rule->id.size() + 2, ' ') + severity + std::string(pad, ' ') + rule->title
            + "\n");
    }
    if (!arguments.quiet) {
        sink((found.empty() ? "" : "\n") + report::counted(found.size(), "rule") + " of "
            + std::to_string(rules::catalogueSize()) + ", version " + std::string(rules::catalogueVersion()) + "\n");
    }
}

} // namespace

Exit runRules(const Arguments& arguments)
{
    std::vector<const RuleInfo*> found;
    for (const auto& rule : rules::catalogue()) {
        if (matches(rule, arguments)) {
            found.push_back(&rule);
        }
    }
    if (const std::string error = arguments.family.empty() ? "" : unknownFamily(arguments.family); !error.empty()) {
        complain(error);
        return Exit::Usage;
    }
    const auto output = standardOutput();
    arguments.format == "json" ? listJson(found, output->sink()) : listText(found, arguments, output->sink());
    return finished(*output);
}

} // namespace cupel::cli
