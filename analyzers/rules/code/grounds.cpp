// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/code/grounds.h"

#include <algorithm>
#include <set>
#include <unordered_set>

namespace cupel::rules::code {

using cupel::code::NodeKind;
using cupel::code::Syntax;

namespace {

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

bool holdsCommand(const formats::CodeCell& source, ByteRange bytes)
{
    return std::any_of(source.commands.begin(), source.commands.end(),
        [bytes](const cupel::code::Command& command) { return bytesOf(command).overlaps(bytes); });
}

// Which statements stand in which, as a number: what a formatter leaves and moving a line out of a block does not.
std::uint64_t nestingOf(const Syntax& syntax, std::uint32_t node)
{
    std::uint64_t hash = 0xCBF29CE484222325;
    std::vector<std::uint32_t> blocks;
    for (auto at = node + 1; at < syntax[node].stop; ++at) {
        while (!blocks.empty() && at >= syntax[blocks.back()].stop) {
            blocks.pop_back();
        }
        if (syntax[syntax[at].parent].kind == NodeKind::Block) {
            hash = (hash ^ (blocks.size() + 1)) * 0x100000001B3;
        }
        if (syntax[at].kind == NodeKind::Block) {
            blocks.push_back(at);
        }
    }
    return hash == 0 ? 1 : hash;
}

} // namespace

struct Grounds::Taken {
    std::vector<UsedName> names;
    std::set<Ground> grounds;
    std::set<std::pair<std::uint32_t, std::uint32_t>> around; // cells and statements whose blocks were taken
};

Grounds::Grounds(const formats::CodeCells& cells, std::size_t begin, std::size_t end)
    : m_cells(cells)
    , m_names(cells, begin, end)
{
}

// One giver with the names in it, `blocks`: also in the blocks below it. False: too much.
bool Grounds::take(const Giver& giver, bool blocks, Taken& taken)
{
    const auto& source = m_cells.cells()[giver.cell];
    Ground ground{giver.cell, giver.bytes, 0, giver.command == nullptr && !holdsCommand(source, giver.bytes)};
    m_steps += 1 + source.commands.size();
    if (blocks) {
        ground.nesting = nestingOf(source.syntax, giver.node);
    }
    if (!taken.grounds.insert(ground).second) {
        return m_steps < mostSteps;
    }
    if (taken.grounds.size() >= mostGrounds || giver.bytes.size() > longest) {
        return false;
    }
    if (giver.command != nullptr) {
        m_steps += giver.bytes.size();
        return m_steps < mostSteps && m_names.namesIn(giver.cell, *giver.command, mostNames, taken.names);
    }
    m_steps += source.syntax[giver.node].stop - giver.node;
    return m_steps < mostSteps && m_names.namesIn(giver.cell, giver.node, blocks, mostNames, taken.names);
}

// The heads of the blocks around a statement.
bool Grounds::takeAround(std::uint32_t cell, std::uint32_t statement, Taken& taken)
{
    if (statement == Syntax::none || !taken.around.insert({cell, statement}).second) {
        return true;
    }
    const auto& syntax = m_cells.cells()[cell].syntax;
    constexpr int deepest = 200;
    int steps = 0;
    for (auto node = syntax[statement].parent; node != 0; node = syntax[node].parent) {
        if (++steps > deepest || ++m_steps > mostSteps) {
            return false;
        }
        switch (syntax[node].kind) {
        case NodeKind::ClassDefinition:
        case NodeKind::FunctionDefinition:
            for (const auto decorator : decoratorsOf(syntax, node)) {
                if (!take({cell, decorator, syntax[decorator].bytes()}, false, taken)) {
                    return false;
                }
            }
            [[fallthrough]];
        case NodeKind::CaseClause:
        case NodeKind::ElifClause:
        case NodeKind::ElseClause:
        case NodeKind::ExceptClause:
        case NodeKind::FinallyClause:
        case NodeKind::For:
        case NodeKind::If:
        case NodeKind::Match:
        case NodeKind::Try:
        case NodeKind::While:
        case NodeKind::With:
            if (!take({cell, node, headOf(syntax, node)}, false, taken)) {
                return false;
            }
            break;
        default:
            break;
        }
    }
    return true;
}

// A giver, and what decides whether it gives.
bool Grounds::takeStatement(const Giver& giver, Taken& taken)
{
    const auto& syntax = m_cells.cells()[giver.cell].syntax;
    const bool function = giver.command == nullptr && syntax[giver.node].kind == NodeKind::FunctionDefinition;
    if (!take(giver, function, taken)) {
        return false;
    }
    return takeAround(giver.cell, statementAt(syntax, giver.bytes.start), taken);
}

// All that the names were given that the start has; false: too much.
bool Grounds::follow(const Giver& start, Taken& taken)
{
    const auto& source = m_cells.cells()[start.cell];
    const auto statement = start.command == nullptr ? start.node : statementAt(source.syntax, start.bytes.start);
    bool all = m_names.complete() && take(start, false, taken) && takeAround(start.cell, statement, taken);
    if (all && start.command != nullptr && statement != Syntax::none) { // behind `%time` a statement stands as well
        all = take({start.cell, statement, headOf(source.syntax, statement)}, false, taken);
    }
    // In a function or a loop what stands below may have run before.
    const bool again = statement != Syntax::none
        && isWithin(source.syntax, statement, {NodeKind::FunctionDefinition, NodeKind::For, NodeKind::While});
    const auto isAbove = [&](const Giver& giver) {
        return giver.cell < start.cell || (giver.cell == start.cell && giver.bytes.start < start.bytes.end);
    };
    for (std::size_t i = 0; all && i < m_names.wildcards().size(); ++i) {
        const auto& wildcard = m_names.wildcards()[i];
        all = (!again && !isAbove(wildcard)) || take(wildcard, false, taken);
    }
    // The function that the statement stands in: of that its head counts, and what its names say.
    const auto isAround = [&](const Giver& giver) {
        return giver.cell == start.cell && giver.command == nullptr && statement != Syntax::none
            && giver.node < statement && statement < source.syntax[giver.node].stop
            && source.syntax[giver.node].kind == NodeKind::FunctionDefinition;
    };
    std::unordered_set<const Givers*> seen;
    std::vector<const Givers*> lists;
    for (std::size_t i = 0; all && i < taken.names.size(); ++i) {
        lists.clear();
        m_names.giversOf(taken.names[i], lists);
        for (const auto* givers : lists) {
            if (!all || !seen.insert(givers).second) {
                continue;
            }
            auto count = givers->size();
            if (!again && isAbove(givers->front())) {
                count = static_cast<std::size_t>(
                    std::partition_point(givers->begin(), givers->end(), isAbove) - givers->begin());
            }
            for (std::size_t k = 0; all && k < count; ++k) {
                all = isAround((*givers)[k]) || takeStatement((*givers)[k], taken);
            }
        }
        all = all && ++m_steps < mostSteps;
    }
    return all;
}

const Grounded& Grounds::of(std::uint32_t cell, ByteRange bytes)
{
    static const Grounded nothing;
    const auto& source = m_cells.cells()[cell];
    if (!source.parsed) {
        return nothing;
    }
    Giver start{cell, Syntax::none, {}, commandAt(source, bytes.start)};
    if (start.command != nullptr) {
        start.bytes = bytesOf(*start.command);
    } else if (start.node = statementAt(source.syntax, bytes.start); start.node != Syntax::none) {
        start.bytes = headOf(source.syntax, start.node);
    } else {
        return nothing;
    }
    const auto [known, fresh] = m_known.try_emplace({cell, start.bytes.start});
    auto& out = known->second;
    if (fresh) {
        Taken taken;
        out.whole = !follow(start, taken);
        if (!out.whole) {
            out.grounds.assign(taken.grounds.begin(), taken.grounds.end());
        }
    }
    return out;
}

} // namespace cupel::rules::code
