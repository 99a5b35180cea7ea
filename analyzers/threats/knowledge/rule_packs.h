// SPDX-License-Identifier: GPL-3.0-or-later
// Rules that users add: tables in the form of the built-in one, read strictly, because whoever writes a rule wants to
// know why it is not asked. They may come from anybody: bounded, and unable to take the place of a built-in rule.
#pragma once

#include "analyzers/threats/knowledge/tables.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::threats {

struct PackTrouble {
    std::string pack; // as it was named
    std::size_t line = 0; // 0: the whole of it
    std::string what; // one plain English sentence without a full stop
};
[[nodiscard]] std::string toString(const PackTrouble& trouble); // "own.tsv:4: ..."

struct RuleSet {
    std::vector<ThreatRule> rules; // built-in ones first
    std::map<std::string, std::string> packOf; // by id, of those that users added
    std::vector<PackTrouble> troubles;
};
[[nodiscard]] RuleSet builtInSet();
// Adds what is sound; how many rules that were. Of the rest it is said where and why.
std::size_t addPack(RuleSet& set, const std::string& pack, std::string_view text);

// A rule as it is being written.
struct RuleDraft {
    std::string id;
    std::string kind;
    std::string scope = "element";
    std::string condition;
    std::string title;
    std::string happens;
    std::string fix;
    int likelihood = 3;
    int impact = 3;
};
// Its place in a table; tabs and line breaks become blanks.
[[nodiscard]] std::string packLine(const RuleDraft& draft);
[[nodiscard]] std::string_view packHead(); // the line with the names of the columns, and how to go on
// The table with the rule behind all others, in the columns that it has; of an empty text a new one.
[[nodiscard]] std::string withRule(std::string_view table, const RuleDraft& draft);
[[nodiscard]] Result<ThreatRule> ruleOf(const RuleDraft& draft); // as a pack with that line alone would have it
// An id that no rule of the set has, made of the words of the title.
[[nodiscard]] std::string freshId(const RuleSet& set, std::string_view title);
[[nodiscard]] const std::vector<std::string>& ruleKinds(); // that a rule can look at

} // namespace cupel::threats
