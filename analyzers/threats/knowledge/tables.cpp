// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/knowledge/tables.h"

#include "analyzers/threats/knowledge/table_rows.h"

#include <algorithm>
#include <charconv>
#include <functional>
#include <iterator>
#include <unordered_map>

namespace cupel::threats {

namespace {

// Names of the embedded files beside their texts: tables[] of {name, text}.
struct Embedded {
    std::string_view name;
    std::string_view text;
};
#include "threat_tables.inc"

std::string_view embedded(std::string_view name)
{
    const auto found = std::find_if(
        std::begin(embeddedTables), std::end(embeddedTables), [name](const Embedded& one) { return one.name == name; });
    return found == std::end(embeddedTables) ? std::string_view{} : found->text;
}

int stepOf(std::string_view text)
{
    int value = 3;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return std::clamp(value, 1, 5);
}

bool scopeOf(std::string_view word, ThreatRule::Scope& out)
{
    static constexpr std::string_view words[] = {"element", "interaction", "flow", "model"};
    const auto found = std::find(std::begin(words), std::end(words), word);
    out = static_cast<ThreatRule::Scope>(found - std::begin(words));
    return found != std::end(words);
}

} // namespace

Result<ThreatRule> ruleOf(const TableRow& row, std::size_t line)
{
    ThreatRule rule;
    rule.id = row["id"];
    rule.kind = row["kind"];
    rule.title = row["title"];
    auto condition = Expression::parse(row["condition"]);
    if (rule.id.empty() || rule.kind.empty() || rule.title.empty() || !scopeOf(row["scope"], rule.scope)) {
        return Error{ErrorCode::Malformed, line, "a rule needs id, kind, title and a scope"};
    }
    if (!condition) {
        return Error{ErrorCode::Malformed, line,
            "the condition of " + rule.id + ": " + condition.error().detail + ", at its byte "
                + std::to_string(condition.error().offset)};
    }
    rule.condition = std::move(condition).value();
    rule.happens = row["happens"];
    rule.fix = row["fix"];
    rule.stride = row["stride"];
    rule.linddun = row["linddun"];
    rule.likelihood = stepOf(row["likelihood"]);
    rule.impact = stepOf(row["impact"]);
    rule.references = listOf(row["references"]);
    rule.controls = listOf(row["controls"]);
    rule.confirm = listOf(row["confirm"]);
    rule.refute = listOf(row["refute"]);
    return rule;
}

Result<std::vector<ThreatRule>> parseRules(std::string_view text)
{
    std::vector<ThreatRule> out;
    std::optional<Error> error;
    eachTableRow(text, [&](const TableRow& row, std::size_t line) {
        auto rule = ruleOf(row, line);
        if (!rule) {
            error = rule.error();
            return false;
        }
        out.push_back(std::move(rule).value());
        return true;
    });
    return error ? Result<std::vector<ThreatRule>>(*error) : Result<std::vector<ThreatRule>>(std::move(out));
}

const std::vector<ThreatRule>& builtInRules()
{
    // A test reads every rule: what is built in parses.
    static const std::vector<ThreatRule> rules = [] {
        auto parsed = parseRules(embedded("rules"));
        return parsed ? std::move(parsed).value() : std::vector<ThreatRule>();
    }();
    return rules;
}

EvidenceTable::EvidenceTable(std::string_view text)
{
    eachTableRow(text, [this](const TableRow& row, std::size_t) {
        const std::string type(row["type"]);
        for (std::string& by : listOf(row["by"])) {
            if (row["role"] == "confirm") {
                m_scanned.insert(type);
                constexpr std::string_view mark = "@output";
                const bool outputOnly = by.ends_with(mark);
                by.resize(by.size() - (outputOnly ? mark.size() : 0));
                m_shows.push_back({std::move(by), outputOnly, type});
            } else if (const auto sign = by.find('='); sign != std::string::npos) {
                m_attributes[type].emplace_back(by.substr(0, sign), by.substr(sign + 1));
            } else {
                m_absent[type].push_back(std::move(by));
            }
        }
        return true;
    });
}

std::set<std::string> EvidenceTable::typesOf(std::string_view rule, bool inOutput) const
{
    std::set<std::string> out;
    for (const auto& [glob, outputOnly, type] : m_shows) {
        const bool fits =
            glob.ends_with('*') ? rule.starts_with(std::string_view(glob).substr(0, glob.size() - 1)) : rule == glob;
        if (fits && (inOutput || !outputOnly)) {
            out.insert(type);
        }
    }
    return out;
}

const std::vector<std::pair<std::string, std::string>>& EvidenceTable::shownBy(const std::string& type) const
{
    const auto found = m_attributes.find(type);
    return found == m_attributes.end() ? m_noAttribute : found->second;
}

const std::vector<std::string>& EvidenceTable::absentFor(const std::string& type) const
{
    const auto found = m_absent.find(type);
    return found == m_absent.end() ? m_none : found->second;
}

bool EvidenceTable::isScanned(const std::string& type) const
{
    return m_scanned.contains(type);
}

const EvidenceTable& builtInEvidence()
{
    static const EvidenceTable table(embedded("evidence"));
    return table;
}

const PackageRow* packageOf(std::string_view module)
{
    static const std::map<std::string_view, PackageRow> rows = [] {
        std::map<std::string_view, PackageRow> out;
        eachTableRow(embedded("packages"), [&out](const TableRow& row, std::size_t) {
            out.emplace(row["module"], PackageRow{row["module"], row["is"], row["service"]});
            return true;
        });
        return out;
    }();
    for (;;) {
        if (const auto found = rows.find(module); found != rows.end()) {
            return &found->second;
        }
        const auto dot = module.rfind('.');
        if (dot == std::string_view::npos) {
            return nullptr;
        }
        module = module.substr(0, dot);
    }
}

std::string_view titleOf(std::string_view id)
{
    static const std::unordered_map<std::string_view, std::string_view> titles = [] {
        std::unordered_map<std::string_view, std::string_view> out;
        for (const auto& table : embeddedTables) {
            if (table.name == "rules" || table.name == "evidence" || table.name == "packages") {
                continue;
            }
            eachTableRow(table.text, [&out](const TableRow& row, std::size_t) {
                for (const auto column : {"title", "name", "own_short_label"}) {
                    if (!row[column].empty()) {
                        out.emplace(row["id"], row[column]);
                    }
                }
                return true;
            });
        }
        return out;
    }();
    const auto sign = id.starts_with("ISO42001 ") ? id.substr(9) : id;
    const auto found = titles.find(sign);
    return found == titles.end() ? std::string_view{} : found->second;
}

const std::vector<ScopingQuestion>& scopingQuestions()
{
    static const std::vector<ScopingQuestion> questions = [] {
        std::vector<ScopingQuestion> out;
        eachTableRow(embedded("questions"), [&out](const TableRow& row, std::size_t) {
            out.push_back({std::string(row["id"]), std::string(row["question"]), listOf(row["kinds"]),
                std::string(row["attribute"]), std::string(row["yes"]), std::string(row["no"]),
                std::string(row["beside"])});
            return true;
        });
        return out;
    }();
    return questions;
}

ControlEffect effectOf(std::string_view control)
{
    static const std::unordered_map<std::string_view, ControlEffect> effects = [] {
        std::unordered_map<std::string_view, ControlEffect> out;
        eachTableRow(embedded("controls"), [&out](const TableRow& row, std::size_t) {
            ControlEffect effect{row["axis"] == "impact", 0};
            const auto text = row["percent"];
            std::from_chars(text.data(), text.data() + text.size(), effect.percent);
            out.emplace(row["id"], effect);
            return true;
        });
        return out;
    }();
    const auto found = effects.find(control);
    return found == effects.end() ? ControlEffect() : found->second;
}

std::vector<std::pair<std::string, std::string>> itemsOf(
    std::string_view table, std::string_view list, std::string_view version)
{
    std::vector<std::pair<std::string, std::string>> out;
    eachTableRow(embedded(table), [&](const TableRow& row, std::size_t) {
        const bool wanted = list.empty() || (row["list"] == list && row["version"] == version);
        for (const auto column : {"title", "name", "own_short_label"}) {
            if (wanted && !row[column].empty()) {
                out.emplace_back(row["id"], row[column]);
                break;
            }
        }
        return true;
    });
    return out;
}

std::map<std::string, ItemControls> controlsByItem(std::string_view table)
{
    std::map<std::string, ItemControls> out;
    eachTableRow(embedded(table), [&out](const TableRow& row, std::size_t) {
        if (!row["controls"].empty()) {
            out.emplace(row["id"], ItemControls{listOf(row["controls"]), std::string(row["basis"])});
        }
        return true;
    });
    return out;
}

} // namespace cupel::threats
