// SPDX-License-Identifier: GPL-3.0-or-later
// Build-time tool: reads resources/rules/code/*.json, refuses rows that are wrong, whose rule has no text, or whose
// conditions do not parse, and writes a C++ table.
//   compile_code_rows OUT.inc TEXTS.json FILE.json...
#include "analyzers/rules/code/row_language.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <set>
#include <sstream>
#include <string>

#include <nlohmann/json.hpp>

namespace {

using nlohmann::json;
using namespace cupel::rules::code;

const std::set<std::string> shapes{"call", "read", "import", "assign", "shell", "magic"};
const std::set<std::string> keys{"id", "call", "read", "import", "assign", "shell", "magic", "when", "severity",
    "confidence", "fix", "once", "over", "mask"};
const std::set<std::string> severities{"info", "low", "medium", "high", "critical"};
const std::set<std::string> confidences{"possible", "likely", "certain"};

[[noreturn]] void fail(const std::string& message)
{
    std::cerr << "compile_code_rows: " << message << '\n';
    std::exit(1);
}

std::string quoted(const std::string& text)
{
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20 || byte >= 0x7F || c == '?') {
            char escaped[8];
            std::snprintf(escaped, sizeof escaped, "\\%03o", byte);
            out += escaped;
        } else {
            out += c;
        }
    }
    return out + "\"sv";
}

// Lists become lines: no pattern or condition holds a line break.
std::string joined(const json& row, const std::string& key)
{
    std::string out;
    if (row.contains(key)) {
        for (const auto& item : row.at(key)) {
            out += (out.empty() ? "" : "\n") + item.get<std::string>();
        }
    }
    return out;
}

std::string wordOf(const json& row, const char* key, const std::set<std::string>& allowed, const std::string& where)
{
    const auto word = row.value(key, std::string());
    if (!word.empty() && !allowed.contains(word)) {
        fail(where + ": unknown " + key + " " + word);
    }
    return word;
}

void checkFix(const std::string& fix, const std::string& where)
{
    const auto verb = fix.substr(0, fix.find(' '));
    const bool set = verb == "set" && fix.find('=') != std::string::npos;
    if (!fix.empty() && !set && verb != "drop" && verb != "name") {
        fail(where + ": a fix is \"set name=value\", \"drop name\" or \"name other\"");
    }
}

void writeRow(std::ostream& out, const json& row, const std::set<std::string>& ids)
{
    const auto id = row.value("id", std::string("a row without id"));
    std::string shape;
    for (const auto& [key, value] : row.items()) {
        if (!keys.contains(key)) {
            fail(id + ": unknown key " + key);
        }
        if (shapes.contains(key)) {
            if (!shape.empty()) {
                fail(id + ": two shapes in one row");
            }
            shape = key;
        }
    }
    if (shape.empty() || joined(row, shape).empty() || !ids.contains(id)) {
        fail(id + ": no shape, no pattern, or no text for the rule");
    }
    for (const auto& item : row.value("when", json::array())) {
        std::string problem;
        (void)parseCondition(item.get<std::string>(), problem);
        if (!problem.empty()) {
            fail(id + ": \"" + item.get<std::string>() + "\": " + problem);
        }
    }
    for (const auto& other : row.value("over", json::array())) {
        if (!ids.contains(other.get<std::string>())) {
            fail(id + ": stands over an unknown rule " + other.get<std::string>());
        }
    }
    const auto fix = row.value("fix", std::string());
    checkFix(fix, id);
    out << "    {" << quoted(id) << ", " << quoted(shape) << ", " << quoted(joined(row, shape)) << ", "
        << quoted(joined(row, "when")) << ",\n        " << quoted(wordOf(row, "severity", severities, id)) << ", "
        << quoted(wordOf(row, "confidence", confidences, id)) << ", " << quoted(fix) << ", "
        << quoted(joined(row, "over")) << ", " << (row.value("once", false) ? "true" : "false") << ", "
        << (row.value("mask", false) ? "true" : "false") << "},\n";
}

} // namespace

int main(int argc, char** argv)
try {
    if (argc < 4) {
        fail("usage: compile_code_rows OUT.inc TEXTS.json FILE.json...");
    }
    std::set<std::string> ids;
    std::ifstream texts(argv[2]);
    const auto textRows = json::parse(texts);
    for (const auto& rule : textRows.at("rules")) {
        ids.insert(rule.at("id").get<std::string>());
    }
    std::ostringstream out;
    for (int i = 3; i < argc; ++i) {
        std::ifstream stream(argv[i]);
        const auto document = json::parse(stream);
        for (const auto& row : document.at("rows")) {
            writeRow(out, row, ids);
        }
    }
    std::ofstream target(argv[1]);
    target << "// Generated by compile_code_rows from resources/rules/code; do not edit.\n" << out.str();
    return target.good() ? 0 : 1;
} catch (const std::exception& problem) {
    std::cerr << "compile_code_rows: " << problem.what() << '\n';
    return 1;
}
