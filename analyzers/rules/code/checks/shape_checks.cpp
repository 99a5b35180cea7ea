// SPDX-License-Identifier: GPL-3.0-or-later
// The shape of statements: what goes wrong quietly.
#include "analyzers/rules/code/checks/checks.h"

#include <algorithm>

namespace cupel::rules::code {

namespace {

using cupel::code::Children;
using cupel::code::NodeField;
using cupel::code::NodeKind;
using cupel::code::Syntax;
using cupel::code::SyntaxNode;

constexpr std::size_t maxWalk = 200'000; // nodes looked at below one statement, over a cell

bool isLoop(NodeKind kind)
{
    return kind == NodeKind::For || kind == NodeKind::While;
}

class ShapeCheck {
public:
    ShapeCheck(const CodeCell& cell, std::uint32_t index, Reporter& reporter)
        : m_text(cell.text)
        , m_tree(cell.syntax)
        , m_cell(index)
        , m_reporter(reporter)
    {
    }

    void run()
    {
        for (std::uint32_t node = 0; node < m_tree.size(); ++node) {
            visit(node);
        }
    }

private:
    void add(std::string_view rule, std::uint32_t node, bool once = false, std::uint32_t step = Syntax::none)
    {
        Draft draft;
        draft.rule = rule;
        auto bytes = m_tree[node].bytes();
        const auto line = slice(m_text, bytes).find('\n');
        if (line != ByteView::npos) {
            bytes.end = bytes.start + line;
        }
        draft.place = {m_cell, bytes};
        draft.once = once;
        if (step != Syntax::none) {
            draft.traces.push_back({"step", {m_cell, {m_tree[step].start, m_tree[step].start + 1}}, {}});
        }
        m_reporter.add(std::move(draft));
    }
    [[nodiscard]] std::string_view text(std::uint32_t node) const
    {
        return node == Syntax::none ? std::string_view() : slice(m_text, m_tree[node].bytes());
    }

    void visit(std::uint32_t node)
    {
        const auto& entry = m_tree[node];
        switch (entry.kind) {
        case NodeKind::Assert:
            assertion(node);
            break;
        case NodeKind::ExceptClause:
            exceptClause(node);
            break;
        case NodeKind::While:
            endless(node);
            break;
        case NodeKind::FunctionDefinition:
            function(node);
            break;
        case NodeKind::ComparisonOperator:
            comparison(node);
            break;
        case NodeKind::Return:
        case NodeKind::Raise:
            unreachable(node);
            break;
        case NodeKind::FinallyClause:
            finally(node);
            break;
        case NodeKind::ConcatenatedString:
            concatenated(node);
            break;
        case NodeKind::Assignment:
            assignment(node);
            break;
        case NodeKind::For:
            changedInLoop(node);
            break;
        case NodeKind::Subscript:
            globalsLookup(node);
            break;
        default:
            break;
        }
    }

    // Asserts of tests are what they should be.
    void assertion(std::uint32_t node)
    {
        for (auto at = m_tree[node].parent; at != 0; at = m_tree[at].parent) {
            if (m_tree[at].kind == NodeKind::FunctionDefinition) {
                const auto name = text(m_tree.child(at, NodeField::Name));
                if (!name.starts_with("test")) {
                    add("CUP-CODE-ASSERT", node, true);
                }
                return;
            }
        }
    }

    void exceptClause(std::uint32_t node)
    {
        std::uint32_t body = Syntax::none;
        bool typed = false;
        for (const auto child : Children(m_tree, node)) {
            if (m_tree[child].kind == NodeKind::Block) {
                body = child;
            } else if (m_tree[child].kind != NodeKind::Comment) {
                const auto name = text(child);
                typed = !name.starts_with("Exception") && !name.starts_with("BaseException");
            }
        }
        if (body == Syntax::none || typed) {
            return;
        }
        std::size_t statements = 0;
        bool passes = true;
        for (const auto child : Children(m_tree, body)) {
            if (m_tree[child].kind != NodeKind::Comment) {
                ++statements;
                passes = passes && (m_tree[child].kind == NodeKind::Pass || m_tree[child].kind == NodeKind::Continue);
            }
        }
        if (statements <= 1 && passes) {
            add("CUP-CODE-BARE-EXCEPT", node, true);
        }
    }

    void endless(std::uint32_t node)
    {
        const auto condition = text(m_tree.child(node, NodeField::Condition));
        if (condition != "True" && condition != "1") {
            return;
        }
        for (auto inner = node + 1; inner < m_tree[node].stop; ++inner) {
            const auto kind = m_tree[inner].kind;
            if (kind == NodeKind::Break || kind == NodeKind::Return || kind == NodeKind::Raise
                || kind == NodeKind::Yield) {
                return;
            }
            if (kind == NodeKind::Call) {
                const auto name = text(m_tree.child(inner, NodeField::Function));
                if (name.ends_with("exit") || name.ends_with("quit")) {
                    return;
                }
            }
        }
        add("CUP-CODE-WHILE-TRUE", node);
    }

