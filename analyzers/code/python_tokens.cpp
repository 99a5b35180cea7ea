// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/code/python_tokens.h"

#include "analyzers/base/encodings.h"
#include "analyzers/base/json_text.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace cupel::code {

namespace {

constexpr bool isNameStart(char c)
{
    return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}
// A table: nearly all of a code's bytes are asked.
constexpr auto nameParts = [] {
    std::array<bool, 256> table{};
    for (int c = 0; c < 256; ++c) {
        const auto sign = static_cast<char>(c);
        table[static_cast<std::size_t>(c)] = isNameStart(sign) || (sign >= '0' && sign <= '9');
    }
    return table;
}();
bool isNamePart(char c)
{
    return nameParts[static_cast<unsigned char>(c)];
}

// Undoes one escape at text[at] (a backslash); returns how many bytes it took.
std::size_t unescape(ByteView text, std::size_t at, std::string& out)
{
    if (at + 1 >= text.size()) {
        out.push_back('\\');
        return 1;
    }
    const char kind = text[at + 1];
    static constexpr std::string_view from = "\\'\"abfnrtv";
    static constexpr std::string_view to = "\\'\"\a\b\f\n\r\t\v";
    if (const auto index = from.find(kind); index != std::string_view::npos) {
        out.push_back(to[index]);
        return 2;
    }
    if (kind == '\n') {
        return 2;
    }
    const std::size_t digits = kind == 'x' ? 2 : kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
    if (digits > 0) {
        if (const auto value = readHex(text, at + 2, digits); value >= 0) {
            appendUtf8(out, static_cast<char32_t>(value));
            return 2 + digits;
        }
    }
    if (kind >= '0' && kind <= '7') {
        unsigned value = 0;
        std::size_t used = 0;
        while (used < 3 && at + 1 + used < text.size() && text[at + 1 + used] >= '0' && text[at + 1 + used] <= '7') {
            value = value * 8 + static_cast<unsigned>(text[at + 1 + used] - '0');
            ++used;
        }
        appendUtf8(out, value & 0xFF);
        return 1 + used;
    }
    out.push_back('\\');
    return 1;
}

} // namespace

PythonToken PythonTokens::string(std::uint64_t start, std::uint64_t quoteAt)
{
    PythonToken token;
    token.kind = PythonToken::Kind::String;
    for (auto i = start; i < quoteAt; ++i) {
        const char c = static_cast<char>(m_source[i] | 0x20);
        token.raw = token.raw || c == 'r';
        token.formatted = token.formatted || c == 'f';
    }
    const char quote = m_source[quoteAt];
    const bool triple =
        quoteAt + 2 < m_source.size() && m_source[quoteAt + 1] == quote && m_source[quoteAt + 2] == quote;
    const auto open = quoteAt + (triple ? 3 : 1);
    auto at = open;
    auto contentEnd = m_source.size();
    m_at = m_source.size();
    while (at < m_source.size()) {
        const char c = m_source[at];
        if (c == '\\') {
            at += 2;
            continue;
        }
        if (c == '\n' && !triple) {
            contentEnd = at;
            m_at = at;
            break;
        }
        if (c == quote
            && (!triple || (at + 2 < m_source.size() && m_source[at + 1] == quote && m_source[at + 2] == quote))) {
            contentEnd = at;
            m_at = at + (triple ? 3 : 1);
            break;
        }
        ++at;
    }
    token.content = {open, std::max<std::uint64_t>(open, contentEnd)};
    token.bytes = {start, m_at};
    return token;
}

PythonToken PythonTokens::next()
{
    while (m_at < m_source.size()) {
        const char c = m_source[m_at];
        const auto start = m_at;
        if (c == ' ' || c == '\t' || c == '\r' || c == '\f') {
            ++m_at;
        } else if (c == '\\' && m_at + 1 < m_source.size() && m_source[m_at + 1] == '\n') {
            m_at += 2;
        } else if (c == '#') {
            m_at = std::min<std::uint64_t>(m_source.find('\n', m_at), m_source.size());
        } else if (c == '\n') {
            ++m_at;
            if (m_depth == 0) {
                return {PythonToken::Kind::NewLine, {start, m_at}, {}, false, false};
            }
        } else if (c == '"' || c == '\'') {
            return string(start, start);
        } else if (isNameStart(c)) {
            while (m_at < m_source.size() && isNamePart(m_source[m_at])) {
                ++m_at;
            }
            const bool prefix = m_at - start <= 2 && m_at < m_source.size()
                && (m_source[m_at] == '"' || m_source[m_at] == '\'')
                && m_source.substr(start, m_at - start).find_first_not_of("rRbBuUfF") == ByteView::npos;
            if (prefix) {
                return string(start, m_at);
            }
            return {PythonToken::Kind::Name, {start, m_at}, {}, false, false};
        } else if (c >= '0' && c <= '9') {
            while (m_at < m_source.size() && (isNamePart(m_source[m_at]) || m_source[m_at] == '.')) {
                ++m_at;
            }
            return {PythonToken::Kind::Number, {start, m_at}, {}, false, false};
        } else {
            ++m_at;
            if (c == '(' || c == '[' || c == '{') {
                ++m_depth;
            } else if ((c == ')' || c == ']' || c == '}') && m_depth > 0) {
                --m_depth;
            }
            return {PythonToken::Kind::Operator, {start, m_at}, {}, false, false};
        }
    }
    return {PythonToken::Kind::End, {m_source.size(), m_source.size()}, {}, false, false};
}

std::string stringValue(ByteView source, const PythonToken& token)
{
    const auto text = slice(source, token.content);
    if (token.raw || text.find('\\') == ByteView::npos) {
        return std::string(text);
    }
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] == '\\') {
            at += unescape(text, at, out);
        } else {
            out.push_back(text[at++]);
        }
    }
    return out;
}

} // namespace cupel::code
