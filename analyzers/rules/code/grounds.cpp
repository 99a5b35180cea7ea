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
constexpr std::size_t mostGrounds = 256; // of one place
constexpr std::size_t mostNames = 1'024; // of one place
constexpr std::uint64_t longest = 64 << 10; // bytes of one statement
constexpr std::size_t mostSteps = 20'000'000; // over nodes, in a window

// Empty for no node: broken code has functions without a name.
std::string_view textOf(const formats::CodeCell& cell, std::uint32_t node)
{
    return node == Syntax::none ? std::string_view() : slice(cell.text, cell.syntax[node].bytes());
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

// Methods that change what they are called on.
bool changesItsObject(std::string_view method)
{
    static constexpr std::string_view methods[] = {
        "add", "append", "clear", "extend", "insert", "pop", "remove", "set", "setdefault", "update", "write"};
    return std::find(std::begin(methods), std::end(methods), method) != std::end(methods);
}

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

// Names below a node; `blocks`: also in blocks below it. False: there are too many.
bool namesIn(const formats::CodeCell& source, std::uint32_t node, bool blocks, std::vector<std::string_view>& out)
{
    const auto& syntax = source.syntax;
    for (auto at = node; at < syntax[node].stop;) {
        const auto& entry = syntax[at];
        if (entry.kind == NodeKind::Block && at != node && !blocks) {
            at = entry.stop;
            continue;
        }
        const bool keyword = entry.field == NodeField::Name && syntax[entry.parent].kind == NodeKind::KeywordArgument;
        if (entry.kind == NodeKind::Identifier && !keyword) {
            if (out.size() >= mostNames) {
                return false;
            }
            out.push_back(textOf(source, at));
        }
        ++at;
    }
    return true;
}

} // namespace

Grounds::Grounds(const formats::CodeCells& cells, std::size_t begin, std::size_t end)
    : m_cells(cells)
{
    for (const auto read : {&Grounds::readNames, &Grounds::readCalls}) {
        for (auto cell = begin; cell < end; ++cell) {
            if (cells.cells()[cell].parsed) {
                (this->*read)(static_cast<std::uint32_t>(cell));
            }
        }
    }
}

void Grounds::readNames(std::uint32_t cell)
{
    const auto& syntax = m_cells.cells()[cell].syntax;
    for (std::uint32_t node = 0; node < syntax.size(); ++node) {
        const Giver whole{cell, node, syntax[node].bytes()};
        switch (syntax[node].kind) {
        case NodeKind::Assignment:
        case NodeKind::AugmentedAssignment:
            give(syntax.child(node, NodeField::Left), whole);
            break;
        case NodeKind::NamedExpression:
            give(syntax.child(node, NodeField::Name), whole);
            break;
        case NodeKind::For:
            give(syntax.child(node, NodeField::Left), {cell, node, headOf(syntax, node)});
            break;
        case NodeKind::AsPattern:
            give(syntax.child(node, NodeField::Alias), whole);
            break;
        case NodeKind::FunctionDefinition:
            if (const auto name = syntax.child(node, NodeField::Name); name != Syntax::none) {
                giveName(name, whole);
                m_calls.try_emplace(textOf(m_cells.cells()[cell], name));
            }
            break;
        case NodeKind::Import:
        case NodeKind::ImportFrom:
            readImport(cell, node);
            break;
        default:
            break;
        }
    }
}

// `import a.b as c` gives c, `from a import b` gives b: with the module, not with what else the line imports.
void Grounds::readImport(std::uint32_t cell, std::uint32_t node)
{
    const auto& syntax = m_cells.cells()[cell].syntax;
    const auto module = syntax.child(node, NodeField::Module);
    for (const auto child : Children(syntax, node)) {
        const auto alias = syntax.child(child, NodeField::Alias);
        const auto name = alias != Syntax::none          ? alias
            : syntax[child].kind == NodeKind::DottedName ? syntax.firstChild(child)
                                                         : Syntax::none;
        if (child == module || name == Syntax::none) {
            continue;
        }
        giveName(name, {cell, child, syntax[child].bytes()});
        if (module != Syntax::none) {
            giveName(name, {cell, module, syntax[module].bytes()});
        }
    }
}

