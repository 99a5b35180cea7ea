// SPDX-License-Identifier: GPL-3.0-or-later
// Statements with parts of their own: branches, loops, imports, patterns.
#include "analyzers/lineage/cell_walker.h"

#include "analyzers/lineage/name_words.h"

#include <string>

namespace cupel::lineage {

using code::Children;
using code::NodeField;
using code::NodeKind;
using code::Syntax;

void CellWalker::visitIf(std::uint32_t node)
{
    const auto condition = tree().child(node, NodeField::Condition);
    const auto said = condition == Syntax::none ? std::string_view() : text(condition);
    const bool always = said.find("__name__") != std::string_view::npos || said == "True" || said == "1";
    const bool asks = said.find("globals()") != std::string_view::npos
        || said.find("locals()") != std::string_view::npos || said.find("dir()") != std::string_view::npos
        || said.find("vars()") != std::string_view::npos;
    std::vector<Task> list;
    std::vector<std::uint32_t> arms;
    bool otherwise = false;
    for (const auto child : Children(tree(), node)) {
        if (tree()[child].kind == NodeKind::Block || tree()[child].kind == NodeKind::ElifClause
            || tree()[child].kind == NodeKind::ElseClause) {
            otherwise = otherwise || tree()[child].kind == NodeKind::ElseClause;
            arms.push_back(child);
        } else if (child == condition) {
            list.push_back({Op::Visit, child});
        }
    }
    for (std::size_t i = 0; i < arms.size(); ++i) {
        const bool sure = always && i == 0;
        list.push_back({Op::Arm, node, i == 0 ? (otherwise ? 1U : 0U) : Syntax::none});
        list.push_back({sure ? Op::Loop : Op::Branch, node});
        list.push_back({asks ? Op::Guard : Op::Loop, node});
        list.push_back({Op::Visit, arms[i]});
        list.push_back({asks ? Op::Unguard : Op::Unloop, node});
        list.push_back({sure ? Op::Unloop : Op::Unbranch, node});
    }
    if (!arms.empty()) {
        list.push_back({Op::Armed, node});
    }
    m_tasks.insert(m_tasks.end(), list.rbegin(), list.rend());
}

void CellWalker::visitTry(std::uint32_t node)
{
    bool caught = false;
    for (const auto child : Children(tree(), node)) {
        if (tree()[child].kind == NodeKind::ExceptClause) {
            const auto head = text(child).substr(0, text(child).find('\n'));
            caught = caught || head.find("NameError") != std::string_view::npos
                || head.find("Exception") != std::string_view::npos || head.find("except:") == 0;
        }
    }
    std::vector<Task> list;
    for (const auto child : Children(tree(), node)) {
        const auto kind = tree()[child].kind;
        if (kind == NodeKind::ExceptClause) {
            // `except E as e`: e is gone behind it, and nobody else's.
            std::uint32_t hidden = Syntax::none;
            list.push_back({Op::Branch, child});
            for (const auto part : Children(tree(), child)) {
                const auto target = tree()[part].kind == NodeKind::AsPattern ? tree()[part].stop - 1 : Syntax::none;
                if (target != Syntax::none && target > part && tree()[target].kind == NodeKind::Identifier) {
                    list.push_back({Op::Visit, tree().firstChild(part)});
                    list.push_back({Op::Hide, target});
                    hidden = target;
                } else {
                    list.push_back({Op::Visit, part});
                }
            }
            if (hidden != Syntax::none) {
                list.push_back({Op::Unhide, hidden});
            }
            list.push_back({Op::Unbranch, child});
        } else {
            const bool guards = caught && kind == NodeKind::Block;
            list.push_back({guards ? Op::Guard : Op::Loop, child});
            list.push_back({Op::Visit, child});
            list.push_back({guards ? Op::Unguard : Op::Unloop, child});
        }
    }
    m_tasks.insert(m_tasks.end(), list.rbegin(), list.rend());
}

void CellWalker::visitFor(std::uint32_t node)
{
    const auto target = tree().child(node, NodeField::Left);
    const auto value = tree().child(node, NodeField::Right);
    std::vector<Task> list;
    if (value != Syntax::none) {
        list.push_back({Op::Visit, value});
    }
    list.push_back({Op::Loop, node});
    if (target != Syntax::none) {
        list.push_back({Op::BindLoop, target, value});
    }
    for (const auto child : Children(tree(), node)) {
        if (child != target && child != value) {
            list.push_back({Op::Visit, child});
        }
    }
    list.push_back({Op::Unloop, node});
    m_tasks.insert(m_tasks.end(), list.rbegin(), list.rend());
}

void CellWalker::visitAssignment(std::uint32_t node)
{
    const auto left = tree().child(node, NodeField::Left);
    const auto right = tree().child(node, NodeField::Right);
    const auto type = tree().child(node, NodeField::Type);
    if (tree()[node].kind == NodeKind::AugmentedAssignment) {
        if (left != Syntax::none) {
            push(Op::Change, left, right);
        }
    } else if (left != Syntax::none && right != Syntax::none) {
        // a = b = 1: both get the last one, which is looked for once.
        auto value = m_chain == node ? m_chainEnd : right;
        while (tree()[value].kind == NodeKind::Assignment) {
            const auto deeper = tree().child(value, NodeField::Right);
            if (deeper == Syntax::none || !m_budget.spend(1)) {
                break;
            }
            value = deeper;
        }
        push(Op::Bind, left, value);
        m_chain = tree()[right].kind == NodeKind::Assignment ? right : Syntax::none;
        m_chainEnd = value;
    }
    if (right != Syntax::none) {
        push(Op::Visit, right);
    }
    if (type != Syntax::none) {
        push(Op::Visit, type);
    }
}

void CellWalker::visitDelete(std::uint32_t node)
{
    std::vector<std::uint32_t> open{node};
    while (!open.empty()) {
        const auto at = open.back();
        open.pop_back();
        for (const auto child : Children(tree(), at)) {
            const auto kind = tree()[child].kind;
            if (kind == NodeKind::Identifier) {
                read(nameOf(child), child);
                emit(event(NameAct::Delete, nameOf(child), child));
            } else if (kind == NodeKind::Subscript || kind == NodeKind::Attribute) {
                changeTarget(child, Syntax::none);
            } else {
                open.push_back(child);
            }
        }
    }
}

void CellWalker::visitImport(std::uint32_t node)
{
    for (const auto child : Children(tree(), node)) {
        auto module = child;
        auto name = child;
        if (tree()[child].kind == NodeKind::AliasedImport) {
            module = tree().child(child, NodeField::Name);
            name = tree().child(child, NodeField::Alias);
        }
        if (module == Syntax::none || name == Syntax::none) {
            continue;
        }
        const auto top = text(module).substr(0, text(module).find('.'));
        if (!isInstalledModule(top)) {
            readHidden("<sys.path>", node);
            readHidden("<file:" + std::string(top) + ".py>", node);
        }
        define(m_file.names.of(name == child ? top : text(name)), name, Bound::Import);
    }
}

void CellWalker::visitImportFrom(std::uint32_t node)
{
    const auto module = tree().child(node, NodeField::Module);
    if (module != Syntax::none) {
        const auto top = text(module).substr(0, text(module).find('.', 1));
        if (!isInstalledModule(top)) {
            readHidden("<sys.path>", node);
            readHidden("<file:" + std::string(top) + ".py>", node);
        }
    }
    for (const auto child : Children(tree(), node)) {
        if (child == module) {
            continue;
        }
        if (tree()[child].kind == NodeKind::WildcardImport) {
            emit(event(NameAct::Open, m_file.names.of(module == Syntax::none ? "" : text(module)), child));
            continue;
        }
        const bool aliased = tree()[child].kind == NodeKind::AliasedImport;
        const auto name = aliased ? tree().child(child, NodeField::Alias) : child;
        if (name != Syntax::none && tree()[child].kind != NodeKind::Comment) {
            define(nameOf(name), name, Bound::Import);
        }
    }
}

// Names in patterns are bound, but for classes and dotted values.
void CellWalker::visitCase(std::uint32_t node)
{
    std::vector<Task> list;
    depth({Op::Branch, node});
    for (const auto child : Children(tree(), node)) {
        if (tree()[child].kind == NodeKind::Other) {
            pattern(child);
        } else {
            list.push_back({Op::Visit, child});
        }
    }
    list.push_back({Op::Unbranch, node});
    m_tasks.insert(m_tasks.end(), list.rbegin(), list.rend());
}

void CellWalker::pattern(std::uint32_t node)
{
    for (auto at = node; at < tree()[node].stop; ++at) {
        const auto kind = tree()[at].kind;
        const auto parent = tree()[at].parent;
        const auto around = text(parent);
        const bool first = tree().firstChild(parent) == at;
        if (kind == NodeKind::DottedName) {
            const auto name = tree().firstChild(at);
            const bool isClass = first && around.size() > text(at).size() && around[text(at).size()] == '(';
            if (name == Syntax::none) {
                continue;
            }
            if (isClass || tree().nextSibling(name) != Syntax::none) {
                read(nameOf(name), name);
            } else if (text(name) != "_") {
                define(nameOf(name), name, Bound::Value);
            }
            at = tree()[at].stop - 1;
        } else if (kind == NodeKind::Identifier && text(at) != "_") {
            const auto behind = m_cell.text.find_first_not_of(" \t", tree()[at].end);
            const bool keyword = first && behind != std::string::npos && m_cell.text[behind] == '=';
            if (!keyword) { // a rest, or the name behind `as`
                define(nameOf(at), at, Bound::Value);
            }
        }
    }
}

// What the table of kinds does not know by name.
void CellWalker::visitOther(std::uint32_t node)
{
    const auto said = text(node);
    if (said.starts_with("nonlocal ")) {
        for (const auto child : Children(tree(), node)) {
            scope().global.insert(nameOf(child));
        }
        return;
    }
    if (said.starts_with("type ") && tree()[node].parent == 0) {
        for (auto at = node + 1; at < tree()[node].stop; ++at) {
            if (tree()[at].kind == NodeKind::Identifier) {
                define(nameOf(at), at, Bound::Class);
                break;
            }
        }
        return;
    }
    visitChildren(node);
}

void CellWalker::visitAs(std::uint32_t node)
{
    const auto value = tree().firstChild(node);
    for (const auto child : Children(tree(), node)) {
        if (tree()[child].kind == NodeKind::AsPatternTarget) {
            push(Op::Bind, child, value);
        }
    }
    if (value != Syntax::none) {
        push(Op::Visit, value);
    }
}

void CellWalker::visitReturn(std::uint32_t node)
{
    if (const auto value = tree().firstChild(node); value != Syntax::none) {
        bool part = false;
        if (const auto base = baseOf(value, &part); base != Syntax::none && !part) {
            scope().returned.push_back(nameOf(base));
        }
    }
    visitChildren(node);
}

} // namespace cupel::lineage
