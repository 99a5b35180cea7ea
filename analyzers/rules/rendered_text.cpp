// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/rendered_text.h"

#include "analyzers/base/byte_scan.h"
#include "analyzers/base/json_text.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace cupel::rules {

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

// Length of the character without width at text[0]; 0 when it is none: soft hyphen, grapheme joiner, zero-width blanks
// and joiners, direction marks, word joiner and its kin, byte order mark.
std::size_t unseenLength(ByteView text)
{
    const auto byte = [text](std::size_t at) { return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U; };
    switch (byte(0)) {
    case 0xC2:
        return byte(1) == 0xAD ? 2 : 0;
    case 0xCD:
        return byte(1) == 0x8F ? 2 : 0;
    case 0xE1:
        return byte(1) == 0xA0 && byte(2) == 0x8E ? 3 : 0;
    case 0xE2:
        return (byte(1) == 0x80 && ((byte(2) >= 0x8B && byte(2) <= 0x8F) || (byte(2) >= 0xAA && byte(2) <= 0xAE)))
                || (byte(1) == 0x81 && byte(2) >= 0xA0 && byte(2) <= 0xAF)
            ? 3
            : 0;
    case 0xEF:
        return byte(1) == 0xBB && byte(2) == 0xBF ? 3 : 0;
    case 0xF3: // tag characters
        return byte(1) == 0xA0 && (byte(2) == 0x80 || byte(2) == 0x81) && byte(3) != 0 ? 4 : 0;
    default:
        return 0;
    }
}

// What one of them begins with.
constexpr auto mayBeUnseen = [](ByteBlock block) {
    return isOneOf<'\xC2', '\xCD', '\xE1', '\xE2', '\xEF', '\xF3'>(block);
};

// The next character without width; most texts are plain ASCII and passed in long steps.
class Unseen {
public:
    explicit Unseen(ByteView text)
        : m_text(text)
        , m_next(search(0))
    {
    }
    std::size_t from(std::size_t at)
    {
        if (m_next < at) {
            m_next = search(at);
        }
        return m_next;
    }

private:
    [[nodiscard]] std::size_t search(std::size_t at) const
    {
        for (at = nextByte(m_text, at, mayBeUnseen); at < m_text.size(); at = nextByte(m_text, at + 1, mayBeUnseen)) {
            if (unseenLength(m_text.substr(at)) > 0) {
                return at;
            }
        }
        return ByteView::npos;
    }

    ByteView m_text;
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
    constexpr std::size_t longestEntity = 16;
    const auto end = text.substr(0, longestEntity).find(';');
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
        const auto before = out.size();
        appendUtf8(out, value);
        if (unseenLength(std::string_view(out).substr(before)) > 0) {
            out.resize(before);
        }
        return end + 1;
    }
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 27> table{{{"amp", "&"}, {"lt", "<"},
        {"gt", ">"}, {"quot", "\""}, {"apos", "'"}, {"nbsp", " "}, {"lowbar", "_"}, {"hyphen", "-"}, {"colon", ":"},
        {"sol", "/"}, {"period", "."}, {"equals", "="}, {"plus", "+"}, {"commat", "@"}, {"shy", ""}, {"num", "#"},
        {"zwj", ""}, {"zwnj", ""}, {"lrm", ""}, {"rlm", ""}, {"ZeroWidthSpace", ""}, {"NoBreak", ""}, {"dollar", "$"},
        {"percnt", "%"}, {"excl", "!"}, {"dash", "-"}, {"ast", "*"}}};
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
        , m_unseen(text)
    {
    }
    std::size_t from(std::size_t at)
    {
        return std::min({m_escape.from(at), m_tag.from(at), m_entity.from(at), m_unseen.from(at)});
    }

private:
    Mark m_escape;
    Mark m_tag;
    Mark m_entity;
    Unseen m_unseen;
};

bool isWord(char c)
{
    return isLetter(c) || isBetween(c, '0', '9') || c == '_' || c == '-';
}

