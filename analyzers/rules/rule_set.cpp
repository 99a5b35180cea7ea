// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/rule_set.h"

#include "analyzers/rules/code_cells.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace cupel::rules {

#define CUPEL_RULES(id)                                                                                                \
    namespace id {                                                                                                     \
    std::vector<RuleInfo> describe();                                                                                  \
    void check(const RuleInput& input, FindingSink& sink);                                                             \
    }
#define CUPEL_SLOW_RULES(id)                                                                                           \
    CUPEL_RULES(id)                                                                                                    \
    namespace id {                                                                                                     \
    bool mayMask(const RuleInput& input);                                                                              \
    }
#include "analyzers/rules/rules.def"
#undef CUPEL_SLOW_RULES
#undef CUPEL_RULES

namespace {

constexpr std::array table{
#define CUPEL_RULES(id) RuleGroup{#id, id::describe, id::check},
#define CUPEL_SLOW_RULES(id) RuleGroup{#id, id::describe, id::check, id::mayMask},
#include "analyzers/rules/rules.def"
#undef CUPEL_SLOW_RULES
#undef CUPEL_RULES
};

} // namespace

CodeCells& RuleInput::code() const
{
    if (!codeCells) {
        codeCells = std::make_shared<CodeCells>(artifact, facts, budget);
    }
    return *codeCells;
}

std::span<const RuleGroup> groups()
{
    return table;
}

bool hasFamily(const RuleGroup& group, const std::vector<std::string>& families)
{
    if (families.empty()) {
        return true;
    }
    static const auto known = [] {
        std::map<std::string_view, std::set<std::string_view>> list;
        for (const auto& one : table) {
            for (const auto& rule : one.describe()) {
                list[one.name].insert(toString(rule.family));
            }
        }
        return list;
    }();
    const auto& mine = known.at(group.name);
    return std::any_of(families.begin(), families.end(), [&mine](const auto& family) { return mine.contains(family); });
}

const std::vector<RuleInfo>& catalogue()
{
    static const std::vector<RuleInfo> rules = [] {
        std::vector<RuleInfo> list;
        for (const auto& group : table) {
            auto part = group.describe();
            std::move(part.begin(), part.end(), std::back_inserter(list));
        }
        std::sort(list.begin(), list.end(), [](const RuleInfo& a, const RuleInfo& b) { return a.id < b.id; });
        return list;
    }();
    return rules;
}

const RuleInfo* findRule(std::string_view id)
{
    const auto& list = catalogue();
    const auto hit = std::lower_bound(
        list.begin(), list.end(), id, [](const RuleInfo& rule, std::string_view wanted) { return rule.id < wanted; });
    return hit != list.end() && hit->id == id ? &*hit : nullptr;
}

std::string_view catalogueVersion()
{
    return "2026.11";
}

} // namespace cupel::rules
