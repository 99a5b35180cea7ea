// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/code/ground_names.h"

#include <algorithm>
#include <tuple>

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

ByteRange bytesOf(const cupel::code::Command& command)
{
    auto bytes = command.bytes;
    bytes.end = command.pythonBody ? std::min(bytes.end, command.body.start) : std::max(bytes.end, command.body.end);
    return bytes;
}

namespace {

bool isScope(NodeKind kind)
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

// The scopes around the nodes of a walk from the front to the back.
class ScopeStack {
public:
    ScopeStack(const Syntax& syntax, std::uint32_t outer)
        : m_syntax(syntax)
        , m_outer(outer)
    {
    }
    // The scope that a node stands in; asked in rising order.
    std::uint32_t around(std::uint32_t node)
    {
        while (!m_open.empty() && node >= m_syntax[m_open.back()].stop) {
            m_open.pop_back();
        }
        const auto scope = m_open.empty() ? m_outer : m_open.back();
        if (isScope(m_syntax[node].kind)) {
            m_open.push_back(node);
        }
        return scope;
    }

private:
    const Syntax& m_syntax;
    std::uint32_t m_outer;
    std::vector<std::uint32_t> m_open;
};

// Methods that change what they are called on.
bool changesItsObject(std::string_view method)
{
    static constexpr std::string_view methods[] = {
        "add", "append", "clear", "extend", "insert", "pop", "remove", "set", "setdefault", "update", "write"};
    return std::find(std::begin(methods), std::end(methods), method) != std::end(methods);
}

} // namespace

GroundNames::GroundNames(const formats::CodeCells& cells, std::size_t begin, std::size_t end)
    : m_cells(cells)
{
    for (const auto read : {&GroundNames::readDefined, &GroundNames::readCell, &GroundNames::readCommands}) {
        for (auto cell = begin; cell < end; ++cell) {
            if (cells.cells()[cell].parsed) {
                (this->*read)(static_cast<std::uint32_t>(cell));
            }
        }
    }
    settle();
}

void GroundNames::readDefined(std::uint32_t cell)
{
    const auto& source = m_cells.cells()[cell];
    for (std::uint32_t node = 0; node < source.syntax.size(); ++node) {
        const auto kind = source.syntax[node].kind;
        if (kind == NodeKind::FunctionDefinition || kind == NodeKind::ClassDefinition) {
            m_calls.try_emplace(textOf(source, source.syntax.child(node, NodeField::Name)));
        }
    }
}

// Objects and parameters are known by name when all names are; then everything is put in order.
void GroundNames::settle()
{
    for (const auto& change : m_changes) {
        add(resolved(change.name), change.giver);
    }
    for (const auto& parameter : m_parameters) {
        const auto calls = m_calls.find(parameter.function);
        for (std::size_t i = 0; calls != m_calls.end() && i < calls->second.size(); ++i) {
            add(parameter.key, calls->second[i]);
        }
    }
    for (auto& [name, givers] : m_givers) {
        std::stable_sort(givers.begin(), givers.end(), [](const Giver& a, const Giver& b) {
            return std::tie(a.cell, a.bytes.start) < std::tie(b.cell, b.bytes.start);
        });
    }
}

