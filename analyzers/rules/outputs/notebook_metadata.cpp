// SPDX-License-Identifier: GPL-3.0-or-later
// What programs leave in a notebook's own metadata about people, tools and places.
#include "analyzers/rules/outputs/json_part.h"
#include "analyzers/rules/outputs/metadata.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace cupel::rules::outputs {

namespace {

struct Row {
    std::string_view key;
    std::string_view rule;
    std::string_view what;
};

// Keys whose presence with any content is the finding.
constexpr std::array<Row, 8> rows{{
    {"varInspector", "CUP-OUT-META-TOOLS", "variable inspector"},
    {"toc_position", "CUP-OUT-META-TOOLS", "table of contents"},
    {"application/vnd.databricks.v1+notebook", "CUP-OUT-META-TOOLS", "Databricks notebook"},
    {"interpreter", "CUP-OUT-META-TOOLS", "interpreter hash"},
    {"microsoft", "CUP-OUT-META-TOOLS", "Azure session"},
    {"notebookId", "CUP-OUT-META-TOOLS", "notebook id"},
    {"vscode", "CUP-OUT-META-TOOLS", "interpreter hash"},
    {"createdOn", "CUP-OUT-META-TOOLS", "creation time"},
}};

void say(
    std::string_view rule, Severity severity, const Region& region, std::size_t index, std::string what, Findings& out)
{
    Seen seen;
    seen.rule = rule;
    seen.severity = severity;
    seen.confidence = Confidence::Certain;
    seen.bytes = region.bytes;
    seen.region = static_cast<std::int32_t>(index);
    seen.what = std::move(what);
    seen.fix = "remove-metadata";
    out.add(std::move(seen));
}

bool isTellingName(std::string name)
{
    static constexpr std::array<std::string_view, 8> words{
        "passw", "passphrase", "pwd", "secret", "credential", "contrase", "senha", "kennwort"};
    std::transform(name.begin(), name.end(), name.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return name.ends_with("token") || name.ends_with("key") || name.ends_with("auth")
        || std::any_of(words.begin(), words.end(), [&](auto word) { return name.find(word) != std::string::npos; });
}

// What a run was given under the name of a password is nobody's to read, however short or weak it is.
void hideTellingValues(const JsonPart& json, std::uint32_t parameters, ByteView text, Findings& out)
{
    std::vector<std::uint32_t> open{parameters};
    while (!open.empty()) {
        const auto node = open.back();
        open.pop_back();
        json.eachChild(node, [&](std::uint32_t child) {
            const auto& one = json.outline().nodes()[child];
            const auto value = slice(text, one.value);
            const bool inside = value.starts_with('{') || value.starts_with('[');
            if (inside) {
                open.push_back(child);
            } else if (value.size() > 2 && value.starts_with('"') && isTellingName(decodeJsonKey(text, one.key))) {
                out.hide({one.value.start + 1, one.value.end - 1});
            }
        });
    }
}

} // namespace

void scanNotebookMetadata(const RuleInput& input, std::size_t index, Findings& out)
{
    const auto& region = input.facts.regions[index];
    const auto text = input.facts.text(input.artifact);
    const auto& name = region.name;
    for (const auto& row : rows) {
        if (name == row.key) {
            say(row.rule, Severity::Info, region, index, std::string(row.what), out);
        }
    }
    if (name == "authors" || name == "author" || name == "creators" || name == "msauthor") {
        const JsonPart json(text, region.bytes, input.budget);
        // Something else than a list or a record (or, of one author, a text) names nobody: it is a flaw of form.
        const char first = json.empty() || json.raw(0).empty() ? ' ' : json.raw(0).front();
        const bool fits = first == '[' || first == '{' || (first == '"' && name != "authors" && name != "creators");
        if (fits && json.raw(0).size() > 4) {
            Seen seen;
            seen.rule = "CUP-OUT-META-AUTHORS";
            seen.severity = Severity::Low;
            seen.confidence = Confidence::Certain;
            seen.bytes = json.outline().nodes()[0].value;
            seen.region = static_cast<std::int32_t>(index);
            seen.what = "key " + name;
            seen.fix = "remove-metadata";
            seen.personal = true;
            seen.masked = "\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022";
            out.add(std::move(seen));
        }
    } else if (name == "colab") {
        const JsonPart json(text, region.bytes, input.budget);
        const auto provenance = json.empty() ? std::nullopt : json.member(0, "provenance");
        const bool origin = provenance && json.raw(*provenance).find("\"file_id\"") != std::string_view::npos;
        const bool author = !json.empty() && json.member(0, "authorship_tag").has_value();
        if (origin || author) {
            say("CUP-OUT-META-COLAB", Severity::Low, region, index, origin ? "Drive file id" : "authorship tag", out);
        }
    } else if (name == "papermill") {
        const JsonPart json(text, region.bytes, input.budget);
        const auto parameters = json.empty() ? std::nullopt : json.member(0, "parameters");
        if (parameters && json.raw(*parameters).size() > 2) {
            hideTellingValues(json, *parameters, text, out);
            say("CUP-OUT-META-PARAMETERS", Severity::Info, region, index, "papermill", out);
        }
    } else if (name == "trusted" && slice(text, region.bytes).ends_with("true")) {
        say("CUP-OUT-TRUSTED-FLAG", Severity::Medium, region, index, {}, out);
    }
}

} // namespace cupel::rules::outputs
