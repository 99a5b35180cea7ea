// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/code/jinja_texts.h"

#include "analyzers/base/utf8.h"

#include <algorithm>

namespace cupel::code {

namespace {

constexpr std::size_t longest = 4'096;
constexpr std::size_t mostAlternatives = 16;

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

char upper(char c)
{
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
}

void addText(std::vector<std::string>& texts, std::string text)
{
    if (text.size() > longest) {
        text.resize(longest);
    }
    if (texts.size() < mostAlternatives && std::find(texts.begin(), texts.end(), text) == texts.end()) {
        texts.push_back(std::move(text));
    }
}

template <typename Change> void eachText(JinjaValue& value, const Change& change)
{
    std::vector<std::string> out;
    for (const auto& text : value.texts) {
        addText(out, change(text));
    }
    value.texts = std::move(out);
}

std::string replaced(std::string text, const std::string& from, const std::string& to)
{
    if (from.empty()) {
        return text;
    }
    for (auto at = text.find(from); at != std::string::npos && text.size() <= longest;
        at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
    return text;
}

std::string stripped(const std::string& text, const std::string& set)
{
    const auto first = text.find_first_not_of(set);
    return first == std::string::npos ? std::string() : text.substr(first, text.find_last_not_of(set) - first + 1);
}

const std::string* exactText(const JinjaValue* value)
{
    return value && value->exact && !value->texts.empty() ? &value->texts.back() : nullptr;
}

std::string inCase(std::string text, std::string_view name)
{
    if (name == "lower" || name == "casefold") {
        std::transform(text.begin(), text.end(), text.begin(), lower);
    } else if (name == "upper") {
        std::transform(text.begin(), text.end(), text.begin(), upper);
    } else if (name == "swapcase") {
        std::transform(
            text.begin(), text.end(), text.begin(), [](char c) { return lower(c) == c ? upper(c) : lower(c); });
    } else {
        std::transform(text.begin(), text.end(), text.begin(), lower);
        if (!text.empty()) {
            text[0] = upper(text[0]);
        }
    }
    return text;
}

} // namespace

std::string shownText(std::string_view text)
{
    constexpr std::size_t enough = 60;
    auto out = toDisplay(text, enough);
    return "'" + out + (text.size() > out.size() ? "\u2026'" : "'");
}

std::vector<std::string> jinjaTexts(const JinjaValue& value)
{
    if (!value.texts.empty()) {
        return value.texts;
    }
    return {value.number ? std::to_string(*value.number) : std::string(jinjaUnknown)};
}

void addAlternatives(JinjaValue& value, const JinjaValue& more)
{
    for (const auto& text : more.texts) {
        addText(value.texts, text);
    }
    value.exact = value.exact && more.exact;
    value.content = value.content || more.content;
    value.clock = value.clock || more.clock;
    if (value.trigger.empty()) {
        value.trigger = more.trigger;
    }
    if (value.items.empty()) {
        value.items = more.items;
    }
}

JinjaValue concatenated(const JinjaValue& left, const JinjaValue& right)
{
    JinjaValue out;
    out.content = left.content || right.content;
    out.clock = left.clock || right.clock;
    out.exact = (left.exact || left.number) && (right.exact || right.number);
    if (left.texts.empty() && right.texts.empty() && !left.number && !right.number) {
        return out;
    }
    // Nothing is put together that is cut off or left out again: doubled again and again, it would cost megabytes each
    // time.
    const auto behind = jinjaTexts(right);
    for (const auto& a : jinjaTexts(left)) {
        const auto room = longest - std::min(a.size(), longest);
        std::vector<std::string_view> seen; // what is left of them behind this one
        for (std::size_t i = 0; i < behind.size() && out.texts.size() < mostAlternatives; ++i) {
            const auto b = std::string_view(behind[i]).substr(0, room);
            if (std::find(seen.begin(), seen.end(), b) == seen.end()) {
                seen.push_back(b);
                addText(out.texts, a + std::string(b));
            }
        }
    }
    return out;
}

JinjaValue repeatedText(const JinjaValue& value, std::int64_t times)
{
    JinjaValue out;
    out.exact = value.exact;
    for (const auto& text : value.texts) {
        std::string longer;
        for (std::int64_t i = 0; i < times && longer.size() <= longest && !text.empty(); ++i) {
            longer += text;
        }
        addText(out.texts, std::move(longer));
    }
    return out;
}

JinjaValue joined(const std::vector<std::string>& items, const std::string& between)
{
    JinjaValue out;
    std::string text;
    for (std::size_t i = 0; i < items.size() && text.size() <= longest; ++i) {
        text += (i == 0 ? std::string() : between) + items[i];
    }
    addText(out.texts, std::move(text));
    out.exact = true;
    return out;
}

bool applyTextOperation(std::string_view name, const std::vector<const JinjaValue*>& arguments, JinjaValue& value)
{
    const auto* first = exactText(arguments.empty() ? nullptr : arguments[0]);
    const auto* second = exactText(arguments.size() < 2 ? nullptr : arguments[1]);
    if (name == "lower" || name == "upper" || name == "capitalize" || name == "title" || name == "casefold"
        || name == "swapcase") {
        eachText(value, [name](const std::string& text) { return inCase(text, name); });
    } else if (name == "trim" || name == "strip" || name == "lstrip" || name == "rstrip") {
        eachText(value, [first](const std::string& text) { return stripped(text, first ? *first : " \t\r\n"); });
    } else if (name == "replace" && first && second) {
        eachText(value, [&](const std::string& text) { return replaced(text, *first, *second); });
    } else if (name == "removeprefix" && first) {
        eachText(value,
            [&](const std::string& text) { return text.starts_with(*first) ? text.substr(first->size()) : text; });
    } else if (name == "removesuffix" && first) {
        eachText(value, [&](const std::string& text) {
            return text.ends_with(*first) ? text.substr(0, text.size() - first->size()) : text;
        });
    } else if (name == "reverse") {
        eachText(value, [](const std::string& text) { return std::string(text.rbegin(), text.rend()); });
        std::reverse(value.items.begin(), value.items.end());
    } else if (name == "first" || name == "last") {
        if (!value.items.empty()) {
            value.texts = {name == "first" ? value.items.front() : value.items.back()};
            value.exact = true;
        } else {
            eachText(value, [name](const std::string& text) {
                return text.empty() ? text : std::string(1, name == "first" ? text.front() : text.back());
            });
        }
    } else if (name == "string" || name == "safe" || name == "e" || name == "escape" || name == "forceescape"
        || name == "list" || name == "unique" || name == "decode" || name == "encode" || name == "default"
        || name == "d" || name == "center" || name == "indent" || name == "wordwrap" || name == "striptags") {
        return true;
    } else {
        return false;
    }
    return true;
}

JinjaValue formatted(const JinjaValue& value, const std::vector<const JinjaValue*>& arguments, bool braces)
{
    JinjaValue out;
    out.exact = value.exact;
    out.content = value.content;
    for (const auto* argument : arguments) {
        out.exact = out.exact && (argument->exact || argument->number);
        out.content = out.content || argument->content;
    }
    for (const auto& pattern : value.texts) {
        std::string text;
        std::size_t next = 0;
        std::size_t at = 0;
        while (at < pattern.size() && text.size() <= longest) {
            const auto open = std::min(pattern.find(braces ? '{' : '%', at), pattern.size());
            text += pattern.substr(at, open - at);
            if (open + 1 >= pattern.size()) {
                text += pattern.substr(open);
                break;
            }
            const auto close = braces ? pattern.find('}', open) : open + 1;
            if (close == std::string::npos) {
                break;
            }
            auto index = next;
            if (braces && close > open + 1 && pattern[open + 1] >= '0' && pattern[open + 1] <= '9') {
                index = static_cast<std::size_t>(pattern[open + 1] - '0');
            }
            ++next;
            text += index < arguments.size() ? jinjaTexts(*arguments[index]).back() : std::string(jinjaUnknown);
            at = close + 1;
        }
        addText(out.texts, std::move(text));
    }
    return out;
}

JinjaValue sliced(const JinjaValue& value, std::optional<std::int64_t> from, std::optional<std::int64_t> to,
    std::optional<std::int64_t> step)
{
    JinjaValue out = value;
    out.items.clear();
    const auto by = step.value_or(1);
    if (by == 0) {
        return out;
    }
    eachText(out, [&](const std::string& text) {
        const auto size = static_cast<std::int64_t>(text.size());
        const auto place = [size](std::int64_t at, std::int64_t low, std::int64_t high) {
            return std::clamp(at < 0 && at >= -size ? at + size : at, low, high);
        };
        auto at = from ? place(*from, by > 0 ? 0 : -1, by > 0 ? size : size - 1) : by > 0 ? 0 : size - 1;
        const auto end = to ? place(*to, by > 0 ? 0 : -1, size) : by > 0 ? size : -1;
        std::string part;
        while (by > 0 ? at < end : at > end) {
            part += text[static_cast<std::size_t>(at)];
            if (by > size || by < -size) {
                break;
            }
            at += by;
        }
        return part;
    });
    return out;
}

} // namespace cupel::code