void GroundNames::readCell(std::uint32_t cell)
{
    const auto& syntax = m_cells.cells()[cell].syntax;
    ScopeStack scopes(syntax, ofModule);
    for (std::uint32_t node = 0; node < syntax.size(); ++node) {
        const auto scope = scopes.around(node);
        const Giver whole{cell, node, syntax[node].bytes()};
        switch (syntax[node].kind) {
        case NodeKind::Assignment:
        case NodeKind::AugmentedAssignment:
            give(syntax.child(node, NodeField::Left), scope, whole);
            break;
        case NodeKind::NamedExpression:
            give(syntax.child(node, NodeField::Name), scope, whole);
            break;
        case NodeKind::For:
            give(syntax.child(node, NodeField::Left), scope, {cell, node, headOf(syntax, node)});
            break;
        case NodeKind::ForInClause:
            give(syntax.child(node, NodeField::Left), scope, whole);
            break;
        case NodeKind::AsPattern:
            give(syntax.child(node, NodeField::Alias), scope, whole);
            break;
        case NodeKind::FunctionDefinition:
        case NodeKind::ClassDefinition:
        case NodeKind::Lambda:
            readDefinition(cell, node, scope);
            break;
        case NodeKind::CaseClause:
            readCase(cell, node, scope);
            break;
        case NodeKind::Call:
            readCall(cell, node, scope);
            break;
        case NodeKind::Global:
            for (const auto child : Children(syntax, node)) {
                m_globals.insert({textOf(m_cells.cells()[cell], child), cell, scope});
            }
            break;
        case NodeKind::Import:
        case NodeKind::ImportFrom:
            readImport(cell, node, scope);
            break;
        case NodeKind::WildcardImport:
            m_wildcards.push_back({cell, syntax[node].parent, syntax[syntax[node].parent].bytes()});
            break;
        default:
            break;
        }
    }
}

void GroundNames::readDefinition(std::uint32_t cell, std::uint32_t node, std::uint32_t scope)
{
    const auto& source = m_cells.cells()[cell];
    const auto& syntax = source.syntax;
    if (const auto name = syntax.child(node, NodeField::Name); name != Syntax::none) {
        const bool function = syntax[node].kind == NodeKind::FunctionDefinition;
        giveName(name, scope, {cell, node, function ? syntax[node].bytes() : headOf(syntax, node)});
    }
    if (syntax[node].kind != NodeKind::ClassDefinition) {
        readParameters(cell, node, scope);
    }
}

// What they are given is told by the calls of the function; those of a lambda, and self, by nothing.
void GroundNames::readParameters(std::uint32_t cell, std::uint32_t node, std::uint32_t outer)
{
    const auto& source = m_cells.cells()[cell];
    const auto& syntax = source.syntax;
    const bool method = outer != ofModule && syntax[outer].kind == NodeKind::ClassDefinition;
    auto function = textOf(source, syntax.child(node, NodeField::Name));
    if (method && function == "__init__") {
        function = textOf(source, syntax.child(outer, NodeField::Name));
    }
    bool first = true;
    for (const auto child : Children(syntax, syntax.child(node, NodeField::Parameters))) {
        auto name = child; // its first identifier: "*args", "x: int = 3"
        while (name < syntax[child].stop && syntax[name].kind != NodeKind::Identifier) {
            ++name;
        }
        if (name == syntax[child].stop) {
            continue;
        }
        const Key key{textOf(source, name), cell, node};
        m_givers.try_emplace(key);
        if (!(method && first) && !function.empty()) {
            m_parameters.push_back({key, function});
        }
        first = false;
    }
}

// `import a.b as c` gives c, `from a import b` gives b: with the module, not with what else the line imports.
void GroundNames::readImport(std::uint32_t cell, std::uint32_t node, std::uint32_t scope)
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
        giveName(name, scope, {cell, child, syntax[child].bytes()});
        if (module != Syntax::none) {
            giveName(name, scope, {cell, module, syntax[module].bytes()});
        }
    }
}

// What a pattern takes apart is what stands behind `match`.
void GroundNames::readCase(std::uint32_t cell, std::uint32_t node, std::uint32_t scope)
{
    const auto& syntax = m_cells.cells()[cell].syntax;
    auto match = syntax[node].parent;
    for (int steps = 0; steps < 2 && match != 0 && syntax[match].kind != NodeKind::Match; ++steps) {
        match = syntax[match].parent;
    }
    const auto head = headOf(syntax, node);
    for (auto at = node + 1; at < syntax[node].stop && syntax[at].start < head.end; ++at) {
        if (syntax[at].kind == NodeKind::Identifier) {
            giveName(at, scope, {cell, node, head});
            giveName(at, scope, {cell, match, headOf(syntax, match)});
        }
    }
}

