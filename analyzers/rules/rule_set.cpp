// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/rule_set.h"

#include "analyzers/formats/code_cells.h"
#include "analyzers/formats/region_texts.h"

#include <algorithm>
#include <array>
#include <map>
#include <mutex>
#include <set>
#include <shared_mutex>
#include <utility>

namespace cupel::rules {

#define CUPEL_RULES(id)                                                                                                \
    namespace id {                                                                                                     \
    void describe(RuleList& list);                                                                                     \
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

RuleList described(RuleList list)
{
    for (const auto& group : table) {
        group.describe(list);
    }
    return list;
}

struct FoundRules {
    std::shared_mutex mutex;
    std::map<std::string, std::unique_ptr<const RuleInfo>, std::less<>> rules;
};

} // namespace

formats::CodeCells& RuleInput::code() const
{
    if (!codeCells) {
        codeCells = std::make_shared<formats::CodeCells>(artifact, facts, budget);
    }
    return *codeCells;
}

formats::RegionTexts& RuleInput::texts() const
{
    if (!regionTexts) {
        regionTexts = std::make_shared<formats::RegionTexts>(facts.text(artifact), facts.regions);
    }
    return *regionTexts;
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
            auto own = RuleList::all();
            one.describe(own);
            for (const auto& rule : own.rules()) {
                list[one.name].insert(toString(rule.family));
            }
        }
        return list;
    }();
    const auto& mine = known.at(group.name);
    // The rules of flows ask what those of code found.
    const bool asked = group.name == "code" && std::find(families.begin(), families.end(), "lineage") != families.end();
    return asked
        || std::any_of(families.begin(), families.end(), [&mine](const auto& family) { return mine.contains(family); });
}

const std::vector<RuleInfo>& catalogue()
{
    static const std::vector<RuleInfo> rules = [] {
        auto list = described(RuleList::all());
        std::sort(
            list.rules().begin(), list.rules().end(), [](const RuleInfo& a, const RuleInfo& b) { return a.id < b.id; });
        return std::move(list.rules());
    }();
    return rules;
}

const RuleInfo* findRule(std::string_view id)
{
    static FoundRules* const found = new FoundRules; // never destroyed: threads may outlive the statics
    {
        const std::shared_lock lock(found->mutex);
        if (const auto known = found->rules.find(id); known != found->rules.end()) {
            return known->second.get();
        }
    }
    auto list = described(RuleList::one(id));
    if (list.rules().empty() || id.empty()) {
        return nullptr;
    }
    const std::unique_lock lock(found->mutex);
    auto& place = found->rules[std::string(id)];
    if (!place) {
        place = std::make_unique<const RuleInfo>(std::move(list.rules().front()));
    }
    return place.get();
}

std::size_t catalogueSize()
{
    static const auto size = described(RuleList::number()).count();
    return size;
}

std::string_view catalogueVersion()
{
    return "2026.11";
}

} // namespace cupel::rules
