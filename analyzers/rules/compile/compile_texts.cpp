// SPDX-License-Identifier: GPL-3.0-or-later
// Build-time tool: reads resources/rules/texts/*.json, refuses rows that are wrong or incomplete, and writes a C++
// table. A bad row fails the build with its file and id.
//   compile_texts OUT.inc FILE.json...
#include "analyzers/rules/cpp_text.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace {

using cupel::rules::TextPool;
using nlohmann::json;

const std::map<std::string, const char*> families{{"pii", "Pii"}, {"code", "Code"}, {"output", "Output"},
    {"dependency", "Dependency"}, {"pickle", "Pickle"}, {"model", "Model"}, {"archive", "Archive"},
    {"malformed", "Malformed"}, {"lineage", "Lineage"}, {"secret", "Secret"}};
const std::map<std::string, const char*> severities{
    {"info", "Info"}, {"low", "Low"}, {"medium", "Medium"}, {"high", "High"}, {"critical", "Critical"}};
const std::map<std::string, const char*> confidences{
    {"possible", "Possible"}, {"likely", "Likely"}, {"certain", "Certain"}};
const std::set<std::string> keys{"id", "class", "title", "severity", "confidence", "what", "from", "fix", "wrong",
    "right", "language", "checks", "cwe", "atlas", "owasp", "url"};
// Every text that a person needs to act; examples and references may be left out where there are none.
const std::vector<std::string> needed{"id", "title", "severity", "confidence", "what", "from", "fix"};

[[noreturn]] void fail(const std::string& message)
{
    std::cerr << "compile_texts: " << message << '\n';
    std::exit(1);
}

std::string textOf(const json& row, const std::string& key)
{
    return row.contains(key) ? row.at(key).get<std::string>() : std::string();
}

std::string joined(const json& row, const std::string& key, const std::string& shape, const std::string& where)
{
    std::string out;
    if (!row.contains(key)) {
        return out;
    }
    for (const auto& item : row.at(key)) {
        const auto text = item.get<std::string>();
        if (!std::regex_match(text, std::regex(shape))) {
            fail(where + ": " + key + " \"" + text + "\" has not the form " + shape);
        }
        out += (out.empty() ? "" : " ") + text;
    }
    return out;
}

const char* pick(const std::map<std::string, const char*>& table, const std::string& word, const std::string& where)
{
    const auto hit = table.find(word);
    return hit != table.end() ? hit->second : (fail(where + ": unknown word \"" + word + '"'), nullptr);
}

void checkRow(const json& row, const std::string& where, std::set<std::string>& ids)
{
    for (const auto& [key, value] : row.items()) {
        if (!keys.contains(key)) {
            fail(where + ": unknown key " + key);
        }
    }
    for (const auto& key : needed) {
        if (textOf(row, key).empty()) {
            fail(where + ": " + key + " is missing");
        }
    }
    if (!std::regex_match(textOf(row, "id"), std::regex("CUP-[A-Z]+(-[A-Z0-9]+)+"))
        || !ids.insert(row.at("id")).second) {
        fail(where + ": the id is not of the form CUP-FAMILY-NAME, or it is used twice");
    }
    if (textOf(row, "title").size() > 80 || textOf(row, "title").ends_with('.')) {
        fail(where + ": a title has at most 80 bytes and no full stop");
    }
}

void writeRow(std::ostream& out, TextPool& pool, const std::string& group, const json& row, const std::string& family,
    const std::string& where)
{
    out << "    {" << pool.place(group);
    for (const char* key : {"id", "class", "title", "what", "from", "fix", "wrong", "right", "language"}) {
        out << ", " << pool.place(textOf(row, key));
    }
    out << ", " << pool.place(joined(row, "checks", "[a-z0-9-]+", where)) << ", "
        << pool.place(joined(row, "cwe", "CWE-[0-9]+", where)) << ", "
        << pool.place(joined(row, "atlas", "AML\\.T[0-9]{4}(\\.[0-9]{3})?", where)) << ", "
        << pool.place(joined(row, "owasp", "(ML|LLM|A)[0-9]{2}:20[0-9]{2}", where)) << ", "
        << pool.place(joined(row, "url", "https://[^ ]+", where)) << ", Family::" << pick(families, family, where)
        << ", Severity::" << pick(severities, textOf(row, "severity"), where)
        << ", Confidence::" << pick(confidences, textOf(row, "confidence"), where) << "},\n";
}

// The same text in other languages: {"of": "a text of a rule", "r": "...", "julia": "..."}.
void writeAdvice(std::ostream& out, TextPool& pool, const json& row, std::set<std::string>& known)
{
    const auto of = textOf(row, "of");
    if (of.empty() || row.size() < 2 || !known.insert(of).second) {
        fail("advice: \"" + of + "\" is empty, says nothing or stands there twice");
    }
    for (const auto& [language, text] : row.items()) {
        if (language != "of") {
            out << "    {" << pool.place(of) << ", " << pool.place(language) << ", "
                << pool.place(text.get<std::string>()) << "},\n";
        }
    }
}

} // namespace

int main(int argc, char** argv)
try {
    if (argc < 2) {
        fail("usage: compile_texts OUT.inc FILE.json...");
    }
    std::ostringstream out;
    std::ostringstream advice;
    std::set<std::string> translated;
    TextPool pool;
    std::set<std::string> ids;
    for (int i = 2; i < argc; ++i) {
        const std::string file = argv[i];
        std::ifstream stream(file);
        const auto document = json::parse(stream, nullptr, true, true);
        const auto slash = file.rfind('/') + 1;
        const auto group = file.substr(slash, file.rfind('.') - slash);
        for (const auto& row : document.value("advice", json::array())) {
            writeAdvice(advice, pool, row, translated);
        }
        for (auto row : document.value("rules", json::array())) {
            if (!row.contains("language") && document.contains("language")) {
                row["language"] = document.at("language");
            }
            const auto where =
                file + ", " + (row.contains("id") ? row.at("id").get<std::string>() : "a row without id");
            checkRow(row, where, ids);
            writeRow(out, pool, group, row, document.at("family").get<std::string>(), where);
        }
    }
    std::ofstream target(argv[1]);
    target << "// Generated by compile_texts from resources/rules/texts; do not edit.\n"
           << pool.table() << "constexpr RuleText generatedTexts[] = {\n"
           << out.str() << "};\nconstexpr AdviceText generatedAdvice[] = {\n"
           << advice.str() << "};\n";
    return target.good() ? 0 : 1;
} catch (const std::exception& problem) {
    std::cerr << "compile_texts: " << problem.what() << '\n';
    return 1;
}
