// SPDX-License-Identifier: GPL-3.0-or-later
// All rules: rule groups from rules.def, each a description list plus one pure function over facts.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/model/analysis.h"
#include "analyzers/model/declared.h"
#include "analyzers/rules/rule_list.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::formats {
class CodeCells;
class RegionTexts;
} // namespace cupel::formats
namespace cupel::lineage {
struct FlowHint;
struct FlowPiece;
} // namespace cupel::lineage

namespace cupel::rules {

class FindingSink;

// Hint: whether it may have to do with others, and what if that is known anyway. Piece: what, with the places.
enum class FlowWish : std::uint8_t { Nothing, Hint, Piece };

struct RuleInput {
    const Artifact& artifact;
    const Facts& facts;
    Budget& budget;
    // The code cells, decoded when first asked for and shared by all groups.
    [[nodiscard]] formats::CodeCells& code() const;
    mutable std::shared_ptr<formats::CodeCells> codeCells = nullptr;
    // The texts of all regions, likewise.
    [[nodiscard]] formats::RegionTexts& texts() const;
    mutable std::shared_ptr<formats::RegionTexts> regionTexts = nullptr;
    std::shared_ptr<const Declared> declared = nullptr; // by files beside the artifact; null: nothing is
    // What other files of the scan want to know of this one is left here, its places in the sink.
    FlowWish flowWish = FlowWish::Nothing;
    mutable std::shared_ptr<lineage::FlowHint> flowHint = nullptr;
    mutable std::shared_ptr<lineage::FlowPiece> flow = nullptr;
};

// A family of rules that share one pass over the facts (all secrets are one pass).
struct RuleGroup {
    std::string_view name;
    void (*describe)(RuleList& list);
    void (*check)(const RuleInput& input, FindingSink& sink);
    // Null: quick. Else whether these rules may hide something in this artifact that no other group hides.
    bool (*mayMask)(const RuleInput& input) = nullptr;
    [[nodiscard]] bool slow() const { return mayMask != nullptr; }
};

[[nodiscard]] std::span<const RuleGroup> groups();
// Whether a group has a rule of one of these families (names as in JSON); all have one when the list is empty.
[[nodiscard]] bool hasFamily(const RuleGroup& group, const std::vector<std::string>& families);
// Every rule, ordered by id. Built once, on first use.
[[nodiscard]] const std::vector<RuleInfo>& catalogue();
[[nodiscard]] std::size_t catalogueSize(); // without building it
// Null: unknown. Builds no other rule than this one. What is given back stays for the whole process; any thread.
[[nodiscard]] const RuleInfo* findRule(std::string_view id);
[[nodiscard]] std::string_view catalogueVersion(); // date-like version of the rule data

} // namespace cupel::rules