    void function(std::uint32_t node)
    {
        const auto parameters = m_tree.child(node, NodeField::Parameters);
        const auto body = m_tree.child(node, NodeField::Body);
        const auto name = text(m_tree.child(node, NodeField::Name));
        for (const auto child : Children(m_tree, parameters)) {
            const auto kind = m_tree[child].kind;
            if (kind == NodeKind::DefaultParameter || kind == NodeKind::TypedDefaultParameter) {
                parameter(child, body);
            }
        }
        if (name == "__init__" && body != Syntax::none && m_tree[m_tree[node].parent].kind != NodeKind::Module) {
            initReturns(node, body);
        }
    }

    void parameter(std::uint32_t node, std::uint32_t body)
    {
        const auto name = text(m_tree.child(node, NodeField::Name));
        const auto value = m_tree.child(node, NodeField::Value);
        if (value == Syntax::none) {
            return;
        }
        const auto kind = m_tree[value].kind;
        const auto written = text(value);
        const bool container = kind == NodeKind::List || kind == NodeKind::Dictionary || kind == NodeKind::Set
            || written == "list()" || written == "dict()" || written == "set()";
        if (!container || body == Syntax::none) {
            return;
        }
        if (const auto change = changed(body, name); change != Syntax::none) {
            add("CUP-CODE-MUTABLE-DEFAULT", node, false, change);
        }
    }

    // name.append(...), name[...] = ..., name += ..., del name[...], also by another name for it. The first node that
    // does so; none when the name is bound to something else before.
    [[nodiscard]] std::uint32_t changed(std::uint32_t body, std::string_view name)
    {
        constexpr std::string_view methods[] = {"append", "extend", "insert", "update", "add", "pop", "remove", "clear",
            "setdefault", "sort", "reverse", "popitem", "discard"};
        for (auto inner = body + 1; inner < m_tree[body].stop && ++m_walked < maxWalk; ++inner) {
            const auto& entry = m_tree[inner];
            if (entry.kind == NodeKind::Attribute && entry.field == NodeField::Function) {
                const bool ours = text(m_tree.child(inner, NodeField::Object)) == name;
                const auto method = text(m_tree.child(inner, NodeField::Attribute));
                if (ours && std::find(std::begin(methods), std::end(methods), method) != std::end(methods)) {
                    return inner;
                }
            }
            const auto parent = m_tree[entry.parent].kind;
            const bool written = (entry.field == NodeField::Left
                                     && (parent == NodeKind::Assignment || parent == NodeKind::AugmentedAssignment))
                || parent == NodeKind::Delete;
            if (written && entry.kind == NodeKind::Subscript && text(m_tree.child(inner, NodeField::Value)) == name) {
                return inner;
            }
            if (entry.kind == NodeKind::Identifier && entry.field == NodeField::Left && text(inner) == name) {
                if (parent == NodeKind::AugmentedAssignment) {
                    return inner;
                }
                const auto statement = m_tree[entry.parent].parent;
                if (m_tree[statement].parent == body) {
                    return Syntax::none; // from here on it is another object
                }
            }
            // x = default: another name for the same object.
            const bool renamed = parent == NodeKind::Assignment && entry.field == NodeField::Right
                && entry.kind == NodeKind::Identifier && text(inner) == name;
            const auto left = renamed ? m_tree.child(entry.parent, NodeField::Left) : Syntax::none;
            if (left != Syntax::none && m_tree[left].kind == NodeKind::Identifier) {
                name = text(left);
            }
        }
        return Syntax::none;
    }

    void initReturns(std::uint32_t node, std::uint32_t body)
    {
        for (auto inner = body + 1; inner < m_tree[body].stop && ++m_walked < maxWalk;) {
            const auto& entry = m_tree[inner];
            if (entry.kind == NodeKind::FunctionDefinition || entry.kind == NodeKind::Lambda
                || entry.kind == NodeKind::ClassDefinition) {
                inner = entry.stop;
                continue;
            }
            const auto value = m_tree.firstChild(inner);
            const bool returns =
                entry.kind == NodeKind::Return && value != Syntax::none && m_tree[value].kind != NodeKind::None;
            if (returns || entry.kind == NodeKind::Yield) {
                add("CUP-CODE-INIT-RETURN", inner);
                add("CUP-CODE-INIT-RETURN", node, false);
                return;
            }
            ++inner;
        }
    }

