// SPDX-License-Identifier: GPL-3.0-or-later
// Statements: the order in which code would run.
#include "analyzers/lineage/trace.h"

#include "analyzers/lineage/words.h"

#include <algorithm>

namespace cupel::lineage {

namespace {

using Kind = code::NodeKind;
using code::Children;
using code::NodeField;
using code::Syntax;

constexpr std::size_t maxUnrolled = 64; // items of a loop followed one by one
constexpr std::size_t maxNumbers = 16;

} // namespace

void Trace::block(std::uint32_t node)
{
    if (node == Syntax::none || m_blocks >= maxBlocks) {
        return;
    }
    ++m_blocks;
    for (const auto child : Children(tree(), node)) {
        if (spent()) {
            break;
        }
        statement(child);
    }
    --m_blocks;
}

void Trace::statement(std::uint32_t node)
{
    switch (tree()[node].kind) {
    case Kind::Import:
        return importModule(node);
    case Kind::ImportFrom:
        return importFrom(node);
    case Kind::FunctionDefinition:
        return defineFunction(node, {});
    case Kind::ClassDefinition:
        return defineClass(node);
    case Kind::DecoratedDefinition:
        return decorated(node);
    case Kind::If:
        return conditional(node);
    case Kind::For:
        return loop(node);
    case Kind::While:
        return whileLoop(node);
    case Kind::Try:
        return trial(node);
    case Kind::With:
        return context(node);
    case Kind::Match:
        return match(node);
    case Kind::Block:
    case Kind::Error:
        return block(node);
    case Kind::Delete:
        return erased(node);
    case Kind::Global:
        for (const auto child : Children(tree(), node)) {
            m_scopes[m_scope].globals.insert(nodeText(child));
        }
        return;
    case Kind::Return: {
        const auto value = tree().firstChild(node);
        const auto result = value != Syntax::none ? evaluate(value) : 0;
        if (!m_frames.empty() && m_frames.back().returned.size() < 64) {
            m_frames.back().returned.push_back(result);
        }
        return;
    }
    case Kind::Comment:
    case Kind::Pass:
    case Kind::Break:
    case Kind::Continue:
        return;
    default:
        if (tree()[node].kind == Kind::Other && nodeText(node).starts_with("nonlocal")) {
            for (const auto child : Children(tree(), node)) {
                m_scopes[m_scope].nonlocals.insert(nodeText(child));
            }
            return;
        }
        evaluate(node);
    }
}

void Trace::conditional(std::uint32_t node)
{
    const auto condition = tree().child(node, NodeField::Condition);
    const bool mainGuard = condition != Syntax::none && nodeText(condition).find("__name__") != std::string_view::npos;
    if (condition != Syntax::none && !mainGuard) {
        evaluate(condition);
    }
    if (mainGuard) {
        return block(tree().child(node, NodeField::Consequence));
    }
    const auto known = decided(condition);
    if (known && *known) {
        return block(tree().child(node, NodeField::Consequence));
    }
    bool exhaustive = false;
    m_arms.emplace_back();
    if (!known) {
        beginArm();
        block(tree().child(node, NodeField::Consequence));
        endArm();
    }
    for (const auto child : Children(tree(), node)) {
        const auto kind = tree()[child].kind;
        if (kind != Kind::ElifClause && kind != Kind::ElseClause) {
            continue;
        }
        std::optional<bool> holds;
        if (const auto test = tree().child(child, NodeField::Condition); test != Syntax::none) {
            evaluate(test);
            holds = decided(test);
        }
        if (holds && !*holds) {
            continue;
        }
        beginArm();
        block(tree().child(child, kind == Kind::ElseClause ? NodeField::Body : NodeField::Consequence));
        endArm();
        exhaustive = exhaustive || kind == Kind::ElseClause || holds;
        if (holds) {
            break;
        }
    }
    endArms(exhaustive);
}

// encode(df, "fit") and if typ == "fit": in a function that is followed for one call, constants decide.
std::optional<bool> Trace::decided(std::uint32_t condition)
{
    if (condition == Syntax::none || (m_frames.empty() && m_roundItems.empty())) {
        return {};
    }
    if (tree()[condition].kind == Kind::Parenthesized || tree()[condition].kind == Kind::BooleanOperator) {
        return decidedParts(condition);
    }
    const auto& value = at(valueAt(condition));
    const bool constant = value.kind == ThingKind::Boolean && value.made.empty();
    const auto ofRound = [this](Ref side) { // for phase in ["train", "val"]
        return std::find(m_roundItems.begin(), m_roundItems.end(), side) != m_roundItems.end();
    };
    if (constant && tree()[condition].kind == Kind::Identifier && (!m_frames.empty() || ofRound(valueAt(condition)))) {
        return value.text == "True";
    }
    if (tree()[condition].kind == Kind::NotOperator) {
        const auto inner = tree().firstChild(condition);
        const auto known =
            inner != Syntax::none && tree()[inner].kind == Kind::Identifier ? decided(inner) : std::nullopt;
        return known ? std::optional<bool>(!*known) : known;
    }
    if (tree()[condition].kind != Kind::ComparisonOperator) {
        return {};
    }
    std::vector<Ref> sides;
    for (const auto child : Children(tree(), condition)) {
        sides.push_back(valueAt(child));
    }
    const auto written = nodeText(condition);
    const bool same = written.find("==") != std::string_view::npos;
    const bool differs = written.find("!=") != std::string_view::npos;
    if (sides.size() != 2 || same == differs || at(sides[0]).kind != at(sides[1]).kind || !at(sides[0]).made.empty()
        || !at(sides[1]).made.empty()) {
        return {};
    }
    if (m_frames.empty() && !ofRound(sides[0]) && !ofRound(sides[1])) {
        return {}; // a switch at the top of a file, which people turn
    }
    const auto& one = at(sides[0]);
    const auto& two = at(sides[1]);
    if (one.kind == ThingKind::Path) { // mode == ModeKeys.TRAIN: two members of one class
        const auto left = m_roles.canonical(one.text);
        const auto right = m_roles.canonical(two.text);
        const bool members =
            left.find('.') != std::string::npos && left.substr(0, left.rfind('.')) == right.substr(0, right.rfind('.'));
        return members ? std::optional<bool>((left == right) == same) : std::optional<bool>();
    }
    const bool holes = one.text.find(hole) != std::string_view::npos || two.text.find(hole) != std::string_view::npos;
    return one.kind != ThingKind::Text || holes ? std::optional<bool>()
                                                : std::optional<bool>((one.text == two.text) == same);
}

// (a), a and b, a or b: one of them may be enough.
std::optional<bool> Trace::decidedParts(std::uint32_t condition)
{
    const bool either = has(std::string_view(tree()[condition].op, sizeof tree()[condition].op), "or");
    const bool single = tree()[condition].kind == Kind::Parenthesized;
    bool all = !single; // are known, and none of them is enough
    for (const auto child : Children(tree(), condition)) {
        const auto kind = tree()[child].kind;
        const bool plain = kind == Kind::ComparisonOperator || kind == Kind::Identifier || kind == Kind::NotOperator;
        const auto known = plain ? decided(child) : std::nullopt; // not deeper: how deep it is, is up to the file
        if (single || (known && *known == either)) {
            return known;
        }
        all = all && known.has_value();
    }
    return all ? std::optional<bool>(!either) : std::nullopt;
}

void Trace::whileLoop(std::uint32_t node)
{
    const auto steps = m_stepCalls;
    if (const auto condition = tree().child(node, NodeField::Condition); condition != Syntax::none) {
        evaluate(condition);
    }
    const auto before = beforeRound(node);
    const auto facts = m_modelIds.size() + m_passes.size() + m_uses.size();
    block(tree().child(node, NodeField::Body));
    nextRound(node, before, facts);
    endRound(steps);
}

// What a loop goes through: of a dictionary its keys, where it matters which.
std::vector<Ref> Trace::loopItems(Ref sequence, std::uint32_t node)
{
    const auto& thing = at(sequence);
    const bool matters = thing.kind == ThingKind::Dictionary && !thing.open && thing.members.size() <= maxUnrolled
        && thing.items.size() <= thing.members.size() // more: by keys that nobody knows
        && std::any_of(thing.members.begin(), thing.members.end(), [this](const auto& entry) {
               const auto kind = at(entry.second).kind;
               return kind == ThingKind::Object || kind == ThingKind::Class || kind == ThingKind::List
                   || kind == ThingKind::Dictionary || kind == ThingKind::Path || kind == ThingKind::Text;
           });
    if (!matters) {
        return elements(sequence);
    }
    std::vector<Ref> keys;
    const auto members = thing.members; // making things moves them
    for (const auto& [key, value] : members) {
        keys.push_back(make(ThingKind::Text, node));
        at(keys.back()).text = key;
    }
    return keys;
}

void Trace::loop(std::uint32_t node)
{
    const auto left = tree().child(node, NodeField::Left);
    const auto right = tree().child(node, NodeField::Right);
    const auto sequence = right != Syntax::none ? evaluate(right) : 0;
    const auto items = loopItems(sequence, right);
    // One by one where it matters which: models, places, pairs of them.
    const bool each = !items.empty() && items.size() <= maxUnrolled && !at(sequence).open && m_blocks < 6
        && std::any_of(
            items.begin(), items.end(),
            [this](Ref item) {
                const auto kind = at(item).kind;
                return kind == ThingKind::Object || kind == ThingKind::Text || kind == ThingKind::Tuple
                    || kind == ThingKind::List || kind == ThingKind::Dictionary || kind == ThingKind::Path
                    || kind == ThingKind::Class || kind == ThingKind::Function;
            });
    charge((tree()[node].stop - node) / 16);
    const auto steps = m_stepCalls;
    // Numbers only where they name places.
    const bool numbers = !each && !items.empty() && items.size() <= maxNumbers && !at(sequence).open
        && at(items.front()).kind == ThingKind::Number && buildsTexts(node);
    if (each || numbers) {
        const auto rounds = m_rounds;
        const auto around = m_roundItems.size();
        for (std::size_t i = 0; i < items.size() && !spent(); ++i) {
            m_roundItems.resize(around);
            m_roundItems.push_back(items[i]);
            const auto& parts = at(items[i]).kind == ThingKind::Tuple ? at(items[i]).items : std::vector<Ref>{};
            m_roundItems.insert(
                m_roundItems.end(), parts.begin(), parts.begin() + std::min<std::ptrdiff_t>(4, std::ssize(parts)));
            m_rounds = i == 0 ? rounds : rounds + '!' + std::to_string(i);
            loopBody(node, left, items[i]);
        }
        m_roundItems.resize(around);
        m_rounds = rounds;
    } else {
        m_loops.push_back({m_unit, node});
        m_turns.push_back(items.empty() || at(sequence).open ? 1 : static_cast<std::uint32_t>(items.size()));
        const auto before = beforeRound(node);
        const auto facts = m_modelIds.size() + m_passes.size() + m_uses.size();
        loopBody(node, left, elementOf(sequence, right));
        nextRound(node, before, facts);
        m_turns.pop_back();
        m_loops.pop_back();
    }
    endRound(steps);
    block(tree().child(node, NodeField::Alternative));
}

// Whether names of files are put together in there.
bool Trace::buildsTexts(std::uint32_t node) const
{
    for (auto at = node; at < tree()[node].stop; ++at) {
        const auto kind = tree()[at].kind;
        if (kind == Kind::Interpolation || (kind == Kind::BinaryOperator && tree()[at].op[0] == '%')) {
            const auto parent = tree()[at].parent;
            const auto around = nodeText(tree()[parent].parent).substr(0, maxText);
            if (around.find("print") == std::string_view::npos && around.find("title") == std::string_view::npos
                && nodeText(parent).find('.') != std::string_view::npos) {
                return true;
            }
        }
    }
    return false;
}

void Trace::loopBody(std::uint32_t node, std::uint32_t left, Ref item)
{
    if (left != Syntax::none) {
        bind(left, item);
    }
    block(tree().child(node, NodeField::Body));
}

// The body runs; handlers may.
void Trace::trial(std::uint32_t node)
{
    block(tree().child(node, NodeField::Body));
    m_arms.emplace_back();
    for (const auto child : Children(tree(), node)) {
        const auto kind = tree()[child].kind;
        if (kind == Kind::ExceptClause) {
            beginArm();
            block(child);
            endArm();
        }
    }
    endArms(false);
    for (const auto child : Children(tree(), node)) {
        const auto kind = tree()[child].kind;
        if (kind == Kind::ElseClause || kind == Kind::FinallyClause) {
            const auto body = tree().child(child, NodeField::Body);
            block(body != Syntax::none ? body : child);
        }
    }
}

void Trace::context(std::uint32_t node)
{
    for (const auto child : Children(tree(), node)) {
        if (tree()[child].kind != Kind::Block) {
            evaluate(child);
        }
    }
    block(tree().child(node, NodeField::Body));
}

void Trace::match(std::uint32_t node)
{
    m_arms.emplace_back();
    Ref subject = 0;
    for (const auto child : Children(tree(), node)) {
        if (tree()[child].kind == Kind::Block) {
            for (const auto clause : Children(tree(), child)) {
                beginArm();
                const auto body = tree().child(clause, NodeField::Consequence);
                // Names in a pattern are bound to what matched.
                for (auto part = clause + 1; part < std::min(body, tree()[clause].stop); ++part) {
                    if (tree()[part].kind == Kind::Identifier && nodeText(part) != "_") {
                        setName(m_scope, nodeText(part), derived({subject}, part));
                    }
                }
                block(tree().child(clause, NodeField::Consequence));
                endArm();
            }
        } else {
            subject = evaluate(child);
        }
    }
    endArms(false);
}

void Trace::erased(std::uint32_t node)
{
    std::vector<std::uint32_t> targets;
    for (const auto child : Children(tree(), node)) {
        if (tree()[child].kind == Kind::ExpressionList) {
            for (const auto part : Children(tree(), child)) {
                targets.push_back(part);
            }
        } else {
            targets.push_back(child);
        }
    }
    for (const auto target : targets) {
        if (tree()[target].kind == Kind::Identifier) {
            setName(m_scope, nodeText(target), 0);
        } else if (tree()[target].kind == Kind::Subscript) {
            const auto object = tree().child(target, NodeField::Value);
            const auto key = tree().child(target, NodeField::Subscript);
            if (object == Syntax::none || key == Syntax::none) {
                continue;
            }
            const auto base = evaluate(object);
            const auto name = evaluate(key);
            if (base != 0 && at(name).kind == ThingKind::Text) {
                useColumns(has(at(base).type, "DataFrame") ? base : 0, {at(name).text}, "dropped", target);
                dropColumns(base, {at(name).text});
            }
            mutate(base, {}, node, "del");
        }
    }
}

void Trace::beginArm()
{
    auto& arm = m_arms.back();
    arm.before.clear();
    if (arm.arms++ == 0) {
        arm.figure = m_current;
    }
}

// What the arm bound is set aside; the next arm begins with what was there before.
void Trace::endArm()
{
    auto& arm = m_arms.back();
    std::map<std::pair<std::uint32_t, std::string_view>, Ref> first;
    for (const auto& [name, value] : arm.before) {
        first.try_emplace(name, value);
    }
    for (const auto& [name, value] : first) {
        auto& names = m_scopes[name.first].names;
        auto& kept = arm.after[name];
        kept.push_back(names[name.second]);
        if (kept.size() == 1) {
            kept.insert(kept.begin(), value); // what it was, in front
        }
        names[name.second] = value;
    }
    arm.before.clear();
    mergeMarks(arm.figures, m_current);
    m_current = arm.figure;
}

void Trace::endArms(bool exhaustive)
{
    const auto arm = std::move(m_arms.back());
    m_arms.pop_back();
    for (const auto& [name, values] : arm.after) {
        Ref all = 0;
        const bool everywhere = exhaustive && values.size() == arm.arms + 1;
        for (std::size_t i = everywhere ? 1 : 0; i < values.size(); ++i) {
            all = either(all, values[i]);
        }
        setName(name.first, name.second, all);
    }
    m_current = exhaustive ? Marks{} : m_current;
    mergeMarks(m_current, arm.figures);
}

} // namespace cupel::lineage
