// SPDX-License-Identifier: GPL-3.0-or-later
// The parsed form of an expression: a flat list, children by index, always behind their parent. What an evaluation
// needs of its words is made ready once: a condition is asked of every part of a model.
#pragma once

#include "analyzers/threats/rules/expression.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::threats {

// "flow.source.zone.kind": from the part itself, or from the owner ("self."), to another part, and what is asked of it.
struct PartPath {
    enum class Step : std::uint8_t { Source, Target, Zone };
    bool fromOwner = false;
    std::vector<Step> steps;
    std::string key;
};

struct Expression::Node {
    enum class Kind : std::uint8_t { Or, And, Not, Compare, Value, Some, All, None, Path, Crosses, Finding };
    enum class Test : std::uint8_t { Equal, Unequal, Less, AtMost, More, AtLeast, In, Contains };
    enum class Relation : std::uint8_t { Element, Flow, Input, Output, Upstream, Downstream };
    Kind kind = Kind::Value;
    Test test = Test::Equal;
    std::vector<std::string> path; // of Compare and Value: "flow", "target", "kind"; of Some, All, None: the relation
    std::vector<std::string> values; // of Compare, Crosses, Finding
    std::vector<std::uint32_t> children;

    // Set by prepare().
    PartPath asks; // of Compare and Value
    Relation relation = Relation::Element; // of Some, All, None
    bool asksForUnknown = false; // "origin in (public, unknown)" holds where the origin is not known
    std::optional<double> rank; // of the value, where it has one
    std::optional<PartPath> other; // "self.trust" as a value to compare with
};

void prepare(std::vector<Expression::Node>& nodes);

// A place in an order: a number, or a word that has a rank among its kind.
[[nodiscard]] std::optional<double> rankOf(std::string_view text);
// In any case (of A to Z).
[[nodiscard]] bool sameWord(std::string_view one, std::string_view other);
// "false", "no", "none", "0", "off"
[[nodiscard]] bool isNo(std::string_view value);
// One of the items of "a, b" is one of the words.
[[nodiscard]] bool anyItemIn(std::string_view text, const std::vector<std::string>& words);

} // namespace cupel::threats
