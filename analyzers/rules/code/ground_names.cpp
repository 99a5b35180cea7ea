// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/code/ground_names.h"

#include <algorithm>
#include <tuple>

namespace cupel::rules::code {

using cupel::code::Children;
using cupel::code::NodeField;
using cupel::code::NodeKind;
using cupel::code::Syntax;

ByteRange bytesOf(const cupel::code::Command& command)
{
    auto bytes = command.bytes;
    bytes.end = command.pythonBody ? std::min(bytes.end, command.body.start) : std::max(bytes.end, command.body.end);
    return bytes;
}

namespace {

// Methods that change what they are called on.
bool changesItsObject(std::string_view method)
{
    static constexpr std::string_view methods[] = {"add", "append", "appendleft", "clear", "extend", "extendleft",
        "insert", "pop", "popleft", "put", "remove", "reverse", "set", "setdefault", "sort", "update", "write"};
    return std::binary_search(std::begin(methods), std::end(methods), method);
}

// Methods that show or ask, and change nothing, where they stand as a statement.
bool onlyShows(std::string_view method)
{
    static constexpr std::string_view methods[] = {"close", "copy", "count", "describe", "display", "get", "head",
        "hist", "info", "isna", "items", "keys", "mean", "nunique", "plot", "sample", "show", "sum", "summary", "tail",
        "unique", "value_counts", "values"};
    return std::binary_search(std::begin(methods), std::end(methods), method);
}

} // namespace

bool isEnvironment(std::string_view name)
{
    return name == "environ" || name == "environb" || name == "getenv" || name == "putenv";
}

GroundNames::GroundNames(const formats::CodeCells& cells, std::size_t begin, std::size_t end)
    : m_cells(cells)
{
    for (std::size_t cell = 0; cell < end; ++cell) {
        const auto& source = cells.cells()[cell];
        m_whole = m_whole && !source.broken && !(source.parsed && source.syntax.truncated)
            && (cell >= begin || !source.python);
    }
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
    const auto& syntax = source.syntax;
    for (std::uint32_t node = 0; node < syntax.size(); ++node) {
        const auto kind = syntax[node].kind;
        if (kind != NodeKind::FunctionDefinition && kind != NodeKind::ClassDefinition) {
            continue;
        }
        const auto name = textOf(source, syntax.child(node, NodeField::Name));
        m_uses.try_emplace(name);
        if (kind == NodeKind::ClassDefinition) {
            m_uses.try_emplace("cls");
            for (const auto base : Children(syntax, syntax.child(node, NodeField::Superclasses))) {
                if (syntax[base].kind == NodeKind::Identifier) {
                    m_subclasses[textOf(source, base)].push_back(name);
                }
            }
        }
    }
}

// Objects are known by name when all names are; then everything is put in order.
void GroundNames::settle()
{
    for (const auto* list : {&m_changes, &m_calls}) {
        for (const auto& one : *list) {
            if (m_count >= most) {
                return; // nothing is told then
            }
            if (list == &m_changes || !isImported(one.name)) { // plt.title() changes no module
                add(resolved(one.name), one.giver);
            }
        }
    }
    for (auto& [name, givers] : m_givers) {
        std::stable_sort(givers.begin(), givers.end(), [](const Giver& a, const Giver& b) {
            return std::tie(a.cell, a.bytes.start) < std::tie(b.cell, b.bytes.start);
        });
    }
    m_memo.clear();
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
        case NodeKind::NamedExpression: {
            auto around = scope; // comprehensions hand it on
            while (around != ofModule && isComprehension(syntax[around].kind)) {
                around = scopeAround(syntax, around);
            }
            give(syntax.child(node, NodeField::Name), around, whole);
            break;
        }
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
        case NodeKind::Identifier:
            readUse(cell, node);
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
        for (const auto decorator : decoratorsOf(syntax, node)) {
            giveName(name, scope, {cell, decorator, syntax[decorator].bytes()});
        }
    }
    if (syntax[node].kind != NodeKind::ClassDefinition) {
        readParameters(cell, node, scope);
    }
}

// What they are given is told by the uses of the function; those of a lambda, and self, by nothing.
void GroundNames::readParameters(std::uint32_t cell, std::uint32_t node, std::uint32_t outer)
{
    const auto& source = m_cells.cells()[cell];
    const auto& syntax = source.syntax;
    const bool method = outer != ofModule && syntax[outer].kind == NodeKind::ClassDefinition;
    std::vector<std::string_view> functions;
    if (const auto name = textOf(source, syntax.child(node, NodeField::Name)); !name.empty()) {
        functions.push_back(name);
    }
    if (method && !functions.empty() && (functions[0] == "__init__" || functions[0] == "__call__")) {
        functions.push_back(textOf(source, syntax.child(outer, NodeField::Name)));
        functions.emplace_back("cls");
    }
    for (const auto child : Children(syntax, syntax.child(node, NodeField::Parameters))) {
        auto name = child; // its first identifier: "*args", "x: int = 3"
        while (name < syntax[child].stop && syntax[name].kind != NodeKind::Identifier) {
            ++name;
        }
        if (name == syntax[child].stop) {
            continue;
        }
        const auto text = textOf(source, name);
        const Key key{text, cell, node};
        m_givers.try_emplace(key);
        if (text != "self" && text != "cls" && !functions.empty()) {
            m_functions[key] = functions;
        }
    }
}

