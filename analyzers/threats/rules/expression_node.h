// SPDX-License-Identifier: GPL-3.0-or-later
// The parsed form of an expression: a flat list, children by index, always behind their parent.
#pragma once

#include "analyzers/threats/rules/expression.h"

#include <string>
#include <vector>

namespace cupel::threats {

struct Expression::Node {
    enum class Kind : std::uint8_t { Or, And, Not, Compare, Value, Some, All, None, Path, Crosses, Finding };
    enum class Test : std::uint8_t { Equal, Unequal, Less, AtMost, More, AtLeast, In, Contains };
    Kind kind = Kind::Value;
    Test test = Test::Equal;
    std::vector<std::string> path; // of Compare and Value: "flow", "target", "kind"; of Some, All, None: the relation
    std::vector<std::string> values; // of Compare, Crosses, Finding
    std::vector<std::uint32_t> children;
};

} // namespace cupel::threats
