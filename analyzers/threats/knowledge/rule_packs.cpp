// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/knowledge/rule_packs.h"

#include "analyzers/threats/knowledge/table_rows.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace cupel::threats {

namespace {

constexpr std::size_t mostBytes = 1 << 20; // of a pack
constexpr std::size_t mostRules = 300; // of all packs together: each is asked of every part
constexpr std::size_t mostTroubles = 100; // that are told of one pack
constexpr std::size_t longestId = 80;
constexpr std::size_t longestCondition = 2'000;
constexpr std::size_t longestText = 4'000;

constexpr std::array<std::string_view, 14> columns{"id", "kind", "scope", "condition", "title", "happens", "fix",
    "stride", "linddun", "likelihood", "impact", "references", "controls", "confirm"};

bool isStep(std::string_view text)
{
    return text.empty() || (text.size() == 1 && text[0] >= '1' && text[0] <= '5');
}

bool isId(std::string_view id)
{
    constexpr std::string_view signs = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";
    return !id.empty() && id.size() <= longestId && id.find_first_not_of(signs) == std::string_view::npos;
}

bool holdsControl(std::string_view text)
{
    return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

// Why its columns are no table of rules; empty: they are.
std::string columnTrouble(const std::vector<std::string_view>& names)
{
    for (const std::string_view needed : {"id", "kind", "scope", "condition", "title"}) {
        if (std::find(names.begin(), names.end(), needed) == names.end()) {
            return "the first line names no column \"" + std::string(needed) + "\"";
        }
    }
    for (const auto name : names) {
        if (name != "refute" && std::find(columns.begin(), columns.end(), name) == columns.end()) {
            return "the first line names a column that rules do not have";
        }
    }
    return {};
}

std::string rowTrouble(const TableRow& row)
{
    if (row.cells().size() > row.names().size()) {
        return "there are more cells than columns";
    }
    for (const auto cell : row.cells()) {
        if (cell.size() > longestText || holdsControl(cell)) {
            return cell.size() > longestText ? "a cell is too long" : "a cell holds a sign that nobody can read";
        }
    }
    if (!isId(row["id"])) {
        return "an id is letters, digits, hyphens, dots and underscores, at most 80";
    }
    if (row["condition"].size() > longestCondition) {
        return "the condition is too long";
    }
    const auto& kinds = ruleKinds();
    if (std::find(kinds.begin(), kinds.end(), row["kind"]) == kinds.end()) {
        return "no element is of that kind";
    }
    for (const char* step : {"likelihood", "impact"}) {
        if (!isStep(row[step])) {
            return std::string(step) + " is a number from 1 to 5";
        }
    }
    for (const auto& type : listOf(row["confirm"])) {
        if (!builtInEvidence().isScanned(type)) {
            return "no finding is of a type that confirm names";
        }
    }
    return {};
}

std::string flat(std::string text)
{
    std::replace_if(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
    return text;
}

} // namespace

const std::vector<std::string>& ruleKinds()
{
    static const std::vector<std::string> kinds = [] {
        std::set<std::string> all{"actor", "person", "process", "store"};
        for (const auto& rule : builtInRules()) {
            all.insert(rule.kind);
        }
        return std::vector<std::string>(all.begin(), all.end());
    }();
    return kinds;
}

std::string toString(const PackTrouble& trouble)
{
    return trouble.pack + (trouble.line > 0 ? ':' + std::to_string(trouble.line) : std::string()) + ": " + trouble.what;
}

RuleSet builtInSet()
{
    RuleSet out;
    out.rules = builtInRules();
    return out;
}

std::size_t addPack(RuleSet& set, const std::string& pack, std::string_view text)
{
    const std::size_t before = set.rules.size();
    if (text.size() > mostBytes) {
        set.troubles.push_back({pack, 0, "it is too large to be a table of rules"});
        return 0;
    }
    std::set<std::string_view> taken;
    for (const auto& rule : builtInRules()) {
        taken.insert(rule.id);
    }
    std::size_t told = 0;
    bool any = false;
    const auto tell = [&](std::size_t line, std::string what) {
        set.troubles.push_back({pack, line, std::move(what)});
        return ++told < mostTroubles;
    };
    eachTableRow(text, [&](const TableRow& row, std::size_t line) {
        if (!std::exchange(any, true)) {
            if (std::string trouble = columnTrouble(row.names()); !trouble.empty()) {
                tell(1, std::move(trouble));
                return false;
            }
        }
        if (std::string trouble = rowTrouble(row); !trouble.empty()) {
            return tell(line, std::move(trouble));
        }
        if (taken.contains(row["id"]) || set.packOf.contains(std::string(row["id"]))) {
            return tell(line, "another rule has this id");
        }
        auto rule = ruleOf(row, line);
        if (!rule) {
            return tell(line, rule.error().detail);
        }
        if (set.packOf.size() >= mostRules) {
            tell(line, "there are more than 300 rules in all packs together");
            return false;
        }
        set.packOf.emplace(rule.value().id, pack);
        set.rules.push_back(std::move(rule).value());
        return true;
    });
    if (!any && told == 0) {
        set.troubles.push_back({pack, 0, "there is no rule in it"});
    }
    return set.rules.size() - before;
}

std::string_view packHead()
{
    return "# Own threat rules, one a line. Conditions are in the language of the built-in ones.\n"
           "id\tkind\tscope\tcondition\ttitle\thappens\tfix\tlikelihood\timpact\n";
}

std::string packLine(const RuleDraft& draft)
{
    const auto table = withRule({}, draft);
    return table.substr(packHead().size());
}

std::string withRule(std::string_view table, const RuleDraft& draft)
{
    std::string out(table);
    out += out.empty() || out.ends_with('\n') ? "" : "\n";
    std::vector<std::string_view> names;
    for (auto line : splitAt(table, '\n')) {
        line.remove_suffix(line.ends_with('\r') ? 1 : 0);
        if (names.empty() && !line.empty() && !line.starts_with('#')) {
            names = splitAt(line, '\t');
        }
    }
    if (names.empty()) {
        out += packHead();
        names = {"id", "kind", "scope", "condition", "title", "happens", "fix", "likelihood", "impact"};
    }
    const std::map<std::string_view, std::string> cells{{"id", draft.id}, {"kind", draft.kind}, {"scope", draft.scope},
        {"condition", draft.condition}, {"title", draft.title}, {"happens", draft.happens}, {"fix", draft.fix},
        {"likelihood", std::to_string(std::clamp(draft.likelihood, 1, 5))},
        {"impact", std::to_string(std::clamp(draft.impact, 1, 5))}};
    for (std::size_t i = 0; i < names.size(); ++i) {
        const auto cell = cells.find(names[i]);
        out += (i > 0 ? "\t" : "") + (cell == cells.end() ? std::string() : flat(cell->second));
    }
    return out + '\n';
}

Result<ThreatRule> ruleOf(const RuleDraft& draft)
{
    RuleSet set;
    addPack(set, "the rule", std::string(packHead()) + packLine(draft));
    if (set.rules.empty()) {
        return Error{ErrorCode::Malformed, 0, set.troubles.empty() ? "it is no rule" : set.troubles.front().what};
    }
    return std::move(set.rules.front());
}

std::string freshId(const RuleSet& set, std::string_view title)
{
    std::string base = "own";
    bool gap = true;
    for (const char c : title.substr(0, 60)) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (letter) {
            base += std::exchange(gap, false) ? "-" : "";
            base += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        } else {
            gap = true;
        }
    }
    std::string out = base;
    const auto isTaken = [&set](const std::string& id) {
        return std::any_of(set.rules.begin(), set.rules.end(), [&id](const ThreatRule& rule) { return rule.id == id; });
    };
    for (int i = 2; isTaken(out) && i < 1'000; ++i) {
        out = base + '-' + std::to_string(i);
    }
    return out;
}

} // namespace cupel::threats