// Calls of functions that are defined here, and of methods that change what a name stands for.
void Grounds::readCalls(std::uint32_t cell)
{
    const auto& source = m_cells.cells()[cell];
    const auto& syntax = source.syntax;
    for (std::uint32_t node = 0; node < syntax.size(); ++node) {
        const auto function =
            syntax[node].kind == NodeKind::Call ? syntax.child(node, NodeField::Function) : Syntax::none;
        if (function == Syntax::none) {
            continue;
        }
        const Giver giver{cell, node, syntax[node].bytes()};
        const bool method = syntax[function].kind == NodeKind::Attribute;
        const auto name = method ? syntax.child(function, NodeField::Attribute) : function;
        if (name == Syntax::none || syntax[name].kind != NodeKind::Identifier) {
            continue;
        }
        if (const auto known = m_calls.find(textOf(source, name)); known != m_calls.end() && m_count < mostGivers) {
            known->second.push_back(giver);
            ++m_count;
        }
        if (method && changesItsObject(textOf(source, name))) {
            give(syntax.child(function, NodeField::Object), giver);
        }
    }
}

void Grounds::giveName(std::uint32_t node, const Giver& giver)
{
    if (node != Syntax::none && m_count < mostGivers) {
        m_givers[textOf(m_cells.cells()[giver.cell], node)].push_back(giver);
        ++m_count;
    }
}

// `a.url = x` gives `url`, `a[0] = x` and `(a, b) = x` give `a`, and `b`.
void Grounds::give(std::uint32_t target, const Giver& giver)
{
    if (target == Syntax::none) {
        return;
    }
    const auto& syntax = m_cells.cells()[giver.cell].syntax;
    const auto& entry = syntax[target];
    if (entry.kind == NodeKind::Attribute) {
        giveName(syntax.child(target, NodeField::Attribute), giver);
        return;
    }
    for (auto node = target; node < entry.stop; ++node) {
        if (syntax[node].kind == NodeKind::Identifier && syntax[node].field != NodeField::Subscript) {
            giveName(node, giver);
        }
    }
}

bool Grounds::follow(std::uint32_t cell, std::uint32_t statement, ByteRange place, std::vector<Ground>& out) const
{
    const auto& source = m_cells.cells()[cell];
    std::vector<std::string_view> names;
    bool all = m_count < mostGivers && namesIn(source, statement, false, names);
    const auto take = [&](const Giver& giver, bool blocks) {
        const auto& from = m_cells.cells()[giver.cell];
        m_steps += from.syntax[giver.node].stop - giver.node;
        out.push_back({giver.cell, giver.bytes});
        return out.size() < mostGrounds && giver.bytes.size() <= longest && m_steps < mostSteps
            && namesIn(from, giver.node, blocks, names);
    };
    // In a function or a loop what stands below may have run before; a function is given what its calls say.
    const bool again =
        isWithin(source.syntax, statement, {NodeKind::FunctionDefinition, NodeKind::For, NodeKind::While});
    for (auto node = statement; again && node != 0; node = source.syntax[node].parent) {
        if (source.syntax[node].kind == NodeKind::FunctionDefinition) {
            const auto name = textOf(source, source.syntax.child(node, NodeField::Name));
            const auto calls = m_calls.find(name);
            for (std::size_t i = 0; calls != m_calls.end() && i < calls->second.size(); ++i) {
                all = all && take(calls->second[i], false);
            }
            break;
        }
    }
    const auto isAbove = [&](const Giver& giver) {
        return giver.cell < cell || (giver.cell == cell && giver.bytes.start < place.start);
    };
    std::unordered_set<std::string_view> seen;
    for (std::size_t i = 0; all && i < names.size(); ++i) {
        const auto known = seen.insert(names[i]).second ? m_givers.find(names[i]) : m_givers.end();
        if (known == m_givers.end()) {
            continue;
        }
        const auto& givers = known->second;
        auto count = givers.size();
        if (!again && isAbove(givers.front())) {
            count =
                static_cast<std::size_t>(std::partition_point(givers.begin(), givers.end(), isAbove) - givers.begin());
        }
        for (std::size_t k = 0; all && k < count; ++k) {
            const auto& giver = givers[k];
            const auto kind = m_cells.cells()[giver.cell].syntax[giver.node].kind;
            all = take(giver, kind == NodeKind::FunctionDefinition);
        }
    }
    return all;
}

Grounded Grounds::of(std::uint32_t cell, ByteRange bytes) const
{
    Grounded out;
    const auto& source = m_cells.cells()[cell];
    const auto statement = source.parsed ? statementAt(source.syntax, bytes.start) : Syntax::none;
    if (statement == Syntax::none) {
        return out;
    }
    const auto head = headOf(source.syntax, statement);
    out.grounds.push_back({cell, head});
    out.whole = head.size() > longest || !follow(cell, statement, bytes, out.grounds);
    if (out.whole) {
        out.grounds.clear();
    }
    std::sort(out.grounds.begin(), out.grounds.end());
    out.grounds.erase(std::unique(out.grounds.begin(), out.grounds.end()), out.grounds.end());
    return out;
}

} // namespace cupel::rules::code
