// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/torchscript_graph.h"

#include "analyzers/code/python_tree.h"

#include <algorithm>
#include <unordered_map>
#include <vector>

namespace cupel::formats {

namespace {

using code::Children;
using code::NodeField;
using code::NodeKind;
using code::Syntax;

class ForwardReader {
public:
    ForwardReader(std::string_view text, const Syntax& syntax, GraphBuilder& builder, Budget& budget)
        : m_text(text)
        , m_syntax(syntax)
        , m_builder(builder)
        , m_budget(budget)
    {
    }

    void run()
    {
        findCalls();
        for (std::uint32_t at = 1; at < m_syntax.size() && m_budget.spend(16); ++at) {
            if (m_syntax[at].kind == NodeKind::FunctionDefinition && nameOf(at) != "__setstate__") {
                method(at);
                at = m_syntax[at].stop - 1;
            }
        }
    }

private:
    static constexpr std::uint32_t mostLooked = 4'096; // nodes of a right side
    static constexpr std::size_t longestPath = 1'024; // of a function that is called: its end

    // The call around each node, in its statement. Parents stand before their children.
    void findCalls()
    {
        m_inCall.assign(m_syntax.size(), Syntax::none);
        for (std::uint32_t at = 1; at < m_syntax.size(); ++at) {
            const auto up = m_syntax[at].parent;
            const auto kind = m_syntax[up].kind;
            m_inCall[at] = up == 0 || kind == NodeKind::Block ? Syntax::none
                : kind == NodeKind::Call                      ? up
                                                              : m_inCall[up];
        }
    }

    [[nodiscard]] std::string_view words(std::uint32_t at) const { return slice(m_text, m_syntax[at].bytes()); }
    [[nodiscard]] std::string_view nameOf(std::uint32_t definition) const
    {
        const auto name = m_syntax.child(definition, NodeField::Name);
        return name == Syntax::none ? std::string_view() : words(name);
    }

    void method(std::uint32_t definition)
    {
        m_space = m_builder.addSpace();
        m_calls.clear();
        m_alias.clear();
        m_scope.clear();
        for (auto at = m_syntax[definition].parent; at != 0; at = m_syntax[at].parent) {
            if (m_syntax[at].kind == NodeKind::ClassDefinition) {
                m_scope = GraphBuilder::text(nameOf(at)) + '.';
                break;
            }
        }
        m_scope += GraphBuilder::text(nameOf(definition));
        parameters(definition);
        const auto body = m_syntax.child(definition, NodeField::Body);
        if (body == Syntax::none) {
            return;
        }
        // Calls stand before what is inside of them, statements in the order in which they run.
        for (std::uint32_t at = body + 1; at < m_syntax[body].stop && m_budget.spend(16); ++at) {
            switch (m_syntax[at].kind) {
            case NodeKind::Call:
                call(at);
                break;
            case NodeKind::Identifier:
                use(at);
                break;
            case NodeKind::Return:
                result(at);
                break;
            case NodeKind::Assignment:
                finishBefore(at);
                m_assignments.push_back(at);
                break;
            default:
                break;
            }
        }
        finishBefore(m_syntax[body].stop);
    }

    void parameters(std::uint32_t definition)
    {
        const auto list = m_syntax.child(definition, NodeField::Parameters);
        for (const auto one : Children(m_syntax, list)) {
            auto name = one;
            while (m_syntax[name].kind != NodeKind::Identifier && m_syntax.firstChild(name) != Syntax::none) {
                name = m_syntax.firstChild(name);
            }
            if (words(name) == "self") {
                continue;
            }
            GraphNode input;
            input.kind = GraphNode::Kind::Input;
            input.name = GraphBuilder::text(words(name));
            input.scope = m_scope;
            input.bytes = m_syntax[one].bytes();
            define(words(name), m_builder.add(std::move(input)));
        }
    }

    void define(std::string_view name, std::uint32_t node)
    {
        if (node != GraphBuilder::none) {
            m_alias[name] = node;
        }
    }

    // What the right side of an assignment gives is known to all that follows.
    void finishBefore(std::uint32_t at)
    {
        while (!m_assignments.empty() && m_syntax[m_assignments.back()].stop <= at) {
            const auto assignment = m_assignments.back();
            m_assignments.pop_back();
            const auto right = m_syntax.child(assignment, NodeField::Right);
            const auto left = m_syntax.child(assignment, NodeField::Left);
            if (left == Syntax::none || right == Syntax::none) {
                continue;
            }
            std::uint32_t made = GraphBuilder::none;
            if (const auto attribute = attributeOf(right); !attribute.empty()) {
                m_modules[words(left)] = attribute;
                continue;
            }
            const auto stop = std::min(m_syntax[right].stop, right + mostLooked);
            for (auto inside = right; inside < stop && made == GraphBuilder::none && m_budget.spend(16); ++inside) {
                if (const auto known = m_calls.find(inside); known != m_calls.end()) {
                    made = known->second;
                } else if (m_syntax[inside].kind == NodeKind::Identifier) {
                    const auto alias = m_alias.find(words(inside));
                    made = alias == m_alias.end() ? GraphBuilder::none : alias->second;
                }
            }
            for (auto target = left; target < m_syntax[left].stop; ++target) {
                if (m_syntax[target].kind == NodeKind::Identifier) {
                    define(words(target), made);
                    if (made == GraphBuilder::none) { // `conv = self.conv`: its name is what people know
                        m_modules[words(target)] = words(right);
                    }
                }
            }
        }
    }

