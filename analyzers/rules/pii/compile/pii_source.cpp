// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/pii/compile/pii_source.h"

#include "analyzers/rules/pii/shape.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>

#include <nlohmann/json.hpp>

namespace cupel::rules::pii {

using nlohmann::json;

void fail(const std::string& message)
{
    std::cerr << "compile_pii: " << message << '\n';
    std::exit(1);
}

namespace {

using Names = std::map<std::string, std::string>;

std::string pick(const json& row, const char* key, const Names& names, const char* fallback, const std::string& where)
{
    const auto text = row.value(key, std::string(fallback));
    const auto hit = names.find(text);
    if (hit == names.end()) {
        fail(where + ": wrong " + key + ": " + text);
    }
    return hit->second;
}

std::string joined(const std::vector<std::string>& items, char separator)
{
    std::string out;
    for (const auto& item : items) {
        out += (out.empty() ? "" : std::string(1, separator)) + item;
    }
    return out;
}

// The other case of the letters that context words are written in; they are sought in any case of ASCII alone.
std::string firstUpper(const std::string& word, bool all)
{
    std::string out;
    for (std::size_t i = 0; i < word.size(); ++i) {
        const auto lead = static_cast<unsigned char>(word[i]);
        if (lead < 0xC3 || lead > 0xD1 || i + 1 >= word.size() || (!all && i > 0)) {
            out += word[i];
            continue;
        }
        auto point = (lead & 0x1FU) << 6 | (static_cast<unsigned char>(word[++i]) & 0x3FU);
        if ((point >= 0xE0 && point <= 0xFE) || (point >= 0x3B1 && point <= 0x3C9)
            || (point >= 0x430 && point <= 0x44F)) {
            point -= 0x20;
        } else if (point >= 0x450 && point <= 0x45F) {
            point -= 0x50;
        } else if (point >= 0x100 && point <= 0x137) {
            point &= ~1U;
        }
        out += static_cast<char>(0xC0 | point >> 6);
        out += static_cast<char>(0x80 | (point & 0x3F));
    }
    return out;
}

// "tax id" is also written tax_id, tax-id and taxId.
std::vector<std::string> spellings(const std::string& word)
{
    std::vector<std::string> out;
    for (const std::string separator : {" ", "_", "-", ""}) {
        std::string spelling;
        for (const char c : word) {
            spelling += c == ' ' ? separator : std::string(1, c);
        }
        out.push_back(spelling);
        out.push_back(firstUpper(spelling, false));
        out.push_back(firstUpper(spelling, true));
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

void checkKeys(const json& row, const std::string& where)
{
    static const std::set<std::string> known{"id", "title", "country", "shapes", "check", "loose", "words", "headers",
        "exclude", "cells", "need", "severity", "confidence", "kind", "rank", "exact_case"};
    for (const auto& [key, value] : row.items()) {
        if (!known.contains(key)) {
            fail(where + ": unknown key " + key);
        }
    }
}

void readWords(const json& row, RowSource& out, const std::string& where)
{
    auto headers = row.value("headers", std::vector<std::string>());
    for (const auto& word : row.value("words", std::vector<std::string>())) {
        for (auto& spelling : spellings(word)) {
            if (spelling.size() < 3) {
                fail(where + ": a word of two letters stands everywhere: " + word);
            }
            out.words.push_back(std::move(spelling));
        }
        headers.push_back(word);
    }
    for (const auto& word : out.words) {
        const auto lead = static_cast<unsigned char>(word.front());
        if (lead < 0xC0 && ((lead | 0x20) < 'a' || (lead | 0x20) > 'z')) {
            fail(where + ": a word begins with a letter: " + word);
        }
    }
    for (const auto& word : headers) {
        if (std::any_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; })) {
            fail(where + ": words are written in lower case: " + word);
        }
    }
    out.headers = joined(headers, '\n');
}

RowSource readRow(const json& row, const std::string& file, const std::set<std::string>& validators)
{
    static const Names severities{
        {"info", "Info"}, {"low", "Low"}, {"medium", "Medium"}, {"high", "High"}, {"critical", "Critical"}};
    static const Names confidences{{"possible", "Possible"}, {"likely", "Likely"}, {"certain", "Certain"}};
    static const Names needs{{"itself", "Itself"}, {"check", "Check"}, {"context", "Context"}};
    static const Names kinds{{"direct", "Direct"}, {"quasi", "Quasi"}, {"special", "Special"},
        {"organisation", "Organisation"}, {"technical", "Technical"}};
    static const Names cells{{"", ""}, {"own", "own"}, {"word", "word"}, {"name", "name"}, {"handle", "handle"},
        {"address", "address"}, {"code", "code"}, {"age", "age"}, {"year", "year"}, {"short", "short"},
        {"money", "money"}, {"number", "number"}, {"any", "any"}, {"prose", "prose"}, {"date", "date"}};
    RowSource out;
    out.id = row.at("id").get<std::string>();
    const auto where = file + ": " + out.id;
    checkKeys(row, where);
    out.title = row.at("title").get<std::string>();
    out.country = row.value("country", std::string());
    const auto shapes = row.value("shapes", std::vector<std::string>());
    for (const auto& shape : shapes) {
        if (readShape(shape).empty()) {
            fail(where + ": wrong shape " + shape);
        }
    }
    out.shapes = joined(shapes, '\n');
    const auto checks = row.value("check", std::vector<std::string>());
    out.checks = joined(checks, ' ');
    out.loose = row.value("loose", std::string());
    for (const auto& name : checks) {
        if (!validators.contains(name)) {
            fail(where + ": unknown validator " + name);
        }
    }
    if (!out.loose.empty() && !validators.contains(out.loose)) {
        fail(where + ": unknown validator " + out.loose);
    }
    readWords(row, out, where);
    out.exclude = joined(row.value("exclude", std::vector<std::string>()), ' ');
    out.cells = pick(row, "cells", cells, "", where);
    out.severity = pick(row, "severity", severities, "high", where);
    out.confidence = pick(row, "confidence", confidences, "likely", where);
    out.need = pick(row, "need", needs, "context", where);
    out.kind = pick(row, "kind", kinds, "direct", where);
    out.exactCase = row.value("exact_case", false);
    out.rank = row.value("rank", 30U);
    if (out.rank > 100) {
        fail(where + ": the rank is at most 100");
    }
    if (shapes.empty() ? out.cells.empty() : out.need == "Context" && out.words.empty()) {
        fail(where + ": nothing could ever be of this class");
    }
    return out;
}

DataSetSource readDataSet(const json& set, const std::string& file)
{
    DataSetSource out;
    out.name = set.at("name").get<std::string>();
    const auto columns = set.at("columns").get<std::vector<std::string>>();
    out.columns = joined(columns, '\n');
    out.enough = set.value("enough", static_cast<unsigned>(columns.size()));
    if (columns.size() < 2 || out.enough < 2 || out.enough > columns.size()) {
        fail(file + ": " + out.name + ": two columns at least");
    }
    return out;
}

} // namespace

std::set<std::string> readValidatorNames(const std::string& path)
{
    // Lines of the form CUPEL_PII_CHECK(function, "name", Proof)
    std::set<std::string> names;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        const auto from = line.find('"');
        const auto to = line.rfind('"');
        if (line.starts_with("CUPEL_PII_CHECK(") && from != std::string::npos && to > from) {
            names.insert(line.substr(from + 1, to - from - 1));
        }
    }
    return names;
}

Source readSource(const std::vector<std::string>& files, const std::set<std::string>& validators)
{
    Source out;
    std::set<std::string> ids;
    for (const auto& path : files) {
        std::ifstream stream(path);
        const auto document = json::parse(stream, nullptr, false);
        if (document.is_discarded() || (!document.contains("rows") && !document.contains("data_sets"))) {
            fail(path + ": not valid");
        }
        for (const auto& row : document.value("rows", json::array())) {
            out.rows.push_back(readRow(row, path, validators));
            if (!ids.insert(out.rows.back().id).second) {
                fail(path + ": id used twice: " + out.rows.back().id);
            }
        }
        for (const auto& set : document.value("data_sets", json::array())) {
            out.dataSets.push_back(readDataSet(set, path));
        }
    }
    std::sort(out.rows.begin(), out.rows.end(), [](const RowSource& a, const RowSource& b) { return a.id < b.id; });
    for (std::size_t i = 0; i < out.rows.size(); ++i) {
        for (const auto& word : out.rows[i].words) {
            out.words[word].insert(i);
        }
    }
    return out;
}

} // namespace cupel::rules::pii
