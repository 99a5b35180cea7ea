// SPDX-License-Identifier: GPL-3.0-or-later
// Comprehensions: once for something of what they walk, and once for each where it matters which.
#include "analyzers/lineage/trace.h"

#include <algorithm>

namespace cupel::lineage {

namespace {

using Kind = code::NodeKind;
using code::Children;
using code::NodeField;
using code::Syntax;

constexpr std::size_t maxItems = 16; // that are followed one by one

} // namespace

// for x in xs, inside of a comprehension
Ref Trace::clause(std::uint32_t node)
{
    const auto left = tree().child(node, NodeField::Left);
    const auto right = tree().child(node, NodeField::Right);
    if (left != Syntax::none && right != Syntax::none) {
        bind(left, elementOf(valueAt(right), right));
    }
    return 0;
}

Ref Trace::comprehension(std::uint32_t node)
{
    const auto body = tree().child(node, NodeField::Body);
    const auto ref = make(ThingKind::List, node);
    at(ref).open = true;
    for (const auto child : Children(tree(), node)) {
        if (tree()[child].kind == Kind::ForInClause) {
            if (const auto right = tree().child(child, NodeField::Right); right != Syntax::none) {
                at(ref).takeData(at(valueAt(right)));
            }
        }
    }
    if (body != Syntax::none) {
        const auto value = tree()[body].kind == Kind::Pair && tree().child(body, NodeField::Value) != Syntax::none
            ? valueAt(tree().child(body, NodeField::Value))
            : valueAt(body);
        at(ref).items.push_back(value);
        at(ref).takeData(at(value));
        eachItem(node, body, ref);
    }
    return ref;
}

// Whether the items of a comprehension are followed one by one: which names of files they make depends on them.
bool Trace::differ(const std::vector<Ref>& items, std::uint32_t body) const
{
    const auto known = [this](Ref item) {
        const auto kind = m_things[item].kind;
        return kind == ThingKind::Text || kind == ThingKind::Dictionary;
    };
    const auto pair = [&](Ref item) {
        const auto& parts = m_things[item].items;
        return m_things[item].isSequence() && std::any_of(parts.begin(), parts.end(), known);
    };
    if (items.size() < 2 || items.size() > maxItems) {
        return false;
    }
    const bool numbers =
        std::all_of(items.begin(), items.end(), [this](Ref item) { return m_things[item].kind == ThingKind::Number; });
    return std::all_of(items.begin(), items.end(), known) || std::all_of(items.begin(), items.end(), pair)
        || (numbers && buildsTexts(body));
}

// [load(spec) for spec in specs] over a few known things: the body once more for each of them.
void Trace::eachItem(std::uint32_t node, std::uint32_t body, Ref list)
{
    std::uint32_t clause = Syntax::none;
    bool some = false; // a condition leaves some of them out, nobody knows which
    for (const auto child : Children(tree(), node)) {
        if (child == body || tree()[child].kind == Kind::Comment) {
            continue;
        }
        if (tree()[child].kind == Kind::ForInClause) {
            if (clause != Syntax::none) {
                return; // several loops
            }
            clause = child;
        } else {
            some = true;
        }
    }
    const auto left = clause == Syntax::none ? Syntax::none : tree().child(clause, NodeField::Left);
    const auto right = clause == Syntax::none ? Syntax::none : tree().child(clause, NodeField::Right);
    const bool pair = tree()[body].kind == Kind::Pair;
    const auto key = pair ? tree().child(body, NodeField::Key) : Syntax::none;
    const auto wanted = pair ? tree().child(body, NodeField::Value) : body;
    if (left == Syntax::none || right == Syntax::none || wanted == Syntax::none || m_blocks >= 6
        || m_comprehended >= 2) {
        return;
    }
    const auto items =
        at(valueAt(right)).isSequence() && !at(valueAt(right)).open ? elements(valueAt(right)) : std::vector<Ref>();
    if (!differ(items, body)) {
        return;
    }
    ++m_comprehended;
    at(list).items.clear();
    for (const auto item : items) {
        if (spent()) {
            break;
        }
        bind(left, item);
        const auto value = evaluate(wanted);
        const auto name = key == Syntax::none ? Ref{0} : evaluate(key);
        at(list).items.push_back(value);
        at(list).takeData(at(value));
        if (at(name).kind == ThingKind::Text) {
            at(list).setMember(at(name).text, value);
        }
    }
    at(list).open = some || at(list).items.size() != items.size();
    --m_comprehended;
}

} // namespace cupel::lineage