    void comparison(std::uint32_t node)
    {
        const auto left = m_tree.firstChild(node);
        const auto right = left == Syntax::none ? Syntax::none : m_tree.nextSibling(left);
        if (right == Syntax::none || m_tree.nextSibling(right) != Syntax::none) {
            return;
        }
        const auto op = std::string_view(m_tree[node].op, 2);
        const auto literal = [&](std::uint32_t side) {
            const auto kind = m_tree[side].kind;
            return kind == NodeKind::String || kind == NodeKind::Integer || kind == NodeKind::Float
                || kind == NodeKind::Tuple || kind == NodeKind::ConcatenatedString;
        };
        // "x is (not y)" compares with True or False.
        const auto denied = text(right).starts_with("(not ") || text(right).starts_with("(not(");
        if (op == "is" && (denied || literal(left) || literal(right) || text(left) == text(right))) {
            add("CUP-CODE-IS-LITERAL", node);
        }
        if ((op == "==" || op == "!=") && text(left) == text(right) && m_tree[left].kind != NodeKind::Call
            && !literal(left) && text(left).find('(') == std::string_view::npos && !isAsserted(node)
            && !inMethod(node, {"__eq__", "__ne__", "assert"})) {
            add("CUP-CODE-SELF-COMPARE", node);
        }
    }

    // assertTrue(x == x)
    [[nodiscard]] bool isAsserted(std::uint32_t node) const
    {
        const auto list = m_tree[node].parent;
        const auto call = m_tree[list].parent;
        return m_tree[call].kind == NodeKind::Call
            && text(m_tree.child(call, NodeField::Function)).find("assert") != std::string_view::npos;
    }

    [[nodiscard]] bool inMethod(std::uint32_t node, std::initializer_list<std::string_view> names) const
    {
        for (auto at = m_tree[node].parent; at != 0; at = m_tree[at].parent) {
            const auto kind = m_tree[at].kind;
            if (kind == NodeKind::Assert) {
                return true;
            }
            if (kind == NodeKind::FunctionDefinition) {
                const auto name = text(m_tree.child(at, NodeField::Name));
                return std::find(names.begin(), names.end(), name) != names.end();
            }
        }
        return false;
    }

    void unreachable(std::uint32_t node)
    {
        const auto& entry = m_tree[node];
        if (m_tree[entry.parent].kind != NodeKind::Block) {
            return;
        }
        auto next = m_tree.nextSibling(node);
        while (next != Syntax::none && m_tree[next].kind == NodeKind::Comment) {
            next = m_tree.nextSibling(next);
        }
        if (next != Syntax::none && m_tree[next].kind != NodeKind::FunctionDefinition) {
            add("CUP-CODE-UNREACHABLE", node);
        }
    }

    void finally(std::uint32_t node)
    {
        for (auto inner = node + 1; inner < m_tree[node].stop && ++m_walked < maxWalk;) {
            const auto kind = m_tree[inner].kind;
            if (kind == NodeKind::FunctionDefinition || isLoop(kind)) {
                inner = m_tree[inner].stop;
                continue;
            }
            if (kind == NodeKind::Return || kind == NodeKind::Break || kind == NodeKind::Continue) {
                add("CUP-CODE-FINALLY-LEAVES", m_tree[node].parent);
                return;
            }
            ++inner;
        }
    }

    // ['a', 'b' 'c'] on one line, with a comma elsewhere in the list.
    void concatenated(std::uint32_t node)
    {
        const auto list = m_tree[node].parent;
        const auto kind = m_tree[list].kind;
        if (kind != NodeKind::List && kind != NodeKind::Set) {
            return;
        }
        std::size_t items = 0;
        std::size_t plain = 0;
        for (const auto child : Children(m_tree, list)) {
            items += m_tree[child].kind != NodeKind::Comment ? 1 : 0;
            plain += m_tree[child].kind == NodeKind::String ? 1 : 0;
        }
        std::size_t strings = 0;
        for (const auto child : Children(m_tree, node)) {
            strings += m_tree[child].kind == NodeKind::String ? 1 : 0;
        }
        const bool oneLine = text(node).find('\n') == std::string_view::npos;
        if ((items >= 2 && plain + 1 >= items) || (items == 1 && strings >= 3 && oneLine)) {
            add("CUP-CODE-LIST-CONCAT", node);
        }
    }

    void assignment(std::uint32_t node)
    {
        const auto left = m_tree.child(node, NodeField::Left);
        const auto right = m_tree.child(node, NodeField::Right);
        if (left == Syntax::none || right == Syntax::none) {
            return;
        }
        if (m_tree[left].kind == NodeKind::Subscript) {
            chainedIndex(node, left);
        }
        // f = open(...) and no f.close anywhere in the cell.
        if (m_tree[left].kind == NodeKind::Identifier && m_tree[right].kind == NodeKind::Call
            && text(m_tree.child(right, NodeField::Function)) == "open") {
            const auto name = std::string(text(left));
            const auto around = scopeText(node);
            const bool closed = around.find(name + ".close") != std::string_view::npos
                || around.find("with " + name) != std::string_view::npos
                || around.find("return " + name) != std::string_view::npos;
            if (!closed && isWritten(right)) {
                add("CUP-CODE-OPEN-NOT-CLOSED", node, true);
            }
        }
    }

