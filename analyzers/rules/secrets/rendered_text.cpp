// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/secrets/rendered_text.h"

#include "analyzers/base/json_text.h"

#include <algorithm>
#include <array>

namespace cupel::rules::secrets {

namespace {

constexpr char escape = '\x1b';
constexpr std::size_t longestTag = 4 << 10; // what goes on for longer is text, unless it joins two words
constexpr std::size_t longestControl = 4 << 10; // terminals show what goes on for longer

bool isLetter(char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

bool isBetween(char c, char first, char last)
{
    return c >= first && c <= last;
}

// Length of the control sequence at text[0] (an escape character): CSI, OSC, or a final character that others may stand
// before, as in "ESC ( B".
std::size_t controlLength(ByteView text)
{
    if (text.size() < 2) {
        return text.size();
    }
    if (text[1] == '[') {
        std::size_t at = 2;
        while (at < text.size() && at < longestControl && isBetween(text[at], 0x20, 0x3F)) {
            ++at;
        }
        return at + (at < text.size() && isBetween(text[at], 0x40, 0x7E) ? 1 : 0);
    }
    if (text[1] == ']') {
        const auto end = text.substr(0, longestControl).find_first_of(std::string_view("\a\x1b", 2), 2);
        return end == ByteView::npos ? 2 : end + (text[end] == escape && end + 1 < text.size() ? 2 : 1);
    }
    std::size_t at = 1;
    while (at < text.size() && at < 8 && isBetween(text[at], 0x20, 0x2F)) {
        ++at;
    }
    return at + (at < text.size() && isBetween(text[at], 0x30, 0x7E) ? 1 : 0);
}

// The next place of one mark. Asked for growing places it goes through the text once, however often it is asked.
class Mark {
public:
    Mark(ByteView text, std::string_view mark)
        : m_text(text)
        , m_mark(mark)
        , m_next(text.find(mark))
    {
    }
    std::size_t from(std::size_t at)
    {
        if (m_next < at) {
            m_next = m_text.find(m_mark, at);
        }
        return m_next;
    }

private:
    ByteView m_text;
    std::string_view m_mark;
    std::size_t m_next;
};

// Tags inside a word leave it whole; all others end it.
bool isInline(ByteView tag)
{
    static constexpr std::array<std::string_view, 22> names{"a", "abbr", "b", "bdi", "big", "code", "em", "font", "i",
        "ins", "kbd", "mark", "s", "samp", "small", "span", "strong", "sub", "sup", "tt", "u", "wbr"};
    constexpr std::size_t longestName = 8;
    auto name = tag.substr(tag[1] == '/' ? 2 : 1, longestName);
    const auto end = std::find_if(name.begin(), name.end(), [](char c) { return !isLetter(c); });
    std::string lower(name.begin(), end);
    std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) { return static_cast<char>(c | 0x20); });
    return tag[1] == '!' || std::find(names.begin(), names.end(), lower) != names.end();
}

// Writes out the entity at text[0] (a '&') and returns its length; 0 when it is none.
std::size_t entity(ByteView text, std::string& out)
{
    const auto end = text.substr(0, 12).find(';');
    if (end == ByteView::npos || end < 2) {
        return 0;
    }
    auto name = text.substr(1, end - 1);
    if (name[0] == '#') {
        const bool hex = name.size() > 1 && (name[1] | 0x20) == 'x';
        const auto digits = name.substr(hex ? 2 : 1);
        if (digits.empty()) {
            return 0;
        }
        char32_t value = 0;
        for (const char c : digits) {
            const int digit = c >= '0' && c <= '9'              ? c - '0'
                : hex && (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10
                                                                : -1;
            if (digit < 0 || value > 0x10FFFF) {
                return 0;
            }
            value = value * (hex ? 16 : 10) + static_cast<char32_t>(digit);
        }
        appendUtf8(out, value);
        return end + 1;
    }
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 16> table{{{"amp", "&"}, {"lt", "<"},
        {"gt", ">"}, {"quot", "\""}, {"apos", "'"}, {"nbsp", " "}, {"lowbar", "_"}, {"hyphen", "-"}, {"colon", ":"},
        {"sol", "/"}, {"period", "."}, {"equals", "="}, {"plus", "+"}, {"commat", "@"}, {"shy", ""}, {"num", "#"}}};
    const auto hit = std::find_if(table.begin(), table.end(), [name](const auto& row) { return row.first == name; });
    if (hit == table.end()) {
        return 0;
    }
    out += hit->second;
    return end + 1;
}

// The next place where markup may start; each mark is searched for on its own, which is much faster than all at once.
class Marks {
public:
    Marks(ByteView text, bool html)
        : m_escape(text, "\x1b")
        , m_tag(html ? text : ByteView(), "<")
        , m_entity(html ? text : ByteView(), "&")
    {
    }
    std::size_t from(std::size_t at) { return std::min({m_escape.from(at), m_tag.from(at), m_entity.from(at)}); }

private:
    Mark m_escape;
    Mark m_tag;
    Mark m_entity;
};

// Only markup with a word on both sides puts a token together; text without any is the same to a reader.
bool joinsWords(ByteView text, std::size_t start, std::size_t end)
{
    const auto isWord = [](char c) {
        return isLetter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == escape || c == '<' || c == '&';
    };
    return start > 0 && end < text.size() && isWord(text[start - 1]) && isWord(text[end]);
}

// Finds the ends of tags and comments; each part of the text is searched once, however many begin before it.
class TagEnds {
public:
    explicit TagEnds(ByteView text)
        : m_text(text)
        , m_close(text, ">")
        , m_commentClose(text, "-->")
    {
    }

    // Length of the tag or comment at `at` (a '<'); 0 when it is none.
    std::size_t lengthAt(std::size_t at)
    {
        const auto rest = m_text.substr(at);
        if (rest.size() < 3 || (!isLetter(rest[1]) && rest[1] != '/' && rest[1] != '!')) {
            return 0;
        }
        const bool comment = rest.starts_with("<!--");
        const auto end = comment ? m_commentClose.from(at) : m_close.from(at);
        if (end == ByteView::npos) {
            return 0;
        }
        const auto length = end - at + (comment ? 3 : 1);
        const bool joins = length <= longestTag || (isInline(rest) && joinsWords(m_text, at, at + length));
        return joins ? length : 0;
    }

private:
    ByteView m_text;
    Mark m_close;
    Mark m_commentClose;
};

} // namespace

RenderedText renderText(ByteView text, bool html, Budget& budget)
{
    Marks marks(text, html);
    TagEnds tags(html ? text : ByteView());
    RenderedText out;
    bool joins = false;
    std::size_t at = 0;
    for (auto mark = marks.from(0); mark != ByteView::npos; mark = marks.from(at)) {
        if (mark > at) {
            out.map.addLinear(out.text.size(), at);
            out.text.append(text.substr(at, mark - at));
        }
        const auto rest = text.substr(mark);
        const auto before = out.text.size();
        std::size_t length = 0;
        if (rest[0] == escape) {
            length = controlLength(rest);
        } else if (rest[0] == '<') {
            length = tags.lengthAt(mark);
            if (length > 0 && !isInline(rest.substr(0, length))) {
                out.text += '\n';
            }
        } else {
            length = entity(rest, out.text);
        }
        if (length == 0) {
            length = 1;
            out.text += rest[0];
        } else if (out.text.size() == before || out.text.back() != '\n') {
            joins = joins || joinsWords(text, mark, mark + length);
        }
        if (out.text.size() > before) {
            out.map.addBlock(before, mark, length);
        }
        at = mark + length;
        if (!budget.spend(length + 8)) {
            break;
        }
    }
    if (!joins) {
        return {};
    }
    out.map.addLinear(out.text.size(), at);
    out.text.append(text.substr(std::min(at, text.size())));
    return out;
}

} // namespace cupel::rules::secrets
