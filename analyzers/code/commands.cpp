// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/code/commands.h"

#include <algorithm>
#include <array>
#include <utility>

namespace cupel::code {

namespace {

constexpr std::string_view blanks = " \t\f\r\n";
constexpr std::size_t maxInterpolations = 256;
constexpr std::size_t maxExpression = 256;

constexpr std::array<std::pair<std::string_view, std::string_view>, 42> languages{
    {{"!", "bash"}, {"!!", "bash"}, {"R", "r"}, {"athena", "sql"}, {"bash", "bash"}, {"bigquery", "sql"},
        {"capture", "python"}, {"cmd", "batch"}, {"cython", "python"}, {"html", "html"}, {"HTML", "html"},
        {"javascript", "javascript"}, {"js", "javascript"}, {"julia", "julia"}, {"kql", "kql"}, {"latex", "latex"},
        {"markdown", "markdown"}, {"perl", "perl"}, {"powershell", "powershell"}, {"prun", "python"},
        {"pypy", "python"}, {"python", "python"}, {"python2", "python"}, {"python3", "python"}, {"ruby", "ruby"},
        {"rush", "r"}, {"scala", "scala"}, {"script", "bash"}, {"sh", "bash"}, {"shell", "bash"}, {"spark", "python"},
        {"sparksql", "sql"}, {"sql", "sql"}, {"svg", "html"}, {"SVG", "html"}, {"sx", "bash"}, {"synapse", "python"},
        {"sc", "bash"}, {"system", "bash"}, {"time", "python"}, {"timeit", "python"}, {"zsh", "bash"}}};

bool isWord(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}
bool startsName(char c)
{
    return isWord(c) && !(c >= '0' && c <= '9');
}

ByteRange trimmed(std::string_view source, ByteRange range)
{
    while (!range.empty() && blanks.find(source[range.start]) != std::string_view::npos) {
        ++range.start;
    }
    while (!range.empty() && blanks.find(source[range.end - 1]) != std::string_view::npos) {
        --range.end;
    }
    return range;
}

// A backslash at a line's end joins it with the next.
std::string joinLines(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto end = i + 1;
        while (end < text.size() && (text[end] == ' ' || text[end] == '\r' || text[end] == '\t')) {
            ++end;
        }
        if (text[i] == '\\' && end < text.size() && text[end] == '\n') {
            out.push_back(' ');
            i = end;
        } else {
            out.push_back(text[i]);
        }
    }
    return out;
}

class Reader {
public:
    explicit Reader(std::string_view source)
        : m_source(source)
    {
    }

    Command read(const MagicSpan& span) const
    {
        Command command;
        command.bytes = span.bytes;
        command.body = span.body;
        command.pythonBody = span.pythonBody;
        auto at = span.bytes.start;
        const auto end = std::min<std::uint64_t>(span.bytes.end, m_source.size());
        if (span.kind == MagicSpan::Kind::Help) {
            command.kind = CommandKind::Help;
        } else if (at < end && (m_source[at] == '!' || m_source[at] == '%' || m_source[at] == '?')) {
            const char mark = m_source[at];
            command.kind = mark == '!' ? CommandKind::Shell : mark == '?' ? CommandKind::Help : CommandKind::Line;
            command.kind = span.kind == MagicSpan::Kind::Cell ? CommandKind::Cell : command.kind;
            while (at < end && at < span.bytes.start + 2 && m_source[at] == mark) {
                ++at;
            }
        }
        command.language = command.kind == CommandKind::Shell ? "bash" : "";
        if (command.kind == CommandKind::Line || command.kind == CommandKind::Cell) {
            at = readName(at, end, command);
        }
        command.argumentBytes = trimmed(m_source, {at, end});
        unwrapNested(command);
        command.arguments = joinLines(slice(m_source, command.argumentBytes));
        readTargets(span, command);
        const bool filled = command.kind != CommandKind::Help;
        if (filled) {
            interpolate(command.argumentBytes, command);
        }
        if (command.kind == CommandKind::Cell && command.isShell()) {
            // IPython fills only the line of a %%bash cell; the body's $names are the shell's own.
            interpolateBraces(command.body, command);
        }
        return command;
    }

private:
    std::uint64_t readName(std::uint64_t at, std::uint64_t end, Command& command) const
    {
        while (at < end && m_source[at] == ' ') {
            ++at;
        }
        auto stop = at;
        while (stop < end && (isWord(m_source[stop]) || m_source[stop] == '.' || m_source[stop] == '!')) {
            stop += 1;
            if (m_source[stop - 1] == '!') {
                break;
            }
        }
        command.name = m_source.substr(at, stop - at);
        command.language = languageOfMagic(command.name);
        return stop;
    }