// Where a function or a class that is defined here is called, handed on or given another name: it is used.
void GroundNames::readUse(std::uint32_t cell, std::uint32_t node)
{
    const auto& source = m_cells.cells()[cell];
    const auto& syntax = source.syntax;
    const auto known = m_uses.find(textOf(source, node));
    const auto above = syntax[syntax[node].parent].kind;
    const bool own = syntax[node].field == NodeField::Name
        && (above == NodeKind::FunctionDefinition || above == NodeKind::ClassDefinition
            || above == NodeKind::KeywordArgument);
    if (known == m_uses.end() || own || m_count >= most) {
        return;
    }
    auto& uses = known->second;
    if (!uses.empty() && uses.back().cell == cell && syntax[node].start < uses.back().bytes.end) {
        return; // in the same statement
    }
    if (const auto statement = statementAt(syntax, syntax[node].start); statement != Syntax::none) {
        uses.push_back({cell, statement, headOf(syntax, statement)});
        ++m_count;
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
        const auto scope = statement == Syntax::none ? ofModule : scopeAround(source.syntax, statement);
        auto whole = giver; // what a cell prints, of %%capture
        whole.bytes.end = std::max(giver.bytes.end, command.body.end);
        for (const auto& target : command.targets) {
            giveText(target, cell, scope, whole);
        }
        if (command.name == "env" || command.name == "set_env") {
            change("environ", ofModule, true, giver);
        }
    }
}

// Calls that change something: methods of an object, setattr, statements that are nothing but a call.
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
    const auto name = textOf(source, method ? syntax.child(function, NodeField::Attribute) : function);
    auto changed = Syntax::none;
    if (method && changesItsObject(name)) {
        changed = syntax.child(function, NodeField::Object);
    } else if (!method && name == "setattr") {
        const auto arguments = syntax.child(node, NodeField::Arguments);
        changed = arguments == Syntax::none ? arguments : syntax.firstChild(arguments);
    } else if (syntax[syntax[node].parent].kind == NodeKind::ExpressionStatement) {
        readStatementCall(cell, node, scope);
    }
    if (changed != Syntax::none) {
        giveObject(changed, scope, giver);
    }
}

// `parser.add_argument(...)`, `model.fit(...)`, `fill(d)`: whoever calls and keeps nothing of it wants it to change
// something, its object or what a function of this file is given.
void GroundNames::readStatementCall(std::uint32_t cell, std::uint32_t node, std::uint32_t scope)
{
    const auto& source = m_cells.cells()[cell];
    const auto& syntax = source.syntax;
    const Giver giver{cell, node, syntax[node].bytes()};
    const auto function = syntax.child(node, NodeField::Function);
    if (syntax[function].kind == NodeKind::Attribute) {
        const auto method = textOf(source, syntax.child(function, NodeField::Attribute));
        const auto object = syntax.child(function, NodeField::Object);
        if (object != Syntax::none && syntax[object].kind == NodeKind::Identifier && !onlyShows(method)) {
            m_calls.push_back({{textOf(source, object), cell, scope}, giver});
        }
    } else if (m_uses.count(textOf(source, function)) != 0) {
        for (const auto argument : Children(syntax, syntax.child(node, NodeField::Arguments))) {
            if (syntax[argument].kind == NodeKind::Identifier) {
                change(textOf(source, argument), scope, false, giver);
            }
        }
    }
}

// What changes an object: of an attribute, by its name alone.
void GroundNames::change(std::string_view text, std::uint32_t scope, bool attribute, const Giver& giver)
{
    if (isEnvironment(text)) {
        add({"environ", ofAttributes, ofAttributes}, giver);
    } else if (!text.empty() && text != "self" && text != "cls") {
        m_changes.push_back({{text, giver.cell, scope, attribute}, giver});
    }
}

// `a.url`, `a.b[0]`, `a[0]`: `url` and `b`, and `a` is another object then.
void GroundNames::giveObject(std::uint32_t target, std::uint32_t scope, const Giver& giver)
{
    const auto& source = m_cells.cells()[giver.cell];
    const auto& syntax = source.syntax;
    auto object = target;
    while (object != Syntax::none && syntax[object].kind == NodeKind::Subscript) {
        object = syntax.child(object, NodeField::Value);
    }
    if (object != Syntax::none && syntax[object].kind == NodeKind::Attribute) {
        const auto name = textOf(source, syntax.child(object, NodeField::Attribute));
        if (isEnvironment(name)) {
            change(name, scope, true, giver);
            return; // not `os` as a whole
        }
        add({name, ofAttributes, ofAttributes}, giver);
    }
    while (object != Syntax::none && syntax[object].kind != NodeKind::Identifier) {
        const auto kind = syntax[object].kind;
        object = kind == NodeKind::Attribute ? syntax.child(object, NodeField::Object)
            : kind == NodeKind::Subscript    ? syntax.child(object, NodeField::Value)
                                             : Syntax::none;
    }
    change(textOf(source, object), scope, false, giver);
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
            giveObject(node, scope, giver);
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

// What the body of a class gives is an attribute as well, which making one of the class may give something else.
void GroundNames::giveText(std::string_view text, std::uint32_t cell, std::uint32_t scope, const Giver& giver)
{
    if (scope == ofModule || m_globals.count({text, cell, scope}) != 0) {
        add({text}, giver);
        return;
    }
    add({text, cell, scope}, giver);
    const auto& source = m_cells.cells()[cell];
    if (source.syntax[scope].kind == NodeKind::ClassDefinition) {
        const Key attribute{text, ofAttributes, ofAttributes};
        add(attribute, giver);
        auto& classes = m_functions[attribute];
        const auto name = textOf(source, source.syntax.child(scope, NodeField::Name));
        if (classes.size() < mostClasses && (classes.empty() || classes.back() != name)) {
            classes.push_back(name);
        }
    }
}

void GroundNames::add(const Key& key, const Giver& giver)
{
    if (m_count < most) {
        m_givers[key].push_back(giver);
        ++m_count;
    }
}

} // namespace cupel::rules::code
