// SPDX-License-Identifier: GPL-3.0-or-later
// Goes through the cells of a notebook (or a script) in file order and follows names: imports and aliases, constants,
// what calls return, and taint from sources. Calls, reads, imports and assignments are told to an observer. Loops over
// flat trees, no recursion; memory is bounded by the size of the code and by caps.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/code/commands.h"
#include "analyzers/code/flow_value.h"
#include "analyzers/code/path_table.h"
#include "analyzers/code/syntax.h"

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace cupel::code {

struct FlowUnit {
    std::string_view source;
    const Syntax* syntax = nullptr;
    const std::vector<Command>* commands = nullptr;
};

class Flow;

class FlowObserver {
public:
    virtual ~FlowObserver() = default;
    virtual void onCall(const CallSite&) { }
    // `module` as written ("a.b", ".p"); `name` is taken out of it, empty for `import module`.
    virtual void onImport(std::string_view /*module*/, std::string_view /*name*/, NodeRef) { }
    virtual void onRead(PathId, NodeRef) { } // a name or attribute with a known path
    // `target` as a path: "$x", "app.config[DEBUG]", "os.environ[X]".
    virtual void onAssign(PathId /*target*/, const Value&, NodeRef /*target*/, NodeRef /*assignment*/) { }
    // A local function was called with a tainted argument that reaches what was remembered with this number.
    virtual void onReach(std::uint32_t /*number*/, const CallSite&, const Argument&) { }
};

class Flow {
public:
    Flow(const std::vector<FlowUnit>& units, FlowObserver& observer, Budget& budget);
    void run();

    [[nodiscard]] const Value& valueOf(NodeRef place) const;
    [[nodiscard]] const Value& valueOf(std::uint32_t unit, std::uint32_t node) const { return m_values[unit][node]; }
    [[nodiscard]] PathTable& paths() { return m_paths; }
    [[nodiscard]] const Syntax& syntax(std::uint32_t unit) const { return *m_units[unit].syntax; }
    [[nodiscard]] std::string_view textOf(NodeRef place) const;
    // Source first.
    [[nodiscard]] std::vector<TaintStep> stepsTo(const Value& value) const;
    // The values in a known list, tuple or set; empty otherwise.
    [[nodiscard]] std::vector<NodeRef> elements(const Value& value) const;
    // What a name stands for at this point of the walk.
    [[nodiscard]] Value lookup(std::string_view name);
    // Inside of an observer's onCall: this parameter taint reached a sink; onReach is called for callers that taint it.
    void rememberSink(const Value& value, std::uint32_t number);

private:
    struct LocalFunction {
        std::uint32_t unit = 0;
        std::uint32_t node = 0;
        std::vector<std::string_view> parameters;
        Value result;
        bool hasResult = false;
        std::vector<std::uint32_t> returned; // parameters that come back
        struct Sink {
            std::uint32_t parameter;
            std::uint32_t number;
        };
        std::vector<Sink> sinks;
    };
    struct Scope {
        std::unordered_map<std::string_view, Value> names;
        std::uint32_t stop = Syntax::none;
        std::uint32_t function = Syntax::none;
        bool isClass = false;
    };

    // flow.cpp: statements
    void runUnit(std::uint32_t unit);
    std::uint32_t statement(std::uint32_t node); // index to go on at
    void header(std::uint32_t node);
    void enterFunction(std::uint32_t node);
    Value parameter(std::uint32_t node, std::uint32_t name, Sources sources);
    void enterClass(std::uint32_t node);
    void leaveBefore(std::uint32_t node);
    void importModule(std::uint32_t node);
    void importFrom(std::uint32_t node);
    void runCommands(std::uint32_t upTo);
    void returned(std::uint32_t node);
    [[nodiscard]] std::vector<std::string_view> decorators(std::uint32_t node) const;

    // flow_cells.cpp: cells that are functions
    [[nodiscard]] std::vector<std::uint32_t> unitOrder() const;
    [[nodiscard]] bool isNotebookCell(std::uint32_t function) const;

    // flow_names.cpp: names
    void bind(std::uint32_t target, Value value, std::uint32_t assignment);
    void bindName(std::string_view name, Value value);
    void bindAttribute(std::uint32_t target, const Value& value, std::uint32_t assignment);
    void bindSubscript(std::uint32_t target, const Value& value, std::uint32_t assignment);
    Value* find(std::string_view name);
    Value* findAttribute(std::uint32_t node);
    void taintReceiver(std::uint32_t function, const Value& value);

    // flow_expressions.cpp: one node, its children known
    void evaluate(std::uint32_t begin, std::uint32_t end);
    Value compute(std::uint32_t node);
    Value written(std::uint32_t node);
    Value identifier(std::uint32_t node);
    Value attribute(std::uint32_t node);
    Value string(std::uint32_t node);
    Value joinedStrings(std::uint32_t node);
    Value binary(std::uint32_t node);
    Value choice(std::uint32_t node);
    std::optional<Value> throughNamespace(PathId of, std::string_view key, Value value);
    Value subscript(std::uint32_t node);
    Value container(std::uint32_t node, ValueKind kind);
    Value mergeChildren(std::uint32_t node);
    Value sliced(const Value& of, std::uint32_t slice);
    void comprehensionName(std::uint32_t node);
    void loopNames(std::uint32_t node);
    void rowNames(std::uint32_t target, const std::vector<NodeRef>& rows, const Value& list);
    bool takeAddress(Value& value, NodeRef place);
    static NodeRef startOfAddress(const Value& first, NodeRef otherwise);

    // flow_calls.cpp
    Value call(std::uint32_t node);
    void readArguments(std::uint32_t node, CallSite& site);
    void spread(const Value& dictionary, CallSite& site);
    Value special(const CallSite& site, bool& known);
    Value textMethod(const CallSite& site, bool& known);
    Value decoder(const CallSite& site, std::string_view name, bool& known);
    Value joined(const CallSite& site, bool& known);
    Value formatted(const Value& format, const std::vector<Argument>& arguments, bool percent);
    bool generatedText(const Value& list, std::string& out);
    Value localCall(const CallSite& site);
    Value unknownCall(const CallSite& site);
    void handedOver(const CallSite& site);

    // tools
    [[nodiscard]] const Syntax& tree() const { return *m_units[m_unit].syntax; }
    [[nodiscard]] std::string_view source() const { return m_units[m_unit].source; }
    [[nodiscard]] std::string_view nodeText(std::uint32_t node) const;
    [[nodiscard]] Value& at(std::uint32_t node) { return m_values[m_unit][node]; }
    [[nodiscard]] NodeRef ref(std::uint32_t node) const { return {m_unit, node}; }
    std::string_view keep(std::string text); // owned by the flow; empty when memory is used up
    Value constant(ValueKind kind, std::string text, std::uint32_t node, bool hidden = false);
    void startTaint(Value& value, Sources source, NodeRef place);
    void addStep(Value& value, NodeRef place);
    static void mergeTaint(Value& into, const Value& from);
    [[nodiscard]] std::uint32_t parameterOf(const Value& value, std::uint32_t& function) const;

    static constexpr std::size_t maxLooked = 4'000'000;
    std::vector<FlowUnit> m_units;
    FlowObserver& m_observer;
    Budget& m_budget;
    PathTable m_paths;
    std::vector<std::vector<Value>> m_values; // by unit and node
    std::vector<Scope> m_scopes;
    std::unordered_map<std::string, Value> m_attributes; // "self.x"
    std::vector<LocalFunction> m_functions;
    std::vector<TaintStep> m_steps;
    std::vector<std::uint32_t> m_branches; // ends of the open if, else, try ...
    std::vector<std::string_view> m_starModules;
    std::deque<std::string> m_texts;
    std::size_t m_textBytes = 0;
    std::uint32_t m_unit = 0;
    std::size_t m_nextCommand = 0;
    mutable std::size_t m_looked = 0; // at elements of lists and dictionaries, over the whole file
    PathMatcher::Memo m_sourceMemo;
    PathMatcher::Memo m_readMemo;
    PathMatcher::Memo m_cleanMemo;
};

} // namespace cupel::code