    // open(path, "w") or open(path, mode="a"): of what is only read nothing can be lost.
    [[nodiscard]] bool isWritten(std::uint32_t call) const
    {
        for (int position = 0; const auto child : Children(m_tree, m_tree.child(call, NodeField::Arguments))) {
            const bool named = m_tree[child].kind == NodeKind::KeywordArgument;
            if (named ? text(m_tree.child(child, NodeField::Name)) == "mode" : position++ == 1) {
                return text(named ? m_tree.child(child, NodeField::Value) : child).find_first_of("wax+")
                    != std::string_view::npos;
            }
        }
        return false;
    }

    // From a node to the end of its function, or of the cell.
    [[nodiscard]] std::string_view scopeText(std::uint32_t node) const
    {
        auto end = m_text.size();
        for (auto at = m_tree[node].parent; at != 0; at = m_tree[at].parent) {
            if (m_tree[at].kind == NodeKind::FunctionDefinition) {
                end = m_tree[at].end;
                break;
            }
        }
        return slice(m_text, {m_tree[node].start, end});
    }

    // df[df.a > 1]['b'] = 0: a filter first, then a column.
    void chainedIndex(std::uint32_t node, std::uint32_t left)
    {
        const auto inner = m_tree.child(left, NodeField::Value);
        if (inner == Syntax::none || m_tree[inner].kind != NodeKind::Subscript) {
            return;
        }
        const auto filter = m_tree.child(inner, NodeField::Subscript);
        const auto key = m_tree.child(left, NodeField::Subscript);
        const bool filtered = filter != Syntax::none
            && (m_tree[filter].kind == NodeKind::ComparisonOperator || m_tree[filter].kind == NodeKind::BinaryOperator);
        const auto base = m_tree.child(inner, NodeField::Value);
        const bool frame = base != Syntax::none && m_tree[base].kind == NodeKind::Identifier;
        const auto written = text(filter);
        const bool compares = written.find_first_of("<>=&|") != std::string_view::npos;
        if (filtered && compares && frame && key != Syntax::none && m_tree[key].kind == NodeKind::String) {
            add("CUP-CODE-CHAINED-INDEX", node);
        }
    }

    void changedInLoop(std::uint32_t node)
    {
        const auto right = m_tree.child(node, NodeField::Right);
        const auto body = m_tree.child(node, NodeField::Body);
        auto name = text(right);
        for (const std::string_view end : {".keys()", ".items()", ".values()"}) {
            if (name.ends_with(end)) {
                name.remove_suffix(end.size());
            }
        }
        const bool dictionary = name.size() < text(right).size();
        if (!dictionary || body == Syntax::none || name.find('(') != std::string_view::npos) {
            return;
        }
        for (auto inner = body + 1; inner < m_tree[body].stop && ++m_walked < maxWalk; ++inner) {
            const auto& entry = m_tree[inner];
            const bool deleted = entry.kind == NodeKind::Subscript && m_tree[entry.parent].kind == NodeKind::Delete
                && text(m_tree.child(inner, NodeField::Value)) == name;
            const bool popped = entry.kind == NodeKind::Attribute && entry.field == NodeField::Function
                && text(m_tree.child(inner, NodeField::Object)) == name
                && text(m_tree.child(inner, NodeField::Attribute)) == "pop";
            if (deleted || popped) {
                add("CUP-CODE-CHANGED-IN-LOOP", node);
                return;
            }
        }
    }

    // globals()[name](...)
    void globalsLookup(std::uint32_t node)
    {
        const auto base = text(m_tree.child(node, NodeField::Value));
        const auto key = m_tree.child(node, NodeField::Subscript);
        const bool table = base == "globals()" || base == "locals()" || base.ends_with(".__globals__");
        const bool called = m_tree[node].field == NodeField::Function || m_tree[node].field == NodeField::Object;
        if (table && key != Syntax::none && m_tree[key].kind != NodeKind::String
            && (called || m_tree[m_tree[node].parent].kind == NodeKind::Assignment)
            && m_tree[node].field != NodeField::Left) {
            add("CUP-CODE-GLOBALS-LOOKUP", node);
        }
    }

    std::string_view m_text;
    const Syntax& m_tree;
    std::uint32_t m_cell;
    Reporter& m_reporter;
    std::size_t m_walked = 0;
};

} // namespace

void checkShape(const CodeCell& cell, std::uint32_t index, Reporter& reporter)
{
    if (cell.parsed) {
        ShapeCheck(cell, index, reporter).run();
    }
}

} // namespace cupel::rules::code
