// SPDX-License-Identifier: GPL-3.0-or-later
// `cupel explain`: one rule in plain words, and which rule was meant when the id is wrong.
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/rule_output.h"
#include "app/cli/suggest.h"
#include "app/cli/terminal.h"

#include "analyzers/report/writers/text.h"
#include "analyzers/report/writers/text_unicode.h"
#include "analyzers/rules/rule_set.h"

#include <algorithm>
#include <map>

#include <unistd.h>

namespace cupel::cli {

namespace {

using report::JsonStream;

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
        code(rule.rightExample.empty() ? "Example" : "Wrong", rule.wrongExample);
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
