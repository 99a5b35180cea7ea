// SPDX-License-Identifier: GPL-3.0-or-later
// Names: what assignments bind and what a name stands for.
#include "analyzers/code/flow.h"
#include "analyzers/code/taint_sources.h"

#include <algorithm>

namespace cupel::code {

namespace {

constexpr std::size_t maxAttributes = 20'000;
constexpr std::string_view changingMethods[] = {"append", "extend", "add", "update", "insert", "appendleft", "write"};

} // namespace

Value* Flow::find(std::string_view name)
{
    for (auto scope = m_scopes.rbegin(); scope != m_scopes.rend(); ++scope) {
        // The names of a class are not seen inside of its methods.
        if (scope->isClass && scope != m_scopes.rbegin()) {
            continue;
        }
        const auto hit = scope->names.find(name);
        if (hit != scope->names.end()) {
            return &hit->second;
        }
    }
    return nullptr;
}

Value Flow::lookup(std::string_view name)
{
    if (const auto* known = find(name)) {
        return *known;
    }
    Value value;
    if (isBuiltin(name)) {
        value.path = m_paths.attribute(m_paths.root("builtins"), name);
    } else if (const auto module = usualModule(name); !module.empty()) {
        value.path = m_paths.root(module);
    } else if (m_starModules.size() == 1) {
        value.path = m_paths.attribute(m_paths.root(m_starModules.front()), name);
    } else {
        value.path = m_paths.unknown(name);
    }
    return value;
}

void Flow::bindName(std::string_view name, Value value)
{
    auto& names = m_scopes.back().names;
    const auto [hit, fresh] = names.try_emplace(name);
    if (!fresh && !m_branches.empty()) {
        // One of several branches: what was there before may still be.
        const auto before = hit->second;
        const bool same = before.isConstant() && value.kind == before.kind && value.text == before.text;
        if (before.isConstant() && value.isConstant() && !same && value.kind != ValueKind::Boolean) {
            value.kind = before.isString() && value.isString() ? value.kind : ValueKind::Unknown;
        }
        mergeTaint(value, before);
    }
    hit->second = value;
}

void Flow::bind(std::uint32_t target, Value value, std::uint32_t assignment)
{
    const auto& entry = tree()[target];
    switch (entry.kind) {
    case NodeKind::Identifier: {
        const auto name = nodeText(target);
        m_observer.onAssign(m_paths.unknown(name), value, ref(target), ref(assignment));
        addStep(value, ref(target));
        value.path = value.path != 0 ? value.path : m_paths.unknown(name);
        bindName(name, value);
        return;
    }
    case NodeKind::PatternList:
    case NodeKind::TuplePattern:
    case NodeKind::ListPattern:
    case NodeKind::Tuple:
    case NodeKind::List: {
        const auto inside = elements(value);
        std::size_t index = 0;
        for (const auto child : Children(tree(), target)) {
            Value part;
            if (index < inside.size()) {
                part = valueOf(inside[index]);
            } else {
                part.path = m_paths.item(value.path, {});
                mergeTaint(part, value);
            }
            ++index;
            const auto kind = tree()[child].kind;
            if (kind == NodeKind::Identifier) {
                m_observer.onAssign(m_paths.unknown(nodeText(child)), part, ref(child), ref(assignment));
                addStep(part, ref(child));
                bindName(nodeText(child), part);
            } else if (kind == NodeKind::Attribute) {
                bindAttribute(child, part, assignment);
            } else if (kind == NodeKind::Subscript) {
                bindSubscript(child, part, assignment);
            } else if (kind == NodeKind::TuplePattern || kind == NodeKind::ListPattern) {
                for (const auto deeper : Children(tree(), child)) {
                    Value piece;
                    mergeTaint(piece, part);
                    if (tree()[deeper].kind == NodeKind::Identifier) {
                        bindName(nodeText(deeper), piece);
                    }
                }
            }
        }
        return;
    }
    case NodeKind::Attribute:
        bindAttribute(target, value, assignment);
        return;
    case NodeKind::Subscript:
        bindSubscript(target, value, assignment);
        return;
    case NodeKind::AsPatternTarget:
    case NodeKind::Parenthesized:
        if (const auto inner = tree().firstChild(target);
            inner != Syntax::none && tree()[inner].kind == NodeKind::Identifier) {
            bindName(nodeText(inner), value);
        }
        return;
    default:
        return;
    }
}

void Flow::bindAttribute(std::uint32_t target, const Value& value, std::uint32_t assignment)
{
    const auto object = tree().child(target, NodeField::Object);
    const auto name = tree().child(target, NodeField::Attribute);
    if (object == Syntax::none || name == Syntax::none) {
        return;
    }
    const auto path = m_paths.attribute(at(object).path, nodeText(name));
    m_observer.onAssign(path, value, ref(target), ref(assignment));
    if (tree()[object].kind == NodeKind::Identifier && m_attributes.size() < maxAttributes) {
        auto stepped = value;
        addStep(stepped, ref(target));
        m_attributes[std::string(nodeText(target))] = stepped;
    }
}

void Flow::bindSubscript(std::uint32_t target, const Value& value, std::uint32_t assignment)
{
    const auto object = tree().child(target, NodeField::Value);
    const auto key = tree().child(target, NodeField::Subscript);
    if (object == Syntax::none) {
        return;
    }
    const auto text = key != Syntax::none && at(key).isConstant() ? at(key).text : std::string_view();
    m_observer.onAssign(m_paths.item(at(object).path, text), value, ref(target), ref(assignment));
    if (tree()[object].kind == NodeKind::Identifier && value.sources != 0) {
        if (auto* known = find(nodeText(object))) {
            mergeTaint(*known, value);
        }
    }
}

// Names of a.b are kept as they are written; a method of another object of the same name is rare in a notebook.
Value* Flow::findAttribute(std::uint32_t node)
{
    if (m_attributes.empty()) {
        return nullptr;
    }
    const auto hit = m_attributes.find(std::string(nodeText(node)));
    return hit != m_attributes.end() ? &hit->second : nullptr;
}

// list.append(tainted) taints the list.
void Flow::taintReceiver(std::uint32_t function, const Value& value)
{
    if (value.sources == 0 || tree()[function].kind != NodeKind::Attribute) {
        return;
    }
    const auto object = tree().child(function, NodeField::Object);
    const auto name = tree().child(function, NodeField::Attribute);
    if (object == Syntax::none || name == Syntax::none || tree()[object].kind != NodeKind::Identifier) {
        return;
    }
    if (std::find(std::begin(changingMethods), std::end(changingMethods), nodeText(name))
        == std::end(changingMethods)) {
        return;
    }
    if (auto* known = find(nodeText(object))) {
        mergeTaint(*known, value);
    }
}

std::vector<NodeRef> Flow::elements(const Value& value) const
{
    constexpr std::size_t maxElements = 4096;
    std::vector<NodeRef> list;
    const bool known = value.isList() || value.kind == ValueKind::Set;
    if (!known || !value.origin.valid() || m_looked > maxLooked) {
        return list;
    }
    const auto& syntaxOf = syntax(value.origin.unit);
    for (const auto child : Children(syntaxOf, value.origin.node)) {
        if (syntaxOf[child].kind != NodeKind::Comment && list.size() < maxElements) {
            list.push_back({value.origin.unit, child});
        }
        if (++m_looked > maxLooked) {
            break;
        }
    }
    return list;
}

// The parameter that a taint began with, or none.
std::uint32_t Flow::parameterOf(const Value& value, std::uint32_t& function) const
{
    if ((value.sources & sourceParameter) == 0 || value.step == 0) {
        return Syntax::none;
    }
    auto at = value.step;
    while (m_steps[at].previous != 0) {
        at = m_steps[at].previous;
    }
    if ((m_steps[at].source & sourceParameter) == 0 || !m_steps[at].place.valid()) {
        return Syntax::none;
    }
    const auto name = textOf(m_steps[at].place);
    for (auto scope = m_scopes.rbegin(); scope != m_scopes.rend(); ++scope) {
        if (scope->function >= m_functions.size()) {
            continue;
        }
        const auto& parameters = m_functions[scope->function].parameters;
        const auto hit = std::find(parameters.begin(), parameters.end(), name);
        if (hit != parameters.end()) {
            function = scope->function;
            return static_cast<std::uint32_t>(hit - parameters.begin());
        }
    }
    return Syntax::none;
}

void Flow::rememberSink(const Value& value, std::uint32_t number)
{
    std::uint32_t function = 0;
    const auto parameter = parameterOf(value, function);
    if (parameter != Syntax::none && m_functions[function].sinks.size() < 64) {
        m_functions[function].sinks.push_back({parameter, number});
    }
}

} // namespace cupel::code
