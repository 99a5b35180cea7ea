// SPDX-License-Identifier: GPL-3.0-or-later
// Python's scopes over a flat syntax tree, for walks from the front to the back; and places in it.
#pragma once

#include "analyzers/formats/code_cells.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace cupel::rules::code {

// Empty for no node: broken code has functions without a name.
[[nodiscard]] std::string_view textOf(const formats::CodeCell& cell, std::uint32_t node);
// From its beginning to its block: "for x in y:".
[[nodiscard]] ByteRange headOf(const cupel::code::Syntax& syntax, std::uint32_t node);
// The innermost statement around an offset; Syntax::none: there is none.
[[nodiscard]] std::uint32_t statementAt(const cupel::code::Syntax& syntax, std::uint64_t offset);
[[nodiscard]] bool isComprehension(cupel::code::NodeKind kind);
// The innermost scope around a node; Syntax::none: the module.
[[nodiscard]] std::uint32_t scopeAround(const cupel::code::Syntax& syntax, std::uint32_t node);

// Of a function or a class.
[[nodiscard]] std::vector<std::uint32_t> decoratorsOf(const cupel::code::Syntax& syntax, std::uint32_t node);

class ScopeStack {
public:
    ScopeStack(const cupel::code::Syntax& syntax, std::uint32_t outer)
        : m_syntax(syntax)
        , m_outer(outer)
    {
    }
    // The scope that a node stands in; asked in rising order.
    std::uint32_t around(std::uint32_t node);

private:
    struct Open {
        std::uint32_t stop;
        std::uint32_t scope;
    };
    [[nodiscard]] bool standsOutside(std::uint32_t node) const;
    const cupel::code::Syntax& m_syntax;
    std::uint32_t m_outer;
    std::vector<Open> m_open;
};

} // namespace cupel::rules::code
