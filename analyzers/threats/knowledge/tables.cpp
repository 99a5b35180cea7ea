// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/knowledge/tables.h"

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

std::vector<std::string_view> split(std::string_view text, char sign)
{
    std::vector<std::string_view> out;
    while (true) {
        const auto end = text.find(sign);
        out.push_back(text.substr(0, end));
        if (end == std::string_view::npos) {
            return out;
        }
        text.remove_prefix(end + 1);
    }
}

std::vector<std::string> listOf(std::string_view text)
{
    std::vector<std::string> out;
    for (const auto word : split(text, ',')) {
        if (!word.empty()) {
            out.emplace_back(word);
        }
    }
    return out;
}

// A row by the names of its columns.
class Row {
public:
    Row(const std::vector<std::string_view>& names, std::vector<std::string_view> cells)
        : m_names(names)
        , m_cells(std::move(cells))
    {
    }
    [[nodiscard]] std::string_view operator[](std::string_view name) const
    {
        const auto at = std::find(m_names.begin(), m_names.end(), name) - m_names.begin();
        return static_cast<std::size_t>(at) < m_cells.size() ? m_cells[static_cast<std::size_t>(at)]
                                                             : std::string_view{};
    }

private:
    const std::vector<std::string_view>& m_names;
    std::vector<std::string_view> m_cells;
};

// Calls `take` with each row and the number of its line; false from it ends.
void eachRow(std::string_view text, const std::function<bool(const Row&, std::size_t line)>& take)
{
    std::vector<std::string_view> names;
    std::size_t number = 0;
    for (auto line : split(text, '\n')) {
        ++number;
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        if (line.empty() || line.starts_with('#')) {
            continue;
        }
        if (names.empty()) {
            names = split(line, '\t');
        } else if (!take(Row(names, split(line, '\t')), number)) {
            return;
        }
    }
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

Result<std::vector<ThreatRule>> parseRules(std::string_view text)
{
    std::vector<ThreatRule> out;
    std::optional<Error> error;
    eachRow(text, [&](const Row& row, std::size_t line) {
        ThreatRule rule;
        rule.id = row["id"];
        rule.kind = row["kind"];
        rule.title = row["title"];
        auto condition = Expression::parse(row["condition"]);
        if (rule.id.empty() || rule.kind.empty() || rule.title.empty() || !scopeOf(row["scope"], rule.scope)) {
            error = Error{ErrorCode::Malformed, line, "a rule needs id, kind, title and a scope"};
        } else if (!condition) {
            error = Error{ErrorCode::Malformed, line,
                "the condition of " + rule.id + ": " + condition.error().detail + ", at its byte "
                    + std::to_string(condition.error().offset)};
        }
        if (error) {
            return false;
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
        out.push_back(std::move(rule));
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
    eachRow(text, [this](const Row& row, std::size_t) {
        const std::string type(row["type"]);
        for (std::string& by : listOf(row["by"])) {
            if (row["role"] == "confirm") {
                m_scanned.insert(type);
                constexpr std::string_view mark = "@output";
                const bool outputOnly = by.ends_with(mark);
                by.resize(by.size() - (outputOnly ? mark.size() : 0));
                m_shows.push_back({std::move(by), outputOnly, type});
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
        eachRow(embedded("packages"), [&out](const Row& row, std::size_t) {
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
            eachRow(table.text, [&out](const Row& row, std::size_t) {
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
        eachRow(embedded("questions"), [&out](const Row& row, std::size_t) {
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
        eachRow(embedded("controls"), [&out](const Row& row, std::size_t) {
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
    eachRow(embedded(table), [&](const Row& row, std::size_t) {
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

std::map<std::string, std::vector<std::string>> controlsByItem(std::string_view table)
{
    std::map<std::string, std::vector<std::string>> out;
    eachRow(embedded(table), [&out](const Row& row, std::size_t) {
        if (!row["controls"].empty()) {
            out.emplace(row["id"], listOf(row["controls"]));
        }
        return true;
    });
    return out;
}

} // namespace cupel::threats
