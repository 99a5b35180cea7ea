// SPDX-License-Identifier: GPL-3.0-or-later
// Expressions: children first, left to right, without recursion over the tree.
#include "analyzers/lineage/trace.h"

#include "analyzers/lineage/words.h"

#include <algorithm>

namespace cupel::lineage {

namespace {

using Kind = code::NodeKind;
using code::Children;
using code::NodeField;
using code::Syntax;

constexpr std::size_t maxChoices = 64; // constants that a name may stand for

bool isComprehension(Kind kind)
{
    return kind == Kind::ListComprehension || kind == Kind::SetComprehension || kind == Kind::DictionaryComprehension
        || kind == Kind::GeneratorExpression;
}

bool isPassedThrough(Kind kind)
{
    return kind == Kind::Parenthesized || kind == Kind::Await || kind == Kind::ListSplat
        || kind == Kind::DictionarySplat || kind == Kind::Interpolation || kind == Kind::ExpressionStatement
        || kind == Kind::WithClause || kind == Kind::WithItem;
}

} // namespace

Ref Trace::evaluate(std::uint32_t root)
{
    if (root == Syntax::none) {
        return 0;
    }
    struct Step {
        std::uint32_t node;
        bool entered;
    };
    std::vector<Step> work{{root, false}};
    std::vector<std::uint32_t> children;
    while (!work.empty()) {
        const auto step = work.back();
        work.pop_back();
        if (spent()) {
            break;
        }
        const auto kind = tree()[step.node].kind;
        if (step.entered) {
            const auto value = compute(step.node);
            valueAt(step.node) = value;
            if (isComprehension(kind)) {
                m_scope = m_scopes[m_scope].parent;
            }
            continue;
        }
        if (kind == Kind::Lambda) {
            const auto value = lambda(step.node);
            valueAt(step.node) = value;
            continue;
        }
        if (kind == Kind::FunctionDefinition || kind == Kind::ClassDefinition || kind == Kind::Block) {
            continue; // below an error
        }
        if (isComprehension(kind)) {
            // Its names are its own.
            Scope scope;
            scope.kind = Scope::Kind::Function;
            scope.comprehension = true;
            scope.parent = m_scope;
            m_scope = static_cast<std::uint32_t>(m_scopes.size());
            m_scopes.push_back(std::move(scope));
        }
        work.push_back({step.node, true});
        children.clear();
        for (const auto child : Children(tree(), step.node)) {
            children.push_back(child);
        }
        // The element of a comprehension comes after the clauses that bind its names.
        const bool bodyLast = isComprehension(kind) && !children.empty();
        for (auto child = children.rbegin(); child != children.rend(); ++child) {
            if (!(bodyLast && *child == children.front())) {
                work.push_back({*child, false});
            }
        }
        if (bodyLast) {
            work.insert(work.end() - static_cast<std::ptrdiff_t>(children.size() - 1), {children.front(), false});
        }
    }
    return valueAt(root);
}

Ref Trace::constant(std::uint32_t node)
{
    const auto kind = tree()[node].kind;
    const bool number = kind == Kind::Integer || kind == Kind::Float;
    const auto ref = make(kind == Kind::None ? ThingKind::Nothing
            : number                         ? ThingKind::Number
                                             : ThingKind::Boolean,
        node);
    at(ref).text = nodeText(node);
    return ref;
}

// a if c else b; a or b; a == b
Ref Trace::choice(std::uint32_t node)
{
    if (tree()[node].kind == Kind::ComparisonOperator) {
        const auto all = merged(node);
        const auto known = decided(node);
        const auto ref = known ? constant(node) : all;
        if (known) { // training = phase == "train"
            at(ref).text = *known ? "True" : "False";
            at(ref).takeData(at(all));
            if (!m_roundItems.empty() && m_roundItems.size() < maxMarks) {
                m_roundItems.push_back(ref);
            }
        }
        return ref;
    }
    std::vector<Ref> parts;
    for (const auto child : Children(tree(), node)) {
        parts.push_back(valueAt(child));
    }
    if (tree()[node].kind == Kind::ConditionalExpression && parts.size() == 3) {
        const auto known = decided(tree().nextSibling(tree().firstChild(node)));
        return !known ? either(parts[0], parts[2]) : parts[*known ? 0 : 2];
    }
    if (tree()[node].kind == Kind::ConditionalExpression) {
        return merged(node);
    }
    return parts.size() == 2 ? either(parts[0], parts[1]) : merged(node);
}

Ref Trace::yielded(std::uint32_t node)
{
    const auto child = tree().firstChild(node);
    if (child != Syntax::none && !m_frames.empty() && m_frames.back().returned.size() < 64) {
        m_frames.back().yields = true;
        m_frames.back().returned.push_back(valueAt(child));
    }
    return 0;
}

Ref Trace::compute(std::uint32_t node)
{
    const auto& entry = tree()[node];
    if (isPassedThrough(entry.kind)) {
        const auto child = tree().firstChild(node);
        return child != Syntax::none ? valueAt(child) : 0;
    }
    switch (entry.kind) {
    case Kind::Identifier:
        return identifier(node);
    case Kind::Attribute:
        return attribute(node);
    case Kind::Call:
        return call(node);
    case Kind::String:
    case Kind::ConcatenatedString:
        return string(node);
    case Kind::Integer:
    case Kind::Float:
    case Kind::True:
    case Kind::False:
    case Kind::None:
        return constant(node);
    case Kind::BinaryOperator:
        return binary(node);
    case Kind::ConditionalExpression:
    case Kind::BooleanOperator:
    case Kind::ComparisonOperator:
        return choice(node);
    case Kind::Subscript:
        return subscript(node);
    case Kind::List:
    case Kind::Set:
        return container(node, ThingKind::List);
    case Kind::Tuple:
    case Kind::ExpressionList:
        return container(node, ThingKind::Tuple);
    case Kind::Dictionary:
        return container(node, ThingKind::Dictionary);
    case Kind::ListComprehension:
    case Kind::SetComprehension:
    case Kind::GeneratorExpression:
    case Kind::DictionaryComprehension:
        return comprehension(node);
    case Kind::ForInClause:
        return clause(node);
    case Kind::KeywordArgument: {
        const auto value = tree().child(node, NodeField::Value);
        return value != Syntax::none ? valueAt(value) : 0;
    }
    case Kind::Assignment:
    case Kind::NamedExpression:
    case Kind::AugmentedAssignment:
    case Kind::AsPattern:
        return assigned(node);
    case Kind::Yield:
        return yielded(node);
    case Kind::Comment:
        return 0;
    default:
        return merged(node);
    }
}

Ref Trace::identifier(std::uint32_t node)
{
    const auto& entry = tree()[node];
    const auto parent = tree()[entry.parent].kind;
    const bool part = (entry.field == NodeField::Attribute && parent == Kind::Attribute)
        || (entry.field == NodeField::Name && parent == Kind::KeywordArgument) || parent == Kind::DottedName;
    const bool written = entry.field == NodeField::Left && parent == Kind::Assignment;
    const auto known = part || written ? Ref{0} : lookup(nodeText(node));
    const bool called = entry.field == NodeField::Function && parent == Kind::Call;
    const bool kept = m_restored && known == 0 && !part && !written && !called && m_stars.empty()
        && !findName(nodeText(node)) && m_units[m_unit].file == m_file;
    return kept ? restored(nodeText(node), *m_restored) : known;
}

Ref Trace::container(std::uint32_t node, ThingKind kind)
{
    const auto ref = make(kind, node);
    for (const auto child : Children(tree(), node)) {
        const auto childKind = tree()[child].kind;
        if (childKind == Kind::Comment) {
            continue;
        }
        if (at(ref).items.size() >= maxListed) {
            at(ref).open = true;
            break;
        }
        if (kind == ThingKind::Dictionary) {
            const auto key = tree().child(child, NodeField::Key);
            const auto value = tree().child(child, NodeField::Value);
            if (childKind == Kind::Pair && value != Syntax::none) {
                at(ref).takeData(at(valueAt(value)));
                at(ref).items.push_back(valueAt(value));
                if (key != Syntax::none && at(valueAt(key)).kind == ThingKind::Text) {
                    at(ref).setMember(at(valueAt(key)).text, valueAt(value));
                }
            } else {
                at(ref).open = true;
                at(ref).takeData(at(valueAt(child)));
            }
            continue;
        }
        const auto value = valueAt(child);
        if (childKind == Kind::ListSplat && at(value).isSequence()) {
            addItems(ref, value);
            at(ref).open = at(ref).open || at(value).open;
        } else {
            at(ref).open = at(ref).open || childKind == Kind::ListSplat;
            at(ref).items.push_back(value);
        }
        at(ref).takeData(at(value));
    }
    return ref;
}

Ref Trace::assigned(std::uint32_t node)
{
    const auto kind = tree()[node].kind;
    const bool named = kind == Kind::NamedExpression;
    auto left = tree().child(node, named ? NodeField::Name : NodeField::Left);
    auto right = tree().child(node, named ? NodeField::Value : NodeField::Right);
    if (kind == Kind::AsPattern) {
        left = tree().child(node, NodeField::Alias);
        right = tree().firstChild(node);
    }
    if (right == Syntax::none || left == Syntax::none) {
        return 0;
    }
    const auto value = kind == Kind::AsPattern && tree()[tree()[node].parent].kind == Kind::WithItem
        ? entered(valueAt(right), right)
        : valueAt(right);
    if (!m_owed.empty() && isStepByHand(left, right, kind == Kind::AugmentedAssignment)) {
        learnOwed();
    }
    if (named) {
        // A walrus binds outside of comprehensions.
        const auto inner = m_scope;
        while (m_scopes[m_scope].comprehension && m_scopes[m_scope].parent != none) {
            m_scope = m_scopes[m_scope].parent;
        }
        bind(left, value);
        m_scope = inner;
        return value;
    }
    if (kind != Kind::AugmentedAssignment) {
        bind(left, value);
        return value;
    }
    // x += y changes lists, frames and arrays in place; of texts and numbers it makes new ones.
    const auto before = valueAt(left);
    const bool constant = at(before).isConstant() || before == 0 || isOneOf(at(before).type, {"str", "float", "int"});
    if (constant) {
        const auto sum = binary(node);
        bind(left, sum);
        return sum;
    }
    if (tree()[left].kind == Kind::Identifier) {
        if (at(before).isSequence()) {
            addItems(before, value);
            at(before).open = true;
        }
        mutate(before, {value}, node, "augmented assignment");
    } else {
        bind(left, value);
    }
    return before;
}

Ref Trace::merged(std::uint32_t node)
{
    if (tree()[node].kind == Kind::UnaryOperator && nodeText(node).starts_with('~')) {
        const auto inner = tree().child(node, NodeField::Argument);
        if (const auto rest = inner != Syntax::none ? restOf(valueAt(inner), node) : Ref{0}; rest != 0) {
            return rest;
        }
    }
    Ref ref = 0;
    for (const auto child : Children(tree(), node)) {
        const auto value = valueAt(child);
        if (value == 0 || at(value).from.empty()) {
            continue;
        }
        ref = ref == 0 ? object({}, node) : ref;
        at(ref).takeData(at(value));
        if (tree()[node].kind == Kind::ComparisonOperator || tree()[node].kind == Kind::UnaryOperator) {
            charge(at(ref).columns.size() * at(value).columns.size() / 64);
            addOnce(at(ref).columns, at(value).columns); // df["y"] > 3 is made of y
        }
    }
    return ref;
}

std::vector<Ref> TraceState::elements(Ref sequence)
{
    const auto& thing = at(sequence);
    return thing.isSequence() ? thing.items : std::vector<Ref>{};
}

// Something that is in there, nobody knows which.
Ref Trace::elementOf(Ref sequence, std::uint32_t node)
{
    const auto& thing = at(sequence);
    if (thing.kind == ThingKind::Dictionary || thing.kind == ThingKind::Unknown) {
        return thing.from.empty() ? 0 : derived({sequence}, node);
    }
    if (!thing.items.empty()) {
        Ref all = 0;
        std::size_t count = 0;
        for (const auto item : thing.items) {
            all = either(all, item);
            if (++count >= 16) {
                break;
            }
        }
        return all;
    }
    if (thing.from.empty() && thing.type.empty()) {
        return 0;
    }
    const auto ref = derived({sequence}, node, thing.kind == ThingKind::Object ? thing.type : std::string_view());
    at(ref).self = sequence;
    at(ref).locators = thing.locators;
    at(ref).columns = thing.columns;
    at(ref).pathLike = thing.pathLike;
    if (thing.modelNode != none) {
        at(ref).self = 0;
    }
    return ref;
}

Ref Trace::either(Ref a, Ref b)
{
    if (a == b || b == 0) {
        return a;
    }
    if (a == 0 || (at(a).kind == ThingKind::Nothing && at(b).kind != ThingKind::Nothing)) {
        return b;
    }
    if (at(b).kind == ThingKind::Nothing) {
        return a;
    }
    if (at(a).isConstant() && at(b).isConstant()) {
        if (at(a).text == at(b).text) {
            return a;
        }
        const auto ref = make(at(b).kind, at(b).place.node);
        at(ref) = at(b);
        at(ref).made = at(a).made.empty() ? std::vector<Ref>{a, b} : at(a).made;
        if (!at(a).made.empty() && at(a).made.size() < maxChoices) {
            at(ref).made.push_back(b);
        }
        return ref;
    }
    if (at(a).isConstant() != at(b).isConstant()) {
        // What a default is there for, and the real thing; of which nothing may be known but that it is one.
        const auto constant = at(a).isConstant() ? a : b;
        const auto other = constant == a ? b : a;
        const bool nothing = at(other).from.empty() && at(other).type.empty() && at(other).items.empty()
            && at(other).members.empty() && at(other).locators.empty() && at(other).kind != ThingKind::Function
            && at(other).kind != ThingKind::Path && at(other).kind != ThingKind::Bound;
        const bool place = at(constant).kind == ThingKind::Text && has(at(constant).text, ".")
            && has(at(constant).text, "/") && at(other).kind == ThingKind::Object && !at(other).from.empty()
            && (at(other).type.empty() || at(other).type == "str") && at(other).locators.empty()
            && at(other).modelNode == none;
        if (place) { // a file, or what a call gave instead
            const auto ref = derived({other}, at(other).place.node);
            at(ref).locators = {at(constant).text};
            at(ref).pathLike = true;
            return ref;
        }
        return nothing && at(constant).kind == ThingKind::Text ? constant : other;
    }
    if (at(a).from == at(b).from && at(a).type == at(b).type && at(a).modelNode == at(b).modelNode
        && at(a).figures == at(b).figures) {
        return b;
    }
    const auto ref = make(at(b).kind, at(b).place.node);
    at(ref) = at(b);
    at(ref).takeData(at(a));
    if (at(b).type.empty()) {
        at(ref).type = at(a).type;
    }
    if (at(ref).modelNode == none) {
        at(ref).modelNode = at(a).modelNode;
    }
    return ref;
}

} // namespace cupel::lineage
