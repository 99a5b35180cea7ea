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
    if (index.kind == ValueKind::Text && of.path != 0) {
        const auto holder = m_paths.text(of.path);
        // Ways round a name: globals()["eval"], os.__dict__["system"], sys.modules["os"].
        if (holder == "builtins.globals()" || holder == "builtins.locals()") {
            return lookup(index.text);
        }
        if (holder == "sys.modules") {
            value.path = m_paths.root(index.text);
            return value;
        }
        if (holder == "builtins") {
            value.path = m_paths.attribute(of.path, index.text);
            return value;
        }
        if (holder.ends_with(".__dict__")) {
            value.path = m_paths.attribute(m_paths.parent(of.path), index.text);
            return value;
        }
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
