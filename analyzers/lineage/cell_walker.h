// SPDX-License-Identifier: GPL-3.0-or-later
// The walk over the syntax tree of one cell that fills CellNames and FunctionNames. Used by cell_names only. An own
// stack of tasks keeps the order of evaluation: values before targets, defaults before bodies. What a scope did is
// judged when it closes: local names go, the rest is handed to the scope around it.
#pragma once

#include "analyzers/code/commands.h"
#include "analyzers/code/syntax.h"
#include "analyzers/lineage/cell_names.h"

#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace cupel::lineage {

class CellWalker {
public:
    CellWalker(FileNames& file, const formats::CodeCell& cell, Budget& budget);
    // Statements of the module that start in `bytes`, into `out`.
    void walk(ByteRange bytes, CellNames& out);
    [[nodiscard]] bool partial() const { return m_partial; }

private:
    enum class Op : std::uint8_t {
        Visit,
        Bind, // extra: the value's node, or none
        BindLoop, // extra: what is iterated
        BindParameter,
        Change, // augmented assignment; node: the target
        Call,
        Open, // a scope
        Close,
        Function, // define: extra is the decorated node or none
        Branch, // +1
        Loop,
        Guard,
        Hide, // names of `except E as e`
        Unbranch,
        Unloop,
        Unguard,
        Unhide,
        Arm, // a branch of an if begins
        Armed // all branches are done
    };
    struct Task {
        Op op = Op::Visit;
        std::uint32_t node = 0;
        std::uint32_t extra = code::Syntax::none;
    };
    enum class ScopeKind : std::uint8_t { Module, Function, Inner, Class }; // Inner: comprehensions and lambdas
    struct Scope {
        ScopeKind kind = ScopeKind::Module;
        std::uint32_t node = 0;
        std::vector<NameEvent> events;
        std::vector<NameLink> links;
        std::vector<NameArgument> arguments;
        std::unordered_set<NameId> bound;
        std::unordered_set<NameId> global;
        std::vector<NameId> parameters;
        std::vector<std::uint32_t> methods;
        std::vector<NameId> returned; // `return x`
        bool deferred = false; // a lambda with a name
        std::uint32_t branches = 0; // around it
        std::uint32_t loops = 0;
        std::uint32_t guards = 0;
        std::size_t frames = 0; // open branches of other functions
    };
    struct Arms {
        std::uint32_t scope = 0;
        std::vector<std::unordered_set<NameId>> defined; // by branch
        bool exhaustive = false;
    };

    // cell_walker.cpp
    void run();
    void step(const Task& task);
    void depth(const Task& task);
    void visit(std::uint32_t node);
    void statement(std::uint32_t node);
    void visitChildren(std::uint32_t node);
    void sureNames();
    void finish();

    // cell_statements.cpp
    void visitIf(std::uint32_t node);
    void visitTry(std::uint32_t node);
    void visitFor(std::uint32_t node);
    void visitAssignment(std::uint32_t node);
    void visitDelete(std::uint32_t node);
    void visitImport(std::uint32_t node);
    void visitImportFrom(std::uint32_t node);
    void visitCase(std::uint32_t node);
    void pattern(std::uint32_t node);
    void visitOther(std::uint32_t node);
    void visitAs(std::uint32_t node);
    void visitReturn(std::uint32_t node);

    // cell_targets.cpp: what is bound and changed
    void bind(std::uint32_t target, std::uint32_t value, bool loop);
    void valueLinks(std::uint32_t value, std::vector<NameLink>& links);
    void callLinks(std::uint32_t value, std::vector<NameLink>& links);
    void bindName(std::uint32_t node, std::uint32_t value, bool loop);
    void changeTarget(std::uint32_t node, std::uint32_t value);
    void augment(std::uint32_t node);
    void linksTo(std::uint32_t value, bool loop, std::vector<NameLink>& links);
    [[nodiscard]] bool growsItself(std::uint32_t target, std::uint32_t value) const;
    [[nodiscard]] bool isTransform(std::uint32_t value) const;
    [[nodiscard]] std::uint32_t baseOf(std::uint32_t node, bool* part = nullptr) const; // identifier node or none
    [[nodiscard]] static bool isScalar(code::NodeKind kind);

