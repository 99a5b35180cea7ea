// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/code/grounds.h"

#include <algorithm>
#include <unordered_set>

namespace cupel::rules::code {

namespace {

using cupel::code::NodeField;
using cupel::code::NodeKind;
using cupel::code::Syntax;

constexpr std::size_t mostGrounds = 1'024; // of one place
constexpr std::size_t mostNames = 8'192; // of one place
constexpr std::uint64_t longest = 64 << 10; // bytes of one statement
constexpr std::size_t mostSteps = 20'000'000; // over nodes, in a window

bool isWithin(const Syntax& syntax, std::uint32_t node, std::initializer_list<NodeKind> kinds)
{
    constexpr int deepest = 2'000;
    for (int steps = 0; node != 0 && steps < deepest; node = syntax[node].parent, ++steps) {
        if (std::find(kinds.begin(), kinds.end(), syntax[node].kind) != kinds.end()) {
            return true;
        }
    }
    return false;
}

// The command that an offset stands in; not where Python stands in the body of one.
const cupel::code::Command* commandAt(const formats::CodeCell& source, std::uint64_t offset)
{
    const auto& commands = source.commands;
    const auto behind = std::upper_bound(commands.begin(), commands.end(), offset,
        [](std::uint64_t at, const cupel::code::Command& command) { return at < command.bytes.start; });
    if (behind == commands.begin()) {
        return nullptr;
    }
    const auto& command = *std::prev(behind);
    const auto end = command.pythonBody ? command.body.start : std::max(command.bytes.end, command.body.end);
    return offset < end ? &command : nullptr;
}

} // namespace

Grounds::Grounds(const formats::CodeCells& cells, std::size_t begin, std::size_t end)
    : m_cells(cells)
    , m_names(cells, begin, end)
{
}

bool Grounds::take(const Giver& giver, bool blocks, Names& names, std::vector<Ground>& out) const
{
    out.push_back({giver.cell, giver.bytes});
    if (out.size() >= mostGrounds || giver.bytes.size() > longest) {
        return false;
    }
    if (giver.command != nullptr) {
        m_steps += giver.bytes.size();
        return m_steps < mostSteps && m_names.namesIn(*giver.command, mostNames, names);
    }
    m_steps += m_cells.cells()[giver.cell].syntax[giver.node].stop - giver.node;
    return m_steps < mostSteps && m_names.namesIn(giver.cell, giver.node, blocks, mostNames, names);
}

bool Grounds::takeAround(std::uint32_t cell, std::uint32_t statement, Names& names, std::vector<Ground>& out) const
{
    const auto& syntax = m_cells.cells()[cell].syntax;
    constexpr int deepest = 200;
    int steps = 0;
    for (auto node = syntax[statement].parent; node != 0; node = syntax[node].parent) {
        if (++steps > deepest) {
            return false;
        }
        switch (syntax[node].kind) {
        case NodeKind::CaseClause:
        case NodeKind::ClassDefinition:
        case NodeKind::ElifClause:
        case NodeKind::ExceptClause:
        case NodeKind::For:
        case NodeKind::FunctionDefinition:
        case NodeKind::If:
        case NodeKind::Match:
        case NodeKind::While:
        case NodeKind::With:
            if (!take({cell, node, headOf(syntax, node)}, false, names, out)) {
                return false;
            }
            break;
        default:
            break;
        }
    }
    return true;
}

bool Grounds::follow(const Giver& start, ByteRange place, std::vector<Ground>& out) const
{
    const auto& source = m_cells.cells()[start.cell];
    const auto statement = start.command == nullptr ? start.node : statementAt(source.syntax, place.start);
    Names names;
    bool all = m_names.complete() && take(start, false, names, out);
    if (all && statement != Syntax::none) {
        // Behind `%time` a statement stands as well.
        all = (start.command == nullptr
                  || take({start.cell, statement, headOf(source.syntax, statement)}, false, names, out))
            && takeAround(start.cell, statement, names, out);
    }
    for (std::size_t i = 0; all && i < m_names.wildcards().size(); ++i) {
        all = take(m_names.wildcards()[i], false, names, out);
    }
    // In a function or a loop what stands below may have run before.
    const bool again = statement != Syntax::none
        && isWithin(source.syntax, statement, {NodeKind::FunctionDefinition, NodeKind::For, NodeKind::While});
    const auto isAbove = [&](const Giver& giver) {
        return giver.cell < start.cell || (giver.cell == start.cell && giver.bytes.start < place.start);
    };
    std::unordered_set<const Givers*> seen;
    for (std::size_t i = 0; all && i < names.size(); ++i) {
        const auto* givers = m_names.giversOf(names[i]);
        if (givers == nullptr || givers->empty() || !seen.insert(givers).second) {
            continue;
        }
        auto count = givers->size();
        if (!again && isAbove(givers->front())) {
            count = static_cast<std::size_t>(
                std::partition_point(givers->begin(), givers->end(), isAbove) - givers->begin());
        }
        for (std::size_t k = 0; all && k < count; ++k) {
            const auto& giver = (*givers)[k];
            const bool function = giver.command == nullptr
                && m_cells.cells()[giver.cell].syntax[giver.node].kind == NodeKind::FunctionDefinition;
            all = take(giver, function, names, out);
        }
    }
    return all;
}

Grounded Grounds::of(std::uint32_t cell, ByteRange bytes) const
{
    Grounded out;
    const auto& source = m_cells.cells()[cell];
    if (!source.parsed) {
        return out;
    }
    Giver start{cell, Syntax::none, {}, commandAt(source, bytes.start)};
    if (start.command != nullptr) {
        start.bytes = bytesOf(*start.command);
    } else if (start.node = statementAt(source.syntax, bytes.start); start.node != Syntax::none) {
        start.bytes = headOf(source.syntax, start.node);
    } else {
        return out;
    }
    out.whole = !follow(start, bytes, out.grounds);
    if (out.whole) {
        out.grounds.clear();
    }
    std::sort(out.grounds.begin(), out.grounds.end());
    out.grounds.erase(std::unique(out.grounds.begin(), out.grounds.end()), out.grounds.end());
    return out;
}

} // namespace cupel::rules::code
