// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/code/command_words.h"

#include <algorithm>
#include <cstdint>

namespace cupel::code {

namespace {

constexpr std::size_t longestHole = 2'000; // brackets that never close must not cost the square of the text

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\f';
}

bool isNameChar(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

class Splitter {
public:
    Splitter(std::string_view text, std::uint64_t offset, const CommandLimits& limits)
        : m_text(text)
        , m_offset(offset)
        , m_limits(limits)
    {
    }

    std::vector<CommandWords> run() &&
    {
        while (m_at < m_text.size() && m_commands.size() < m_limits.commands) {
            step();
        }
        endCommand(0, false);
        return std::move(m_commands);
    }

private:
    [[nodiscard]] char peek(std::size_t ahead) const { return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : 0; }

    void step()
    {
        const char c = m_text[m_at];
        if (isBlank(c)) {
            endWord();
            ++m_at;
        } else if (c == '\n' || c == ';') {
            endCommand(1, false);
        } else if (c == '#' && !m_open) {
            m_at = std::min(m_text.find('\n', m_at), m_text.size());
        } else if (c == '\\') {
            backslash();
        } else if (c == '&' && peek(1) != '>') {
            endCommand(peek(1) == '&' ? 2 : 1, false);
        } else if (c == '|') {
            const bool either = peek(1) == '|';
            endCommand(either || peek(1) == '&' ? 2 : 1, !either);
        } else if (c == '<' && peek(1) == '(') {
            hole(matching(m_at + 1, '(', ')'));
        } else if (c == '<' || c == '>' || c == '&') {
            redirect();
        } else if ((c == '(' || c == ')') && !m_open) {
            endCommand(1, false);
        } else {
            wordPart(c);
        }
    }

    void wordPart(char c)
    {
        if (c == '\'') {
            quoted(c);
        } else if (c == '"') {
            doubleQuoted();
        } else if (c == '$') {
            hole(dollarEnd());
        } else if (c == '`') {
            hole(behind('`', m_at + 1));
        } else if (c == '{' && !isBlank(peek(1)) && peek(1) != '\n' && peek(1) != 0 && braceEnd() > m_at) {
            hole(braceEnd());
        } else {
            add(c);
            ++m_at;
        }
    }

    void open()
    {
        if (!m_open) {
            m_open = true;
            m_word = {};
            m_word.bytes.start = m_at;
        }
    }

    void add(char c)
    {
        open();
        m_word.text.push_back(c);
    }

    void backslash()
    {
        const bool carriage = peek(1) == '\r' && peek(2) == '\n';
        if (peek(1) == '\n' || carriage) {
            m_at += carriage ? 3 : 2; // the line goes on
            return;
        }
        add(m_at + 1 < m_text.size() ? m_text[m_at + 1] : '\\');
        m_at = std::min(m_at + 2, m_text.size());
    }

    void quoted(char quote)
    {
        open();
        m_word.quoted = true;
        const auto end = std::min(m_text.find(quote, m_at + 1), m_text.size());
        m_word.text.append(m_text.substr(m_at + 1, end - m_at - 1));
        m_at = std::min(end + 1, m_text.size());
    }

    void doubleQuoted()
    {
        open();
        m_word.quoted = true;
        ++m_at;
        while (m_at < m_text.size() && m_text[m_at] != '"') {
            const char c = m_text[m_at];
            if (c == '$') {
                hole(dollarEnd());
            } else if (c == '`') {
                hole(behind('`', m_at + 1));
            } else if (c == '{' && braceEnd() > m_at) {
                hole(braceEnd());
            } else if (c == '\\' && m_at + 1 < m_text.size()) {
                const char next = m_text[m_at + 1];
                if (next != '"' && next != '\\' && next != '$' && next != '`' && next != '\n') {
                    add(c);
                }
                if (next != '\n') {
                    add(next);
                }
                m_at += 2;
            } else {
                add(c);
                ++m_at;
            }
        }
        m_at = std::min(m_at + 1, m_text.size());
    }

    // Takes everything up to `end` as it is written.
    void hole(std::size_t end)
    {
        open();
        end = std::clamp(end, m_at + 1, m_text.size());
        m_word.hole = m_word.hole || end > m_at + 1;
        m_word.text.append(m_text.substr(m_at, end - m_at));
        m_at = end;
    }

    [[nodiscard]] std::size_t behind(char c, std::size_t from) const
    {
        const auto at = m_text.find(c, from);
        return at == std::string_view::npos ? m_text.size() : at + 1;
    }

    // Behind the bracket that closes the one at `from`; the end of the line, or a place not far, when none does.
    [[nodiscard]] std::size_t matching(std::size_t from, char opening, char closing) const
    {
        std::size_t depth = 0;
        const auto stop = std::min(m_text.size(), from + longestHole);
        for (std::size_t at = from; at < stop; ++at) {
            depth += m_text[at] == opening ? 1 : 0;
            if (m_text[at] == closing && --depth == 0) {
                return at + 1;
            }
            if (m_text[at] == '\n') {
                return at;
            }
        }
        return stop;
    }

    [[nodiscard]] std::size_t dollarEnd() const
    {
        if (peek(1) == '(') {
            return matching(m_at + 1, '(', ')');
        }
        if (peek(1) == '{') {
            return matching(m_at + 1, '{', '}');
        }
        auto end = m_at + 1;
        while (end < m_text.size() && isNameChar(m_text[end])) {
            ++end;
        }
        return end;
    }

    // {expr} as IPython fills it in, on one line; m_at when it does not close.
    [[nodiscard]] std::size_t braceEnd() const
    {
        const auto end = matching(m_at, '{', '}');
        return m_text[end - 1] == '}' ? end : m_at;
    }

    void redirect()
    {
        const auto start = m_at;
        const bool both = m_text[m_at] == '&';
        const bool output = both || m_text[m_at] == '>';
        const bool number = m_open && !m_word.quoted && !m_word.text.empty()
            && m_word.text.find_first_not_of("0123456789") == std::string::npos;
        const bool standard = !number || m_word.text == "1";
        if (number) {
            m_open = false;
        }
        while (m_at < m_text.size() && (m_text[m_at] == '<' || m_text[m_at] == '>' || m_text[m_at] == '&')) {
            ++m_at;
        }
        const bool adjacent = m_open && m_at < m_text.size() && !isBlank(m_text[m_at]) && m_text[m_at] != '\n';
        while (m_at < m_text.size() && isBlank(m_text[m_at])) {
            ++m_at;
        }
        const auto target = m_at;
        while (
            m_at < m_text.size() && std::string_view(" \t\r\f\n;|&()").find(m_text[m_at]) == std::string_view::npos) {
            m_at = m_text[m_at] == '\'' || m_text[m_at] == '"' ? behind(m_text[m_at], m_at + 1) : m_at + 1;
        }
        if (adjacent) {
            m_word.redirect += std::string(m_text.substr(start, m_at - start));
        }
        m_silent = m_silent || (output && standard && m_text.substr(target, m_at - target) == "/dev/null");
        if (m_open) {
            endWordAt(start);
        }
    }

    void endWord() { endWordAt(m_at); }

    void endWordAt(std::size_t end)
    {
        if (!m_open) {
            return;
        }
        m_open = false;
        m_word.bytes = {m_word.bytes.start + m_offset, end + m_offset};
        if (m_command.words.size() < m_limits.words) {
            m_command.words.push_back(std::move(m_word));
        }
    }

    // The separator that ends it is `separator` bytes long.
    void endCommand(std::size_t separator, bool pipeFollows)
    {
        endWord();
        m_at += separator;
        if (!m_command.words.empty()) {
            m_command.bytes = {m_command.words.front().bytes.start, m_command.words.back().bytes.end};
            m_command.silent = m_silent;
            m_commands.push_back(std::move(m_command));
        }
        m_command = {};
        m_command.piped = pipeFollows;
        m_silent = false;
    }

    std::string_view m_text;
    std::uint64_t m_offset;
    const CommandLimits& m_limits;
    std::size_t m_at = 0;
    bool m_open = false;
    bool m_silent = false;
    CommandWord m_word;
    CommandWords m_command;
    std::vector<CommandWords> m_commands;
};

} // namespace

std::vector<CommandWords> splitCommands(std::string_view text, std::uint64_t offset, const CommandLimits& limits)
{
    return Splitter(text, offset, limits).run();
}

} // namespace cupel::code
