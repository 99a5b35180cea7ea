// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/code/ground_names.h"

#include <algorithm>

namespace cupel::rules::code {

using cupel::code::Children;
using cupel::code::NodeField;
using cupel::code::NodeKind;
using cupel::code::Syntax;

GroundNames::Key GroundNames::resolved(const UsedName& name) const
{
    if (name.attribute) {
        return {name.text, ofAttributes, ofAttributes};
    }
    const Key asked{name.text, name.cell, name.scope};
    if (const auto known = m_memo.find(asked); known != m_memo.end()) {
        return known->second;
    }
    const auto found = lookedUp(name);
    m_memo.emplace(asked, found);
    return found;
}

GroundNames::Key GroundNames::lookedUp(const UsedName& name) const
{
    constexpr int deepest = 200;
    auto scope = name.scope;
    for (int steps = 0; scope != ofModule && steps < deepest; ++steps) {
        const auto& syntax = m_cells.cells()[name.cell].syntax;
        // Functions do not see the names of the class around them.
        const bool seen = steps == 0 || syntax[scope].kind != NodeKind::ClassDefinition;
        const Key key{name.text, name.cell, scope};
        if (m_globals.count(key) != 0) {
            break;
        }
        if (seen && m_givers.find(key) != m_givers.end()) {
            return key;
        }
        scope = scopeAround(syntax, scope);
    }
    return {name.text};
}

// Nothing but imports gives it something: its attributes are those of a module.
bool GroundNames::isImported(const UsedName& name) const
{
    constexpr std::size_t few = 4; // a name and its module, twice
    const auto known = m_givers.find(resolved(name));
    if (known == m_givers.end() || known->second.empty() || known->second.size() > few) {
        return false;
    }
    return std::all_of(known->second.begin(), known->second.end(), [this](const Giver& giver) {
        if (giver.node == Syntax::none) {
            return false;
        }
        const auto& syntax = m_cells.cells()[giver.cell].syntax;
        const auto above = syntax[syntax[giver.node].parent].kind;
        return above == NodeKind::Import || above == NodeKind::ImportFrom;
    });
}

void GroundNames::giversOf(const UsedName& name, std::vector<const Givers*>& out) const
{
    const auto key = resolved(name);
    const auto take = [&out](const auto& map, const auto& wanted) {
        if (const auto known = map.find(wanted); known != map.end() && !known->second.empty()) {
            out.push_back(&known->second);
        }
    };
    take(m_givers, key);
    if (isEnvironment(name.text)) {
        take(m_givers, Key{"environ", ofAttributes, ofAttributes});
    }
    const auto functions = m_functions.find(key);
    if (functions == m_functions.end()) {
        return;
    }
    auto names = functions->second;
    for (std::size_t i = 0; i < names.size(); ++i) {
        take(m_uses, names[i]);
        const auto made = m_subclasses.find(names[i]); // what is made of them
        for (std::size_t k = 0; made != m_subclasses.end() && k < made->second.size() && names.size() < mostClasses;
            ++k) {
            names.push_back(made->second[k]);
        }
    }
}

bool GroundNames::namesIn(
    std::uint32_t cell, std::uint32_t node, bool blocks, std::size_t atMost, std::vector<UsedName>& names) const
{
    const auto& source = m_cells.cells()[cell];
    const auto& syntax = source.syntax;
    ScopeStack scopes(syntax, scopeAround(syntax, node));
    for (auto at = node; at < syntax[node].stop;) {
        const auto& entry = syntax[at];
        const auto scope = scopes.around(at);
        if (entry.kind == NodeKind::Block && at != node && !blocks) {
            at = entry.stop;
            continue;
        }
        const auto above = syntax[entry.parent].kind;
        // No use of a name: a keyword, and what a definition is called.
        const bool noUse = entry.field == NodeField::Name
            && (above == NodeKind::KeywordArgument || above == NodeKind::FunctionDefinition
                || above == NodeKind::ClassDefinition);
        if (entry.kind == NodeKind::Identifier && !noUse) {
            if (names.size() >= atMost) {
                return false;
            }
            const auto text = textOf(source, at);
            const bool attribute = entry.field == NodeField::Attribute && above == NodeKind::Attribute;
            const auto object = attribute ? syntax.child(entry.parent, NodeField::Object) : Syntax::none;
            const bool imported = object != Syntax::none && syntax[object].kind == NodeKind::Identifier
                && !isEnvironment(text) && isImported({textOf(source, object), cell, scope});
            if (!imported) {
                names.push_back({text, cell, scope, attribute});
            }
        }
        ++at;
    }
    return true;
}

bool GroundNames::namesIn(
    std::uint32_t cell, const cupel::code::Command& command, std::size_t atMost, std::vector<UsedName>& names) const
{
    const auto isWord = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_'
            || (c & 0x80) != 0;
    };
    const auto& syntax = m_cells.cells()[cell].syntax;
    const auto statement = statementAt(syntax, command.bytes.start);
    const auto scope = statement == Syntax::none ? ofModule : scopeAround(syntax, statement);
    if (command.isShell() && names.size() < atMost) {
        names.push_back({"environ", cell, scope, true});
    }
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
                names.push_back({text.substr(start, at - start), cell, scope, attribute});
            }
        }
    }
    return true;
}

} // namespace cupel::rules::code
