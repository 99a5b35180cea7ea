// SPDX-License-Identifier: GPL-3.0-or-later
// Functions, classes, lambdas and comprehensions: what stays inside when a scope closes, and what it does to names
// around it. Local names that stand for a parameter or an outer name carry changes through to it.
#include "analyzers/lineage/cell_walker.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace cupel::lineage {

using code::Children;
using code::NodeField;
using code::NodeKind;
using code::Syntax;

namespace {

constexpr std::size_t maxOrigins = 16;
constexpr std::size_t maxFunctions = 50'000;
constexpr std::size_t maxOutside = 20'000; // events of a class

} // namespace

void CellWalker::openScope(ScopeKind kind, std::uint32_t node)
{
    Scope made;
    made.kind = kind;
    made.node = node;
    made.branches = m_branches;
    made.loops = m_loops;
    made.guards = m_guards;
    made.frames = m_scopes.empty() ? 0 : scope().frames;
    if (kind == ScopeKind::Function) {
        m_branches = m_loops = m_guards = 0;
        made.frames = m_frames.size();
    }
    m_scopes.push_back(std::move(made));
}

// Decorators, defaults, annotations and base classes belong to the scope around it.
void CellWalker::openFunction(std::uint32_t node, std::uint32_t decorated)
{
    std::vector<Task> list;
    if (decorated != Syntax::none) {
        for (const auto child : Children(tree(), decorated)) {
            if (child != node) {
                list.push_back({Op::Visit, child});
            }
        }
    }
    const auto body = tree().child(node, NodeField::Body);
    for (const auto child : Children(tree(), node)) {
        if (child == body || tree()[child].field == NodeField::Name) {
            continue;
        }
        if (tree()[child].kind == NodeKind::Parameters) {
            for (const auto parameter : Children(tree(), child)) {
                for (const auto part : Children(tree(), parameter)) {
                    const auto field = tree()[part].field;
                    if (field == NodeField::Type) { // newer Pythons do not insist on annotations
                        list.insert(list.end(), {{Op::Guard, part}, {Op::Visit, part}, {Op::Unguard, part}});
                    } else if (field == NodeField::Value) {
                        list.push_back({Op::Visit, part});
                    }
                }
            }
        } else if (!text(child).starts_with('[')) { // type parameters are bound inside
            const bool bases = tree()[child].kind == NodeKind::ArgumentList;
            list.push_back({bases ? Op::Loop : Op::Guard, child});
            list.push_back({Op::Visit, child});
            list.push_back({bases ? Op::Unloop : Op::Unguard, child});
        }
    }
    list.push_back({Op::Open, node});
    list.push_back({Op::Function, node, decorated});
    m_tasks.insert(m_tasks.end(), list.rbegin(), list.rend());
}

void CellWalker::openInner(std::uint32_t node)
{
    const auto kind = tree()[node].kind;
    const auto body = tree().child(node, NodeField::Body);
    std::vector<Task> list;
    if (kind == NodeKind::FunctionDefinition || kind == NodeKind::ClassDefinition) {
        openScope(kind == NodeKind::ClassDefinition ? ScopeKind::Class : ScopeKind::Function, node);
        for (const auto child : Children(tree(), node)) {
            if (tree()[child].kind == NodeKind::Parameters) {
                for (const auto parameter : Children(tree(), child)) {
                    bindParameter(parameter);
                }
            } else if (child != body && text(child).starts_with('[')) {
                for (auto at = child; at < tree()[child].stop; ++at) {
                    if (tree()[at].kind == NodeKind::Identifier) {
                        scope().bound.insert(nameOf(at));
                    }
                }
            }
        }
        list.push_back({Op::Visit, body});
    } else if (kind == NodeKind::Lambda) {
        openLambda(node);
        list.push_back({Op::Visit, body});
    } else {
        openScope(ScopeKind::Inner, node);
        ++m_loops;
        for (const auto child : Children(tree(), node)) {
            if (tree()[child].kind == NodeKind::ForInClause) {
                const auto value = tree().child(child, NodeField::Right);
                if (value != Syntax::none) {
                    list.push_back({Op::Visit, value});
                }
                if (const auto target = tree().child(child, NodeField::Left); target != Syntax::none) {
                    list.push_back({Op::BindLoop, target, value});
                }
            } else if (child != body) {
                list.push_back({Op::Visit, child});
            }
        }
        list.push_back({Op::Visit, body});
    }
    std::erase_if(list, [](const Task& task) { return task.node == Syntax::none; });
    list.push_back({Op::Close, node});
    m_tasks.insert(m_tasks.end(), list.rbegin(), list.rend());
}

