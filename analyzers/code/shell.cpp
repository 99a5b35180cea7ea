// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/code/shell.h"

#include <algorithm>
#include <array>

namespace cupel::code {

namespace {

constexpr std::size_t maxCommands = 20'000;
constexpr std::size_t maxDepth = 16; // of $( in $( in $( ...
constexpr std::size_t maxWord = 64 << 10;

bool isWordChar(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

class ShellReader {
public:
    ShellReader(std::string_view text, Budget& budget)
        : m_text(text)
        , m_budget(budget)
    {
    }

    std::vector<ShellCommand> run()
    {
        m_levels.push_back({-1, begin(ShellCommand::Join::Start, -1), 0});
        while (m_at < m_text.size() && m_commands.size() < maxCommands && m_budget.spend(1)) {
            step();
        }
        endWord();
        return std::move(m_commands);
    }

private:
    struct Level {
        std::int32_t parent; // command outside
        std::int32_t command; // being read
        char close; // ')' or '`'
    };

    std::int32_t begin(ShellCommand::Join join, std::int32_t inside)
    {
        ShellCommand command;
        command.join = join;
        command.inside = inside;
        command.bytes = {m_at, m_at};
        m_commands.push_back(std::move(command));
        return static_cast<std::int32_t>(m_commands.size() - 1);
    }
    ShellCommand& current() { return m_commands[static_cast<std::size_t>(m_levels.back().command)]; }
    [[nodiscard]] char peek(std::size_t ahead = 0) const
    {
        return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : '\0';
    }

    void step()
    {
        const char c = peek();
        if (m_quote == '\'') {
            quotedStep(c);
            return;
        }
        if (c == '\\') {
            escape();
            return;
        }
        if (c == '$' && peek(1) == '(' && m_levels.size() < maxDepth) {
            open(2, ')');
            return;
        }
        if (c == '`') {
            backtick();
            return;
        }
        if (m_quote == '"') {
            quotedStep(c);
            return;
        }
        plainStep(c);
    }

    void quotedStep(char c)
    {
        if (c == m_quote) {
            m_quote = 0;
        } else {
            noteDynamic(c);
            add(c);
        }
        ++m_at;
    }

    void plainStep(char c)
    {
        switch (c) {
        case '\'':
        case '"':
            startWord();
            m_word.quoted = true;
            m_quote = c;
            break;
        case ' ':
        case '\t':
        case '\r':
            endWord();
            break;
        case '\n':
        case ';':
            next(ShellCommand::Join::Sequence);
            break;
        case '&':
        case '|':
            control(c);
            break;
        case '<':
        case '>':
            redirect(c);
            return;
        case '(':
        case ')':
            bracket(c);
            return;
        case '#':
            if (!m_inWord) {
                m_at = std::min(m_text.find('\n', m_at), m_text.size());
                return;
            }
            add(c);
            break;
        default:
            noteDynamic(c);
            add(c);
        }
        ++m_at;
    }

    void control(char c)
    {
        if (c == '&' && peek(1) == '>') {
            return; // &> file
        }
        const bool doubled = peek(1) == c;
        if (c == '|') {
            next(doubled ? ShellCommand::Join::Or : ShellCommand::Join::Pipe);
            m_at += !doubled && peek(1) == '&' ? 1 : 0;
        } else {
            next(doubled ? ShellCommand::Join::And : ShellCommand::Join::Sequence);
        }
        m_at += doubled ? 1 : 0;
    }

    void bracket(char c)
    {
        if (c == ')' && m_levels.size() > 1 && m_levels.back().close == ')') {
            closeLevel();
        } else {
            next(ShellCommand::Join::Sequence); // a subshell in brackets
        }
        ++m_at;
    }

    void redirect(char c)
    {
        if (peek(1) == '(' && m_levels.size() < maxDepth) {
            open(2, ')');
            return;
        }
        const bool number = m_inWord && m_word.text.size() == 1 && m_word.text[0] >= '0' && m_word.text[0] <= '9';
        if (number) {
            m_inWord = false;
            m_word = {};
        }
        endWord();
        const bool doubled = peek(1) == c;
        m_at += doubled ? 2 : 1;
        if (peek() == '&') {
            ++m_at; // 2>&1, >& file
        }
        m_redirect = c == '>' && doubled ? 'a' : c;
    }

    void escape()
    {
        const char following = peek(1);
        if (following == '\n' || (following == '\r' && peek(2) == '\n')) {
            endWord();
            m_at += following == '\n' ? 2 : 3;
            return;
        }
        startWord();
        if (m_quote == '"' && following != '"' && following != '\\' && following != '$' && following != '`') {
            add('\\');
            ++m_at;
            return;
        }
        if (following != '\0') {
            add(following);
        }
        m_at = std::min(m_at + 2, m_text.size());
    }

    void backtick()
    {
        if (m_levels.size() > 1 && m_levels.back().close == '`') {
            closeLevel();
            ++m_at;
        } else if (m_levels.size() < maxDepth) {
            open(1, '`');
        } else {
            ++m_at;
        }
    }

    // What is inside becomes commands of its own; the word around it goes on afterwards.
    void open(std::size_t skip, char close)
    {
        startWord();
        m_word.dynamic = true;
        m_saved.push_back({std::move(m_word), m_quote, m_inWord});
        m_word = {};
        m_inWord = false;
        m_quote = 0;
        const auto parent = m_levels.back().command;
        m_at += skip;
        m_levels.push_back({parent, 0, close});
        m_levels.back().command = begin(ShellCommand::Join::Start, parent);
    }
    void closeLevel()
    {
        endWord();
        m_levels.pop_back();
        m_word = std::move(m_saved.back().word);
        m_quote = m_saved.back().quote;
        m_inWord = true;
        m_saved.pop_back();
    }

    void next(ShellCommand::Join join)
    {
        endWord();
        if (current().words.empty() && current().assignments.empty()) {
            current().join = current().join == ShellCommand::Join::Start ? ShellCommand::Join::Start : join;
            current().bytes = {m_at + 1, m_at + 1};
            return;
        }
        m_levels.back().command = begin(join, m_levels.back().parent);
    }

    void startWord()
    {
        if (!m_inWord) {
            m_inWord = true;
            m_word.bytes.start = m_at;
        }
    }
    void add(char c)
    {
        startWord();
        if (m_word.text.size() < maxWord) {
            m_word.text.push_back(c);
        }
    }
    void noteDynamic(char c)
    {
        if (c == '$' && (isWordChar(peek(1)) || peek(1) == '{' || peek(1) == '@' || peek(1) == '*')) {
            startWord();
            m_word.dynamic = true;
        }
        if (c == '{' && isWordChar(peek(1))) {
            startWord();
            m_word.dynamic = true;
        }
    }

    void endWord()
    {
        if (!m_inWord) {
            return;
        }
        m_inWord = false;
        m_word.bytes.end = m_at;
        auto& command = current();
        if (m_redirect != 0) {
            command.redirects.push_back({m_redirect, std::move(m_word.text)});
            m_redirect = 0;
        } else if (command.words.empty() && isAssignment(m_word)) {
            command.assignments.push_back(std::move(m_word.text));
        } else {
            if (command.words.empty()) {
                command.bytes.start = m_word.bytes.start;
            }
            command.words.push_back(std::move(m_word));
        }
        command.bytes.end = m_at;
        m_word = {};
    }
    static bool isAssignment(const ShellWord& word)
    {
        const auto equals = word.text.find('=');
        return equals != std::string::npos && equals > 0
            && std::all_of(word.text.begin(), word.text.begin() + static_cast<std::ptrdiff_t>(equals), isWordChar);
    }

    struct Saved {
        ShellWord word;
        char quote;
        bool inWord;
    };
    std::string_view m_text;
    Budget& m_budget;
    std::vector<ShellCommand> m_commands;
    std::vector<Level> m_levels;
    std::vector<Saved> m_saved;
    ShellWord m_word;
    std::size_t m_at = 0;
    bool m_inWord = false;
    char m_quote = 0;
    char m_redirect = 0;
};

// Programs that run another one.
constexpr std::array<std::string_view, 15> wrappers{"sudo", "doas", "env", "nohup", "exec", "time", "nice", "command",
    "stdbuf", "setsid", "timeout", "then", "do", "else", "builtin"};

std::string_view baseName(std::string_view path)
{
    return path.substr(path.rfind('/') + 1);
}

} // namespace

std::size_t ShellCommand::programAt() const
{
    std::size_t at = 0;
    bool wrapped = false;
    while (at < words.size()) {
        const auto name = baseName(words[at].text);
        const bool isWrapper = std::find(wrappers.begin(), wrappers.end(), name) != wrappers.end();
        const bool option = wrapped
            && (name.starts_with('-') || name.find('=') != std::string_view::npos
                || (!name.empty() && name[0] >= '0' && name[0] <= '9'));
        if (!isWrapper && !option) {
            return at;
        }
        wrapped = true;
        ++at;
    }
    return at;
}

std::string_view ShellCommand::program() const
{
    const auto at = programAt();
    return at < words.size() ? baseName(words[at].text) : std::string_view();
}

bool ShellCommand::has(std::string_view word) const
{
    return std::any_of(words.begin(), words.end(), [&](const ShellWord& entry) { return entry.text == word; });
}

bool ShellCommand::hasOption(char letter, std::string_view word) const
{
    return std::any_of(words.begin(), words.end(), [&](const ShellWord& entry) {
        const std::string_view text = entry.text;
        if (text.starts_with("--")) {
            const auto name = text.substr(2);
            return !word.empty() && name.starts_with(word) && (name.size() == word.size() || name[word.size()] == '=');
        }
        return letter != 0 && text.size() > 1 && text[0] == '-' && text.find(letter, 1) != std::string_view::npos;
    });
}

bool ShellCommand::elevated() const
{
    return std::any_of(
        words.begin(), words.end(), [](const ShellWord& word) { return word.text == "sudo" || word.text == "doas"; });
}

std::vector<ShellCommand> readShell(std::string_view text, Budget& budget)
{
    return ShellReader(text, budget).run();
}

} // namespace cupel::code