    // cell_scopes.cpp
    void openFunction(std::uint32_t node, std::uint32_t decorated);
    void openInner(std::uint32_t node);
    void openLambda(std::uint32_t node);
    void bindParameter(std::uint32_t node);
    void openScope(ScopeKind kind, std::uint32_t node);
    void closeScope();
    struct Origin {
        NameId outer = noName;
        std::int32_t parameter = -1;
    };
    using Origins = std::vector<Origin>;
    struct Judging { // of a scope that closes
        const Scope& scope;
        std::unordered_map<NameId, Origins> local;
        [[nodiscard]] bool isLocal(NameId name) const;
        [[nodiscard]] Origins originsOf(NameId name) const;
    };
    static void follow(Judging& judging, const NameEvent& event);
    void judge(Judging& judging, FunctionNames& out);
    void judgeCall(const Judging& judging, NameEvent event, FunctionNames& out);
    std::uint32_t keepFunction(FunctionNames&& made);
    void closeClass(Scope& closed);
    void handUp(const FunctionNames& from, bool later);
    void defineFunction(std::uint32_t node, std::uint32_t decorated);
    void waitingReads(std::uint32_t function);

    // cell_calls.cpp
    void visitCall(std::uint32_t node);
    void visitAttribute(std::uint32_t node);
    void finishCall(std::uint32_t node);
    void methodCall(std::uint32_t node, std::uint32_t function, NameEvent event);
    void specialCall(std::uint32_t node, std::string_view path);
    void readArguments(std::uint32_t node, NameEvent& event);
    void statementUse(std::uint32_t node, NameEvent& event) const;
    [[nodiscard]] std::string_view argumentText(std::uint32_t call, std::string_view keyword) const;

    // cell_commands.cpp
    bool visitCommand(std::uint32_t node);
    void commandNames(const code::Command& command);
    void say(const code::Command& command, NameAct act, std::string_view name);
    void storeNames(const code::Command& command);
    void argumentTargets(const code::Command& command);
    void readWords(std::string_view text, ByteRange bytes);

    // tools
    [[nodiscard]] const code::Syntax& tree() const { return m_cell.syntax; }
    [[nodiscard]] std::string_view text(std::uint32_t node) const;
    [[nodiscard]] NameId nameOf(std::uint32_t node) { return m_file.names.of(text(node)); }
    [[nodiscard]] Scope& scope() { return m_scopes.back(); }
    void push(Op op, std::uint32_t node, std::uint32_t extra = code::Syntax::none);
    NameEvent event(NameAct act, NameId name, std::uint32_t node) const;
    void emit(NameEvent event);
    void read(NameId name, std::uint32_t node, bool called = false);
    void readHidden(std::string_view name, std::uint32_t node);
    void change(std::string_view name, std::uint32_t node);
    void define(NameId name, std::uint32_t node, Bound bound, const std::vector<NameLink>& links = {});

    static constexpr std::size_t maxEvents = 1'000'000; // of a cell, over all scopes
    FileNames& m_file;
    const formats::CodeCell& m_cell;
    Budget& m_budget;
    CellNames* m_out = nullptr;
    std::vector<Task> m_tasks;
    std::vector<Scope> m_scopes;
    std::vector<Arms> m_arms;
    struct Frame {
        std::size_t scope = 0;
        std::unordered_set<NameId> defined;
    };
    std::vector<Frame> m_frames; // open branches
    std::vector<NameId> m_hidden;
    std::unordered_map<std::uint32_t, std::uint32_t> m_functionOf; // node of a definition: index into functions
    std::unordered_map<std::uint32_t, std::uint32_t> m_callEvents; // node of a call: its event, in the scope around it
    std::uint32_t m_branches = 0;
    std::uint32_t m_loops = 0;
    std::uint32_t m_guards = 0;
    std::uint32_t m_chain = code::Syntax::none; // the rest of a = b = c = ..., and what stands at its end
    std::uint32_t m_chainEnd = code::Syntax::none;
    std::uint32_t m_lastStatement = code::Syntax::none;
    std::size_t m_made = 0;
    bool m_partial = false;
};

} // namespace cupel::lineage