void CellWalker::openLambda(std::uint32_t node)
{
    const auto parameters = tree().child(node, NodeField::Parameters);
    if (parameters != Syntax::none) {
        for (const auto parameter : Children(tree(), parameters)) {
            if (const auto value = tree().child(parameter, NodeField::Value); value != Syntax::none) {
                bool part = false; // names as defaults are the common case
                if (const auto base = baseOf(value, &part); base != Syntax::none) {
                    read(nameOf(base), base);
                }
            }
        }
    }
    const auto& around = tree()[tree()[node].parent];
    const bool named = around.kind == NodeKind::Assignment && tree()[node].field == NodeField::Right;
    openScope(named ? ScopeKind::Function : ScopeKind::Inner, node);
    scope().deferred = named;
    if (parameters != Syntax::none) {
        for (const auto parameter : Children(tree(), parameters)) {
            bindParameter(parameter);
        }
    }
}

void CellWalker::bindParameter(std::uint32_t node)
{
    auto at = node;
    if (tree()[at].kind != NodeKind::Identifier) {
        const auto named = tree().child(node, NodeField::Name);
        at = named != Syntax::none ? named : tree().firstChild(node);
        while (at != Syntax::none && tree()[at].kind != NodeKind::Identifier) {
            at = tree().firstChild(at); // *args: int
        }
    }
    if (at == Syntax::none) {
        return;
    }
    scope().bound.insert(nameOf(at));
    scope().parameters.push_back(nameOf(at));
}

bool CellWalker::Judging::isLocal(NameId name) const
{
    return scope.bound.contains(name) && !scope.global.contains(name);
}

CellWalker::Origins CellWalker::Judging::originsOf(NameId name) const
{
    if (!isLocal(name)) {
        return {{name, -1}};
    }
    const auto known = local.find(name);
    return known == local.end() ? Origins() : known->second;
}

// A local name gets a value: what else the value is.
void CellWalker::follow(Judging& judging, const NameEvent& event)
{
    Origins origins;
    for (auto i = event.links; i < event.linksEnd; ++i) {
        const auto& link = judging.scope.links[i];
        if (link.kind == NameLink::Kind::Same || link.kind == NameLink::Kind::Part) {
            for (const auto& origin : judging.originsOf(link.name)) {
                if (origins.size() < maxOrigins) {
                    origins.push_back(origin);
                }
            }
        }
    }
    auto& known = judging.local[event.name];
    if (!event.maybe && !event.loop) {
        known = std::move(origins);
        return;
    }
    for (const auto& origin : origins) {
        if (known.size() < maxOrigins) {
            known.push_back(origin);
        }
    }
}

void CellWalker::judge(Judging& judging, FunctionNames& out)
{
    for (std::size_t i = 0; i < judging.scope.parameters.size(); ++i) {
        judging.local[judging.scope.parameters[i]] = {{noName, static_cast<std::int32_t>(i)}};
    }
    for (auto event : judging.scope.events) {
        if (!m_budget.spend(4)) {
            m_partial = true;
            return;
        }
        switch (event.act) {
        case NameAct::Define:
            if (judging.isLocal(event.name)) {
                follow(judging, event);
                break;
            }
            event.links = event.linksEnd = 0;
            out.outside.push_back(event);
            break;
        case NameAct::Change:
            if (event.augmented && judging.isLocal(event.name)) {
                break; // mostly numbers
            }
            for (const auto& origin : judging.originsOf(event.name)) {
                if (origin.parameter >= 0) {
                    out.changes.push_back(static_cast<std::uint32_t>(origin.parameter));
                } else {
                    auto outer = event;
                    outer.name = origin.outer;
                    outer.links = outer.linksEnd = 0;
                    out.outside.push_back(outer);
                }
            }
            break;
        case NameAct::Call:
            judgeCall(judging, event, out);
            break;
        case NameAct::Open:
            break;
        default:
            if (!judging.isLocal(event.name)) {
                out.outside.push_back(event);
            }
            break;
        }
    }
    for (const auto name : judging.scope.returned) {
        for (const auto& origin : judging.originsOf(name)) {
            if (origin.parameter >= 0) {
                out.returned.push_back(static_cast<std::uint32_t>(origin.parameter));
            }
        }
    }
    std::sort(out.changes.begin(), out.changes.end());
    out.changes.erase(std::unique(out.changes.begin(), out.changes.end()), out.changes.end());
}

void CellWalker::judgeCall(const Judging& judging, NameEvent event, FunctionNames& out)
{
    if (event.method == noName && event.name != noName && judging.isLocal(event.name)) {
        return; // what a function in a function does was handed up already
    }
    const auto first = out.arguments.size();
    for (auto i = event.arguments; i < event.argumentsEnd; ++i) {
        const auto& argument = judging.scope.arguments[i];
        for (const auto& origin : judging.originsOf(argument.name)) {
            auto made = argument;
            made.name = origin.outer;
            made.parameter = origin.parameter;
            out.arguments.push_back(made);
        }
    }
    if (out.arguments.size() == first && event.name == noName && !event.discarded) {
        return;
    }
    event.arguments = static_cast<std::uint32_t>(first);
    event.argumentsEnd = static_cast<std::uint32_t>(out.arguments.size());
    out.outside.push_back(event);
}

