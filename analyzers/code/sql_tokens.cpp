// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/code/sql_tokens.h"

#include <algorithm>
#include <array>

namespace cupel::code {

namespace {

using Kind = SqlToken::Kind;

constexpr std::size_t maxTokens = 500'000;
constexpr std::size_t maxHole = 200; // bytes of {expression}
constexpr std::size_t maxValue = 4'096; // bytes of a name that are kept
constexpr std::uint32_t maxUnclosed = 16;
constexpr char hole = '\x01';

constexpr std::array words = {
#define CUPEL_SQL_WORD(name, text) std::string_view(text),
    CUPEL_SQL_WORDS(CUPEL_SQL_WORD)
#undef CUPEL_SQL_WORD
};
static_assert(std::is_sorted(words.begin(), words.end()));

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

bool isPart(char c)
{
    return isLetter(c) || isDigit(c) || c == hole || c == '#' || c == '@';
}

SqlWord wordOf(std::string_view text)
{
    std::array<char, 16> lower{};
    if (text.size() > lower.size()) {
        return SqlWord::None;
    }
    std::transform(text.begin(), text.end(), lower.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    const std::string_view low(lower.data(), text.size());
    const auto* found = std::lower_bound(words.begin(), words.end(), low);
    return found != words.end() && *found == low ? static_cast<SqlWord>(found - words.begin()) : SqlWord::None;
}

class Reader {
public:
    Reader(std::string_view text, Budget& budget)
        : m_text(text)
        , m_budget(budget)
    {
    }

    SqlTokens run() &&
    {
        while (m_at < m_text.size()) {
            const auto before = m_at;
            if (m_out.list.size() >= maxTokens) {
                m_out.partial = true;
                break;
            }
            step();
            if (!m_budget.spend(m_at - before)) {
                m_out.partial = true;
                break;
            }
        }
        return std::move(m_out);
    }

private:
    [[nodiscard]] char at(std::size_t offset) const { return offset < m_text.size() ? m_text[offset] : '\0'; }
    [[nodiscard]] bool here(std::string_view what) const { return m_text.substr(m_at).starts_with(what); }

    void skipTo(std::string_view end)
    {
        const auto found = m_text.find(end, m_at);
        m_at = found == std::string_view::npos ? m_text.size() : found + end.size();
    }

    void push(Kind kind, std::size_t start, ByteRange inside, char sign)
    {
        SqlToken token;
        token.kind = kind;
        token.sign = sign;
        token.bytes = {start, m_at};
        token.inside = inside;
        token.joined = !m_out.list.empty() && m_out.list.back().bytes.end == start;
        if (kind == Kind::Word) {
            token.word = wordOf(slice(m_text, inside));
        }
        m_out.list.push_back(token);
    }

    void step()
    {
        const char c = m_text[m_at];
        if (isBlank(c)) {
            ++m_at;
        } else if (comment(c)) {
            return;
        } else if (c == '\'' || c == '"' || c == '`') {
            quoted(c);
        } else if (c == '{' && here("{{")) {
            const auto start = m_at;
            skipTo("}}");
            push(Kind::Name, start, {start, m_at}, '{');
        } else if (c == '$' && dollarText()) {
            return;
        } else if (isDigit(c)) {
            number();
        } else if (isLetter(c) || holeEnd(m_at) != m_at || ((c == '#' || c == '@') && isPart(at(m_at + 1)))) {
            word();
        } else if (c == '[' && bracketName()) {
            return;
        } else {
            const auto start = m_at++;
            push(Kind::Sign, start, {start, m_at}, c);
        }
    }

    bool comment(char c)
    {
        if (c == '-' && at(m_at + 1) == '-') {
            skipTo("\n");
        } else if (c == '/' && at(m_at + 1) == '*') {
            longComment();
        } else if (c == '#' && (isBlank(at(m_at + 1)) || at(m_at + 1) == '\0' || firstOfLine())) {
            skipTo("\n");
        } else if (here("{%")) {
            skipTo("%}");
        } else if (here("{#")) {
            skipTo("#}");
        } else {
            return false;
        }
        return true;
    }

    [[nodiscard]] bool firstOfLine() const
    {
        auto before = m_at;
        while (before > 0 && m_at - before < 256 && (m_text[before - 1] == ' ' || m_text[before - 1] == '\t')) {
            --before;
        }
        return before == 0 || m_text[before - 1] == '\n';
    }

    // They nest in PostgreSQL; where they do not, a second "/*" inside is rare.
    void longComment()
    {
        std::size_t depth = 0;
        while (m_at < m_text.size()) {
            if (here("/*")) {
                ++depth;
                m_at += 2;
            } else if (here("*/")) {
                m_at += 2;
                if (--depth == 0) {
                    return;
                }
            } else {
                ++m_at;
            }
        }
    }

    void quoted(char quote)
    {
        const auto start = m_at;
        const std::string_view three = "\"\"\"";
        if (quote == '"' && here(three)) {
            m_at += 3;
            skipTo(three);
            const bool closed = m_at >= start + 6 && m_text.substr(m_at - 3, 3) == three;
            push(Kind::Text, start, {start + 3, closed ? m_at - 3 : m_at}, quote);
            return;
        }
        auto end = m_at + 1;
        while (end < m_text.size()) {
            const char c = m_text[end];
            if (c == quote && at(end + 1) == quote) {
                end += 2;
            } else if (c == quote) {
                break;
            } else if (c == '\\' && quote != '`' && escapes(end, quote)) {
                end += 2;
            } else {
                ++end;
            }
        }
        const auto inside = std::min(end, m_text.size());
        m_at = std::min(end + 1, m_text.size());
        push(quote == '\'' ? Kind::Text : Kind::Name, start, {start + 1, inside}, quote);
    }

    // Some dialects escape by a backslash, for others 'C:\' ends here: what follows the quote tells.
    [[nodiscard]] bool escapes(std::size_t backslash, char quote) const
    {
        const char next = at(backslash + 1);
        const char after = at(backslash + 2);
        return next == '\\'
            || (next == quote && after != '\0' && after != ',' && after != ')' && after != ';' && after != '\n');
    }

    // $$text$$ and $tag$text$tag$ of PostgreSQL.
    bool dollarText()
    {
        auto end = m_at + 1;
        while (end < m_text.size() && end - m_at < 64 && (isLetter(m_text[end]) || isDigit(m_text[end]))) {
            ++end;
        }
        if (at(end) != '$') {
            return false;
        }
        const auto tag = m_text.substr(m_at, end + 1 - m_at);
        const auto close = m_unclosed < maxUnclosed ? m_text.find(tag, end + 1) : std::string_view::npos;
        if (close == std::string_view::npos) {
            ++m_unclosed; // each looked through all the rest
            return false;
        }
        const auto start = m_at;
        m_at = close + tag.size();
        push(Kind::Text, start, {end + 1, close}, '$');
        return true;
    }

    void number()
    {
        const auto start = m_at;
        while (isDigit(at(m_at)) || (at(m_at) == '.' && isDigit(at(m_at + 1)))) {
            ++m_at;
        }
        if (isPart(at(m_at))) { // 1e9 and 2020_sales alike: neither is looked into
            while (isPart(at(m_at))) {
                ++m_at;
            }
            push(Kind::Word, start, {start, m_at}, 0);
            return;
        }
        push(Kind::Number, start, {start, m_at}, 0);
    }

    // Where what is filled in at `start` ends; `start`: nothing is.
    [[nodiscard]] std::size_t holeEnd(std::size_t start) const
    {
        const char c = at(start);
        const char next = at(start + 1);
        if (c == hole || c == '?') {
            return start + 1;
        }
        if (c == '%' && next == 's' && !isPart(at(start + 2))) {
            return start + 2;
        }
        if (c == '{' || (c == '$' && next == '{') || (c == '%' && next == '(')) {
            const char close = c == '%' ? ')' : '}';
            const auto found = m_text.substr(start, maxHole).find(close);
            const auto line = m_text.substr(start, maxHole).find('\n');
            if (found == std::string_view::npos || line < found) {
                return start;
            }
            const auto end = start + found + 1;
            return c != '%' ? end : at(end) == 's' ? end + 1 : start;
        }
        if ((c == '$' || c == ':') && (isLetter(next) || isDigit(next)) && (start == 0 || m_text[start - 1] != ':')) {
            auto end = start + 1;
            while (isLetter(at(end)) || isDigit(at(end))) {
                ++end;
            }
            return end;
        }
        return start;
    }

    void word()
    {
        const auto start = m_at;
        while (m_at < m_text.size()) {
            const char c = m_text[m_at];
            if (isPart(c) || (c == '$' && m_at > start && isPart(at(m_at + 1)))) {
                ++m_at;
                continue;
            }
            const auto end = c == '?' || c == ':' || c == '%' ? (m_at == start ? holeEnd(m_at) : m_at) : holeEnd(m_at);
            if (end == m_at) {
                break;
            }
            m_at = end;
        }
        const char quote = at(m_at);
        if (m_at - start <= 2 && (quote == '\'' || quote == '"') && textPrefix(m_text.substr(start, m_at - start))) {
            quoted(quote);
            m_out.list.back().kind = Kind::Text;
            return;
        }
        push(Kind::Word, start, {start, m_at}, 0);
    }

    static bool textPrefix(std::string_view prefix)
    {
        return prefix.find_first_not_of("EeNnBbRrXx") == std::string_view::npos;
    }

    // [name] of SQL Server and SQLite, not the index of an array.
    bool bracketName()
    {
        const auto end = m_text.substr(m_at, 130).find(']');
        if (end == std::string_view::npos || end < 2) {
            return false;
        }
        const auto name = m_text.substr(m_at + 1, end - 1);
        if (!(isLetter(name.front()) || name.front() == hole || name.front() == '#')
            || name.find_first_of(",'\"`[(\n") != std::string_view::npos) {
            return false;
        }
        if (!m_out.list.empty()) {
            const auto& before = m_out.list.back();
            const bool value = before.kind == Kind::Name || before.kind == Kind::Text || before.sign == ')'
                || before.sign == ']' || (before.kind == Kind::Word && before.word == SqlWord::None);
            if (before.word == SqlWord::Array || (value && before.bytes.end == m_at)) {
                return false;
            }
        }
        const auto start = m_at;
        m_at += end + 1;
        push(Kind::Name, start, {start + 1, m_at - 1}, '[');
        return true;
    }

    std::string_view m_text;
    Budget& m_budget;
    SqlTokens m_out;
    std::size_t m_at = 0;
    std::uint32_t m_unclosed = 0;
};

// dbt: {{ ref('orders') }} and {{ source('shop', 'orders') }} are names, all else is filled in by the template.
std::string templateName(std::string_view text)
{
    const bool source = text.find("source(") != std::string_view::npos;
    if (!source && text.find("ref(") == std::string_view::npos) {
        return "*";
    }
    std::string out;
    std::size_t at = 0;
    for (int part = 0; part < 4; ++part) {
        const auto start = text.find_first_of("'\"", at);
        const auto end = start == std::string_view::npos ? start : text.find(text[start], start + 1);
        if (end == std::string_view::npos) {
            break;
        }
        const auto value = text.substr(start + 1, std::min(end - start - 1, maxValue));
        out = source && !out.empty() ? out + '.' + std::string(value) : std::string(value);
        at = end + 1;
    }
    return out.empty() ? "*" : out;
}

std::string wordValue(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (isPart(c) && c != hole) {
            out.push_back(c);
            continue;
        }
        if (c == '$' && i > 0 && isPart(text[i - 1]) && i + 1 < text.size() && text[i + 1] != '{') {
            out.push_back(c); // v$session
            continue;
        }
        if (out.empty() || out.back() != '*') {
            out.push_back('*');
        }
        if (c == '{' || c == '('
            || ((c == '$' || c == '%') && i + 1 < text.size() && (text[i + 1] == '{' || text[i + 1] == '('))) {
            i = std::min(text.find(c == '%' || c == '(' ? ")s" : "}", i), text.size() - 1);
            i += c == '%' && i + 1 < text.size() ? 1 : 0;
        } else if (c == '$' || c == ':' || c == '%') {
            while (i + 1 < text.size() && (isLetter(text[i + 1]) || isDigit(text[i + 1]))) {
                ++i;
            }
        }
    }
    return out;
}

} // namespace

SqlTokens sqlTokens(std::string_view text, Budget& budget)
{
    return Reader(text, budget).run();
}

std::string sqlValue(std::string_view text, const SqlToken& token)
{
    const auto inside = slice(text, token.inside).substr(0, maxValue);
    if (token.kind == Kind::Word) {
        return wordValue(inside);
    }
    if (token.kind == Kind::Name && token.sign == '{') {
        return templateName(inside);
    }
    if (token.kind != Kind::Name && token.kind != Kind::Text) {
        return std::string(inside);
    }
    std::string out;
    for (std::size_t i = 0; i < inside.size(); ++i) {
        const char c = inside[i];
        const bool filled = c == '{' || (c == '$' && i + 1 < inside.size() && inside[i + 1] == '{');
        if (c == hole || filled) {
            const auto end = filled ? inside.find('}', i) : i;
            if (end == std::string_view::npos || end - i > maxHole) {
                out.push_back(c);
                continue;
            }
            out += out.empty() || out.back() != '*' ? "*" : "";
            i = end;
            continue;
        }
        out.push_back(c);
        const bool doubled = c == token.sign && i + 1 < inside.size() && inside[i + 1] == c;
        i += doubled ? 1 : 0;
    }
    return out;
}

} // namespace cupel::code
