// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/code/converted.h"

#include "analyzers/base/bytes.h"
#include "analyzers/code/commands.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

namespace cupel::code {

namespace {

constexpr std::string_view caller = "get_ipython().";
constexpr std::string_view blanks = " \t\r";

bool isWord(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// What a line break of a quoted text becomes where it has to stay on one line, and what begins comments then.
struct Lines {
    char between = '\n';
    std::string_view comment;
    [[nodiscard]] bool stay() const { return between == '\n'; }
};
constexpr Lines ofPython{'\n', "#"};
constexpr Lines ofShell{';', "#"};
constexpr Lines ofSql{' ', "--"};

// A quoted text put as it was before it was quoted, in its place.
class Unquoter {
public:
    Unquoter(std::string& text, ByteRange content, Lines lines)
        : m_text(text)
        , m_content(content)
        , m_lines(lines)
    {
    }

    void run()
    {
        for (auto at = m_content.start; at < m_content.end;) {
            const char c = m_text[at];
            const bool escape = c == '\\' && at + 1 < m_content.end;
            at += escape ? unescape(at) : follow(at, c, 1);
        }
    }

private:
    std::size_t unescape(std::size_t at)
    {
        const char c = m_text[at + 1];
        switch (c) {
        case 'n':
            put(at, "  ");
            m_text[at + 1] = m_lines.between;
            endLine();
            return 2;
        case 't':
            put(at, " \t");
            return 2;
        case 'r':
            put(at, "  ");
            return 2;
        case '\\':
            if (m_text.compare(at + 2, 2, "\\n") == 0 && at + 3 < m_content.end) {
                put(at, m_lines.stay() ? "  \\\n" : "    "); // a line that goes on
                return 4;
            }
            put(at, " \\");
            m_escaped = m_quote != 0;
            return 2;
        case '\'':
        case '"':
            return follow(at, c, 2);
        default:
            return 2; // \x41 means the same in the text that it stands in
        }
    }

    // One character, or a quote behind a backslash: `size` bytes.
    std::size_t follow(std::size_t at, char c, std::size_t size)
    {
        const bool escaped = std::exchange(m_escaped, false);
        const bool quote = !m_comment && !escaped && (c == '\'' || c == '"');
        m_comment = m_comment || (m_quote == 0 && m_text.compare(at, m_lines.comment.size(), m_lines.comment) == 0);
        if (m_comment && !m_lines.stay()) {
            put(at, std::string(size, ' '));
            return size;
        }
        if (!quote || (m_quote != 0 && m_quote != c)) {
            if (size == 2) {
                m_text[at] = ' ';
            }
            return size;
        }
        const bool three = repeats(at, size);
        if (m_quote != 0 && m_triple && !three) {
            if (size == 2) {
                m_text[at] = ' ';
            }
            return size;
        }
        const bool opens = m_quote == 0;
        m_triple = opens ? three : m_triple;
        const std::size_t count = m_triple ? 3 : 1;
        m_quote = opens ? c : 0;
        if (size == 2) {
            const auto from = at + (opens ? count : 0);
            put(at, std::string(2 * count, ' '));
            std::fill_n(m_text.begin() + static_cast<std::ptrdiff_t>(from), count, c);
            if (opens) {
                movePrefix(at, count);
            }
        }
        return size * count;
    }

    // The same quote three times, behind a backslash each or none.
    [[nodiscard]] bool repeats(std::size_t at, std::size_t size) const
    {
        const auto piece = std::string_view(m_text).substr(at, size);
        return at + 3 * size <= m_content.end && m_text.compare(at + size, size, piece) == 0
            && m_text.compare(at + 2 * size, size, piece) == 0;
    }

    // f and r stay beside the quote that they belong to.
    void movePrefix(std::size_t at, std::size_t by)
    {
        auto from = at;
        while (from > m_content.start && at - from < 2
            && std::string_view("rRbBfFuU").find(m_text[from - 1]) != std::string_view::npos) {
            --from;
        }
        if (from > m_content.start && isWord(m_text[from - 1])) {
            return;
        }
        const auto prefix = m_text.substr(from, at - from);
        put(from, std::string(by, ' ') + prefix);
    }

    void endLine()
    {
        m_comment = false;
        m_escaped = false;
        m_quote = m_triple ? m_quote : 0;
    }

    void put(std::size_t at, std::string_view what) { m_text.replace(at, what.size(), what); }

    std::string& m_text;
    ByteRange m_content;
    Lines m_lines;
    char m_quote = 0;
    bool m_triple = false;
    bool m_comment = false;
    bool m_escaped = false; // by a backslash that is one in the text itself
};

class Converted {
public:
    explicit Converted(std::string source)
        : m_text(std::move(source))
        , m_first(codeFrom(0))
    {
    }

    std::string run() &&
    {
        for (std::size_t line = 0; line < m_text.size();) {
            const auto end = std::min(m_text.find('\n', line), m_text.size());
            const auto at = std::string_view(m_text).substr(line, end - line).find(caller);
            if (at != std::string_view::npos && canStand(line, line + at) && read(line + at, end)) {
                write(line, end);
            }
            line = end + 1;
        }
        return std::move(m_text);
    }

private:
    // The first of the code from there on: no blank, no remark ("# In[3]:" above a cell).
    [[nodiscard]] std::size_t codeFrom(std::size_t at) const
    {
        constexpr std::string_view between = " \t\r\n";
        at = m_text.find_first_not_of(between, at);
        while (at < m_text.size() && m_text[at] == '#') {
            at = m_text.find_first_not_of(between, std::min(m_text.find('\n', at), m_text.size()));
        }
        return at;
    }

    // Where a statement begins, or behind x =
    [[nodiscard]] bool canStand(std::size_t line, std::size_t at) const
    {
        const auto head = std::string_view(m_text).substr(line, at - line);
        const auto last = head.find_last_not_of(blanks);
        return last == std::string_view::npos
            || (head[last] == '='
                && std::all_of(head.begin(), head.begin() + static_cast<std::ptrdiff_t>(last), [](char c) {
                       return isWord(c) || blanks.find(c) != std::string_view::npos || c == ',' || c == '.';
                   }));
    }

    [[nodiscard]] std::size_t skip(std::size_t at) const
    {
        return std::min(m_text.find_first_not_of(blanks, at), m_text.size());
    }

    // The call on one line: its method and the texts that it is given.
    bool read(std::size_t at, std::size_t end)
    {
        m_start = at;
        m_texts.clear();
        at += caller.size();
        const auto name = at;
        while (at < end && isWord(m_text[at])) {
            ++at;
        }
        m_method = m_text.substr(name, at - name);
        if (at >= end || m_text[at] != '(') {
            return false;
        }
        at = skip(at + 1);
        while (at < end && m_text[at] != ')') {
            at += m_text[at] == 'u' ? 1 : 0;
            const char quote = at < end ? m_text[at] : ' ';
            if (m_texts.size() > 2 || (quote != '\'' && quote != '"')) {
                return false;
            }
            auto close = at + 1;
            while (close < end && m_text[close] != quote) {
                close += m_text[close] == '\\' ? 2 : 1;
            }
            if (close >= end) {
                return false;
            }
            m_texts.push_back({at + 1, close});
            at = skip(close + 1);
            at = at < end && m_text[at] == ',' ? skip(at + 1) : at;
        }
        m_end = at + 1;
        const auto rest = skip(m_end);
        return at < end && (rest >= end || m_text[rest] == '#');
    }

    void write(std::size_t line, std::size_t end)
    {
        const bool shell = m_method == "system" || m_method == "getoutput";
        if (m_method == "run_cell_magic" && m_texts.size() == 3) {
            cell(line, end);
        } else if (shell && m_texts.size() == 1) {
            put("!", {m_texts.front()}, ofShell);
        } else if (m_method == "magic" && m_texts.size() == 1) {
            put("%", {m_texts.front()}, ofSql);
        } else if (m_method == "run_line_magic" && m_texts.size() == 2) {
            put("%" + named(), {m_texts.back()}, ofSql);
        }
    }

    [[nodiscard]] std::string named() const { return std::string(slice(m_text, m_texts.front())); }

    // %%bash takes all that is below it: between other code it is one line, and a body of Python its lines.
    void cell(std::size_t line, std::size_t end)
    {
        const auto name = named();
        const auto language = languageOfMagic(name);
        const auto body = m_texts.back();
        const bool alone = m_start == m_first && codeFrom(end) == std::string::npos;
        if (m_start != line) {
            return;
        }
        if (alone || (language == "python")) {
            if (alone) { // a remark above it would make it a line like others, one below it a line of its body
                const auto start = m_text.begin();
                const auto shown = [](char c) { return c != '\n'; };
                std::replace_if(start, start + static_cast<std::ptrdiff_t>(m_start), shown, ' ');
                std::replace_if(start + static_cast<std::ptrdiff_t>(end), m_text.end(), shown, ' ');
            }
            put(alone ? "%%" + name : "0", alone ? std::vector{m_texts[1], body} : std::vector{body}, ofPython);
            m_text[body.start - 1] = '\n';
        } else if (language == "bash") {
            put("!", {body}, ofShell);
        } else if (language == "sql") {
            put("%" + name, {m_texts[1], body}, ofSql);
        }
    }

    // What stays of the call: a mark where it begins, and the texts where they stand.
    void put(const std::string& mark, const std::vector<ByteRange>& kept, Lines lines)
    {
        for (const auto range : kept) {
            Unquoter(m_text, range, range.start == kept.back().start ? lines : ofSql).run();
        }
        auto at = m_start;
        for (const auto range : kept) {
            blank(at, range.start);
            at = range.end;
        }
        blank(at, m_end);
        m_text.replace(m_start, mark.size(), mark);
    }

    void blank(std::size_t from, std::size_t to)
    {
        std::fill(
            m_text.begin() + static_cast<std::ptrdiff_t>(from), m_text.begin() + static_cast<std::ptrdiff_t>(to), ' ');
    }

    std::string m_text;
    std::size_t m_first; // that is no blank
    std::size_t m_start = 0; // of the call
    std::size_t m_end = 0;
    std::string m_method;
    std::vector<ByteRange> m_texts;
};

} // namespace

std::string withNotation(std::string source)
{
    return source.find(caller) != std::string::npos ? Converted(std::move(source)).run() : source;
}

} // namespace cupel::code
