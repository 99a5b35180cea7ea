// SPDX-License-Identifier: GPL-3.0-or-later
// A Jinja template as two flat lists: expressions, children before their parents, and statements in order. Whoever
// reads them needs no recursion. Broken tags are passed over and told; nothing in a template makes this fail.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/code/jinja_tokens.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cupel::code {

struct JinjaNode {
    enum class Kind : std::uint8_t {
        Name, // text
        Text, // text: its value
        Number, // text as written
        List, // children; tuples too
        Dict, // children are Pairs
        Pair, // key, value
        Attribute, // base; text
        Item, // base, index
        Slice, // children in order of the sign, None for those that are missing
        Call, // base, arguments
        Keyword, // value; text is its name
        Filter, // base, arguments; text is its name
        Test, // base, arguments; text is its name
        Unary, // operand; text: "not", "-", "+"
        Binary, // left, right; text: "+", "~", "in", "not in", "==" ...
        Choice, // then, condition, else
        None, // something that stands nowhere
    };
    Kind kind = Kind::None;
    ByteRange range;
    std::string text;
    std::uint32_t firstChild = 0; // index into JinjaTree::children
    std::uint32_t childCount = 0;
};

struct JinjaStatement {
    enum class Kind : std::uint8_t { Data, Output, Tag };
    Kind kind = Kind::Data;
    ByteRange range;
    std::string tag; // "if", "endfor", "set" ...
    std::vector<std::string> targets; // names that it gives values: "x", "ns.x", parameters of macros
    std::uint32_t firstNode = 0;
    std::uint32_t endNode = 0; // nodes of this statement
    std::vector<std::uint32_t> values; // the expressions in it, in order
    bool opens = false; // a set or block that goes on to its end tag
};

struct JinjaTree {
    std::vector<JinjaNode> nodes;
    std::vector<std::uint32_t> children; // indices of nodes
    std::vector<JinjaStatement> statements;
    std::vector<JinjaToken> tokens;
    std::optional<ByteRange> trouble; // the first place that could not be read
    bool complete = true; // false: limits were met, the end was not read
};
[[nodiscard]] JinjaTree parseJinja(ByteView text, Budget& budget);

} // namespace cupel::code
