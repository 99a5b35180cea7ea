// SPDX-License-Identifier: GPL-3.0-or-later
// Expressions: what each node is worth, from the leaves up.
#include "analyzers/code/jinja_follower.h"
#include "analyzers/code/jinja_texts.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <utility>

namespace cupel::code {

namespace {

using Kind = JinjaNode::Kind;

constexpr std::array<std::string_view, 9> contentNames{
    "content", "text", "prompt", "query", "question", "input", "user_message", "user_input", "instruction"};

bool isContentName(std::string_view name)
{
    return std::find(contentNames.begin(), contentNames.end(), name) != contentNames.end();
}

bool isWordOfJinja(std::string_view name)
{
    return name == "true" || name == "True" || name == "false" || name == "False" || name == "none" || name == "None";
}

void cut(std::string& text, std::size_t longest)
{
    if (text.size() > longest) {
        auto end = longest;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) {
            --end;
        }
        text.resize(end);
        text += "\u2026";
    }
}

std::optional<std::int64_t> numberOf(std::string text)
{
    text.erase(std::remove(text.begin(), text.end(), '_'), text.end());
    const bool hex = text.starts_with("0x") || text.starts_with("0X");
    std::int64_t value = 0;
    const auto* begin = text.data() + (hex ? 2 : 0);
    const auto [end, error] = std::from_chars(begin, text.data() + text.size(), value, hex ? 16 : 10);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

} // namespace

std::uint32_t JinjaFollower::child(const JinjaNode& node, std::uint32_t index) const
{
    return m_tree.children[node.firstChild + index];
}

std::vector<const JinjaValue*> JinjaFollower::arguments(const JinjaNode& node) const
{
    std::vector<const JinjaValue*> out;
    for (std::uint32_t i = 1; i < node.childCount; ++i) {
        if (m_tree.nodes[child(node, i)].kind != Kind::Keyword) {
            out.push_back(&valueOf(child(node, i)));
        }
    }
    return out;
}

JinjaValue JinjaFollower::evaluate(const JinjaNode& node)
{
    auto out = node.childCount == 0 ? leaf(node) : branch(node);
    cut(out.shown, longestShown);
    for (const auto& text : out.texts) {
        if (text.starts_with("__") && text.size() < 64) {
            m_listener.word(text, node.range); // wherever it goes from here
        }
    }
    return out;
}

JinjaValue JinjaFollower::leaf(const JinjaNode& node)
{
    JinjaValue out;
    out.literal = true;
    if (node.kind == Kind::Name) {
        return name(node);
    }
    if (node.kind == Kind::Text) {
        out.texts.push_back(node.text);
        out.exact = true;
        out.shown = shownText(node.text);
    } else if (node.kind == Kind::Number) {
        out.number = numberOf(node.text);
        out.shown = node.text;
    } else if (node.kind == Kind::List || node.kind == Kind::Dict) {
        out.shown = node.kind == Kind::List ? "[]" : "{}";
    } else {
        out.literal = false;
    }
    return out;
}

JinjaValue JinjaFollower::branch(const JinjaNode& node)
{
    JinjaValue out;
    switch (node.kind) {
    case Kind::List:
        return list(node);
    case Kind::Dict:
        out.literal = true;
        out.shown = "{\u2026}";
        return out;
    case Kind::Keyword:
        out = valueOf(child(node, 0));
        out.shown = node.text + "=" + out.shown;
        return out;
    case Kind::Attribute:
        return member(node, {node.text}, true, JinjaAccess::How::Attribute, false);
    case Kind::Item:
        return item(node);
    case Kind::Call:
        return call(node);
    case Kind::Filter:
        return filter(node);
    case Kind::Test:
        out.shown = valueOf(child(node, 0)).shown + " is " + node.text;
        for (const auto* given : arguments(node)) {
            compared(*given, valueOf(child(node, 0)), out);
        }
        return out;
    case Kind::Unary:
        out = valueOf(child(node, 0));
        out.shown = node.text + (node.text == "not" ? " " : "") + out.shown;
        if (node.text == "-" && out.number && *out.number != std::numeric_limits<std::int64_t>::min()) {
            out.number = -*out.number;
        }
        return out;
    case Kind::Binary:
        return binary(node);
    case Kind::Choice:
        return choice(node);
    default:
        return out;
    }
}

JinjaValue JinjaFollower::choice(const JinjaNode& node)
{
    const auto& condition = valueOf(child(node, 1));
    const auto& other = valueOf(child(node, 2));
    auto out = valueOf(child(node, 0));
    out.shown += " if " + condition.shown + " else " + other.shown;
    out.literal = false;
    addAlternatives(out, other);
    for (const auto& text : condition.trigger.empty() ? std::vector<std::string>() : out.texts) {
        m_listener.literal(text, node.range, condition.trigger);
    }
    return out;
}

JinjaValue JinjaFollower::name(const JinjaNode& node)
{
    if (const auto known = m_known.find(node.text); known != m_known.end()) {
        auto out = known->second;
        out.key = node.text;
        out.literal = false;
        if (out.exact && out.texts.size() == 1) {
            out.shown = shownText(out.texts.front());
        } else if (out.shown.empty()) {
            out.shown = node.text;
        }
        return out;
    }
    JinjaValue out;
    out.shown = node.text;
    if (!isWordOfJinja(node.text)) {
        out.root = node.text;
        out.key = node.text;
        out.content = isContentName(node.text);
        m_listener.name(node.text, node.range);
    }
    return out;
}

JinjaValue JinjaFollower::list(const JinjaNode& node)
{
    JinjaValue out;
    out.literal = true;
    out.shown = "[";
    bool all = true;
    for (std::uint32_t i = 0; i < node.childCount; ++i) {
        const auto& part = valueOf(child(node, i));
        all = all && (!part.texts.empty() || part.number);
        if (i < mostItems) {
            out.items.push_back(jinjaTexts(part).back());
        }
        if (out.shown.size() < longestShown) {
            out.shown += (i == 0 ? "" : ", ") + part.shown;
        }
        out.content = out.content || part.content;
    }
    out.shown += "]";
    if (!all) {
        out.items.clear();
    }
    return out;
}

// base.name, base['name'], base|attr('name')
JinjaValue JinjaFollower::member(
    const JinjaNode& node, const std::vector<std::string>& names, bool exact, JinjaAccess::How how, bool computed)
{
    const auto& base = valueOf(child(node, 0));
    m_listener.access({how, &names, exact, computed, &base, node.range});
    JinjaValue out;
    const auto last = names.empty() ? std::string(jinjaUnknown) : names.back();
    if (names.size() == 1 && !base.key.empty()) {
        auto key = base.key + "." + last;
        if (const auto known = m_known.find(key); known != m_known.end()) {
            out = known->second;
        }
        out.key = key.size() < longestShown ? std::move(key) : std::string();
    }
    const bool plain = exact && !last.empty()
        && last.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")
            == std::string::npos;
    out.shown = base.shown + (plain ? "." + last : "[" + shownText(last) + "]");
    out.root = base.root;
    out.member = names;
    out.literal = false;
    out.content = names.empty() ? base.content : isContentName(last);
    out.clock = base.clock;
    return out;
}

JinjaValue JinjaFollower::item(const JinjaNode& node)
{
    const auto& base = valueOf(child(node, 0));
    const auto& indexNode = m_tree.nodes[child(node, 1)];
    const auto& index = valueOf(child(node, 1));
    if (indexNode.kind == Kind::Slice) {
        std::array<std::optional<std::int64_t>, 3> parts;
        for (std::uint32_t i = 0; i < parts.size() && i < indexNode.childCount; ++i) {
            parts[i] = valueOf(child(indexNode, i)).number;
        }
        auto out = sliced(base, parts[0], parts[1], parts[2]);
        out.shown = base.shown + "[:]";
        out.literal = false;
        return out;
    }
    if (index.texts.empty() && index.number) {
        auto out = base;
        const auto at = *index.number;
        const auto size = static_cast<std::int64_t>(base.items.size());
        const auto place = at < 0 && at >= -size ? at + size : at;
        if (place >= 0 && place < size) {
            out = JinjaValue{};
            out.texts.push_back(base.items[static_cast<std::size_t>(place)]);
            out.exact = true;
        } else if (!base.texts.empty()) {
            out = sliced(base, at, at == -1 ? std::optional<std::int64_t>() : at + 1, 1);
        }
        out.shown = base.shown + "[" + std::to_string(at) + "]";
        out.literal = false;
        return out;
    }
    return member(node, index.texts, index.exact, JinjaAccess::How::Item, !index.literal);
}

// Constants that a condition looks for in a message, or times it waits for.
void JinjaFollower::compared(const JinjaValue& left, const JinjaValue& right, JinjaValue& out) const
{
    const auto look = [&out](const JinjaValue& constant, const JinjaValue& subject) {
        const auto& words = constant.texts.empty() ? constant.items : constant.texts;
        if ((subject.content || subject.clock) && out.trigger.empty()) {
            for (const auto& word : words) {
                out.trigger = !out.trigger.empty() ? out.trigger : subject.clock ? "time " + word : word;
            }
        }
    };
    look(left, right);
    look(right, left);
}

JinjaValue JinjaFollower::binary(const JinjaNode& node)
{
    const auto& left = valueOf(child(node, 0));
    const auto& right = valueOf(child(node, 1));
    JinjaValue out;
    if (node.text == "+" || node.text == "~") {
        out = concatenated(left, right);
        if (node.text == "+" && left.number && right.number) {
            out.texts.clear();
            out.exact = false;
        }
        if (!left.items.empty() && !right.items.empty() && left.items.size() + right.items.size() <= mostItems) {
            out.items = left.items;
            out.items.insert(out.items.end(), right.items.begin(), right.items.end());
        }
    } else if (node.text == "%" && !left.texts.empty()) {
        std::vector<const JinjaValue*> given{&right};
        std::vector<JinjaValue> parts(right.items.size());
        if (!right.items.empty()) {
            given.clear();
            for (std::size_t i = 0; i < parts.size(); ++i) {
                parts[i].texts.push_back(right.items[i]);
                parts[i].exact = true;
                given.push_back(&parts[i]);
            }
        }
        out = formatted(left, given, false);
    } else if (node.text == "*" || node.text == "**") {
        const auto times = left.number ? left.number : right.number;
        const bool power = node.text == "**";
        if (times && *times > 0 && (power || !left.number || !right.number)) {
            m_listener.repeats(static_cast<std::uint64_t>(*times), node.range);
        }
        const auto& repeated = left.texts.empty() ? right : left;
        if (times && !power && !repeated.texts.empty()) {
            out = repeatedText(repeated, *times);
        }
        if (left.number && right.number && !power) {
            std::int64_t value = 0;
            out.number =
                __builtin_mul_overflow(*left.number, *right.number, &value) ? std::nullopt : std::optional(value);
        }
    } else if (node.text == "and" || node.text == "or") {
        out = left;
        addAlternatives(out, right);
        out.root.clear();
        out.literal = false;
    } else if (node.text == "in" || node.text == "not in" || node.text.find_first_of("=<>") != std::string::npos) {
        compared(left, right, out);
    }
    out.shown = out.exact && out.texts.size() == 1 ? shownText(out.texts.front())
                                                   : left.shown + " " + node.text + " " + right.shown;
    return out;
}

} // namespace cupel::code
