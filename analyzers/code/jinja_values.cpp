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

constexpr std::size_t longestShown = 300;
constexpr std::size_t mostItems = 256;
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

void cut(std::string& text)
{
    if (text.size() > longestShown) {
        auto end = longestShown;
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
    JinjaValue out;
    switch (node.kind) {
    case Kind::Name:
        out = name(node);
        break;
    case Kind::Text:
        out.texts.push_back(node.text);
        out.exact = true;
        out.literal = true;
        out.shown = shownText(node.text);
        break;
    case Kind::Number:
        out.number = numberOf(node.text);
        out.literal = true;
        out.shown = node.text;
        break;
    case Kind::List:
        out = list(node);
        break;
    case Kind::Dict:
        out.literal = true;
        out.shown = node.childCount == 0 ? "{}" : "{\u2026}";
        break;
    case Kind::Keyword:
        out = valueOf(child(node, 0));
        out.shown = node.text + "=" + out.shown;
        break;
    case Kind::Attribute:
        out = member(node, {node.text}, true, JinjaAccess::How::Attribute, false);
        break;
    case Kind::Item:
        out = item(node);
        break;
    case Kind::Call:
        out = call(node);
        break;
    case Kind::Filter:
        out = filter(node);
        break;
    case Kind::Test:
        out.shown = valueOf(child(node, 0)).shown + " is " + node.text;
        for (const auto* given : arguments(node)) {
            compared(*given, valueOf(child(node, 0)), out);
        }
        break;
    case Kind::Unary:
        out = valueOf(child(node, 0));
        out.shown = node.text + (node.text == "not" ? " " : "") + out.shown;
        if (node.text == "-" && out.number && *out.number != std::numeric_limits<std::int64_t>::min()) {
            out.number = -*out.number;
        }
        break;
    case Kind::Binary:
        out = binary(node);
        break;
    case Kind::Choice: {
        const auto& condition = valueOf(child(node, 1));
        out = valueOf(child(node, 0));
        addAlternatives(out, valueOf(child(node, 2)));
        out.shown = valueOf(child(node, 0)).shown + " if " + condition.shown + " else " + valueOf(child(node, 2)).shown;
        for (const auto& text : condition.trigger.empty() ? std::vector<std::string>() : out.texts) {
            m_listener.literal(text, node.range, condition.trigger);
        }
        break;
    }
    case Kind::Pair:
    case Kind::Slice:
    case Kind::None:
        break;
    }
    cut(out.shown);
    for (const auto& text : out.texts) {
        if (text.starts_with("__") && text.size() < 64) {
            m_listener.word(text, node.range); // wherever it goes from here
        }
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

std::string JinjaFollower::shownCall(const JinjaNode& node, std::string begin) const
{
    begin += "(";
    for (std::uint32_t i = 1; i < node.childCount && begin.size() < longestShown; ++i) {
        begin += (i == 1 ? "" : ", ") + valueOf(child(node, i)).shown;
    }
    return begin + ")";
}

JinjaValue JinjaFollower::call(const JinjaNode& node)
{
    const auto& callee = m_tree.nodes[child(node, 0)];
    const auto& function = valueOf(child(node, 0));
    const auto given = arguments(node);
    JinjaValue out;
    out.content = callee.kind == Kind::Attribute && valueOf(child(callee, 0)).content;
    for (const auto* argument : given) {
        out.content = out.content || argument->content;
    }
    if (callee.kind == Kind::Name) {
        this->function(node, callee.text, out);
    } else {
        for (const auto& name : function.member) {
            m_listener.call(name, true, node.range);
        }
        if (callee.kind == Kind::Attribute) {
            method(callee, given, out);
        }
    }
    out.shown = shownCall(node, function.shown);
    return out;
}

void JinjaFollower::function(const JinjaNode& node, const std::string& name, JinjaValue& out)
{
    const auto given = arguments(node);
    const auto macro = m_known.find(name + "()");
    if (macro != m_known.end()) {
        out.texts = macro->second.texts;
        out.exact = macro->second.exact;
        return;
    }
    if (m_known.find(name) == m_known.end()) {
        m_listener.call(name, false, node.range);
    }
    if (name == "range" && !given.empty()) {
        const auto& bound = given.size() > 1 ? *given[1] : *given[0];
        if (bound.number && *bound.number >= 0) {
            out.number = bound.number;
            out.root = "range()";
            m_listener.repeats(static_cast<std::uint64_t>(*bound.number), node.range);
        }
    } else if (name == "dict") {
        for (std::uint32_t i = 1; i < node.childCount; ++i) {
            const auto& part = m_tree.nodes[child(node, i)];
            if (part.kind == Kind::Keyword && out.items.size() < mostItems) {
                out.items.push_back(part.text); // joining a dictionary joins its keys
            }
        }
    } else if (name == "strftime_now") {
        out.clock = true;
    }
}

void JinjaFollower::method(const JinjaNode& callee, const std::vector<const JinjaValue*>& given, JinjaValue& out)
{
    const auto& base = valueOf(child(callee, 0));
    const auto& name = callee.text;
    if (name == "startswith" || name == "endswith" || name == "find" || name == "index" || name == "count"
        || name == "__contains__") {
        for (const auto* argument : given) {
            compared(*argument, base, out);
        }
        return;
    }
    const bool content = out.content;
    if (name == "join" && !given.empty() && !base.texts.empty()) {
        if (!given[0]->items.empty()) {
            out = joined(given[0]->items, base.texts.back());
        }
    } else if (name == "format" && !base.texts.empty()) {
        fields(callee, base);
        out = formatted(base, given, true);
    } else if (!base.texts.empty()) {
        auto changed = base;
        if (applyTextOperation(name, given, changed)) {
            out.texts = std::move(changed.texts);
            out.exact = changed.exact;
        }
    }
    out.content = content || base.content;
    out.clock = base.clock;
}

// "{0.__class__}" reaches attributes too.
void JinjaFollower::fields(const JinjaNode& node, const JinjaValue& pattern)
{
    for (const auto& text : pattern.texts) {
        for (auto open = text.find('{'); open != std::string::npos; open = text.find('{', open + 1)) {
            const auto field = text.substr(open + 1, std::min(text.find('}', open), text.size()) - open - 1);
            const auto dot = field.find_first_of(".[");
            if (dot != std::string::npos) {
                std::vector<std::string> names;
                std::string one;
                for (const char c : field.substr(dot) + ".") {
                    if (c == '.' || c == '[' || c == ']') {
                        names.push_back(std::exchange(one, {}));
                    } else {
                        one += c;
                    }
                }
                m_listener.access({JinjaAccess::How::Field, &names, true, false, &pattern, node.range});
            }
        }
    }
}

// "a.__class__" as the attribute of map, sort, groupby ...
void JinjaFollower::reach(const JinjaNode& node, const JinjaValue& base, const JinjaValue& path)
{
    std::vector<std::string> names;
    for (const auto& text : path.texts) {
        std::size_t from = 0;
        while (from <= text.size()) {
            const auto dot = std::min(text.find('.', from), text.size());
            names.push_back(text.substr(from, dot - from));
            from = dot + 1;
        }
    }
    m_listener.access({JinjaAccess::How::Field, &names, path.exact, !path.literal, &base, node.range});
}

void JinjaFollower::mapped(const JinjaNode& node, const std::vector<const JinjaValue*>& given, JinjaValue& out)
{
    const auto& base = valueOf(child(node, 0));
    for (std::uint32_t i = 1; i < node.childCount; ++i) {
        const auto& part = m_tree.nodes[child(node, i)];
        if (part.kind == Kind::Keyword && part.text == "attribute") {
            reach(node, base, valueOf(child(node, i)));
        }
    }
    const bool byFirst = node.text == "selectattr" || node.text == "rejectattr" || node.text == "groupby";
    if (byFirst && !given.empty()) {
        reach(node, base, *given[0]);
    }
    if (node.text == "map" && !given.empty()) {
        const auto& texts = given[0]->texts;
        if (given.size() > 1 && std::find(texts.begin(), texts.end(), "attr") != texts.end()) {
            reach(node, base, *given[1]);
        } else if (texts.empty() || !given[0]->exact) {
            reach(node, base, *given[0]); // a filter that is named at run time
        } else if (!base.items.empty()) {
            out.items.clear();
            for (const auto& item : base.items) {
                JinjaValue one;
                one.texts.push_back(item);
                one.exact = true;
                applyTextOperation(texts.back(), {given.begin() + 1, given.end()}, one);
                out.items.push_back(one.texts.empty() ? std::string() : one.texts.back());
            }
        }
    }
}

JinjaValue JinjaFollower::filter(const JinjaNode& node)
{
    const auto& base = valueOf(child(node, 0));
    const auto given = arguments(node);
    if (node.text == "attr" && !given.empty()) {
        return member(node, given[0]->texts, given[0]->exact, JinjaAccess::How::Filter, !given[0]->literal);
    }
    auto out = base;
    out.literal = false;
    out.member.clear();
    out.key.clear();
    out.number.reset();
    if (node.text == "join") {
        const auto between = given.empty() || given[0]->texts.empty() ? std::string() : given[0]->texts.back();
        if (!base.items.empty()) {
            out = joined(base.items, between);
            out.exact = std::none_of(base.items.begin(), base.items.end(),
                [](const std::string& item) { return item.find(jinjaUnknown) != std::string::npos; });
        }
        out.content = base.content;
    } else if (node.text == "format") {
        out = formatted(base, given, false);
    } else if (!applyTextOperation(node.text, given, out)) {
        out.exact = false;
        out.texts.clear();
        out.items.clear();
    }
    mapped(node, given, out);
    if (node.text == "default" || node.text == "d") {
        for (const auto* argument : given) {
            addAlternatives(out, *argument);
        }
    }
    out.root = base.root;
    out.shown = base.shown + "|" + node.text;
    if (node.childCount > 1) {
        out.shown = shownCall(node, out.shown);
    } else if (out.exact && out.texts.size() == 1) {
        out.shown = shownText(out.texts.front());
    }
    return out;
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
