// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/code/toml_strings.h"

#include <algorithm>

namespace cupel::code {

namespace {

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

bool isKeyChar(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_'
        || c == '.';
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && isBlank(text.front())) {
        text.remove_prefix(1);
    }
    while (!text.empty() && isBlank(text.back())) {
        text.remove_suffix(1);
    }
    return text;
}

std::string_view unquoted(std::string_view text)
{
    const bool quoted =
        text.size() >= 2 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front();
    return quoted ? text.substr(1, text.size() - 2) : text;
}

class Reader {
public:
    Reader(std::string_view text, std::string_view prefix, const std::function<void(const TomlString&)>& take)
        : m_text(text)
        , m_prefix(prefix)
        , m_take(take)
    {
    }

    void run() &&
    {
        while (m_at < m_text.size()) {
            if (m_lineStart) {
                startLine();
                continue;
            }
            step();
        }
    }

private:
    void startLine()
    {
        m_lineStart = false;
        if (!m_prefix.empty() && m_text.substr(m_at).starts_with(m_prefix)) {
            m_at += m_prefix.size();
        }
        skipBlanks();
        if (m_arrays > 0 || m_tables > 0 || m_at >= m_text.size()) {
            return;
        }
        const char c = m_text[m_at];
        if (c == '[') {
            header();
        } else if (c != '#' && c != '\n') {
            key();
        }
    }

    void skipBlanks()
    {
        while (m_at < m_text.size() && isBlank(m_text[m_at])) {
            ++m_at;
        }
    }

    [[nodiscard]] std::size_t lineEnd() const { return std::min(m_text.find('\n', m_at), m_text.size()); }

    void header()
    {
        const auto end = lineEnd();
        auto name = m_text.substr(m_at, end - m_at);
        name = name.substr(0, name.find(']'));
        name.remove_prefix(std::min(name.find_first_not_of('['), name.size()));
        m_table = trimmed(name);
        m_newTable = true;
        m_key = {};
        m_at = end;
    }

    // The key of a line, up to its '='.
    void key()
    {
        const auto end = lineEnd();
        const auto line = m_text.substr(m_at, end - m_at);
        const auto equals = line.find('=');
        if (equals == std::string_view::npos) {
            m_at = end;
            return;
        }
        m_key = unquoted(trimmed(line.substr(0, equals)));
        m_at += equals + 1;
    }

    void step()
    {
        const char c = m_text[m_at];
        if (c == '\n') {
            ++m_at;
            m_lineStart = true;
        } else if (c == '#') {
            m_at = lineEnd();
        } else if (c == '"' || c == '\'') {
            string(c);
        } else if (c == '[' || c == ']') {
            m_arrays = c == '[' ? m_arrays + 1 : m_arrays - std::min(m_arrays, 1U);
            ++m_at;
        } else if (c == '{' || c == '}') {
            m_tables = c == '{' ? m_tables + 1 : m_tables - std::min(m_tables, 1U);
            m_inner = {};
            ++m_at;
        } else if (m_tables > 0 && isKeyChar(c)) {
            innerKey();
        } else {
            ++m_at;
        }
    }

    void innerKey()
    {
        const auto start = m_at;
        while (m_at < m_text.size() && isKeyChar(m_text[m_at])) {
            ++m_at;
        }
        const auto name = m_text.substr(start, m_at - start);
        skipBlanks();
        if (m_at < m_text.size() && m_text[m_at] == '=') {
            m_inner = name;
        }
    }

    void string(char quote)
    {
        const std::string three(3, quote);
        const bool longString = m_text.substr(m_at).starts_with(three);
        const std::size_t width = longString ? 3 : 1;
        const auto start = m_at + width;
        auto end = start;
        while (end < m_text.size()) {
            const char c = m_text[end];
            if (longString ? m_text.substr(end).starts_with(three) : c == quote || c == '\n') {
                break;
            }
            end += c == '\\' && quote == '"' && end + 1 < m_text.size() ? 2 : 1;
        }
        end = std::min(end, m_text.size());
        m_take({m_table, m_newTable, m_key, m_tables > 0 ? m_inner : std::string_view{},
            m_text.substr(start, end - start), {start, end}, m_arrays});
        m_newTable = false;
        const bool closed = end < m_text.size() && m_text[end] == quote;
        m_at = closed ? end + width : end;
        m_at = std::min(m_at, m_text.size());
    }

    std::string_view m_text;
    std::string_view m_prefix;
    const std::function<void(const TomlString&)>& m_take;
    std::size_t m_at = 0;
    bool m_lineStart = true;
    bool m_newTable = true;
    std::uint32_t m_arrays = 0;
    std::uint32_t m_tables = 0;
    std::string_view m_table;
    std::string_view m_key;
    std::string_view m_inner;
};

} // namespace

void readTomlStrings(std::string_view text, std::string_view prefix, const std::function<void(const TomlString&)>& take)
{
    Reader(text, prefix, take).run();
}

} // namespace cupel::code
