// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/secrets/compile/row_source.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>

#include <nlohmann/json.hpp>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

namespace cupel::rules::secrets {

using nlohmann::json;

void fail(const std::string& message)
{
    std::cerr << "compile_rows: " << message << '\n';
    std::exit(1);
}

namespace {

// What may stand right before a token: nothing that continues a word, but the end of an escape ("\n" in source code, a
// colour code of a terminal, %20) does not count as one.
constexpr const char* leftBoundary =
    R"((?:(?<![0-9A-Za-z])|(?<=\\[nrtbf"'])|(?<=[;\[][0-9]m)|(?<=[;\[][0-9][0-9]m)|(?<=%[0-9A-Fa-f][0-9A-Fa-f])))";
// What may stand between the word and the value of a context row: something like an operator on the same line, and the
// signs of emphasis in Markdown behind it; a tag with the value on the next line; or a cell of a table beside the one
// that holds the word.
std::string connector(unsigned gap, bool inPath)
{
    return "(?:[^\\n\\r]{0," + std::to_string(gap) + "}?(?<=[=:,(\"'`\\s>|\\[{" + (inPath ? "/" : "")
        + R"(])[*_]{0,3}|[^\n\r<>]{0,30}>\s{1,40}|)"
        + R"([^\n\r<>]{0,30}</t[hd]>\s{0,40}<t[hd][^\n\r<>]{0,60}>\s{0,20}))";
}

// What may not stand right behind a value. Underscores with no word behind them end an emphasis in Markdown, also where
// the value itself may hold some; "b62-" is for tokens of one length that hold none, which end before any underscore.
std::string rightBoundary(const std::string& alphabet, const std::string& where)
{
    static const std::map<std::string, std::string> table{{"b62", "(?![0-9A-Za-z])"}, {"b62-", "(?![0-9A-Za-z-])"},
        {"b62_-", "(?!_{0,8}[0-9A-Za-z-])"}, {"b64", "(?![0-9A-Za-z+/=])"}, {"none", ""}};
    const auto hit = table.find(alphabet);
    if (hit == table.end()) {
        fail(where + ": unknown alphabet " + alphabet);
    }
    return hit->second;
}

std::string escaped(const std::string& literal)
{
    std::string out;
    for (const char c : literal) {
        if (!std::isalnum(static_cast<unsigned char>(c))) {
            out += '\\';
        }
        out += c;
    }
    return out;
}

template <typename Enum>
Enum pick(
    const json& row, const char* key, const std::map<std::string, Enum>& names, Enum fallback, const std::string& where)
{
    const auto text = row.value(key, std::string());
    if (text.empty()) {
        return fallback;
    }
    const auto hit = names.find(text);
    if (hit == names.end()) {
        fail(where + ": wrong " + key + ": " + text);
    }
    return hit->second;
}

std::string joined(const json& row, const char* key)
{
    std::string out;
    for (const auto& item : row.value(key, std::vector<std::string>())) {
        out += (out.empty() ? "" : " ") + item;
    }
    return out;
}

void checkRegex(const std::string& regex, bool needsSecret, const std::string& where)
{
    int code = 0;
    PCRE2_SIZE offset = 0;
    auto* compiled =
        pcre2_compile(reinterpret_cast<PCRE2_SPTR>(regex.data()), regex.size(), 0, &code, &offset, nullptr);
    if (!compiled) {
        PCRE2_UCHAR text[200];
        pcre2_get_error_message(code, text, sizeof text);
        fail(where + ": " + reinterpret_cast<const char*>(text) + " at " + std::to_string(offset) + " of " + regex);
    }
    if (needsSecret && pcre2_substring_number_from_name(compiled, reinterpret_cast<PCRE2_SPTR>("secret")) < 0) {
        fail(where + ": no group named secret");
    }
    pcre2_code_free(compiled);
}

void readShape(const json& row, RowSource& out, const std::string& where)
{
    const auto alphabet = row.value("alphabet", std::string("b62"));
    const bool hasToken = row.contains("token");
    if (row.contains("words") && hasToken) {
        out.shape = Shape::Context;
        out.literals = row.at("words").get<std::vector<std::string>>();
        out.anyCase = true;
        std::string words;
        auto sorted = out.literals;
        std::sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.size() > b.size(); });
        for (const auto& word : sorted) {
            words += (words.empty() ? "" : "|") + escaped(word);
        }
        out.regex = "(?i:" + words + ")" + connector(row.value("gap", 40U), row.value("in_path", false)) + "(?P<secret>"
            + row.at("token").get<std::string>() + ")" + rightBoundary(alphabet, where);
    } else if (row.contains("anchors") && hasToken) {
        out.shape = Shape::Token;
        out.literals = row.at("anchors").get<std::vector<std::string>>();
        out.regex =
            leftBoundary + ("(?P<secret>" + row.at("token").get<std::string>()) + ")" + rightBoundary(alphabet, where);
    } else if (row.contains("anchors") && row.contains("pattern")) {
        out.shape = Shape::Pattern;
        out.literals = row.at("anchors").get<std::vector<std::string>>();
        out.regex = row.at("pattern").get<std::string>();
        out.window = 512;
    } else {
        fail(where + ": neither a token, a context nor a pattern row");
    }
    out.anyCase = out.anyCase || row.value("anchors_nocase", false);
    for (auto& literal : out.literals) {
        if (literal.size() < 2) {
            fail(where + ": literal too short: " + literal);
        }
        if (out.anyCase) {
            std::transform(literal.begin(), literal.end(), literal.begin(),
                [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        }
    }
    if (out.literals.empty()) {
        fail(where + ": no literal");
    }
}

RowSource readRow(const json& row, const std::string& file, const std::set<std::string>& checks)
{
    RowSource out;
    out.file = file;
    out.id = row.at("id").get<std::string>();
    const auto where = file + ": " + out.id;
    out.title = row.at("title").get<std::string>();
    out.provider = row.at("provider").get<std::string>();
    out.revoke = row.value("revoke", std::string());
    out.allow = row.value("allow", std::string());
    out.severity = pick<Severity>(row, "severity",
        {{"info", Severity::Info}, {"low", Severity::Low}, {"medium", Severity::Medium}, {"high", Severity::High},
            {"critical", Severity::Critical}},
        Severity::High, where);
    out.confidence = pick<Confidence>(row, "confidence",
        {{"possible", Confidence::Possible}, {"likely", Confidence::Likely}, {"certain", Confidence::Certain}},
        Confidence::Likely, where);
    out.mode = pick<Mode>(
        row, "mode", {{"test", Mode::Test}, {"public", Mode::Public}, {"cursor", Mode::Cursor}}, Mode::Live, where);
    readShape(row, out, where);
    out.before = row.value("before", 0U);
    out.window = row.value("window", out.window);
    out.entropy = row.value("entropy", 0.0F);
    out.digits = row.value("digits", false);
    out.generic = out.id.starts_with("assigned-") || out.id.starts_with("generic-") || row.value("generic", false);
    out.prose = row.value("prose", false);
    out.shellWord = row.value("shell", false);
    // Keyword assignments give way to everything; a provider's word beside a value to a shape that names itself.
    out.rank = row.value("rank", out.generic ? 0U : out.shape == Shape::Context ? 2U : 3U);
    out.checks = joined(row, "checks");
    out.urls = joined(row, "refs");
    for (const auto& name : row.value("checks", std::vector<std::string>())) {
        if (!checks.contains(name)) {
            fail(where + ": unknown truth check " + name);
        }
    }
    checkRegex(out.regex, true, where);
    if (!out.allow.empty()) {
        checkRegex(out.allow, false, where);
    }
    return out;
}

} // namespace

std::set<std::string> readCheckNames(const std::string& path)
{
    // Lines of the form CUPEL_TRUTH_CHECK(identifier, "name")
    std::set<std::string> names;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        const auto from = line.find('"');
        const auto to = line.rfind('"');
        if (line.starts_with("CUPEL_TRUTH_CHECK(") && from != std::string::npos && to > from) {
            names.insert(line.substr(from + 1, to - from - 1));
        }
    }
    return names;
}

std::vector<RowSource> readRows(const std::vector<std::string>& files, const std::set<std::string>& checks)
{
    std::vector<RowSource> rows;
    std::set<std::string> ids;
    for (const auto& path : files) {
        std::ifstream stream(path);
        const auto document = json::parse(stream, nullptr, false);
        if (document.is_discarded() || !document.contains("rows")) {
            fail(path + ": not valid");
        }
        for (const auto& row : document.at("rows")) {
            rows.push_back(readRow(row, path, checks));
            if (!ids.insert(rows.back().id).second) {
                fail(path + ": id used twice: " + rows.back().id);
            }
        }
    }
    std::sort(rows.begin(), rows.end(), [](const RowSource& a, const RowSource& b) { return a.id < b.id; });
    return rows;
}

} // namespace cupel::rules::secrets