    // The name in `getattr(self, "0")`: a module, no operation.
    [[nodiscard]] std::string_view attributeOf(std::uint32_t call) const
    {
        constexpr std::string_view begin = "getattr(self, \"";
        const auto text = words(call);
        return text.starts_with(begin) && text.ends_with("\")")
            ? text.substr(begin.size(), text.size() - begin.size() - 2)
            : std::string_view();
    }

    // The call around `at` in the same statement; none: there is none.
    [[nodiscard]] std::uint32_t callAround(std::uint32_t at) const
    {
        const auto known = m_calls.find(m_inCall[at]);
        return known == m_calls.end() ? GraphBuilder::none : known->second;
    }

    void call(std::uint32_t at)
    {
        finishBefore(at);
        const auto function = m_syntax.child(at, NodeField::Function);
        if (function == Syntax::none || m_calls.contains(at) || words(function).starts_with("annotate")
            || !attributeOf(at).empty()) {
            return;
        }
        GraphNode made;
        auto path = words(function); // `f()()()` has all of it before each call
        path.remove_prefix(path.size() - std::min(path.size(), longestPath));
        if (const auto known = m_modules.find(path); known != m_modules.end()) {
            path = known->second; // `_0 = torch.nn.functional.relu`, then `_0(x)`
        }
        const auto last = path.rfind('.');
        made.op = GraphBuilder::text(last == std::string_view::npos ? path : path.substr(last + 1));
        if (last != std::string_view::npos) {
            auto owner = path.substr(0, last);
            while (owner.starts_with('(') && owner.ends_with(')')) {
                owner = owner.substr(1, owner.size() - 2);
            }
            const auto module = m_modules.find(owner);
            made.name = GraphBuilder::text(module == m_modules.end() ? owner : module->second);
            if (made.name == "torch" || made.name == "ops") {
                made.name.clear();
            }
        }
        made.scope = m_scope;
        made.bytes = m_syntax[at].bytes();
        if (const auto arguments = m_syntax.child(at, NodeField::Arguments); arguments != Syntax::none) {
            for (const auto one : Children(m_syntax, arguments)) {
                GraphBuilder::part(made.inputs, words(one));
            }
        }
        const auto outer = callAround(at);
        const auto index = m_builder.add(std::move(made));
        if (index == GraphBuilder::none) {
            return;
        }
        m_calls[at] = index;
        connect(index, outer, {});
    }

    void connect(std::uint32_t from, std::uint32_t to, std::string_view shown)
    {
        if (from != GraphBuilder::none && to != GraphBuilder::none && from != to) {
            const auto name = m_builder.kept(std::to_string(from));
            m_builder.makes(m_space, name, from);
            m_builder.takes(m_space, name, to, shown);
        }
    }

    void use(std::uint32_t at)
    {
        finishBefore(at);
        const auto& node = m_syntax[at];
        if (node.field == NodeField::Attribute || node.field == NodeField::Name) {
            return;
        }
        const auto known = m_alias.find(words(at));
        if (known != m_alias.end()) {
            connect(known->second, callAround(at), words(at));
        }
    }

    void result(std::uint32_t at)
    {
        finishBefore(at);
        GraphNode output;
        output.kind = GraphNode::Kind::Output;
        output.name = "return";
        output.scope = m_scope;
        output.bytes = m_syntax[at].bytes();
        const auto index = m_builder.add(std::move(output));
        for (auto inside = at + 1; inside < m_syntax[at].stop; ++inside) {
            if (m_syntax[inside].kind == NodeKind::Call) {
                call(inside);
                connect(m_calls.contains(inside) ? m_calls[inside] : GraphBuilder::none, index, {});
                return; // what is inside follows
            }
            if (m_syntax[inside].kind == NodeKind::Identifier) {
                const auto known = m_alias.find(words(inside));
                connect(known == m_alias.end() ? GraphBuilder::none : known->second, index, words(inside));
            }
        }
    }

    std::string_view m_text;
    const Syntax& m_syntax;
    GraphBuilder& m_builder;
    Budget& m_budget;
    GraphBuilder::Space m_space = 0;
    std::string m_scope;
    std::vector<std::uint32_t> m_inCall; // by syntax node; none: it stands in no call
    std::unordered_map<std::uint32_t, std::uint32_t> m_calls; // by syntax node
    std::unordered_map<std::string_view, std::uint32_t> m_alias; // variable to the node that made it
    std::unordered_map<std::string_view, std::string_view> m_modules; // variable to "self.conv1"
    std::vector<std::uint32_t> m_assignments; // open ones
};

} // namespace

bool isTorchScript(std::string_view path, std::string_view text)
{
    return path.find("code/__torch__") != std::string_view::npos
        || (text.substr(0, 4'096).find("(Module):") != std::string_view::npos
            && text.substr(0, 4'096).find("__parameters__") != std::string_view::npos);
}

void readTorchScript(std::string_view text, GraphBuilder& builder, Budget& budget)
{
    code::ParseLimits limits;
    limits.bytes = std::size_t{16} << 20;
    limits.time = std::chrono::milliseconds(2'000);
    const auto tree = code::PythonTree::parseBlanked(std::string(text), limits);
    if (!tree) {
        builder.stop();
        return;
    }
    const Syntax syntax = tree.value().syntax();
    if (syntax.truncated) {
        builder.stop();
    }
    if (syntax.size() > 0) {
        ForwardReader(text, syntax, builder, budget).run();
    }
}

} // namespace cupel::formats
