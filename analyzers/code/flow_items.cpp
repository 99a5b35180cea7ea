// SPDX-License-Identifier: GPL-3.0-or-later
// Items and slices of values, and the names of comprehensions.
#include "analyzers/code/flow.h"
#include "analyzers/code/taint_sources.h"

#include <algorithm>
#include <charconv>
#include <string>

namespace cupel::code {

namespace {

std::int64_t numberOf(std::string_view text, std::int64_t otherwise)
{
    std::int64_t value = 0;
    const auto done = std::from_chars(text.data(), text.data() + text.size(), value);
    return done.ec == std::errc() && done.ptr == text.data() + text.size() ? value : otherwise;
}

} // namespace

Value Flow::sliced(const Value& of, std::uint32_t slice)
{
    const auto text = nodeText(slice);
    Value value;
    mergeTaint(value, of);
    if (!of.isString()) {
        value.path = m_paths.item(of.path, {});
        return value;
    }
    std::string out(of.text);
    if (text == "::-1") {
        std::reverse(out.begin(), out.end());
    } else {
        const auto colon = text.find(':');
        const auto size = static_cast<std::int64_t>(out.size());
        auto begin = numberOf(text.substr(0, colon), 0);
        auto end = numberOf(text.substr(std::min(colon + 1, text.size())), size);
        begin = std::clamp<std::int64_t>(begin < 0 ? begin + size : begin, 0, size);
        end = std::clamp<std::int64_t>(end < 0 ? end + size : end, begin, size);
        out = out.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
    }
    value.kind = of.kind;
    value.hidden = true;
    value.origin = ref(slice);
    value.text = keep(std::move(out));
    return value;
}

// Ways round a name: globals()["eval"], os.__dict__["system"], sys.modules["os"]. `value`: what else is known of it.
std::optional<Value> Flow::throughNamespace(PathId of, std::string_view key, Value value)
{
    const auto last = of == 0 ? std::string_view() : m_paths.name(of);
    const bool called = of != 0 && m_paths.step(of) == PathTable::Step::Call;
    if (!called && last != "builtins" && last != "modules" && last != "__dict__") {
        return std::nullopt; // nearly all: columns of frames
    }
    const auto holder = m_paths.text(of);
    if (holder == "builtins.globals()" || holder == "builtins.locals()") {
        return lookup(key);
    }
    if (holder == "sys.modules") {
        value.path = m_paths.root(key);
    } else if (holder == "builtins") {
        value.path = m_paths.attribute(of, key);
    } else if (holder.ends_with(".__dict__")) {
        value.path = m_paths.attribute(m_paths.parent(of), key);
    } else {
        return std::nullopt;
    }
    return value;
}

Value Flow::subscript(std::uint32_t node)
{
    const auto object = tree().child(node, NodeField::Value);
    const auto key = tree().child(node, NodeField::Subscript);
    if (object == Syntax::none || key == Syntax::none) {
        return mergeChildren(node);
    }
    const auto& of = at(object);
    if (tree()[key].kind == NodeKind::Slice) {
        return sliced(of, key);
    }
    const auto& index = at(key);
    Value value;
    value.origin = ref(node);
    mergeTaint(value, of);
    if (index.kind == ValueKind::Number) {
        const auto inside = elements(of);
        const auto number = numberOf(index.text, -1);
        const auto place = number < 0 ? number + static_cast<std::int64_t>(inside.size()) : number;
        if (place >= 0 && static_cast<std::size_t>(place) < inside.size()) {
            return valueOf(inside[static_cast<std::size_t>(place)]);
        }
    }
    if (auto named = index.kind == ValueKind::Text ? throughNamespace(of.path, index.text, value) : std::nullopt) {
        return *named;
    }
    if (of.kind == ValueKind::Dictionary && index.isConstant() && of.origin.valid()) {
        const auto& syntaxOf = syntax(of.origin.unit);
        for (const auto child : Children(syntaxOf, of.origin.node)) {
            if (++m_looked > maxLooked) {
                break;
            }
            const auto name = syntaxOf.child(child, NodeField::Key);
            const auto item = syntaxOf.child(child, NodeField::Value);
            if (name != Syntax::none && item != Syntax::none && valueOf(of.origin.unit, name).text == index.text) {
                return valueOf(of.origin.unit, item);
            }
        }
    }
    const auto text = index.isConstant() ? index.text : std::string_view();
    value.path = m_paths.item(of.path, text);
    if (namesSecret(text) && (of.sources & sourceEnvironment) != 0) {
        startTaint(value, sourceSecret, ref(node));
    }
    return value;
}

// What may be one of several: an address that is not encrypted counts, whatever the others are.
bool Flow::takeAddress(Value& value, NodeRef place)
{
    const auto& written = valueOf(place);
    const bool address = written.text.starts_with("http://") || written.text.starts_with("ftp://");
    if (written.kind != ValueKind::Text || !address) {
        return false;
    }
    value.kind = ValueKind::Template;
    value.text = written.text;
    value.origin = startOfAddress(written, place); // a row of a loop may hold a name of it
    return true;
}

// The names of `for a, b in ((x, y), (z, w))`: each is one of what stands at its place in the rows.
void Flow::loopNames(std::uint32_t node)
{
    constexpr std::size_t mostRows = 64;
    const auto left = tree().child(node, NodeField::Left);
    const auto right = tree().child(node, NodeField::Right);
    if (left == Syntax::none || right == Syntax::none) {
        return;
    }
    const auto value = at(right);
    auto rows = elements(value);
    Value item = !rows.empty() && valueOf(rows.front()).kind == ValueKind::Local ? valueOf(rows.front()) : Value();
    item.chosen = !rows.empty()
        && std::all_of(rows.begin(), rows.end(), [this](const NodeRef& part) { return valueOf(part).isConstant(); });
    item.path = item.path ? item.path : m_paths.item(value.path, {});
    mergeTaint(item, value);
    rows.resize(std::min(rows.size(), mostRows));
    for (const auto& row : rows) {
        if (takeAddress(item, row)) {
            break;
        }
    }
    bind(left, item, node);
    if (tree()[left].kind != NodeKind::Identifier) {
        rowNames(left, rows, value);
    }
}

void Flow::rowNames(std::uint32_t target, const std::vector<NodeRef>& rows, const Value& list)
{
    constexpr std::size_t mostNames = 8;
    std::vector<std::uint32_t> names;
    for (const auto child : Children(tree(), target)) {
        if (names.size() < mostNames) {
            names.push_back(child);
        }
    }
    std::vector<Value> found(names.size());
    for (const auto& row : rows) {
        const auto parts = elements(valueOf(row));
        for (std::size_t i = 0; i < names.size() && i < parts.size(); ++i) {
            if (found[i].kind == ValueKind::Unknown) {
                takeAddress(found[i], parts[i]);
            }
        }
    }
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (found[i].kind != ValueKind::Unknown && tree()[names[i]].kind == NodeKind::Identifier) {
            found[i].path = m_paths.unknown(nodeText(names[i]));
            mergeTaint(found[i], list);
            bindName(nodeText(names[i]), found[i]);
        }
    }
}

// `for x in list` of a comprehension comes before its body: this loop goes backwards.
void Flow::comprehensionName(std::uint32_t node)
{
    const auto left = tree().child(node, NodeField::Left);
    const auto right = tree().child(node, NodeField::Right);
    if (left == Syntax::none || right == Syntax::none) {
        return;
    }
    Value item;
    item.path = m_paths.item(at(right).path, {});
    mergeTaint(item, at(right));
    bind(left, item, node);
}

} // namespace cupel::code
