// SPDX-License-Identifier: GPL-3.0-or-later
// Statements: the walk through a unit, scopes of functions and classes, imports, what shell lines set.
#include "analyzers/code/flow.h"

#include "analyzers/code/taint_sources.h"

#include <algorithm>

namespace cupel::code {

namespace {

constexpr std::size_t maxText = 8 << 20; // of constants put together, over one file
constexpr std::size_t maxSteps = 200'000;
constexpr std::uint16_t maxTaintDepth = 24;
constexpr std::size_t maxFunctions = 20'000;
constexpr std::size_t maxParameters = 64;

bool isStatement(NodeKind kind)
{
    switch (kind) {
    case NodeKind::ExpressionStatement:
    case NodeKind::Return:
    case NodeKind::Raise:
    case NodeKind::Assert:
    case NodeKind::Delete:
    case NodeKind::Print:
    case NodeKind::Exec:
        return true;
    default:
        return false;
    }
}

bool isCompound(NodeKind kind)
{
    switch (kind) {
    case NodeKind::If:
    case NodeKind::ElifClause:
    case NodeKind::ElseClause:
    case NodeKind::For:
    case NodeKind::While:
    case NodeKind::Try:
    case NodeKind::ExceptClause:
    case NodeKind::FinallyClause:
    case NodeKind::With:
    case NodeKind::Match:
    case NodeKind::CaseClause:
        return true;
    default:
        return false;
    }
}

bool isBranch(NodeKind kind)
{
    return kind == NodeKind::If || kind == NodeKind::Try || kind == NodeKind::Match;
}

// What the walk goes into instead of evaluating it.
bool isWalked(NodeKind kind)
{
    return kind == NodeKind::Block || isCompound(kind);
}

constexpr std::string_view routeWords[] = {"route", "get", "post", "put", "delete", "patch", "websocket", "api_route",
    "on_message", "slash_command", "function_name"};

} // namespace

const Argument* CallSite::argument(std::size_t position, std::string_view name) const
{
    std::size_t placed = 0;
    for (const auto& entry : arguments) {
        if (entry.name.empty()) {
            if (placed++ == position) {
                return &entry;
            }
        } else if (!name.empty() && entry.name == name) {
            return &entry;
        }
    }
    return nullptr;
}

Flow::Flow(const std::vector<FlowUnit>& units, FlowObserver& observer, Budget& budget)
    : m_units(units)
    , m_observer(observer)
    , m_budget(budget)
    , m_values(units.size())
    , m_steps(1)
{
    m_scopes.emplace_back();
}

void Flow::run()
{
    for (const auto unit : unitOrder()) {
        if (m_budget.stopped()) {
            return;
        }
        if (m_units[unit].syntax && m_units[unit].syntax->size() > 0) {
            runUnit(unit);
        } else if (m_units[unit].commands) {
            m_unit = unit;
            m_nextCommand = 0;
            runCommands(Syntax::none);
        }
    }
}

void Flow::runUnit(std::uint32_t unit)
{
    m_unit = unit;
    m_nextCommand = 0;
    m_values[unit].resize(tree().size());
    std::uint32_t node = 1;
    while (node < tree().size() && m_budget.spend(16)) {
        leaveBefore(node);
        runCommands(tree()[node].start);
        node = statement(node);
    }
    runCommands(Syntax::none);
    leaveBefore(Syntax::none);
}

// Ends scopes and branches whose code lies behind us.
void Flow::leaveBefore(std::uint32_t node)
{
    while (m_scopes.size() > 1 && m_scopes.back().stop <= node) {
        m_scopes.pop_back();
    }
    while (!m_branches.empty() && m_branches.back() <= node) {
        m_branches.pop_back();
    }
}

std::uint32_t Flow::statement(std::uint32_t node)
{
    const auto& entry = tree()[node];
    if (isStatement(entry.kind)) {
        evaluate(node, entry.stop);
        if (entry.kind == NodeKind::Return) {
            returned(node);
        }
        return entry.stop;
    }
    switch (entry.kind) {
    case NodeKind::Import:
        importModule(node);
        return entry.stop;
    case NodeKind::ImportFrom:
        importFrom(node);
        return entry.stop;
    case NodeKind::FunctionDefinition:
        if (!isNotebookCell(node)) { // its names are those of all cells
            enterFunction(node);
        }
        return node + 1;
    case NodeKind::ClassDefinition:
        enterClass(node);
        return node + 1;
    case NodeKind::Decorator:
        evaluate(node, entry.stop);
        return entry.stop;
    case NodeKind::DecoratedDefinition:
    case NodeKind::Block:
    case NodeKind::Error:
        return node + 1;
    default:
        break;
    }
    if (isCompound(entry.kind)) {
        if (isBranch(entry.kind)) {
            m_branches.push_back(entry.stop);
        }
        header(node);
        return node + 1;
    }
    // Expressions stand below an error only: elsewhere header() saw them.
    if (tree()[entry.parent].kind == NodeKind::Error) {
        evaluate(node, entry.stop);
    }
    return entry.stop;
}

// Conditions, iterables and contexts of a compound statement, and the names they bind.
void Flow::header(std::uint32_t node)
{
    for (const auto child : Children(tree(), node)) {
        if (!isWalked(tree()[child].kind)) {
            evaluate(child, tree()[child].stop);
        }
    }
    if (tree()[node].kind == NodeKind::For) {
        loopNames(node);
    }
}

std::vector<std::string_view> Flow::decorators(std::uint32_t node) const
{
    std::vector<std::string_view> names;
    const auto parent = tree()[node].parent;
    if (tree()[parent].kind == NodeKind::DecoratedDefinition) {
        for (const auto child : Children(tree(), parent)) {
            if (tree()[child].kind == NodeKind::Decorator && names.size() < 16) {
                names.push_back(nodeText(child));
            }
        }
    }
    return names;
}

// What a parameter is before anybody calls: its default may be what is used, an address of it counts.
Value Flow::parameter(std::uint32_t node, std::uint32_t name, Sources sources)
{
    const auto text = nodeText(name);
    Value value;
    value.path = m_paths.unknown(text);
    value.origin = ref(name);
    if (const auto fallback = tree().child(node, NodeField::Value); fallback != Syntax::none) {
        takeAddress(value, ref(fallback));
    }
    if (text != "self" && text != "cls") {
        startTaint(value, sources, ref(name));
    }
    return value;
}

void Flow::enterFunction(std::uint32_t node)
{
    const auto name = tree().child(node, NodeField::Name);
    const auto parameters = tree().child(node, NodeField::Parameters);
    LocalFunction function;
    function.unit = m_unit;
    function.node = node;
    const auto index = static_cast<std::uint32_t>(m_functions.size());
    const auto names = decorators(node);
    const bool isRoute = std::any_of(names.begin(), names.end(), [](std::string_view text) {
        text = text.substr(0, text.find('('));
        const auto last = text.substr(text.rfind('.') + 1);
        return text.find('.') != std::string_view::npos
            && std::find(std::begin(routeWords), std::end(routeWords), last) != std::end(routeWords);
    });
    Scope scope;
    scope.stop = tree()[node].stop;
    scope.function = index;
    const auto functionName = name != Syntax::none ? nodeText(name) : std::string_view();
    bool isView = false; // Django hands the request and the parts of its address
    const bool isHandler = functionName == "lambda_handler" || functionName == "handler";
    for (const auto child : Children(tree(), parameters)) {
        if (function.parameters.size() >= maxParameters) {
            break;
        }
        evaluate(child, tree()[child].stop); // default values
        auto identifier = child;
        if (tree()[child].kind != NodeKind::Identifier) {
            const auto named = tree().child(child, NodeField::Name);
            identifier = named != Syntax::none ? named : tree().firstChild(child);
        }
        if (identifier == Syntax::none || tree()[identifier].kind != NodeKind::Identifier) {
            continue;
        }
        const auto text = nodeText(identifier);
        const bool event = (isHandler && function.parameters.empty() && text == "event") || isView;
        isView = isView || (function.parameters.empty() && text == "request");
        const bool outside = event || (isRoute && text != "self");
        const auto value =
            parameter(child, identifier, static_cast<Sources>(sourceParameter | (outside ? sourceRequest : 0)));
        scope.names[text] = value;
        function.parameters.push_back(text);
    }
    if (name != Syntax::none && m_functions.size() < maxFunctions) {
        Value local;
        local.kind = ValueKind::Local;
        local.local = index;
        local.text = functionName;
        local.origin = ref(node);
        local.path = m_paths.unknown(functionName);
        bindName(functionName, local);
        m_functions.push_back(std::move(function));
    } else {
        scope.function = Syntax::none;
    }
    m_scopes.push_back(std::move(scope));
}

void Flow::enterClass(std::uint32_t node)
{
    const auto name = tree().child(node, NodeField::Name);
    if (const auto bases = tree().child(node, NodeField::Superclasses); bases != Syntax::none) {
        evaluate(bases, tree()[bases].stop);
    }
    if (name != Syntax::none) {
        Value local;
        local.kind = ValueKind::Local;
        local.text = nodeText(name);
        local.origin = ref(node);
        local.path = m_paths.unknown(local.text);
        bindName(local.text, local);
    }
    std::erase_if(m_attributes, [](const auto& entry) { return entry.first.starts_with("self."); });
    Scope scope;
    scope.stop = tree()[node].stop;
    scope.isClass = true;
    m_scopes.push_back(std::move(scope));
}

void Flow::returned(std::uint32_t node)
{
    const auto value = tree().firstChild(node);
    auto scope =
        std::find_if(m_scopes.rbegin(), m_scopes.rend(), [](const Scope& s) { return s.function != Syntax::none; });
    if (value == Syntax::none || scope == m_scopes.rend() || scope->function >= m_functions.size()) {
        return;
    }
    auto& function = m_functions[scope->function];
    const auto& result = at(value);
    std::uint32_t owner = 0;
    const auto parameter = parameterOf(result, owner);
    if (parameter != Syntax::none && owner == scope->function) {
        function.returned.push_back(parameter);
    }
    if (!function.hasResult) {
        function.result = result;
        function.hasResult = true;
    } else {
        function.result.kind = ValueKind::Unknown;
        mergeTaint(function.result, result);
    }
}

void Flow::importModule(std::uint32_t node)
{
    for (const auto child : Children(tree(), node)) {
        const auto& entry = tree()[child];
        const bool aliased = entry.kind == NodeKind::AliasedImport;
        const auto name = aliased ? tree().child(child, NodeField::Name) : child;
        if (name == Syntax::none || tree()[name].kind != NodeKind::DottedName) {
            continue;
        }
        const auto module = nodeText(name);
        Value value;
        value.origin = ref(child);
        m_observer.onImport(module, {}, ref(child));
        if (aliased) {
            const auto alias = tree().child(child, NodeField::Alias);
            value.path = m_paths.root(module);
            if (alias != Syntax::none) {
                bindName(nodeText(alias), value);
            }
        } else {
            const auto first = module.substr(0, module.find('.'));
            value.path = m_paths.root(first);
            bindName(first, value);
        }
    }
}

void Flow::importFrom(std::uint32_t node)
{
    const auto moduleNode = tree().child(node, NodeField::Module);
    if (moduleNode == Syntax::none) {
        return;
    }
    const auto module = nodeText(moduleNode);
    for (const auto child : Children(tree(), node)) {
        const auto& entry = tree()[child];
        if (entry.kind == NodeKind::WildcardImport) {
            m_observer.onImport(module, "*", ref(child));
            if (m_starModules.size() < 64) {
                m_starModules.push_back(module);
            }
        }
        if (entry.field != NodeField::Name) {
            continue;
        }
        const bool aliased = entry.kind == NodeKind::AliasedImport;
        const auto name = aliased ? tree().child(child, NodeField::Name) : child;
        const auto alias = aliased ? tree().child(child, NodeField::Alias) : child;
        if (name == Syntax::none || alias == Syntax::none) {
            continue;
        }
        m_observer.onImport(module, nodeText(name), ref(child));
        Value value;
        value.origin = ref(child);
        value.path = m_paths.root(module);
        const auto dotted = nodeText(name);
        value.path = m_paths.attribute(value.path, dotted);
        bindName(nodeText(alias), value);
    }
}

// x = !ls gives what a command printed.
void Flow::runCommands(std::uint32_t upTo)
{
    const auto* commands = m_units[m_unit].commands;
    while (commands && m_nextCommand < commands->size() && (*commands)[m_nextCommand].bytes.start < upTo) {
        const auto& command = (*commands)[m_nextCommand++];
        for (const auto& target : command.targets) {
            Value value;
            startTaint(value, sourceShell, {});
            bindName(keep(target), value);
        }
    }
}

std::string_view Flow::nodeText(std::uint32_t node) const
{
    return slice(source(), tree()[node].bytes());
}

std::string_view Flow::textOf(NodeRef place) const
{
    return place.valid() ? slice(m_units[place.unit].source, syntax(place.unit)[place.node].bytes())
                         : std::string_view();
}

const Value& Flow::valueOf(NodeRef place) const
{
    static const Value nothing;
    return place.valid() && place.node < m_values[place.unit].size() ? m_values[place.unit][place.node] : nothing;
}

std::string_view Flow::keep(std::string text)
{
    if (m_textBytes + text.size() > maxText) {
        return {};
    }
    m_textBytes += text.size();
    m_texts.push_back(std::move(text));
    return m_texts.back();
}

void Flow::startTaint(Value& value, Sources source, NodeRef place)
{
    value.sources = static_cast<Sources>(value.sources | source);
    if (m_steps.size() < maxSteps) {
        m_steps.push_back({0, place, source, 0});
        value.step = static_cast<std::uint32_t>(m_steps.size() - 1);
    }
}

void Flow::addStep(Value& value, NodeRef place)
{
    if (value.step != 0 && m_steps.size() < maxSteps && m_steps[value.step].depth < maxTaintDepth) {
        const auto depth = static_cast<std::uint16_t>(m_steps[value.step].depth + 1);
        m_steps.push_back({value.step, place, 0, depth});
        value.step = static_cast<std::uint32_t>(m_steps.size() - 1);
    }
}

void Flow::mergeTaint(Value& into, const Value& from)
{
    const bool weaker = into.step == 0 || (into.sources & outsideSources) == 0;
    if (from.step != 0 && weaker && ((from.sources & outsideSources) != 0 || into.step == 0)) {
        into.step = from.step;
    }
    into.sources = static_cast<Sources>(into.sources | from.sources);
}

std::vector<TaintStep> Flow::stepsTo(const Value& value) const
{
    std::vector<TaintStep> steps;
    for (auto at = value.step; at != 0; at = m_steps[at].previous) {
        steps.push_back(m_steps[at]);
    }
    std::reverse(steps.begin(), steps.end());
    return steps;
}

} // namespace cupel::code
