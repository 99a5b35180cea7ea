// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/code/ground_scopes.h"

#include <algorithm>

namespace cupel::rules::code {

using cupel::code::Children;
using cupel::code::NodeField;
using cupel::code::NodeKind;
using cupel::code::Syntax;

std::string_view textOf(const formats::CodeCell& cell, std::uint32_t node)
{
    return node == Syntax::none ? std::string_view() : slice(cell.text, cell.syntax[node].bytes());
}

ByteRange headOf(const Syntax& syntax, std::uint32_t node)
{
    auto bytes = syntax[node].bytes();
    for (const auto child : Children(syntax, node)) {
        if (syntax[child].kind == NodeKind::Block) {
            bytes.end = std::max<std::uint64_t>(bytes.start, syntax[child].start);
            break;
        }
    }
    return bytes;
}

// Nodes stand in the order of their beginnings, parents first.
std::uint32_t statementAt(const Syntax& syntax, std::uint64_t offset)
{
    constexpr int deepest = 2'000;
    const auto behind = std::upper_bound(syntax.nodes.begin(), syntax.nodes.end(), offset,
        [](std::uint64_t at, const cupel::code::SyntaxNode& node) { return at < node.start; });
    if (behind == syntax.nodes.begin()) {
        return Syntax::none;
    }
    auto node = static_cast<std::uint32_t>(behind - syntax.nodes.begin() - 1);
    for (int steps = 0; node != 0 && steps < deepest; node = syntax[node].parent, ++steps) {
        const auto above = syntax[syntax[node].parent].kind;
        if (offset < syntax[node].end && (above == NodeKind::Module || above == NodeKind::Block)) {
            return node;
        }
    }
    return Syntax::none;
}

bool isComprehension(NodeKind kind)
{
    return kind == NodeKind::DictionaryComprehension || kind == NodeKind::GeneratorExpression
        || kind == NodeKind::ListComprehension || kind == NodeKind::SetComprehension;
}

static bool isScope(NodeKind kind)
{
    switch (kind) {
    case NodeKind::ClassDefinition:
    case NodeKind::DictionaryComprehension:
    case NodeKind::FunctionDefinition:
    case NodeKind::GeneratorExpression:
    case NodeKind::Lambda:
    case NodeKind::ListComprehension:
    case NodeKind::SetComprehension:
        return true;
    default:
        return false;
    }
}

std::uint32_t scopeAround(const Syntax& syntax, std::uint32_t node)
{
    constexpr int deepest = 2'000;
    for (int steps = 0; node != 0 && steps < deepest; ++steps) {
        node = syntax[node].parent;
        if (isScope(syntax[node].kind)) {
            return node;
        }
    }
    return Syntax::none;
}

std::vector<std::uint32_t> decoratorsOf(const Syntax& syntax, std::uint32_t node)
{
    std::vector<std::uint32_t> out;
    const auto above = syntax[node].parent;
    for (const auto child :
        Children(syntax, syntax[above].kind == NodeKind::DecoratedDefinition ? above : Syntax::none)) {
        if (syntax[child].kind == NodeKind::Decorator) {
            out.push_back(child);
        }
    }
    return out;
}

std::uint32_t ScopeStack::around(std::uint32_t node)
{
    while (!m_open.empty() && node >= m_open.back().stop) {
        m_open.pop_back();
    }
    const auto scope = m_open.empty() ? m_outer : m_open.back().scope;
    if (isScope(m_syntax[node].kind)) {
        m_open.push_back({m_syntax[node].stop, node});
    } else if (standsOutside(node)) {
        const auto outer = m_open.size() < 2 ? m_outer : m_open[m_open.size() - 2].scope;
        m_open.push_back({m_syntax[node].stop, outer});
        return outer;
    }
    return scope;
}

// Values of parameters, and what a comprehension goes over first, are of the scope around.
bool ScopeStack::standsOutside(std::uint32_t node) const
{
    const auto& entry = m_syntax[node];
    const auto above = m_syntax[entry.parent].kind;
    if (m_open.empty()) {
        return false;
    }
    if (entry.field == NodeField::Value
        && (above == NodeKind::DefaultParameter || above == NodeKind::TypedDefaultParameter)) {
        return true;
    }
    if (entry.field != NodeField::Right || above != NodeKind::ForInClause) {
        return false;
    }
    for (const auto child : Children(m_syntax, m_syntax[entry.parent].parent)) {
        if (m_syntax[child].kind == NodeKind::ForInClause) {
            return child == entry.parent; // the first one
        }
    }
    return false;
}

} // namespace cupel::rules::code
