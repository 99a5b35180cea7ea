// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/code/grounds.h"

#include <algorithm>
#include <unordered_set>

namespace cupel::rules::code {

namespace {

using cupel::code::Children;
using cupel::code::NodeField;
using cupel::code::NodeKind;
using cupel::code::Syntax;

constexpr std::size_t mostGivers = 200'000; // of a window
constexpr std::size_t mostGrounds = 32; // of one place
constexpr std::size_t mostOfAName = 4; // the last ones above the place
constexpr std::uint64_t longest = 2'000; // bytes of one statement

std::string_view textOf(const formats::CodeCell& cell, std::uint32_t node)
{
    return slice(cell.text, cell.syntax[node].bytes());
}

// From its beginning to its block: "for x in y:".
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

// The innermost statement around an offset. Nodes stand in the order of their beginnings, parents first.
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

} // namespace

Grounds::Grounds(const formats::CodeCells& cells, std::size_t begin, std::size_t end)
    : m_cells(cells)
{
    for (auto cell = begin; cell < end; ++cell) {
        if (cells.cells()[cell].parsed) {
            read(static_cast<std::uint32_t>(cell));
        }
    }
}

void Grounds::read(std::uint32_t cell)
{
    const auto& syntax = m_cells.cells()[cell].syntax;
    const auto& text = m_cells.cells()[cell].text;
    for (std::uint32_t node = 0; node < syntax.size() && m_count < mostGivers; ++node) {
        switch (syntax[node].kind) {
        case NodeKind::Assignment:
        case NodeKind::AugmentedAssignment:
            give(syntax.child(node, NodeField::Left), {cell, node, syntax[node].bytes()});
            break;
        case NodeKind::NamedExpression:
            give(syntax.child(node, NodeField::Name), {cell, node, syntax[node].bytes()});
            break;
        case NodeKind::For:
            give(syntax.child(node, NodeField::Left), {cell, node, headOf(syntax, node)});
            break;
        case NodeKind::AsPattern:
            give(syntax.child(node, NodeField::Alias), {cell, node, syntax[node].bytes()});
            break;
        case NodeKind::FunctionDefinition: {
            auto bytes = syntax[node].bytes();
            while (bytes.end > bytes.start && (text[bytes.end - 1] == '\n' || text[bytes.end - 1] == ' ')) {
                --bytes.end;
            }
            give(syntax.child(node, NodeField::Name), {cell, Syntax::none, bytes});
            break;
        }
        default:
            break;
        }
    }
}

void Grounds::give(std::uint32_t target, const Giver& giver)
{
    if (target == Syntax::none) {
        return;
    }
    const auto& cell = m_cells.cells()[giver.cell];
    // `a.url = x` gives `url`, `a[0] = x` and `(a, b) = x` give `a`, and `b`.
    const auto& entry = cell.syntax[target];
    if (entry.kind == NodeKind::Attribute) {
        target = cell.syntax.child(target, NodeField::Attribute);
        if (target != Syntax::none) {
            m_givers[textOf(cell, target)].push_back(giver);
            ++m_count;
        }
        return;
    }
    for (auto node = target; node < entry.stop && m_count < mostGivers; ++node) {
        if (cell.syntax[node].kind == NodeKind::Identifier && cell.syntax[node].field != NodeField::Subscript) {
            m_givers[textOf(cell, node)].push_back(giver);
            ++m_count;
        }
    }
}

void Grounds::namesIn(std::uint32_t cell, std::uint32_t node, std::vector<std::string_view>& out) const
{
    constexpr std::size_t most = 256; // of a place
    const auto& source = m_cells.cells()[cell];
    const auto& syntax = source.syntax;
    for (auto at = node; at < syntax[node].stop && out.size() < most;) {
        const auto& entry = syntax[at];
        if (entry.kind == NodeKind::Block && at != node) {
            at = entry.stop;
            continue;
        }
        const bool keyword = entry.field == NodeField::Name && syntax[entry.parent].kind == NodeKind::KeywordArgument;
        if (entry.kind == NodeKind::Identifier && !keyword) {
            out.push_back(textOf(source, at));
        }
        ++at;
    }
}

const std::vector<Grounds::Giver>* Grounds::giversOf(std::string_view name) const
{
    const auto known = m_givers.find(name);
    return known == m_givers.end() ? nullptr : &known->second;
}

std::vector<Ground> Grounds::of(std::uint32_t cell, ByteRange bytes) const
{
    std::vector<Ground> out;
    const auto& source = m_cells.cells()[cell];
    const auto statement = source.parsed ? statementAt(source.syntax, bytes.start) : Syntax::none;
    if (statement == Syntax::none) {
        return out;
    }
    const auto add = [&](std::uint32_t where, ByteRange range) {
        range.end = std::min(range.end, range.start + longest);
        out.push_back({where, range});
    };
    add(cell, headOf(source.syntax, statement));
    std::vector<std::string_view> names;
    namesIn(cell, statement, names);
    const auto isAbove = [&](const Giver& giver) {
        return giver.cell < cell || (giver.cell == cell && giver.bytes.start < bytes.start);
    };
    std::unordered_set<std::string_view> seen;
    for (std::size_t i = 0; i < names.size() && out.size() < mostGrounds; ++i) {
        const auto* givers = seen.insert(names[i]).second ? giversOf(names[i]) : nullptr;
        if (!givers) {
            continue;
        }
        auto last = std::partition_point(givers->begin(), givers->end(), isAbove);
        last = last == givers->begin() ? givers->begin() + std::min<std::ptrdiff_t>(1, std::ssize(*givers)) : last;
        const auto first = last - std::min<std::ptrdiff_t>(last - givers->begin(), mostOfAName);
        for (auto giver = first; giver != last && out.size() < mostGrounds; ++giver) {
            add(giver->cell, giver->bytes);
            if (giver->node != Syntax::none) {
                namesIn(giver->cell, giver->node, names);
            }
        }
    }
    return out;
}

} // namespace cupel::rules::code
