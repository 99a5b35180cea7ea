// SPDX-License-Identifier: GPL-3.0-or-later
// Calls: their arguments, what well-known functions give back, and how taint passes through functions of this file.
#include "analyzers/code/flow.h"
#include "analyzers/code/taint_sources.h"

#include <algorithm>

namespace cupel::code {

namespace {

constexpr std::size_t maxArguments = 256;
constexpr std::size_t maxReached = 64;

} // namespace

Value Flow::call(std::uint32_t node)
{
    const auto function = tree().child(node, NodeField::Function);
    const auto list = tree().child(node, NodeField::Arguments);
    if (function == Syntax::none || list == Syntax::none) {
        return mergeChildren(node);
    }
    CallSite site;
    site.place = ref(node);
    site.function = at(function);
    if (tree()[function].kind == NodeKind::Attribute) {
        if (const auto object = tree().child(function, NodeField::Object); object != Syntax::none) {
            site.receiver = at(object);
        }
    }
    readArguments(list, site);
    bool known = false;
    auto value = special(site, known);
    if (!known) {
        value = site.function.kind == ValueKind::Local && site.function.local < m_functions.size() ? localCall(site)
                                                                                                   : unknownCall(site);
    }
    if (!value.origin.valid()) {
        value.origin = ref(node);
    }
    for (const auto& argument : site.arguments) {
        taintReceiver(function, argument.value);
    }
    m_observer.onCall(site);
    handedOver(site);
    return value;
}

void Flow::readArguments(std::uint32_t list, CallSite& site)
{
    // f(x for x in y): the generator stands in place of the list.
    if (tree()[list].kind != NodeKind::ArgumentList) {
        site.arguments.push_back({{}, at(list), ref(list), ref(list)});
        return;
    }
    for (const auto child : Children(tree(), list)) {
        if (site.arguments.size() >= maxArguments) {
            site.moreArguments = true;
            return;
        }
        switch (tree()[child].kind) {
        case NodeKind::Comment:
            break;
        case NodeKind::KeywordArgument: {
            const auto name = tree().child(child, NodeField::Name);
            const auto value = tree().child(child, NodeField::Value);
            if (name != Syntax::none && value != Syntax::none) {
                site.arguments.push_back({nodeText(name), at(value), ref(child), ref(value)});
            }
            break;
        }
        case NodeKind::DictionarySplat:
            spread(at(child), site);
            break;
        case NodeKind::ListSplat: {
            const auto inside = elements(at(child));
            site.moreArguments = site.moreArguments || inside.empty();
            for (const auto& element : inside) {
                if (site.arguments.size() < maxArguments) {
                    site.arguments.push_back({{}, valueOf(element), ref(child), element});
                }
            }
            if (inside.empty()) {
                site.arguments.push_back({{}, at(child), ref(child), ref(child)});
            }
            break;
        }
        default:
            site.arguments.push_back({{}, at(child), ref(child), ref(child)});
        }
    }
}

void Flow::spread(const Value& dictionary, CallSite& site)
{
    if (dictionary.kind != ValueKind::Dictionary || !dictionary.origin.valid()) {
        site.moreArguments = true;
        return;
    }
    const auto unit = dictionary.origin.unit;
    const auto& syntaxOf = syntax(unit);
    for (const auto child : Children(syntaxOf, dictionary.origin.node)) {
        const auto key = syntaxOf.child(child, NodeField::Key);
        const auto value = syntaxOf.child(child, NodeField::Value);
        if (key == Syntax::none || value == Syntax::none || site.arguments.size() >= maxArguments) {
            continue;
        }
        const auto& name = valueOf(unit, key);
        if (name.kind == ValueKind::Text) {
            site.arguments.push_back({name.text, valueOf(unit, value), {unit, child}, {unit, value}});
        }
    }
}

// A function of another module: its result is tainted when a source is called, or when something tainted goes in.
Value Flow::unknownCall(const CallSite& site)
{
    Value value;
    value.path = m_paths.call(site.function.path);
    const auto path = site.function.path;
    if (path != 0) {
        for (const auto source : sourceCalls().match(m_paths, path, m_sourceMemo)) {
            startTaint(value, static_cast<Sources>(source), site.place);
            const bool environment = (source & sourceEnvironment) != 0;
            if (environment && !site.arguments.empty() && namesSecret(site.arguments[0].value.text)) {
                value.sources = static_cast<Sources>(value.sources | sourceSecret);
            }
            return value;
        }
        if (!cleaningCalls().match(m_paths, path, m_cleanMemo).empty()) {
            value.harmless = true;
            return value;
        }
    }
    const auto before = value.sources;
    mergeTaint(value, site.receiver);
    if (namesSecret(site.arguments.empty() ? std::string_view() : site.arguments[0].value.text)
        && (value.sources & sourceEnvironment) != 0) {
        value.sources = static_cast<Sources>(value.sources | sourceSecret);
    }
    mergeTaint(value, site.function);
    for (const auto& argument : site.arguments) {
        mergeTaint(value, argument.value);
    }
    // What a client gives back is not the key it was made with.
    constexpr std::string_view textual[] = {"strip", "lower", "upper", "encode", "decode", "replace", "split", "format",
        "join", "repr", "dumps", "b64encode", "get", "pop", "setdefault", "dict"};
    if ((value.sources & sourceSecret) != 0
        && std::find(std::begin(textual), std::end(textual), m_paths.name(path)) == std::end(textual)) {
        value.sources = static_cast<Sources>(value.sources & ~sourceSecret);
    }
    if (value.sources != before) {
        addStep(value, site.place);
    }
    return value;
}

// One level of summary: what a function returns, and which of its parameters come back or reach a sink.
Value Flow::localCall(const CallSite& site)
{
    const auto index = site.function.local;
    Value value;
    if (m_functions[index].hasResult) {
        const auto& result = m_functions[index].result;
        value = result;
        value.hidden = false;
        value.sources = static_cast<Sources>(result.sources & ~sourceParameter);
        value.step = value.sources != 0 ? result.step : 0;
        if (result.kind == ValueKind::Template) {
            value.kind = ValueKind::Template;
        }
    }
    value.path = value.path != 0 ? value.path : m_paths.call(site.function.path);
    const auto parameters = m_functions[index].parameters;
    const auto argumentOf = [&](std::uint32_t parameter) -> const Argument* {
        return parameter < parameters.size() ? site.argument(parameter, parameters[parameter]) : nullptr;
    };
    for (const auto parameter : m_functions[index].returned) {
        if (const auto* argument = argumentOf(parameter)) {
            mergeTaint(value, argument->value);
        }
    }
    if (value.sources != 0) {
        addStep(value, site.place);
    }
    const auto sinks = m_functions[index].sinks;
    for (std::size_t i = 0; i < sinks.size() && i < maxReached; ++i) {
        const auto* argument = argumentOf(sinks[i].parameter);
        if (argument && (argument->value.sources & ~sourceParameter) != 0) {
            m_observer.onReach(sinks[i].number, site, *argument);
        }
    }
    return value;
}

// map(eval, lines), filter(os.system, x), df.apply(eval), executor.submit(os.system, x): the function is called with
// values nobody knows.
void Flow::handedOver(const CallSite& site)
{
    constexpr std::string_view callers[] = {"map", "filter", "apply", "applymap", "submit", "starmap", "Thread",
        "Process", "partial", "reduce", "imap", "run_in_executor", "to_thread", "pipe", "transform"};
    const auto isCallable = [this](const Argument& argument) {
        const auto path = argument.value.path;
        return path != 0 && argument.value.kind == ValueKind::Unknown
            && m_paths.step(path) == PathTable::Step::Attribute && !m_paths.isUnknown(path);
    };
    const auto name = m_paths.name(site.function.path);
    if (site.function.path == 0 || std::none_of(site.arguments.begin(), site.arguments.end(), isCallable)
        || std::find(std::begin(callers), std::end(callers), name) == std::end(callers)) {
        return;
    }
    for (const auto& argument : site.arguments) {
        if (!isCallable(argument)) {
            continue;
        }
        CallSite inner;
        inner.place = argument.valuePlace;
        inner.function = argument.value;
        inner.reference = true;
        for (const auto& other : site.arguments) {
            if (&other != &argument) {
                Argument passed = other;
                passed.name = {};
                if (passed.value.isList() && name == "map") {
                    const auto inside = elements(passed.value);
                    passed.value = inside.empty() ? passed.value : valueOf(inside.front());
                } else if (passed.value.isList() && other.name == "args") {
                    const auto inside = elements(passed.value);
                    passed.value = inside.empty() ? passed.value : valueOf(inside.front());
                }
                inner.arguments.push_back(passed);
            }
        }
        m_observer.onCall(inner);
        return;
    }
}

} // namespace cupel::code