std::uint32_t CellWalker::keepFunction(FunctionNames&& made)
{
    if (m_file.functions.size() >= maxFunctions) {
        m_partial = true;
        return noName;
    }
    m_file.functions.push_back(std::move(made));
    return static_cast<std::uint32_t>(m_file.functions.size() - 1);
}

// Events of a scope that closed go on in the scope around it.
void CellWalker::handUp(const FunctionNames& from, bool later)
{
    auto& around = scope();
    for (auto event : from.outside) {
        if (++m_made > maxEvents || !m_budget.spend(4)) {
            m_partial = true;
            return;
        }
        if (later) {
            event.maybe = true;
            event.bare = event.shown = event.discarded = false;
        }
        if (event.act == NameAct::Call) {
            const auto first = static_cast<std::uint32_t>(around.arguments.size());
            for (auto i = event.arguments; i < event.argumentsEnd; ++i) {
                if (from.arguments[i].parameter < 0) {
                    around.arguments.push_back(from.arguments[i]);
                }
            }
            event.arguments = first;
            event.argumentsEnd = static_cast<std::uint32_t>(around.arguments.size());
        }
        around.events.push_back(event);
    }
}

void CellWalker::closeScope()
{
    const auto closed = std::move(m_scopes.back());
    m_scopes.pop_back();
    m_branches = closed.branches;
    m_loops = closed.loops;
    m_guards = closed.guards;
    FunctionNames made;
    made.parameters = closed.parameters;
    made.text = std::hash<std::string_view>{}(text(closed.node));
    Judging judging{closed, {}};
    judge(judging, made);
    if (closed.kind == ScopeKind::Inner) {
        // A lambda in a call runs soon; others wait like functions.
        const auto around = tree()[tree()[closed.node].parent].kind;
        handUp(made,
            tree()[closed.node].kind == NodeKind::Lambda && around != NodeKind::ArgumentList
                && around != NodeKind::KeywordArgument);
        return;
    }
    if (closed.kind == ScopeKind::Class) {
        handUp(made, false); // its body runs where it stands; methods wait
        FunctionNames all;
        all.isClass = true;
        all.text = made.text;
        all.methods = closed.methods;
        for (const auto method : closed.methods) {
            const auto name = m_file.functions[method].name;
            const auto word = name == noName ? std::string_view() : m_file.names.text(name);
            const bool first = word == "__init__" || word == "__new__" || word == "__post_init__";
            for (auto event : m_file.functions[method].outside) {
                const bool counts = event.act != NameAct::Call;
                event.maybe = event.maybe || !first; // nobody may call it yet
                if (counts && all.outside.size() < maxOutside) {
                    all.outside.push_back(event);
                }
            }
        }
        if (m_scopes.size() > 1) {
            handUp(all, true);
        }
        m_functionOf[closed.node] = keepFunction(std::move(all));
        return;
    }
    if (m_scopes.size() > 1 && scope().kind != ScopeKind::Class) {
        handUp(made, true);
    }
    const auto index = keepFunction(std::move(made));
    if (index == noName) {
        return;
    }
    m_functionOf[closed.node] = index;
    if (scope().kind == ScopeKind::Class) {
        scope().methods.push_back(index);
    }
}

void CellWalker::defineFunction(std::uint32_t node, std::uint32_t decorated)
{
    const auto name = tree().child(node, NodeField::Name);
    if (name == Syntax::none) {
        return;
    }
    const bool isClass = tree()[node].kind == NodeKind::ClassDefinition;
    const auto known = m_functionOf.find(node);
    const auto index = known == m_functionOf.end() ? noName : known->second;
    if (index != noName) {
        m_file.functions[index].name = nameOf(name);
        m_file.functions[index].decorated = decorated != Syntax::none;
    }
    const auto before = scope().events.size();
    define(nameOf(name), name, isClass ? Bound::Class : Bound::Function);
    if (scope().events.size() > before) {
        scope().events.back().function = index;
    }
    if (index != noName && m_scopes.size() == 1) {
        waitingReads(index);
    }
}

// What a function will read when somebody calls it.
void CellWalker::waitingReads(std::uint32_t function)
{
    for (const auto& outside : m_file.functions[function].outside) {
        if (outside.act == NameAct::Read) {
            auto made = outside;
            made.deferred = true;
            emit(made);
        }
    }
}

} // namespace cupel::lineage
