// SPDX-License-Identifier: GPL-3.0-or-later
// Calls: who is called, with what, and functions of the workspace.
#include "analyzers/lineage/trace.h"

#include "analyzers/lineage/words.h"

#include <algorithm>

namespace cupel::lineage {

namespace {

using Kind = code::NodeKind;
using code::Children;
using code::NodeField;
using code::Syntax;

constexpr std::size_t maxArguments = 256;
constexpr std::size_t maxClasses = 64; // that a method is looked for in
constexpr std::size_t maxFields = 200; // of a dataclass
constexpr std::size_t maxField = 512; // bytes of one that are looked at

} // namespace

Ref TraceCall::value(std::int32_t position, std::string_view name) const
{
    const auto* hit = find(position, name);
    return hit ? hit->value : 0;
}

const TraceArgument* TraceCall::find(std::int32_t position, std::string_view name) const
{
    std::int32_t placed = 0;
    for (const auto& argument : arguments) {
        if (argument.name.empty()) {
            if (placed++ == position) {
                return &argument;
            }
        } else if (!name.empty() && argument.name == name) {
            return &argument;
        }
    }
    return nullptr;
}

void Trace::readArguments(std::uint32_t node, TraceCall& site)
{
    const auto list = tree().child(node, NodeField::Arguments);
    if (list == Syntax::none) {
        return;
    }
    if (tree()[list].kind == Kind::GeneratorExpression) {
        site.arguments.push_back({{}, valueAt(list), list});
        return;
    }
    for (const auto child : Children(tree(), list)) {
        if (site.arguments.size() >= maxArguments) {
            site.more = true;
            return;
        }
        const auto value = valueAt(child);
        switch (tree()[child].kind) {
        case Kind::Comment:
            break;
        case Kind::KeywordArgument: {
            const auto name = tree().child(child, NodeField::Name);
            const auto inner = tree().child(child, NodeField::Value);
            site.arguments.push_back({name != Syntax::none ? nodeText(name) : std::string_view(), value,
                inner != Syntax::none ? inner : child});
            break;
        }
        case Kind::ListSplat:
            if (at(value).isSequence() && !at(value).open) {
                for (const auto item : at(value).items) {
                    if (site.arguments.size() >= maxArguments) {
                        site.more = true;
                        break;
                    }
                    site.arguments.push_back({{}, item, child});
                }
            } else {
                site.more = true;
                site.arguments.push_back({{}, elementOf(value, child), child});
            }
            break;
        case Kind::DictionarySplat:
            for (const auto& [name, item] : at(value).members) {
                site.arguments.push_back({name, item, child});
            }
            if (at(value).members.empty() && !at(value).from.empty()) {
                site.arguments.push_back({"**", value, child}); // model(**batch): all of it, whatever the names are
            }
            site.more = site.more || at(value).open || at(value).members.empty();
            break;
        default:
            site.arguments.push_back({{}, value, child});
        }
    }
}

Ref Trace::call(std::uint32_t node)
{
    const auto function = tree().child(node, NodeField::Function);
    if (function == Syntax::none) {
        return 0;
    }
    TraceCall site;
    site.unit = m_unit;
    site.node = node;
    site.function = valueAt(function);
    readArguments(node, site);
    if (site.function == 0 && !m_stars.empty() && tree()[function].kind == Kind::Identifier
        && givesByStars(site, nodeText(function))) {
        site.function = ofStars(nodeText(function));
    }
    mayLearn(site, function);
    const auto result = invoke(site);
    if (!m_owed.empty() && isStep(node, site)) {
        const auto stepper = at(site.function).kind == ThingKind::Bound ? at(site.function).self : Ref{0};
        site.receiver = stepper;
        m_trainingCall = has(at(stepper).type, ".optim") ? &site : nullptr; // its settings are the training's
        learnOwed(); // behind what is handed to it: step(closure)
        m_trainingCall = nullptr;
    }
    return result;
}

Ref Trace::invoke(TraceCall& site)
{
    const auto& function = at(site.function);
    // What functools.partial fixed comes first.
    const bool callable =
        function.kind == ThingKind::Path || function.kind == ThingKind::Function || function.kind == ThingKind::Bound;
    if (callable && (!function.made.empty() || !function.madeBy.empty())) {
        std::vector<TraceArgument> fixed;
        for (const auto value : function.made) {
            fixed.push_back({{}, value, site.node});
        }
        site.arguments.insert(site.arguments.begin(), fixed.begin(), fixed.end());
        for (const auto& [name, value] : function.madeBy) {
            site.arguments.push_back({name, value, site.node});
        }
    }
    switch (function.kind) {
    case ThingKind::Path:
        return callPath(site, function.text);
    case ThingKind::Function:
        return callFunction(function.local, site, 0);
    case ThingKind::Class:
        return construct(function.local, site);
    case ThingKind::Bound:
        if (function.local != none) {
            const auto self = function.self;
            const auto name = function.text;
            const auto result = callFunction(function.local, site, m_functions[function.local].isStatic ? 0 : self);
            // An estimator of one's own: fit() trains it, whatever it does inside.
            const bool fits = (name == "fit" || name == "partial_fit") && at(self).type.starts_with("sklearn.");
            if (fits && !site.arguments.empty()) {
                train(self, {site.value(0, "X")}, {site.value(1, "y")}, site.node, "call:fit");
            }
            return result;
        }
        return callMethod(site, function.self, function.text);
    case ThingKind::Object:
        return callObject(site);
    default:
        return unknownCall(site, 0);
    }
}

void Trace::bindParameters(const Function& function, const TraceCall& site, Ref self, Scope& scope)
{
    std::size_t position = 0;
    bool first = true;
    for (const auto& parameter : function.parameters) {
        const bool takesSelf = first && function.owner != none && !function.isStatic && self != 0;
        first = false;
        Ref value = 0;
        if (takesSelf) {
            value = self;
        } else if (parameter.kind == Parameter::Kind::List) {
            value = make(ThingKind::Tuple, site.node);
            for (const auto& argument : site.arguments) {
                if (argument.name.empty()) {
                    if (position > 0) {
                        --position;
                        continue;
                    }
                    at(value).items.push_back(argument.value);
                    at(value).takeData(at(argument.value));
                }
            }
        } else if (parameter.kind == Parameter::Kind::Dictionary) {
            value = make(ThingKind::Dictionary, site.node);
            at(value).open = true;
            for (const auto& argument : site.arguments) {
                if (!argument.name.empty()) {
                    at(value).setMember(argument.name, argument.value);
                    at(value).takeData(at(argument.value));
                }
            }
        } else {
            const auto* given = site.find(static_cast<std::int32_t>(position), parameter.name);
            value = given ? given->value : parameter.fallback;
            ++position;
            if (value == 0 && !parameter.annotation.empty()) {
                const auto known = findName(parameter.annotation.substr(parameter.annotation.rfind('.') + 1));
                if (known && at(*known).kind == ThingKind::Class) {
                    value = make(ThingKind::Object, site.node);
                    at(value).local = at(*known).local;
                    at(value).type = m_classes[at(*known).local].type;
                } else if (parameter.annotation.ends_with("DataFrame")) {
                    value = object("pandas.DataFrame", site.node);
                }
            }
        }
        scope.names[parameter.name] = value;
    }
}

Ref Trace::callFunction(std::uint32_t index, TraceCall& site, Ref self)
{
    auto& function = m_functions[index];
    function.called = true;
    charge(function.parameters.size() * site.arguments.size() / 64);
    if (function.active || m_frames.size() >= maxCalls || m_nested >= maxNested || function.body == Syntax::none
        || spent()) {
        return unknownCall(site, self);
    }
    ++m_nested;
    Scope scope;
    scope.kind = Scope::Kind::Function;
    scope.parent = function.scope;
    while (scope.parent != none && m_scopes[scope.parent].kind == Scope::Kind::Class) {
        scope.parent = m_scopes[scope.parent].parent;
    }
    bindParameters(function, site, self, scope);
    Frame frame;
    frame.function = index;
    if (site.node != function.node || site.unit != function.unit) {
        frame.callSite = placeOf({site.unit, site.node});
    }
    const auto before = std::make_tuple(m_unit, m_scope, m_nextCommand, m_blocks);
    m_frames.push_back(std::move(frame));
    m_scope = static_cast<std::uint32_t>(m_scopes.size());
    m_scopes.push_back(std::move(scope));
    m_unit = function.unit;
    function.active = true;
    auto arms = std::move(m_arms);
    m_arms.clear();
    m_blocks = 0;
    const bool outer = m_frames.size() == 1;
    auto owed = outer ? std::exchange(m_owed, {}) : std::vector<Ref>{};
    const auto counted = std::pair(m_stepCalls, m_losses);
    Ref result = 0;
    if (function.lambda) {
        result = evaluate(function.body);
    } else {
        block(function.body);
        for (const auto value : m_frames.back().returned) {
            result = either(result, value);
        }
    }
    if (m_frames.back().yields && result != 0) {
        const auto list = make(ThingKind::List, site.node);
        at(list).items = {result};
        at(list).open = true;
        at(list).takeData(at(result));
        result = list;
    }
    function.active = false;
    --m_nested;
    m_arms = std::move(arms);
    m_frames.pop_back();
    std::tie(m_unit, m_scope, m_nextCommand, m_blocks) = before;
    if (!owed.empty()) {
        oweAgain(owed, m_stepCalls > counted.first && m_losses == counted.second);
    }
    return result;
}

// In the class, then in its bases from the left, each with all of its own.
Ref Trace::findMethod(std::uint32_t classIndex, std::string_view name)
{
    std::vector<std::uint32_t> work{classIndex};
    for (std::size_t looked = 0; !work.empty() && looked < maxClasses; ++looked) {
        const auto index = work.back();
        work.pop_back();
        if (index >= m_classes.size()) {
            continue;
        }
        const auto& names = m_scopes[m_classes[index].scope].names;
        if (const auto hit = names.find(name); hit != names.end() && hit->second != 0) {
            return hit->second;
        }
        const auto& bases = m_classes[index].bases;
        for (auto base = bases.rbegin(); base != bases.rend(); ++base) {
            if (at(*base).kind == ThingKind::Class) {
                work.push_back(at(*base).local);
            }
        }
    }
    return 0;
}

Ref Trace::construct(std::uint32_t classIndex, TraceCall& site)
{
    const auto self = make(ThingKind::Object, site.node);
    at(self).local = classIndex;
    at(self).type = m_classes[classIndex].type;
    for (const auto& argument : site.arguments) {
        if (argument.name.empty()) {
            at(self).made.push_back(argument.value);
        } else {
            at(self).madeBy.emplace_back(argument.name, argument.value);
        }
    }
    if (const auto init = findMethod(classIndex, "__init__"); init != 0 && at(init).kind == ThingKind::Function) {
        (void)callFunction(at(init).local, site, self);
    } else {
        takeFields(self, classIndex);
        if (const auto post = findMethod(classIndex, "__post_init__");
            post != 0 && at(post).kind == ThingKind::Function) {
            TraceCall inner{site.unit, site.node, post, self, {}, false};
            (void)callFunction(at(post).local, inner, self);
        }
    }
    if (isModule(at(self).type, m_roles) || isModelType(at(self).type)) {
        at(self).fitted = false;
    } else {
        // A data set, a wrapper: what it was made with, and what its construction read, is in it.
        for (const auto& argument : site.arguments) {
            at(self).takeData(at(argument.value));
        }
        const auto members = at(self).members;
        for (const auto& [name, value] : members) {
            if (at(value).modelNode == none) {
                at(self).takeData(at(value));
            }
        }
        readLazily(self, classIndex, site.node);
    }
    return self;
}

// Names with an annotation in the body of a class, as a dataclass takes them: read once, however often it is made.
const std::vector<std::string_view>& Trace::fieldsOf(std::uint32_t classIndex)
{
    auto& entry = m_classes[classIndex];
    if (entry.asked) {
        return entry.fields;
    }
    entry.asked = true;
    const auto unit = std::exchange(m_unit, entry.unit);
    const auto& syntax = tree();
    const auto body = syntax.child(entry.node, NodeField::Body);
    std::size_t looked = 0;
    for (const auto child : body == Syntax::none ? Children(syntax, entry.node) : Children(syntax, body)) {
        ++looked;
        const auto field = syntax[child].kind == Kind::ExpressionStatement ? syntax.firstChild(child) : child;
        const bool assigns = field != Syntax::none && syntax[field].kind == Kind::Assignment;
        const auto type = assigns ? syntax.child(field, NodeField::Type) : Syntax::none;
        const auto name = type != Syntax::none ? syntax.child(field, NodeField::Left) : Syntax::none;
        if (name == Syntax::none || syntax[name].kind != Kind::Identifier || has(nodeText(type), "ClassVar")) {
            continue;
        }
        if (has(nodeText(field).substr(0, maxField), "init=False")) {
            continue; // field(init=False)
        }
        if (entry.fields.size() >= maxFields || nodeText(type).ends_with("KW_ONLY")) {
            break;
        }
        entry.fields.push_back(nodeText(name));
    }
    m_unit = unit;
    charge(looked / 8);
    return entry.fields;
}

// Fields of a dataclass in their order, those of its bases first. False: somebody whom nobody knows may have some.
bool Trace::allFields(std::uint32_t classIndex, std::vector<std::string_view>& fields)
{
    std::vector<std::pair<std::uint32_t, bool>> work{{classIndex, false}}; // whether its bases were looked at
    for (std::size_t looked = 0; !work.empty(); ++looked) {
        const auto [index, entered] = work.back();
        work.pop_back();
        if (index >= m_classes.size() || looked > 2 * maxClasses) {
            return false;
        }
        if (entered) {
            addOnce(fields, fieldsOf(index), maxFields);
            continue;
        }
        work.emplace_back(index, true);
        for (const auto base : m_classes[index].bases) { // the last one comes first
            const auto& thing = at(base);
            if (thing.kind == ThingKind::Class) {
                work.emplace_back(thing.local, false);
            } else if (thing.kind != ThingKind::Path
                || !isOneOf(lastPart(thing.text), {"object", "NamedTuple", "ABC", "Protocol", "Generic"})) {
                return false;
            }
        }
    }
    return true;
}

// A dataclass takes its fields by name, and in their order where all of them are known.
void Trace::takeFields(Ref self, std::uint32_t classIndex)
{
    std::vector<std::string_view> fields;
    if (!at(self).made.empty() && allFields(classIndex, fields)) {
        charge(fields.size() / 8);
        for (std::size_t i = 0; i < fields.size() && i < at(self).made.size(); ++i) {
            at(self).setMember(fields[i], at(self).made[i]);
        }
    }
    const auto given = at(self).madeBy;
    for (const auto& [name, value] : given) {
        at(self).setMember(name, value);
    }
}

// What is handed over is called with what stands beside it: df.apply(f), map(f, xs), executor.submit(f, x).
std::vector<Ref> Trace::handOver(const TraceCall& site)
{
    std::vector<Ref> results;
    if (m_frames.size() + 1 >= maxCalls || m_handed >= maxHanded) {
        return results;
    }
    ++m_handed;
    for (std::size_t i = 0; i < site.arguments.size() && !spent(); ++i) {
        const auto function = site.arguments[i].value;
        const bool local = at(function).kind == ThingKind::Function
            || (at(function).kind == ThingKind::Bound && at(function).local != none);
        // Dataset.from_generator(Frames(folder)): an object that is called.
        const auto called = at(function).kind == ThingKind::Object && at(function).local != none
                && has(at(site.function).text, "from_generator")
            ? findMethod(at(function).local, "__call__")
            : Ref{0};
        const bool generator = at(called).kind == ThingKind::Function && !m_functions[at(called).local].active;
        const bool reader = at(function).kind == ThingKind::Path && !at(function).module
            && m_roles.function(m_roles.canonical(at(function).text)) != nullptr;
        if ((!local && !reader && !generator) || (local && m_functions[at(function).local].active)) {
            continue;
        }
        TraceCall inner;
        inner.unit = site.unit;
        inner.node = site.node;
        inner.function = function;
        if (site.receiver != 0 && (!at(site.receiver).from.empty() || at(site.receiver).pathLike)) {
            inner.arguments.push_back({{}, elementOf(site.receiver, site.node), site.node});
        }
        for (std::size_t other = 0; other < site.arguments.size(); ++other) {
            if (other != i && site.arguments[other].name.empty()) {
                const auto value = site.arguments[other].value;
                inner.arguments.push_back(
                    {{}, at(value).isSequence() ? elementOf(value, site.node) : value, site.node});
            }
        }
        // run(f, args=(x,), kwargs={"y": z})
        for (const auto value : at(site.value(-1, "args")).items) {
            if (inner.arguments.size() < maxArguments) {
                inner.arguments.push_back({{}, value, site.node});
            }
        }
        for (const auto& [name, value] : at(site.value(-1, "kwargs")).members) {
            if (inner.arguments.size() < maxArguments) {
                inner.arguments.push_back({name, value, site.node});
            }
        }
        charge(inner.arguments.size());
        results.push_back(invoke(inner));
    }
    --m_handed;
    return results;
}

} // namespace cupel::lineage
