// SPDX-License-Identifier: GPL-3.0-or-later
// `cupel rules` and `cupel explain`: the catalogue, offline.
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/suggest.h"
#include "app/cli/terminal.h"

#include "analyzers/report/writers/json_records.h"
#include "analyzers/report/writers/text.h"
#include "analyzers/report/writers/text_unicode.h"
#include "analyzers/rules/rule_set.h"

#include <algorithm>
#include <map>
#include <set>

#include <unistd.h>

namespace cupel::cli {

namespace {

using report::JsonStream;

std::string lower(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return out;
}

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
            + std::to_string(rules::catalogue().size()) + ", version " + std::string(rules::catalogueVersion()) + "\n");
    }
}

class Explanation {
public:
    Explanation(const report::TextSink& sink, bool colour, std::size_t width)
        : m_sink(sink)
        , m_paint(colour)
        , m_width(std::min<std::size_t>(width, 100))
    {
    }

    void write(const RuleInfo& rule)
    {
        line(m_paint.bold(rule.title));
        line(rule.id + "  " + m_paint.severity(rule.severity) + ", " + std::string(toString(rule.confidence)) + ", "
            + std::string(toString(rule.family)) + (rule.cls.empty() ? "" : ", " + rule.cls));
        part("What happens", rule.whatHappens);
        part("Where it comes from", rule.whereFrom);
        part("How to fix it", rule.howToFix);
        code("Wrong", rule.wrongExample);
        code("Right", rule.rightExample);
        std::string references;
        for (const auto* list :
            {&rule.references.cwe, &rule.references.atlas, &rule.references.owasp, &rule.references.url}) {
            for (const auto& item : *list) {
                references += item + "\n";
            }
        }
        part("References", references);
        std::string checks;
        for (const auto& check : rule.checks) {
            checks += (checks.empty() ? "" : ", ") + check;
        }
        part("Checked offline", checks);
    }

private:
    void line(const std::string& text) { m_sink(text + "\n"); }
    void part(const char* title, const std::string& text)
    {
        if (text.empty()) {
            return;
        }
        line("");
        line(m_paint.bold(title));
        for (std::size_t start = 0; start < text.size();) {
            const std::size_t end = std::min(text.find('\n', start), text.size());
            for (const auto& piece : report::wrapped(text.substr(start, end - start), m_width - 2)) {
                line(piece.empty() ? "" : "  " + piece);
            }
            start = end + 1;
        }
    }
    void code(const char* title, const std::string& text)
    {
        if (text.empty()) {
            return;
        }
        line("");
        line(m_paint.bold(title));
        for (std::size_t start = 0; start < text.size();) {
            const std::size_t end = std::min(text.find('\n', start), text.size());
            line("    " + text.substr(start, end - start));
            start = end + 1;
        }
    }

    const report::TextSink& m_sink;
    report::Paint m_paint;
    std::size_t m_width;
};

Exit finished(Output& output)
{
    const std::string error = output.finish();
    if (!error.empty()) {
        complain(error);
    }
    return error.empty() ? Exit::Ok : Exit::Internal;
}

// Ids are given in any case, and without the "CUP-" before them.
const RuleInfo* findLoosely(const std::string& wanted)
{
    std::string id = wanted;
    std::transform(id.begin(), id.end(), id.begin(),
        [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    const RuleInfo* rule = rules::findRule(id);
    return rule ? rule : rules::findRule("CUP-" + id);
}

std::vector<std::string> wordsOf(std::string_view id)
{
    std::vector<std::string> words;
    while (!id.empty()) {
        const auto cut = std::min(id.find_first_of("-._ "), id.size());
        if (cut >= 3) {
            words.push_back(lower(id.substr(0, cut)));
        }
        id.remove_prefix(std::min(cut + 1, id.size()));
    }
    return words;
}

// Rules whose ids share most words with the wanted one, or the nearest by spelling. "cup" and the family's short name
// are in hundreds of ids and say nothing.
std::string suggestRules(const std::string& wanted)
{
    std::vector<std::string> ids;
    std::map<std::string, std::size_t> common;
    for (const auto& rule : rules::catalogue()) {
        ids.push_back(rule.id);
        for (const auto& word : wordsOf(rule.id)) {
            ++common[word];
        }
    }
    auto words = wordsOf(wanted);
    std::erase_if(words, [&](const std::string& word) { return common[word] > ids.size() / 20 || common[word] == 0; });
    std::vector<std::string> sharing;
    std::size_t best = 1;
    for (const auto& id : ids) {
        const auto own = wordsOf(id);
        const auto shared = static_cast<std::size_t>(std::count_if(words.begin(), words.end(),
            [&own](const std::string& word) { return std::find(own.begin(), own.end(), word) != own.end(); }));
        if (shared > best) {
            sharing.clear();
            best = shared;
        }
        if (shared == best) {
            sharing.push_back(id);
        }
    }
    if (sharing.empty()) {
        return didYouMean(wanted, ids);
    }
    std::stable_sort(sharing.begin(), sharing.end(), [&wanted](const std::string& a, const std::string& b) {
        return editDistance(wanted, a) < editDistance(wanted, b);
    });
    std::string text;
    for (std::size_t i = 0; i < std::min<std::size_t>(sharing.size(), 3); ++i) {
        text += (i == 0 ? "; did you mean '" : ", '") + sharing[i] + "'";
    }
    return text.empty() ? text : text + "?";
}

} // namespace

Exit runRules(const Arguments& arguments)
{
    std::set<std::string> families;
    std::vector<const RuleInfo*> found;
    for (const auto& rule : rules::catalogue()) {
        families.emplace(toString(rule.family));
        if (matches(rule, arguments)) {
            found.push_back(&rule);
        }
    }
    if (!arguments.family.empty() && !families.contains(arguments.family)) {
        std::string list;
        for (const auto& family : families) {
            list += (list.empty() ? "" : ", ") + family;
        }
        complain("no rule has the family '" + arguments.family + "'"
            + didYouMean(arguments.family, {families.begin(), families.end()}) + "\nFamilies: " + list);
        return Exit::Usage;
    }
    const auto output = standardOutput();
    arguments.format == "json" ? listJson(found, output->sink()) : listText(found, arguments, output->sink());
    return finished(*output);
}

Exit runExplain(const Arguments& arguments)
{
    const RuleInfo* rule = findLoosely(arguments.paths.front());
    if (!rule) {
        complain("unknown rule '" + arguments.paths.front() + "'" + suggestRules(arguments.paths.front())
            + "\n'cupel rules TEXT' finds rules by their words.");
        return Exit::Usage;
    }
    const auto output = standardOutput();
    const report::TextSink sink = output->sink();
    if (arguments.format == "json") {
        JsonStream json(sink, JsonStream::Layout::Indented);
        json.beginObject();
        writeSchema(json, "cupel.explain/1");
        json.objectField("rule");
        writeRule(json, *rule, true);
        json.endObject();
        json.endObject();
        json.newline();
    } else {
        Explanation(sink, wantsColour(arguments.colour, STDOUT_FILENO), columns(STDOUT_FILENO)).write(*rule);
    }
    return finished(*output);
}

} // namespace cupel::cli
