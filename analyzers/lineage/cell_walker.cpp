// SPDX-License-Identifier: GPL-3.0-or-later
// Statements, in the order in which Python evaluates their parts.
#include "analyzers/lineage/cell_walker.h"

#include "analyzers/lineage/name_words.h"

#include <algorithm>
#include <string>

namespace cupel::lineage {

using code::Children;
using code::NodeField;
using code::NodeKind;
using code::Syntax;

CellWalker::CellWalker(FileNames& file, const formats::CodeCell& cell, Budget& budget)
    : m_file(file)
    , m_cell(cell)
    , m_budget(budget)
{
}

std::string_view CellWalker::text(std::uint32_t node) const
{
    return slice(m_cell.text, tree()[node].bytes());
}

void CellWalker::push(Op op, std::uint32_t node, std::uint32_t extra)
{
    m_tasks.push_back({op, node, extra});
}

NameEvent CellWalker::event(NameAct act, NameId name, std::uint32_t node) const
{
    NameEvent made;
    made.act = act;
    made.name = name;
    made.start = tree()[node].start;
    made.end = tree()[node].end;
    made.ownStart = made.start;
    made.ownEnd = made.end;
    made.cell = static_cast<std::uint32_t>(m_out - m_file.cells.data());
    made.maybe = m_branches > 0;
    made.loop = m_loops > 0;
    made.guarded = m_guards > 0;
    return made;
}

void CellWalker::emit(NameEvent event)
{
    if (++m_made > maxEvents) {
        m_partial = true;
        return;
    }
    scope().events.push_back(event);
}

void CellWalker::read(NameId name, std::uint32_t node, bool called)
{
    if (std::find(m_hidden.begin(), m_hidden.end(), name) != m_hidden.end()) {
        return;
    }
    auto made = event(NameAct::Read, name, node);
    made.called = called;
    for (auto i = scope().frames; i < m_frames.size() && !made.shielded; ++i) {
        made.shielded = m_frames[i].defined.contains(name);
    }
    emit(made);
}

void CellWalker::readHidden(std::string_view name, std::uint32_t node)
{
    emit(event(NameAct::Read, m_file.names.of(name), node));
}

void CellWalker::change(std::string_view name, std::uint32_t node)
{
    emit(event(NameAct::Change, m_file.names.of(name), node));
}

void CellWalker::define(NameId name, std::uint32_t node, Bound bound, const std::vector<NameLink>& links)
{
    auto made = event(NameAct::Define, name, node);
    made.bound = bound;
    auto& around = scope();
    made.links = static_cast<std::uint32_t>(around.links.size());
    around.links.insert(around.links.end(), links.begin(), links.end());
    made.linksEnd = static_cast<std::uint32_t>(around.links.size());
    around.bound.insert(name);
    if (!m_frames.empty() && m_frames.back().scope + 1 == m_scopes.size()) {
        m_frames.back().defined.insert(name);
    }
    if (!m_arms.empty() && m_arms.back().scope + 1 == m_scopes.size() && !m_arms.back().defined.empty()) {
        m_arms.back().defined.back().insert(name);
    }
    emit(made);
}

void CellWalker::walk(ByteRange bytes, CellNames& out)
{
    m_out = &out;
    m_scopes.clear();
    m_scopes.emplace_back();
    m_lastStatement = Syntax::none;
    if (tree().size() == 0) {
        return;
    }
    std::vector<std::uint32_t> statements;
    for (const auto child : Children(tree(), 0)) {
        if (tree()[child].start >= bytes.start && tree()[child].start < bytes.end
            && tree()[child].kind != NodeKind::Comment) {
            statements.push_back(child);
        }
    }
    if (!statements.empty()) {
        m_lastStatement = statements.back();
        // A semicolon hides the value.
        const auto behind = m_cell.text.find_first_not_of(" \t\r\n", tree()[m_lastStatement].end);
        const bool silent = behind != std::string::npos && m_cell.text[behind] == ';' && behind < bytes.end;
        const auto inside = tree().firstChild(m_lastStatement);
        const auto kind = inside == Syntax::none ? NodeKind::Other : tree()[inside].kind;
        out.expression = !silent && tree()[m_lastStatement].kind == NodeKind::ExpressionStatement
            && kind != NodeKind::Assignment && kind != NodeKind::AugmentedAssignment;
        m_lastStatement = silent ? Syntax::none : m_lastStatement;
    }
    for (const auto statement : statements) {
        push(Op::Visit, statement);
        run();
    }
    finish();
}

void CellWalker::finish()
{
    auto& module = m_scopes.front();
    m_out->events = std::move(module.events);
    m_out->links = std::move(module.links);
    m_out->arguments = std::move(module.arguments);
    m_scopes.clear();
}

void CellWalker::run()
{
    while (!m_tasks.empty()) {
        if (!m_budget.spend(8)) {
            m_partial = true;
            m_tasks.clear();
            break;
        }
        const auto task = m_tasks.back();
        m_tasks.pop_back();
        step(task);
    }
    while (m_scopes.size() > 1) {
        closeScope(); // only after a stop
    }
    m_branches = m_loops = m_guards = 0;
    m_arms.clear();
    m_frames.clear();
    m_hidden.clear();
    m_callEvents.clear();
}

void CellWalker::step(const Task& task)
{
    switch (task.op) {
    case Op::Visit:
        visit(task.node);
        return;
    case Op::Bind:
        bind(task.node, task.extra, false);
        return;
    case Op::BindLoop:
        bind(task.node, task.extra, true);
        return;
    case Op::BindParameter:
        bindParameter(task.node);
        return;
    case Op::Change:
        augment(task.node);
        return;
    case Op::Call:
        finishCall(task.node);
        return;
    case Op::Open:
        openInner(task.node);
        return;
    case Op::Close:
        closeScope();
        return;
    case Op::Function:
        defineFunction(task.node, task.extra);
        return;
    default:
        depth(task);
        return;
    }
}

void CellWalker::depth(const Task& task)
{
    switch (task.op) {
    case Op::Branch:
        ++m_branches;
        m_frames.push_back({m_scopes.size() - 1, {}});
        return;
    case Op::Unbranch:
        --m_branches;
        m_frames.pop_back();
        return;
    case Op::Loop:
        ++m_loops;
        return;
    case Op::Unloop:
        --m_loops;
        return;
    case Op::Guard:
        ++m_guards;
        return;
    case Op::Unguard:
        --m_guards;
        return;
    case Op::Hide:
        m_hidden.push_back(nameOf(task.node));
        return;
    case Op::Unhide:
        m_hidden.pop_back();
        return;
    case Op::Arm:
        if (task.extra != Syntax::none) { // the first: says whether one of them is taken for sure
            m_arms.push_back({static_cast<std::uint32_t>(m_scopes.size() - 1), {}, task.extra == 1});
        }
        m_arms.back().defined.emplace_back();
        return;
    default: // Armed
        sureNames();
        return;
    }
}

// Names that all branches of an if define.
void CellWalker::sureNames()
{
    const auto arms = std::move(m_arms.back());
    m_arms.pop_back();
    if (!arms.exhaustive || arms.defined.empty()) {
        return;
    }
    std::vector<NameId> sure;
    for (const auto name : arms.defined.front()) {
        if (std::all_of(arms.defined.begin(), arms.defined.end(), [&](auto& arm) { return arm.contains(name); })) {
            sure.push_back(name);
        }
    }
    // What was known of the name stays; only that it is there is sure now.
    std::sort(sure.begin(), sure.end());
    for (const auto name : sure) {
        auto& events = scope().events;
        const auto last = std::find_if(events.rbegin(), events.rend(),
            [&](const auto& entry) { return entry.act == NameAct::Define && entry.name == name; });
        if (last != events.rend() && m_branches == 0) {
            last->maybe = false;
        }
        if (!m_arms.empty() && m_arms.back().scope + 1 == m_scopes.size() && !m_arms.back().defined.empty()) {
            m_arms.back().defined.back().insert(name);
        }
    }
}

void CellWalker::visitChildren(std::uint32_t node)
{
    const auto first = m_tasks.size();
    for (const auto child : Children(tree(), node)) {
        push(Op::Visit, child);
    }
    std::reverse(m_tasks.begin() + static_cast<std::ptrdiff_t>(first), m_tasks.end());
}

void CellWalker::visit(std::uint32_t node)
{
    switch (tree()[node].kind) {
    case NodeKind::Comment:
    case NodeKind::FutureImport:
    case NodeKind::StringContent:
        return;
    case NodeKind::Integer:
        (void)visitCommand(node);
        return;
    case NodeKind::Identifier:
        read(nameOf(node), node);
        if (text(node).starts_with('_') && text(node).size() > 1
            && text(node).find_first_not_of("0123456789", 1) == std::string_view::npos) {
            readHidden("<out:" + std::string(text(node).substr(1)) + ">", node);
        }
        return;
    case NodeKind::Subscript:
        if (text(node).starts_with("Out[")) {
            const auto key = tree().child(node, NodeField::Subscript);
            readHidden("<out:" + std::string(key == Syntax::none ? "" : text(key)) + ">", node);
        }
        visitChildren(node);
        return;
    case NodeKind::Attribute:
        visitAttribute(node);
        return;
    case NodeKind::KeywordArgument:
        if (const auto value = tree().child(node, NodeField::Value); value != Syntax::none) {
            push(Op::Visit, value);
        }
        return;
    case NodeKind::Call:
        visitCall(node);
        return;
    case NodeKind::NamedExpression:
        if (const auto name = tree().child(node, NodeField::Name); name != Syntax::none) {
            const auto value = tree().child(node, NodeField::Value);
            push(Op::Bind, name, value);
            if (value != Syntax::none) {
                push(Op::Visit, value);
            }
        }
        return;
    case NodeKind::Lambda:
    case NodeKind::GeneratorExpression:
    case NodeKind::ListComprehension:
    case NodeKind::SetComprehension:
    case NodeKind::DictionaryComprehension:
        push(Op::Open, node);
        return;
    default:
        statement(node);
        return;
    }
}

void CellWalker::statement(std::uint32_t node)
{
    switch (tree()[node].kind) {
    case NodeKind::Assignment:
    case NodeKind::AugmentedAssignment:
        visitAssignment(node);
        return;
    case NodeKind::For:
    case NodeKind::While:
        visitFor(node);
        return;
    case NodeKind::If:
        visitIf(node);
        return;
    case NodeKind::Try:
        visitTry(node);
        return;
    case NodeKind::AsPattern:
        visitAs(node);
        return;
    case NodeKind::FunctionDefinition:
    case NodeKind::ClassDefinition:
        openFunction(node, Syntax::none);
        return;
    case NodeKind::DecoratedDefinition: {
        const auto inside = tree().child(node, NodeField::Definition);
        if (inside != Syntax::none) {
            openFunction(inside, node);
        }
        return;
    }
    case NodeKind::Import:
        visitImport(node);
        return;
    case NodeKind::ImportFrom:
        visitImportFrom(node);
        return;
    case NodeKind::Global:
        for (const auto child : Children(tree(), node)) {
            scope().global.insert(nameOf(child));
        }
        return;
    case NodeKind::Delete:
        visitDelete(node);
        return;
    case NodeKind::CaseClause:
        visitCase(node);
        return;
    case NodeKind::Exec:
        emit(event(NameAct::Open, noName, node));
        visitChildren(node);
        return;
    case NodeKind::Return:
        visitReturn(node);
        return;
    case NodeKind::Other:
        visitOther(node);
        return;
    default:
        visitChildren(node);
        return;
    }
}

} // namespace cupel::lineage
