// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/code/magics.h"

#include "analyzers/base/byte_scan.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace cupel::code {

namespace {

constexpr std::string_view blanks = " \t\f\r";

// Cell magics whose body is still Python; any other (%%bash, %%html, %%sql ...) is another language.
constexpr std::array<std::string_view, 19> pythonCellMagics{"capture", "cython", "debug", "heat", "ipytest", "local",
    "lprun", "memit", "mprun", "prun", "pypy", "pyspark", "python", "python3", "run_pytest", "spark", "synapse", "time",
    "timeit"};

// Line magics that run the Python statement behind their options, and options that take the word after them.
constexpr std::array<std::string_view, 6> statementMagics{"time", "timeit", "prun", "memit", "lprun", "mprun"};
constexpr std::string_view optionsWithWord = "nrplsTDfmu";

// What may not stand behind another statement on its line.
constexpr std::array<std::string_view, 10> compound{
    "for", "while", "if", "with", "try", "def", "class", "async", "match", "@"};

constexpr std::array<std::string_view, 6> automagics{
    "pip install ", "pip3 install ", "conda install ", "mamba install ", "pip uninstall ", "uv pip install "};

// Commands of a shell that IPython runs without a mark; sorted.
constexpr std::array<std::string_view, 14> shellWords{
    "cat", "cd", "cp", "less", "lf", "ll", "ln", "ls", "man", "mkdir", "more", "mv", "rm", "rmdir"};
constexpr std::array<std::string_view, 8> operatorWords{"and", "else", "for", "if", "in", "is", "not", "or"}; // sorted

// A file that a cell writes is code when its name says so.
bool writesPython(std::string_view name, std::string_view rest)
{
    const auto end = rest.find_last_not_of(" \t\r\f\"'");
    return (name == "writefile" || name == "file") && end != std::string_view::npos
        && rest.substr(0, end + 1).ends_with(".py");
}

bool isWord(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// Without one of these in it a cell holds no magic of any kind, as most cells do not.
// `cat data/a.csv`, `cd ..`: behind a name no statement of Python goes on with another one. What Python may read,
// such as `ls -l`, is left to it: the name may be a variable.
bool isShellCommand(std::string_view text)
{
    const auto word = text.substr(0, text.find_first_of(" \t"));
    const auto at = text.find_first_not_of(" \t", word.size());
    if (at == std::string_view::npos || !std::binary_search(shellWords.begin(), shellWords.end(), word)) {
        return false;
    }
    const auto rest = text.substr(at);
    const auto next = rest.substr(0, rest.find_first_of(" \t\r"));
    const bool path = rest.starts_with("..") || rest.starts_with("./") || rest.starts_with("~/");
    return path || (isWord(rest.front()) && !std::binary_search(operatorWords.begin(), operatorWords.end(), next));
}

bool startsLikeShell(std::string_view source)
{
    for (std::size_t line = 0; line < source.size();) {
        const auto end = std::min(source.find('\n', line), source.size());
        const char c = source[line];
        if ((c == 'c' || c == 'l' || c == 'm' || c == 'r') && isShellCommand(source.substr(line, end - line))) {
            return true;
        }
        line = end + 1;
    }
    return false;
}

// >>> f(x), ... g(x): copied out of a session of Python, as IPython takes it.
bool holdsPrompts(std::string_view source)
{
    const auto first = source.find_first_not_of(" \t\r\n");
    return first != std::string_view::npos && source.substr(first, 4).starts_with(">>>")
        && (first == 0 || source[first - 1] == '\n');
}

// Prompts become blanks. Lines without one are what the session answered; they stay.
std::string withoutPrompts(std::string_view source)
{
    std::string out(source);
    for (std::size_t line = 0; line < out.size(); line = out.find('\n', line)) {
        line += out[line] == '\n' ? 1 : 0;
        const auto mark = std::string_view(out).substr(line, 4);
        const bool prompt = (mark.starts_with(">>>") || mark.starts_with("...")) && (mark.size() < 4 || mark[3] <= ' ');
        out.replace(line, prompt ? 3 : 0, prompt ? "   " : "");
    }
    return out;
}

bool mayHoldMagics(std::string_view source)
{
    return nextByte(source, 0, isOneOf<'%', '!', '?'>) < source.size() || holdsText(source, "install ")
        || startsLikeShell(source);
}

// Reads a cell line by line and knows, at each line's start, whether a new statement can begin there.
class Blanker {
public:
    Blanker(std::string_view source, std::vector<MagicSpan>* spans)
        : m_text(source)
        , m_spans(spans)
    {
    }

    std::string run() &&
    {
        std::size_t line = 0;
        while (line < m_text.size()) {
            const auto end = std::min(m_text.find('\n', line), m_text.size());
            const auto content = std::min(m_text.find_first_not_of(blanks, line), end);
            if (startsStatement() && content < end && takeMagic(line, content, end)) {
                line = m_next;
                continue;
            }
            readPython(line, end);
            line = end + 1;
        }
        return std::move(m_text);
    }

private:
    [[nodiscard]] bool startsStatement() const { return m_depth == 0 && m_quote == 0 && !m_continued; }

    // Blanks a line that is no Python at all and sets m_next behind it.
    bool takeMagic(std::size_t line, std::size_t content, std::size_t end)
    {
        const bool first = !m_sawContent;
        m_sawContent = true;
        const char c = m_text[content];
        if (first && c == '%' && content + 1 < end && m_text[content + 1] == '%') {
            const bool python = isPythonCellMagic(content + 2, end);
            const auto body = std::min(end + 1, m_text.size());
            note({MagicSpan::Kind::Cell, {content, end}, {body, m_text.size()}, python, {}});
            blank(content, python ? end : m_text.size());
            m_next = python ? end + 1 : m_text.size();
            return true;
        }
        if (const auto statement = c == '%' ? statementBehind(content, end) : 0; statement != 0) {
            note({MagicSpan::Kind::Line, {content, end}, {}, true, {}});
            blank(content, statement);
            m_text[content + 1] = ';';
            readPython(statement, end);
            m_next = end + 1;
            return true;
        }
        if (c == '%' || c == '!' || c == '?' || isAutomagic(content, end)) {
            m_next = blankContinued(content, end);
            return true;
        }
        if (endsWithQuestion(line, end)) {
            note({MagicSpan::Kind::Help, {content, end}, {}, false, {}});
            blank(content, end);
            m_next = end + 1;
            return true;
        }
        return false;
    }

    // Where the statement of `%timeit -n 5 f(x)` begins; 0: there is none that a parser could read on this line.
    [[nodiscard]] std::size_t statementBehind(std::size_t content, std::size_t end) const
    {
        const auto word = [&](std::size_t from) {
            auto stop = from;
            while (stop < end && blanks.find(m_text[stop]) == std::string_view::npos) {
                ++stop;
            }
            return std::string_view(m_text).substr(from, stop - from);
        };
        const auto skip = [&](std::size_t from) { return std::min(m_text.find_first_not_of(blanks, from), end); };
        const auto name = word(content + 1);
        if (std::find(statementMagics.begin(), statementMagics.end(), name) == statementMagics.end()) {
            return 0;
        }
        auto at = skip(content + 1 + name.size());
        while (at < end && m_text[at] == '-') {
            const auto option = word(at);
            const bool takes = option.size() == 2 && optionsWithWord.find(option[1]) != std::string_view::npos;
            at = skip(at + option.size());
            at = takes ? skip(at + word(at).size()) : at;
        }
        const auto first = word(at);
        const auto letters = first.substr(0, first.find_first_of("(:[{"));
        const bool other = at >= end || m_text[at] == '!' || m_text[at] == '%' || m_text[at] == '?' || m_text[at] == '#'
            || std::find(compound.begin(), compound.end(), letters) != compound.end();
        return other ? 0 : at;
    }

    // `pip install x` without a mark: IPython runs it, and no Python statement looks like it.
    [[nodiscard]] bool isAutomagic(std::size_t content, std::size_t end) const
    {
        const auto text = std::string_view(m_text).substr(content, end - content);
        return isShellCommand(text)
            || std::any_of(automagics.begin(), automagics.end(), [&](auto start) { return text.starts_with(start); });
    }

    [[nodiscard]] bool isPythonCellMagic(std::size_t name, std::size_t end) const
    {
        std::size_t stop = name;
        while (stop < end && isWord(m_text[stop])) {
            ++stop;
        }
        const auto word = std::string_view(m_text).substr(name, stop - name);
        return std::find(pythonCellMagics.begin(), pythonCellMagics.end(), word) != pythonCellMagics.end()
            || writesPython(word, std::string_view(m_text).substr(stop, end - stop));
    }

    // A shell command goes on over lines that end with a backslash.
    std::size_t blankContinued(std::size_t from, std::size_t end, ByteRange target = {})
    {
        bool more = true;
        while (more) {
            const auto last = m_text.find_last_not_of(blanks, end == 0 ? 0 : end - 1);
            more = last != std::string::npos && last >= from && m_text[last] == '\\' && end < m_text.size();
            if (more) {
                end = std::min(m_text.find('\n', end + 1), m_text.size());
            }
        }
        note({MagicSpan::Kind::Line, {from, end}, {}, false, target});
        blank(from, end);
        return end + 1;
    }

    void note(const MagicSpan& span) const
    {
        if (m_spans) {
            m_spans->push_back(span);
        }
    }

    // name? and name??: no Python statement has its last character there, but a string or a comment may.
    [[nodiscard]] bool endsWithQuestion(std::size_t line, std::size_t end) const
    {
        const auto text = std::string_view(m_text).substr(line, end - line);
        const auto last = text.find_last_not_of(blanks);
        return last != std::string_view::npos && text[last] == '?'
            && text.find_first_of("#'\"") == std::string_view::npos;
    }

    void blank(std::size_t from, std::size_t to)
    {
        for (std::size_t i = from; i < to; ++i) {
            if (m_text[i] != '\n' && m_text[i] != '\r') {
                m_text[i] = ' ';
            }
        }
        if (from < to) {
            m_text[from] = '0';
        }
    }

    // Follows strings, comments and brackets; x = !ls and x = %magic lose their right side.
    void readPython(std::size_t at, std::size_t end)
    {
        m_continued = false;
        bool assigned = false;
        const auto line = at;
        std::size_t equals = at;
        while (at < end) {
            const char c = m_text[at];
            if (m_quote != 0) {
                at = readString(at, end);
                continue;
            }
            if (c == '#') {
                break;
            }
            if (assigned && (c == '!' || c == '%')) {
                const auto statement = c == '%' ? statementBehind(at, end) : 0;
                if (statement == 0) {
                    blankContinued(at, end, {line, equals});
                    break;
                }
                at = assignedStatement(at, statement, end);
                assigned = false;
                continue;
            }
            equals = isAssignment(at, end) ? at : equals;
            assigned = isAssignment(at, end) || (assigned && blanks.find(c) != std::string_view::npos);
            at = readMark(at, end);
        }
        if (m_quote != 0 && !m_triple && !m_continued) {
            m_quote = 0; // a string that is not closed ends with its line
        }
    }

    // x = %time f() is given what f() gives; x = %timeit -o f() is given something about it: "x = 0;      f()".
    std::size_t assignedStatement(std::size_t at, std::size_t statement, std::size_t end)
    {
        const auto name = std::string_view(m_text).substr(at + 1, statement - at - 1);
        const bool gives = name.starts_with("time") && name.size() > 4 && !isWord(name[4]);
        note({MagicSpan::Kind::Line, {at, end}, {}, true, {}});
        blank(at, statement);
        m_text[at] = gives ? ' ' : '0';
        m_text[at + 1] = gives ? ' ' : ';';
        return statement;
    }

    [[nodiscard]] bool isAssignment(std::size_t at, std::size_t end) const
    {
        constexpr std::string_view joined = "=!<>:+-*/%&|^@~";
        return m_text[at] == '=' && m_depth == 0 && (at + 1 >= end || m_text[at + 1] != '=')
            && (at == 0 || joined.find(m_text[at - 1]) == std::string_view::npos);
    }

    std::size_t readMark(std::size_t at, std::size_t end)
    {
        const char c = m_text[at];
        if (c == '\'' || c == '"') {
            m_quote = c;
            m_triple = at + 2 < end && m_text[at + 1] == c && m_text[at + 2] == c;
            return at + (m_triple ? 3 : 1);
        }
        if (c == '(' || c == '[' || c == '{') {
            ++m_depth;
        } else if ((c == ')' || c == ']' || c == '}') && m_depth > 0) {
            --m_depth;
        } else if (c == '\\' && isLineEnd(at + 1, end)) {
            m_continued = true;
        }
        return at + 1;
    }

    // One step inside a string.
    std::size_t readString(std::size_t at, std::size_t end)
    {
        const char c = m_text[at];
        if (c == '\\') {
            m_continued = isLineEnd(at + 1, end);
            return at + 2;
        }
        if (c != m_quote) {
            return at + 1;
        }
        if (!m_triple) {
            m_quote = 0;
            return at + 1;
        }
        const bool closes = at + 2 < end && m_text[at + 1] == c && m_text[at + 2] == c;
        if (closes) {
            m_quote = 0;
        }
        return at + (closes ? 3 : 1);
    }

    [[nodiscard]] bool isLineEnd(std::size_t at, std::size_t end) const
    {
        return at >= end || (m_text[at] == '\r' && at + 1 >= end);
    }

    std::string m_text;
    std::vector<MagicSpan>* m_spans;
    std::size_t m_next = 0;
    std::size_t m_depth = 0;
    char m_quote = 0;
    bool m_triple = false;
    bool m_continued = false; // the line before ended with a backslash
    bool m_sawContent = false;
};

} // namespace

std::string withoutMagics(std::string_view source)
{
    auto plain = holdsPrompts(source) ? withoutPrompts(source) : std::string(source);
    return mayHoldMagics(plain) ? Blanker(plain, nullptr).run() : plain;
}

std::string withoutMagics(std::string_view source, std::vector<MagicSpan>& spans)
{
    auto plain = holdsPrompts(source) ? withoutPrompts(source) : std::string(source);
    return mayHoldMagics(plain) ? Blanker(plain, &spans).run() : plain;
}

} // namespace cupel::code
