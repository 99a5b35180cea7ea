// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/code/jinja_tokens.h"

#include "analyzers/base/json_text.h"

#include <algorithm>
#include <array>

namespace cupel::code {

namespace {

using Kind = JinjaToken::Kind;

bool isSpace(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\v';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

// Bytes beyond ASCII too: Python has names in all scripts.
bool isWord(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || isDigit(c)
        || static_cast<unsigned char>(c) >= 0x80;
}

class Cutter {
public:
    Cutter(ByteView text, std::size_t most)
        : m_text(text)
        , m_most(most)
    {
    }

    JinjaTokens run()
    {
        while (m_at < m_text.size() && room()) {
            const auto open = nextTag(m_at);
            add(Kind::Data, m_at, open);
            m_at = open;
            if (open < m_text.size()) {
                tag();
            }
        }
        m_out.end = m_at;
        return std::move(m_out);
    }

private:
    bool room()
    {
        m_out.complete = m_out.complete && m_out.list.size() < m_most;
        return m_out.list.size() < m_most;
    }

    void add(Kind kind, std::uint64_t from, std::uint64_t to)
    {
        if (to > from) {
            m_out.list.push_back({kind, {from, to}});
        }
    }

    [[nodiscard]] std::uint64_t nextTag(std::uint64_t from) const
    {
        for (auto at = m_text.find('{', from); at != ByteView::npos; at = m_text.find('{', at + 1)) {
            const char next = at + 1 < m_text.size() ? m_text[at + 1] : ' ';
            if (next == '{' || next == '%' || next == '#') {
                return at;
            }
        }
        return m_text.size();
    }

    void tag()
    {
        const char sign = m_text[m_at + 1];
        if (sign == '#') {
            const auto close = m_text.find("#}", m_at + 2);
            m_out.complete = m_out.complete && close != ByteView::npos;
            m_at = close == ByteView::npos ? m_text.size() : close + 2;
            return;
        }
        const auto start = m_at;
        m_at += 2;
        if (m_at < m_text.size() && (m_text[m_at] == '-' || m_text[m_at] == '+')) {
            ++m_at;
        }
        if (sign == '%' && rawBlock()) {
            return;
        }
        add(sign == '{' ? Kind::OutputBegin : Kind::BlockBegin, start, m_at);
        inside(sign == '{' ? '}' : '%');
    }

    // {% raw %} ... {% endraw %}: all between is data.
    bool rawBlock()
    {
        auto at = skipSpace(m_at);
        if (m_text.substr(at, 3) != "raw") {
            return false;
        }
        at = skipSpace(at + 3);
        at += at < m_text.size() && m_text[at] == '-' ? 1 : 0;
        if (m_text.substr(at, 2) != "%}") {
            return false;
        }
        const auto start = at + 2;
        auto close = m_text.find("endraw", start);
        while (close != ByteView::npos) {
            const auto open = m_text.rfind("{%", close);
            const auto between =
                open == ByteView::npos || open < start ? ByteView("x") : m_text.substr(open + 2, close - open - 2);
            if (between.find_first_not_of(" \t\r\n-+") == ByteView::npos) {
                add(Kind::Data, start, open);
                const auto end = m_text.find("%}", close);
                m_at = end == ByteView::npos ? m_text.size() : end + 2;
                return true;
            }
            close = m_text.find("endraw", close + 6);
        }
        add(Kind::Data, start, m_text.size());
        m_out.complete = false;
        m_at = m_text.size();
        return true;
    }

    [[nodiscard]] std::uint64_t skipSpace(std::uint64_t at) const
    {
        while (at < m_text.size() && isSpace(m_text[at])) {
            ++at;
        }
        return at;
    }

    // Tokens up to the end of the tag. Brackets have to be closed before it counts as one.
    void inside(char close)
    {
        m_open.clear();
        while (room()) {
            m_at = skipSpace(m_at);
            if (m_at >= m_text.size()) {
                m_out.complete = false;
                return;
            }
            const bool marked = (m_text[m_at] == '-' || m_text[m_at] == '+') && m_at + 2 < m_text.size();
            const auto end = m_at + (marked ? 1 : 0);
            const bool closes =
                m_text.substr(end, 1) == std::string_view(&close, 1) && m_text.substr(end + 1, 1) == "}";
            if (closes && (close == '%' || m_open.empty() || m_open.back() != '{')) {
                add(close == '}' ? Kind::OutputEnd : Kind::BlockEnd, m_at, end + 2);
                m_at = end + 2;
                return;
            }
            one();
        }
    }

    void one()
    {
        const auto start = m_at;
        const char c = m_text[m_at];
        if (c == '\'' || c == '"') {
            ++m_at;
            while (m_at < m_text.size() && m_text[m_at] != c) {
                m_at += m_text[m_at] == '\\' ? 2 : 1;
            }
            const bool closed = m_at < m_text.size();
            m_at = std::min<std::uint64_t>(closed ? m_at + 1 : m_text.size(), m_text.size());
            add(closed ? Kind::Text : Kind::Wrong, start, m_at);
        } else if (isDigit(c)) {
            while (m_at < m_text.size()
                && (isWord(m_text[m_at])
                    || (m_text[m_at] == '.' && m_at + 1 < m_text.size() && isDigit(m_text[m_at + 1])))) {
                ++m_at;
            }
            add(Kind::Number, start, m_at);
        } else if (isWord(c)) {
            while (m_at < m_text.size() && isWord(m_text[m_at])) {
                ++m_at;
            }
            add(Kind::Name, start, m_at);
        } else {
            sign(c);
        }
    }

    void sign(char c)
    {
        constexpr std::array<std::string_view, 6> doubles{"**", "//", "==", "!=", "<=", ">="};
        constexpr std::string_view singles = "+-*/%~[](){}<>=.:|,;";
        const auto two = m_text.substr(m_at, 2);
        const bool isDouble = std::find(doubles.begin(), doubles.end(), two) != doubles.end();
        const bool known = isDouble || singles.find(c) != std::string_view::npos;
        if (c == '(' || c == '[' || c == '{') {
            m_open += c;
        } else if ((c == ')' || c == ']' || c == '}') && !m_open.empty()) {
            m_open.pop_back();
        }
        add(known ? Kind::Sign : Kind::Wrong, m_at, m_at + (isDouble ? 2 : 1));
        m_at += isDouble ? 2 : 1;
    }

    ByteView m_text;
    std::size_t m_most;
    std::uint64_t m_at = 0;
    std::string m_open; // brackets of this tag
    JinjaTokens m_out;
};

int hexValue(char c)
{
    return isDigit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// Up to `width` digits of `base` from `at` on, which moves behind them.
char32_t digits(ByteView text, std::size_t& at, unsigned width, int base)
{
    char32_t value = 0;
    for (unsigned i = 0; i < width && at < text.size(); ++i, ++at) {
        const int digit = hexValue(text[at]);
        if (digit < 0 || digit >= base) {
            break;
        }
        value = value * static_cast<char32_t>(base) + static_cast<char32_t>(digit);
    }
    return value;
}

// One escape; `at` stands on what follows the backslash and moves behind it.
void escape(ByteView text, std::size_t& at, std::string& out)
{
    constexpr std::string_view letters = "ntrabfv\\'\"";
    constexpr std::string_view values = "\n\t\r\a\b\f\v\\'\"";
    const char c = text[at++];
    if (const auto known = letters.find(c); known != std::string_view::npos) {
        out += values[known];
    } else if (c == 'x' || c == 'u' || c == 'U') {
        appendUtf8(out, digits(text, at, c == 'x' ? 2 : c == 'u' ? 4 : 8, 16));
    } else if (c >= '0' && c <= '7') {
        --at;
        appendUtf8(out, digits(text, at, 3, 8));
    } else if (c == 'N' && at < text.size() && text[at] == '{') {
        const auto end = std::min(text.find('}', at), text.size());
        const auto name = text.substr(at + 1, end - at - 1);
        appendUtf8(out, name == "LOW LINE" ? U'_' : name == "FULL STOP" ? U'.' : U'\uFFFD');
        at = std::min(end + 1, text.size());
    } else if (c != '\n') {
        out += '\\';
        out += c;
    }
}

} // namespace

JinjaTokens tokenizeJinja(ByteView text, std::size_t mostTokens)
{
    return Cutter(text, mostTokens).run();
}

std::string jinjaText(ByteView quoted)
{
    if (quoted.size() < 2) {
        return {};
    }
    const auto text = quoted.substr(1, quoted.size() - 2);
    std::string out;
    std::size_t at = 0;
    while (at < text.size()) {
        const auto stop = std::min(text.find('\\', at), text.size());
        out += text.substr(at, stop - at);
        at = stop + 1;
        if (stop + 1 < text.size()) {
            escape(text, at, out);
        }
    }
    return out;
}

} // namespace cupel::code