// `x = !ls` and `%%capture x` give x, `%env X=1` gives what reads the environment.
void GroundNames::readCommands(std::uint32_t cell)
{
    const auto& source = m_cells.cells()[cell];
    for (const auto& command : source.commands) {
        const Giver giver{cell, Syntax::none, bytesOf(command), &command};
        const auto statement = statementAt(source.syntax, command.bytes.start);
        const auto scope = statement == Syntax::none ? ofModule : outerScope(cell, statement);
        for (const auto& target : command.targets) {
            giveText(target, cell, scope, giver);
        }
        if (command.name == "env" || command.name == "set_env") {
            for (const std::string_view name : {"environ", "getenv"}) {
                giveText(name, cell, ofModule, giver);
                add({name, ofAttributes, ofAttributes}, giver);
            }
        }
    }
}

// Calls of functions, and of methods that change what a name stands for.
void GroundNames::readCall(std::uint32_t cell, std::uint32_t node, std::uint32_t scope)
{
    const auto& source = m_cells.cells()[cell];
    const auto& syntax = source.syntax;
    const auto function = syntax.child(node, NodeField::Function);
    if (function == Syntax::none) {
        return;
    }
    const Giver giver{cell, node, syntax[node].bytes()};
    const bool method = syntax[function].kind == NodeKind::Attribute;
    const auto name = method ? syntax.child(function, NodeField::Attribute) : function;
    if (name == Syntax::none || syntax[name].kind != NodeKind::Identifier) {
        return;
    }
    if (const auto known = m_calls.find(textOf(source, name)); known != m_calls.end() && m_count < most) {
        known->second.push_back(giver);
        ++m_count;
    }
    auto changed = Syntax::none;
    if (method && changesItsObject(textOf(source, name))) {
        changed = syntax.child(function, NodeField::Object);
    } else if (!method && textOf(source, name) == "setattr") {
        const auto arguments = syntax.child(node, NodeField::Arguments);
        changed = arguments == Syntax::none ? arguments : syntax.firstChild(arguments);
    }
    const auto kind = changed == Syntax::none ? NodeKind::Other : syntax[changed].kind;
    if (kind == NodeKind::Identifier) {
        m_changes.push_back({{textOf(source, changed), cell, scope}, giver});
    } else if (kind == NodeKind::Attribute || kind == NodeKind::Subscript) {
        give(changed, scope, giver);
    }
}

// `a.url = x` gives `url`, `(a, b) = x` give `a` and `b`, `a[0] = x` changes what `a` is.
void GroundNames::give(std::uint32_t target, std::uint32_t scope, const Giver& giver)
{
    if (target == Syntax::none) {
        return;
    }
    const auto& source = m_cells.cells()[giver.cell];
    const auto& syntax = source.syntax;
    bool inside = false; // of something that is changed, not named anew
    std::uint32_t until = 0;
    for (auto node = target; node < syntax[target].stop; ++node) {
        inside = inside && node < until;
        const auto kind = syntax[node].kind;
        if (!inside && (kind == NodeKind::Attribute || kind == NodeKind::Subscript)) {
            inside = true;
            until = syntax[node].stop;
            if (kind == NodeKind::Attribute) {
                if (const auto name = syntax.child(node, NodeField::Attribute); name != Syntax::none) {
                    add({textOf(source, name), ofAttributes, ofAttributes}, giver);
                }
                continue;
            }
            auto object = node; // of "a.b[0][1]": b
            while (object != Syntax::none && syntax[object].kind == NodeKind::Subscript) {
                object = syntax.child(object, NodeField::Value);
            }
            const bool attribute = object != Syntax::none && syntax[object].kind == NodeKind::Attribute;
            object = attribute ? syntax.child(object, NodeField::Attribute) : object;
            if (object != Syntax::none && syntax[object].kind == NodeKind::Identifier) {
                m_changes.push_back({{textOf(source, object), giver.cell, scope, attribute}, giver});
            }
        } else if (!inside && kind == NodeKind::Identifier) {
            giveName(node, scope, giver);
        }
    }
}