    // %time !ls and %timeit %bash ...: what is inside counts.
    void unwrapNested(Command& command) const
    {
        const auto text = slice(m_source, command.argumentBytes);
        const bool wraps =
            command.name == "time" || command.name == "timeit" || command.name == "capture" || command.name == "prun";
        if (command.kind == CommandKind::Line && wraps && text.starts_with('!')) {
            command.language = "bash";
            command.argumentBytes = trimmed(m_source, {command.argumentBytes.start + 1, command.argumentBytes.end});
        }
        if (command.kind == CommandKind::Line && command.name == "script") {
            command.language.clear();
        }
        if (command.kind == CommandKind::Cell && command.name == "script") {
            const auto first = text.substr(0, text.find_first_of(blanks));
            const auto known = languageOfMagic(first.substr(first.rfind('/') + 1));
            command.language = known.empty() ? std::string(first) : std::string(known);
        }
        if (command.kind == CommandKind::Cell && (command.name == "writefile" || command.name == "file")) {
            const auto name = text.substr(0, text.find_last_not_of("\"' \t\r") + 1);
            command.language = command.pythonBody ? "python"
                : name.ends_with(".sh")           ? "bash"
                : name.ends_with(".html")         ? "html"
                                                  : "text";
        }
    }

    void readTargets(const MagicSpan& span, Command& command) const
    {
        std::string name;
        for (const char c : slice(m_source, span.target)) {
            if (isWord(c)) {
                name.push_back(c);
            } else if (!name.empty()) {
                command.targets.push_back(std::exchange(name, {}));
            }
        }
        if (!name.empty()) {
            command.targets.push_back(name);
        }
        const auto words = splitWords(command.arguments);
        for (std::size_t i = 0; i < words.size(); ++i) {
            const bool option = words[i] == "--out" || words[i] == "--err" || words[i] == "-o";
            if (option && i + 1 < words.size() && command.kind == CommandKind::Cell) {
                command.targets.push_back(words[i + 1]);
            }
        }
        const bool names = command.name == "capture" || command.name == "bigquery";
        const auto first = command.name == "bigquery" ? behindOptions(words) : std::size_t{0};
        if (command.kind == CommandKind::Cell && names && first < words.size() && startsName(words[first].front())) {
            command.targets.push_back(words[first]);
        }
    }

    // %%bigquery --project p df
    static std::size_t behindOptions(const std::vector<std::string>& words)
    {
        constexpr std::array<std::string_view, 6> flags{
            "--use_legacy_sql", "--use_bqstorage_api", "--use_rest_api", "--dry_run", "--verbose", "--no_query_cache"};
        std::size_t at = 0;
        while (at < words.size() && words[at].front() == '-') {
            const bool alone = words[at].find('=') != std::string::npos
                || std::find(flags.begin(), flags.end(), words[at]) != flags.end();
            at += alone ? 1 : 2;
        }
        return at;
    }

    static std::vector<std::string> splitWords(std::string_view text)
    {
        std::vector<std::string> words;
        for (std::size_t at = 0; at < text.size() && words.size() < 64;) {
            at = std::min(text.find_first_not_of(blanks, at), text.size());
            const auto end = std::min(text.find_first_of(blanks, at), text.size());
            if (end > at) {
                words.emplace_back(text.substr(at, end - at));
            }
            at = end;
        }
        return words;
    }

    void interpolate(ByteRange range, Command& command) const
    {
        interpolateBraces(range, command);
        for (auto at = range.start; at + 1 < range.end && command.interpolations.size() < maxInterpolations; ++at) {
            if (m_source[at] != '$' || !startsName(m_source[at + 1]) || (at > 0 && m_source[at - 1] == '$')
                || (at > 0 && m_source[at - 1] == '\\')) {
                continue;
            }
            auto end = at + 1;
            while (end < range.end
                && (isWord(m_source[end])
                    || (m_source[end] == '.' && end + 1 < range.end && startsName(m_source[end + 1])))) {
                ++end;
            }
            command.interpolations.push_back({{at, end}, std::string(m_source.substr(at + 1, end - at - 1))});
            at = end - 1;
        }
    }

    // {expression}; {{ and }} are braces, ${name} is the shell's.
    void interpolateBraces(ByteRange range, Command& command) const
    {
        for (auto at = range.start; at < range.end && command.interpolations.size() < maxInterpolations; ++at) {
            if (m_source[at] != '{' || (at > 0 && m_source[at - 1] == '$')) {
                continue;
            }
            if (at + 1 < range.end && m_source[at + 1] == '{') {
                ++at;
                continue;
            }
            const auto close = m_source.substr(at, std::min<std::uint64_t>(range.end - at, maxExpression)).find('}');
            if (close == std::string_view::npos || close < 2 || !startsName(m_source[at + 1])) {
                continue;
            }
            const auto inside = m_source.substr(at + 1, close - 1);
            // {a,b} and {1..3} are lists of the shell, {print $1} is awk.
            if (inside.find_first_of(",;\n$") == std::string_view::npos && inside.find(' ') == std::string_view::npos) {
                command.interpolations.push_back({{at, at + close + 1}, std::string(inside)});
                at += close;
            }
        }
    }

    std::string_view m_source;
};

} // namespace

std::string_view languageOfMagic(std::string_view name)
{
    const auto hit =
        std::find_if(languages.begin(), languages.end(), [&](const auto& entry) { return entry.first == name; });
    return hit != languages.end() ? hit->second : std::string_view();
}

std::vector<Command> readCommands(std::string_view source, const std::vector<MagicSpan>& spans)
{
    const Reader reader(source);
    std::vector<Command> commands;
    commands.reserve(spans.size());
    for (const auto& span : spans) {
        commands.push_back(reader.read(span));
    }
    return commands;
}

} // namespace cupel::code
