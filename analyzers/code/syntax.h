// SPDX-License-Identifier: GPL-3.0-or-later
// The syntax tree of a cell as one flat list in source order, free of tree-sitter: parents stand before children, so
// that walks are loops and a backward loop meets every child before its parent. Made by PythonTree::syntax().
#pragma once

#include "analyzers/base/bytes.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace cupel::code {

enum class NodeKind : std::uint8_t {
#define CUPEL_NODE(id, name) id,
#include "analyzers/code/syntax.def"
#undef CUPEL_NODE
};

enum class NodeField : std::uint8_t {
    None,
    Alias,
    Alternative,
    Argument,
    Arguments,
    Attribute,
    Body,
    Condition,
    Consequence,
    Definition,
    Function,
    Key,
    Left,
    Module,
    Name,
    Object,
    Parameters,
    Right,
    Subscript,
    Superclasses,
    Type,
    Value
};

struct SyntaxNode {
    NodeKind kind = NodeKind::Other;
    NodeField field = NodeField::None; // in its parent
    char op[2] = {0, 0}; // of operators and augmented assignments: "+", "==", "in", "is" (the first two bytes)
    std::uint32_t start = 0; // bytes of the source
    std::uint32_t end = 0;
    std::uint32_t parent = 0; // the root is its own
    std::uint32_t stop = 0; // index behind the last node below: the next sibling, if there is one

    [[nodiscard]] ByteRange bytes() const { return {start, end}; }
};

class Syntax {
public:
    static constexpr std::uint32_t none = 0xFFFFFFFF;

    std::vector<SyntaxNode> nodes; // named nodes only; the first is the module
    bool truncated = false; // more nodes than ParseLimits::nodes
    bool flawed = false; // Python would not run it as it is: an error, or something is missing

    [[nodiscard]] const SyntaxNode& operator[](std::uint32_t node) const { return nodes[node]; }
    [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(nodes.size()); }
    [[nodiscard]] std::uint32_t firstChild(std::uint32_t node) const
    {
        return nodes[node].stop > node + 1 ? node + 1 : none;
    }
    [[nodiscard]] std::uint32_t nextSibling(std::uint32_t node) const
    {
        const auto next = nodes[node].stop;
        return node != 0 && next < nodes[nodes[node].parent].stop ? next : none;
    }
    // The first child with this field, or none.
    [[nodiscard]] std::uint32_t child(std::uint32_t node, NodeField field) const;
};

// A range over the children of a node: for (const auto child : children(syntax, node)).
class Children {
public:
    Children(const Syntax& syntax, std::uint32_t node)
        : m_syntax(syntax)
        , m_first(node == Syntax::none ? Syntax::none : syntax.firstChild(node))
    {
    }
    struct Iterator {
        const Syntax& syntax;
        std::uint32_t at;
        std::uint32_t operator*() const { return at; }
        Iterator& operator++()
        {
            at = syntax.nextSibling(at);
            return *this;
        }
        bool operator!=(const Iterator& other) const { return at != other.at; }
    };
    [[nodiscard]] Iterator begin() const { return {m_syntax, m_first}; }
    [[nodiscard]] Iterator end() const { return {m_syntax, Syntax::none}; }

private:
    const Syntax& m_syntax;
    std::uint32_t m_first;
};

} // namespace cupel::code