void GroundNames::giveName(std::uint32_t node, std::uint32_t scope, const Giver& giver)
{
    if (node != Syntax::none) {
        giveText(textOf(m_cells.cells()[giver.cell], node), giver.cell, scope, giver);
    }
}

// What the body of a class gives is an attribute as well.
void GroundNames::giveText(std::string_view text, std::uint32_t cell, std::uint32_t scope, const Giver& giver)
{
    if (scope == ofModule || m_globals.count({text, cell, scope}) != 0) {
        add({text}, giver);
        return;
    }
    add({text, cell, scope}, giver);
    if (m_cells.cells()[cell].syntax[scope].kind == NodeKind::ClassDefinition) {
        add({text, ofAttributes, ofAttributes}, giver);
    }
}

void GroundNames::add(const Key& key, const Giver& giver)
{
    if (m_count < most) {
        m_givers[key].push_back(giver);
        ++m_count;
    }
}

std::uint32_t GroundNames::outerScope(std::uint32_t cell, std::uint32_t node) const
{
    const auto& syntax = m_cells.cells()[cell].syntax;
    constexpr int deepest = 2'000;
    for (int steps = 0; node != 0 && steps < deepest; ++steps) {
        node = syntax[node].parent;
        if (isScope(syntax[node].kind)) {
            return node;
        }
    }
    return ofModule;
}

GroundNames::Key GroundNames::resolved(const UsedName& name) const
{
    if (name.attribute) {
        return {name.text, ofAttributes, ofAttributes};
    }
    constexpr int deepest = 200;
    auto scope = name.scope;
    for (int steps = 0; scope != ofModule && steps < deepest; ++steps) {
        // Functions do not see the names of the class around them.
        const bool seen = steps == 0 || m_cells.cells()[name.cell].syntax[scope].kind != NodeKind::ClassDefinition;
        const Key key{name.text, name.cell, scope};
        if (seen && m_givers.find(key) != m_givers.end()) {
            return key;
        }
        scope = outerScope(name.cell, scope);
    }
    return {name.text};
}

const Givers* GroundNames::giversOf(const UsedName& name) const
{
    const auto known = m_givers.find(resolved(name));
    return known == m_givers.end() ? nullptr : &known->second;
}

bool GroundNames::namesIn(
    std::uint32_t cell, std::uint32_t node, bool blocks, std::size_t atMost, std::vector<UsedName>& names) const
{
    const auto& source = m_cells.cells()[cell];
    const auto& syntax = source.syntax;
    ScopeStack scopes(syntax, outerScope(cell, node));
    for (auto at = node; at < syntax[node].stop;) {
        const auto& entry = syntax[at];
        const auto scope = scopes.around(at);
        if (entry.kind == NodeKind::Block && at != node && !blocks) {
            at = entry.stop;
            continue;
        }
        const auto above = syntax[entry.parent].kind;
        const bool keyword = entry.field == NodeField::Name && above == NodeKind::KeywordArgument;
        if (entry.kind == NodeKind::Identifier && !keyword) {
            if (names.size() >= atMost) {
                return false;
            }
            const bool attribute = entry.field == NodeField::Attribute && above == NodeKind::Attribute;
            names.push_back({textOf(source, at), cell, scope, attribute});
        }
        ++at;
    }
    return true;
}

bool GroundNames::namesIn(const cupel::code::Command& command, std::size_t atMost, std::vector<UsedName>& names) const
{
    const auto isWord = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_'
            || (c & 0x80) != 0;
    };
    for (const auto& part : command.interpolations) {
        const std::string_view text = part.expression;
        for (std::size_t at = 0; at < text.size(); ++at) {
            const auto start = at;
            while (at < text.size() && isWord(text[at])) {
                ++at;
            }
            if (at > start && names.size() >= atMost) {
                return false;
            }
            if (at > start) {
                const bool attribute = start > 0 && text[start - 1] == '.';
                names.push_back({text.substr(start, at - start), 0, ofModule, attribute});
            }
        }
    }
    return true;
}

} // namespace cupel::rules::code
