// SPDX-License-Identifier: GPL-3.0-or-later
// Targets of assignments: what is bound, what is changed, and what the new value shares with others.
#include "analyzers/lineage/cell_walker.h"

#include "analyzers/lineage/name_words.h"

#include <algorithm>
#include <utility>

namespace cupel::lineage {

using code::Children;
using code::NodeField;
using code::NodeKind;
using code::Syntax;

namespace {

constexpr std::size_t maxLinks = 64;

bool isSequence(NodeKind kind)
{
    return kind == NodeKind::Tuple || kind == NodeKind::List || kind == NodeKind::ExpressionList
        || kind == NodeKind::PatternList || kind == NodeKind::TuplePattern || kind == NodeKind::ListPattern;
}

} // namespace

bool CellWalker::isScalar(NodeKind kind)
{
    return kind == NodeKind::Integer || kind == NodeKind::Float || kind == NodeKind::String || kind == NodeKind::True
        || kind == NodeKind::False || kind == NodeKind::None || kind == NodeKind::ConcatenatedString
        || kind == NodeKind::ComparisonOperator || kind == NodeKind::NotOperator;
}

// x of x, x.a, x["a"], x[1:2], x.fit(y): `part` when it is not x itself.
std::uint32_t CellWalker::baseOf(std::uint32_t node, bool* part) const
{
    auto at = node;
    while (at != Syntax::none) {
        const auto& entry = tree()[at];
        switch (entry.kind) {
        case NodeKind::Identifier:
            return at;
        case NodeKind::Parenthesized:
        case NodeKind::Await:
            at = tree().firstChild(at);
            break;
        case NodeKind::Attribute:
            at = tree().child(at, NodeField::Object);
            if (part) {
                *part = true;
            }
            break;
        case NodeKind::Subscript:
            at = tree().child(at, NodeField::Value);
            if (part) {
                *part = true;
            }
            break;
        case NodeKind::Call: {
            const auto function = tree().child(at, NodeField::Function);
            if (function == Syntax::none || tree()[function].kind != NodeKind::Attribute) {
                return Syntax::none;
            }
            const auto method = tree().child(function, NodeField::Attribute);
            const auto name = method == Syntax::none ? std::string_view() : text(method);
            if (!returnsObject(name) && !returnsView(name)) {
                return Syntax::none;
            }
            if (part && returnsView(name)) {
                *part = true;
            }
            at = tree().child(function, NodeField::Object);
            break;
        }
        default:
            return Syntax::none;
        }
    }
    return Syntax::none;
}

void CellWalker::bind(std::uint32_t target, std::uint32_t value, bool loop)
{
    std::vector<std::pair<std::uint32_t, std::uint32_t>> open{{target, value}};
    while (!open.empty()) {
        const auto [at, from] = open.back();
        open.pop_back();
        const auto kind = tree()[at].kind;
        if (kind == NodeKind::Identifier) {
            bindName(at, from, loop);
        } else if (kind == NodeKind::Attribute || kind == NodeKind::Subscript) {
            changeTarget(at, from);
        } else if (kind == NodeKind::Call) {
            visit(at);
        } else {
            // a, b = x, y goes pairwise.
            const bool pairs = from != Syntax::none && isSequence(tree()[from].kind) && isSequence(kind) && !loop;
            auto next = pairs ? tree().firstChild(from) : from;
            const auto first = open.size();
            for (const auto child : Children(tree(), at)) {
                open.emplace_back(child, next);
                next = pairs && next != Syntax::none ? tree().nextSibling(next) : next;
            }
            std::reverse(open.begin() + static_cast<std::ptrdiff_t>(first), open.end());
        }
    }
}

void CellWalker::bindName(std::uint32_t node, std::uint32_t value, bool loop)
{
    std::vector<NameLink> links;
    auto bound = Bound::Value;
    const auto name = nameOf(node);
    const bool direct = value != Syntax::none && !loop;
    if (value != Syntax::none) {
        linksTo(value, loop, links);
    }
    if (direct && isScalar(tree()[value].kind)) {
        bound = Bound::Scalar;
    }
    std::uint32_t function = noName;
    if (direct && tree()[value].kind == NodeKind::Lambda) {
        if (const auto known = m_functionOf.find(value); known != m_functionOf.end()) {
            function = known->second;
            bound = Bound::Function;
            m_file.functions[function].name = name;
        }
    }
    // name := value binds outside of comprehensions.
    std::vector<Scope> inner;
    if (tree()[tree()[node].parent].kind == NodeKind::NamedExpression) {
        while (m_scopes.size() > 1 && m_scopes.back().kind == ScopeKind::Inner) {
            inner.push_back(std::move(m_scopes.back()));
            m_scopes.pop_back();
            links.clear();
        }
    }
    const auto before = scope().events.size();
    define(name, node, bound, links);
    if (scope().events.size() > before) {
        scope().events.back().function = function;
        scope().events.back().grows = direct && growsItself(node, value);
        scope().events.back().transforms = direct && isTransform(value);
    }
    if (function != noName && m_scopes.size() == 1) {
        waitingReads(function);
    }
    for (; !inner.empty(); inner.pop_back()) {
        m_scopes.push_back(std::move(inner.back()));
    }
}

void CellWalker::changeTarget(std::uint32_t node, std::uint32_t value)
{
    if (tree()[node].kind != NodeKind::Attribute) {
        visitChildren(node);
    } else if (const auto object = tree().child(node, NodeField::Object); object != Syntax::none) {
        push(Op::Visit, object);
    }
    const auto said = text(node);
    if (said.starts_with("os.environ")) {
        change("<os.environ>", node);
    }
    if (said.starts_with("globals()") || said.starts_with("locals()")) {
        emit(event(NameAct::Open, noName, node));
    }
    const auto base = baseOf(node);
    if (base == Syntax::none) {
        return;
    }
    auto made = event(NameAct::Change, nameOf(base), node);
    // Settings of a module are no other module: plt.rcParams["x"] = 1.
    made.byMethod = tree()[node].kind != NodeKind::Attribute || tree()[base].parent != node;
    std::vector<NameLink> links;
    if (value != Syntax::none) {
        linksTo(value, false, links);
        made.grows = growsItself(node, value);
    } else {
        made.grows = tree()[node].kind == NodeKind::Subscript; // del x[k]
    }
    auto& around = scope();
    made.links = static_cast<std::uint32_t>(around.links.size());
    for (auto link : links) {
        if (link.kind != NameLink::Kind::Result) {
            link.kind = NameLink::Kind::Holds;
            around.links.push_back(link);
        }
    }
    made.linksEnd = static_cast<std::uint32_t>(around.links.size());
    emit(made);
}

void CellWalker::augment(std::uint32_t node)
{
    if (tree()[node].kind != NodeKind::Identifier) {
        changeTarget(node, Syntax::none);
        if (!scope().events.empty() && scope().events.back().act == NameAct::Change) {
            scope().events.back().grows = true;
        }
        return;
    }
    const auto name = nameOf(node);
    read(name, node);
    if (m_scopes.size() > 1) {
        scope().bound.insert(name);
    }
    auto made = event(NameAct::Change, name, node);
    made.augmented = true;
    made.grows = true;
    emit(made);
}

void CellWalker::linksTo(std::uint32_t value, bool loop, std::vector<NameLink>& links)
{
    valueLinks(value, links);
    if (links.size() > maxLinks) {
        links.resize(maxLinks);
    }
    if (!loop) {
        return;
    }
    // What is iterated gives parts of itself; a list of names gives the names.
    const bool listed = isSequence(tree()[value].kind);
    if (tree()[value].kind == NodeKind::Call) {
        links.clear();
        if (const auto list = tree().child(value, NodeField::Arguments); list != Syntax::none) {
            for (const auto argument : Children(tree(), list)) {
                const auto base = tree()[argument].kind == NodeKind::KeywordArgument ? Syntax::none : baseOf(argument);
                if (base != Syntax::none && links.size() < maxLinks) {
                    links.push_back({nameOf(base), NameLink::Kind::Part, 0});
                }
            }
        }
        const auto function = tree().child(value, NodeField::Function);
        const auto base =
            function != Syntax::none && tree()[function].kind == NodeKind::Attribute ? baseOf(function) : Syntax::none;
        if (base != Syntax::none) {
            links.push_back({nameOf(base), NameLink::Kind::Part, 0});
        }
        return;
    }
    for (auto& link : links) {
        link.kind = listed ? NameLink::Kind::Same : NameLink::Kind::Part;
    }
}

void CellWalker::valueLinks(std::uint32_t value, std::vector<NameLink>& links)
{
    std::vector<std::uint32_t> open{value};
    bool held = false;
    while (!open.empty() && links.size() <= maxLinks && m_budget.spend(1)) {
        const auto at = open.back();
        open.pop_back();
        const auto kind = tree()[at].kind;
        if (kind == NodeKind::Call && !held) {
            callLinks(at, links);
        } else if (kind == NodeKind::Identifier || kind == NodeKind::Attribute || kind == NodeKind::Subscript) {
            bool part = false;
            const auto base = baseOf(at, &part);
            if (base == Syntax::none) {
                continue;
            }
            if (kind == NodeKind::Subscript) {
                // A mask or a list of columns makes a copy; a key, a position or a slice does not.
                const auto key = tree().child(at, NodeField::Subscript);
                const auto of = tree().child(at, NodeField::Value);
                const auto sort = key == Syntax::none ? NodeKind::Other : tree()[key].kind;
                const bool shares = sort == NodeKind::String || sort == NodeKind::Integer || sort == NodeKind::Slice
                    || sort == NodeKind::UnaryOperator;
                const bool located = of != Syntax::none && (text(of).ends_with("loc"));
                if (!shares || located) {
                    continue;
                }
            }
            const auto way = held ? NameLink::Kind::Holds : part ? NameLink::Kind::Part : NameLink::Kind::Same;
            links.push_back({nameOf(base), way, 0});
        } else if (isSequence(kind) || kind == NodeKind::Dictionary || kind == NodeKind::Set
            || kind == NodeKind::Pair) {
            held = true;
            for (const auto child : Children(tree(), at)) {
                open.push_back(child);
            }
        } else if (kind == NodeKind::Parenthesized || kind == NodeKind::ConditionalExpression
            || kind == NodeKind::BooleanOperator || kind == NodeKind::Await || kind == NodeKind::NamedExpression) {
            for (const auto child : Children(tree(), at)) {
                open.push_back(child);
            }
        }
    }
}

void CellWalker::callLinks(std::uint32_t value, std::vector<NameLink>& links)
{
    bool part = false;
    if (const auto base = baseOf(value, &part); base != Syntax::none) {
        links.push_back({nameOf(base), part ? NameLink::Kind::Part : NameLink::Kind::Same, 0});
    }
    const auto function = tree().child(value, NodeField::Function);
    if (function == Syntax::none) {
        return;
    }
    if (const auto known = m_callEvents.find(value); known != m_callEvents.end()) {
        links.push_back({noName, NameLink::Kind::Result, known->second});
    }
    auto last = text(function);
    last = last.substr(last.rfind('.') + 1);
    const bool makes = !last.empty() && last[0] >= 'A' && last[0] <= 'Z';
    const bool shares = last == "asarray" || last == "from_numpy" || last == "as_tensor" || last == "iter";
    const auto list = tree().child(value, NodeField::Arguments);
    if ((!makes && !shares) || list == Syntax::none) {
        return;
    }
    // An object keeps what it is made with. Searches and ensembles fit copies.
    const bool copies = last.ends_with("SearchCV") || last.starts_with("Bagging") || last.starts_with("OneVs")
        || last == "DataFrame" || last == "Series";
    std::vector<std::uint32_t> open{list};
    while (!open.empty() && !copies && links.size() <= maxLinks && m_budget.spend(1)) {
        const auto at = open.back();
        open.pop_back();
        for (const auto child : Children(tree(), at)) {
            const auto kind = tree()[child].kind;
            if (kind == NodeKind::KeywordArgument) {
                const auto inside = tree().child(child, NodeField::Value);
                if (inside != Syntax::none && tree()[inside].kind == NodeKind::Identifier) {
                    links.push_back({nameOf(inside), NameLink::Kind::Holds, 0});
                }
            } else if (isSequence(kind)) {
                open.push_back(child);
            } else if (kind == NodeKind::Identifier) {
                links.push_back({nameOf(child), shares ? NameLink::Kind::Part : NameLink::Kind::Holds, 0});
            } else if (kind == NodeKind::Call && text(child).ends_with("parameters()")) {
                const auto method = tree().child(child, NodeField::Function);
                const auto base = method == Syntax::none ? Syntax::none : baseOf(method);
                if (base != Syntax::none) {
                    links.push_back({nameOf(base), NameLink::Kind::Holds, 0});
                }
            }
        }
    }
}

bool CellWalker::isTransform(std::uint32_t value) const
{
    if (tree()[value].kind != NodeKind::Call) {
        return false;
    }
    const auto function = tree().child(value, NodeField::Function);
    if (function == Syntax::none || tree()[function].kind != NodeKind::Attribute) {
        return false;
    }
    const auto method = tree().child(function, NodeField::Attribute);
    const auto name = method == Syntax::none ? std::string_view() : text(method);
    return givesNewObject(name) || name == "fit_transform" || name == "transform" || name == "get_dummies";
}

// x = x + 1, x = x.drop("a"), x = x[1:], x["a"] = x["a"] * 2: another run gives something else, or fails.
bool CellWalker::growsItself(std::uint32_t target, std::uint32_t value) const
{
    if (value == Syntax::none) {
        return false;
    }
    const auto own = text(target);
    const auto same = [&](std::uint32_t node) { return node != Syntax::none && text(node) == own; };
    const auto kind = tree()[value].kind;
    if (kind == NodeKind::BinaryOperator) {
        const char op = tree()[value].op[0];
        return op != '|' && op != '&' && op != '%'
            && (same(tree().child(value, NodeField::Left)) || same(tree().child(value, NodeField::Right)));
    }
    if (kind == NodeKind::Subscript) {
        const auto key = tree().child(value, NodeField::Subscript);
        const auto of = tree().child(value, NodeField::Value);
        const bool located = of != Syntax::none && tree()[of].kind == NodeKind::Attribute
            && same(tree().child(of, NodeField::Object)) && text(of).ends_with(".iloc");
        const auto sort = key == Syntax::none ? NodeKind::Other : tree()[key].kind;
        return (sort == NodeKind::Slice && text(key) != ":" && (same(of) || located))
            || (sort == NodeKind::Integer && same(of)); // x = x[0]
    }
    if (kind != NodeKind::Call) {
        return false;
    }
    const auto function = tree().child(value, NodeField::Function);
    if (function == Syntax::none || tree()[function].kind != NodeKind::Attribute) {
        return false;
    }
    const auto method = tree().child(function, NodeField::Attribute);
    const auto name = method == Syntax::none ? std::string_view() : text(method);
    if (same(tree().child(function, NodeField::Object))) {
        return name == "drop" || name == "append" || name == "shift" || name == "pop" || name == "set_index"
            || changesEachTime(name);
    }
    const auto given = tree().child(value, NodeField::Arguments);
    if (changesEachTime(name) && given != Syntax::none && same(tree().firstChild(given))) {
        return true; // x.part = np.log(x.part)
    }
    if (name != "concat" && name != "append" && name != "vstack" && name != "hstack" && name != "concatenate") {
        return false;
    }
    const auto list = tree().child(value, NodeField::Arguments);
    const auto first = list == Syntax::none ? Syntax::none : tree().firstChild(list);
    if (first == Syntax::none) {
        return false;
    }
    if (isSequence(tree()[first].kind)) {
        for (const auto child : Children(tree(), first)) {
            if (same(child)) {
                return true;
            }
        }
    }
    return same(first);
}

} // namespace cupel::lineage