// Whether markup has a word, or more markup, on both sides.
bool joinsWords(ByteView text, std::size_t start, std::size_t end)
{
    const auto goesOn = [](char c) { return isWord(c) || c == escape || c == '<' || c == '&'; };
    return start > 0 && end < text.size() && goesOn(text[start - 1]) && goesOn(text[end]);
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

class Renderer {
public:
    Renderer(ByteView text, bool html)
        : m_text(text)
        , m_marks(text, html)
        , m_tags(html ? text : ByteView())
    {
    }

    RenderedText run(Budget& budget)
    {
        for (auto mark = m_marks.from(0); mark != ByteView::npos; mark = m_marks.from(m_at)) {
            copy(mark);
            const auto length = markup(mark);
            m_at = mark + length;
            if (!budget.spend(length + 8)) {
                break;
            }
        }
        if (m_out.text.empty() && m_at == 0) {
            return {};
        }
        copy(m_text.size());
        return m_differs ? std::move(m_out) : RenderedText();
    }

private:
    // What stands before the next mark, as it is.
    void copy(std::size_t end)
    {
        if (end > m_at) {
            follow(m_text[m_at]);
            m_out.map.addLinear(m_out.text.size(), m_at);
            m_out.text.append(m_text.substr(m_at, end - m_at));
        }
    }

    // Something comes right behind markup that is gone now: a word is whole there that was none before, or begins
    // without the last letter of a control sequence.
    void follow(char next)
    {
        m_differs = m_differs || (m_pending && isWord(next)) || (m_letterGone && !isBetween(next, '\0', ' '));
        m_pending = false;
        m_letterGone = false;
    }

    void gone() { m_pending = m_pending || (!m_out.text.empty() && isWord(m_out.text.back())); }

    // Handles what stands at the mark; returns its length.
    std::size_t markup(std::size_t mark)
    {
        const auto rest = m_text.substr(mark);
        const auto before = m_out.text.size();
        std::size_t length = 0;
        if (rest[0] == escape) {
            m_letterGone = true;
            gone();
            return controlLength(rest);
        }
        if (rest[0] == '<') {
            length = m_tags.lengthAt(mark);
            if (length > 0 && isInline(rest.substr(0, length))) {
                gone();
                return length;
            }
            m_out.text += length > 0 ? '\n' : '<';
        } else if (rest[0] == '&') {
            length = entity(rest, m_out.text);
            if (length > 0 && m_out.text.size() == before) {
                gone();
                return length;
            }
            if (length == 0) {
                m_out.text += '&';
            } else {
                m_differs = m_differs || isWord(m_out.text[before]) || joinsWords(m_text, mark, mark + length);
            }
        } else {
            gone();
            return unseenLength(rest);
        }
        follow(m_out.text[before]);
        m_out.map.addBlock(before, mark, std::max<std::size_t>(length, 1));
        return std::max<std::size_t>(length, 1);
    }

    ByteView m_text;
    Marks m_marks;
    TagEnds m_tags;
    RenderedText m_out;
    std::size_t m_at = 0; // everything before is in m_out
    bool m_pending = false; // markup behind a word is gone, and nothing has come since
    bool m_letterGone = false; // the same of a control sequence
    bool m_differs = false;
};

} // namespace

RenderedText renderText(ByteView text, bool html, Budget& budget)
{
    return Renderer(text, html).run(budget);
}

std::string withoutControls(std::string text)
{
    auto at = text.find(escape);
    if (at == std::string::npos) {
        return text;
    }
    const ByteView all(text);
    std::string out(all.substr(0, at));
    while (at < all.size()) {
        at += std::max<std::size_t>(controlLength(all.substr(at)), 1);
        const auto next = std::min(all.find(escape, at), all.size());
        out += all.substr(std::min(at, next), next - std::min(at, next));
        at = next;
    }
    return out;
}

} // namespace cupel::rules
