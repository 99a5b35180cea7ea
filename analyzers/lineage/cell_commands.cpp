// SPDX-License-Identifier: GPL-3.0-or-later
// Magics and shell lines: what they read from Python and which names they set.
#include "analyzers/lineage/cell_walker.h"

#include <algorithm>
#include <cctype>
#include <string>

namespace cupel::lineage {

using code::Command;
using code::CommandKind;

namespace {

bool isWord(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

bool isName(std::string_view text)
{
    return !text.empty() && std::isdigit(static_cast<unsigned char>(text[0])) == 0
        && std::all_of(text.begin(), text.end(), isWord);
}

// The word at `at`, moving it behind.
std::string_view nextWord(std::string_view text, std::size_t& at)
{
    at = std::min(text.find_first_not_of(" \t\r\n", at), text.size());
    const auto end = std::min(text.find_first_of(" \t\r\n", at), text.size());
    const auto word = text.substr(at, end - at);
    at = end;
    return word;
}

std::string_view withoutQuotes(std::string_view text)
{
    while (!text.empty() && (text.front() == '"' || text.front() == '\'')) {
        text.remove_prefix(1);
    }
    while (!text.empty() && (text.back() == '"' || text.back() == '\'')) {
        text.remove_suffix(1);
    }
    return text;
}

bool isOneOf(std::string_view name, std::initializer_list<std::string_view> names)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

} // namespace

// A command was replaced by the number 0 where it begins.
bool CellWalker::visitCommand(std::uint32_t node)
{
    const auto start = tree()[node].start;
    const auto& list = m_cell.commands;
    const auto hit = std::lower_bound(
        list.begin(), list.end(), start, [](const Command& entry, auto at) { return entry.bytes.start < at; });
    if (hit == list.end() || hit->bytes.start != start) {
        return false;
    }
    commandNames(*hit);
    return true;
}

// Names in a piece of Python: reads that nobody insists on, since it may be text after all.
void CellWalker::readWords(std::string_view text, ByteRange bytes)
{
    char quote = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (quote != 0 || c == '"' || c == '\'') {
            quote = quote == 0 ? c : c == quote ? 0 : quote;
            continue;
        }
        if (!isWord(c)) {
            continue;
        }
        auto end = at;
        while (end < text.size() && isWord(text[end])) {
            ++end;
        }
        const auto word = text.substr(at, end - at);
        const bool attribute = at > 0 && text[at - 1] == '.';
        if (isName(word) && !attribute && m_budget.spend(word.size())) {
            NameEvent made;
            made.name = m_file.names.of(word);
            made.start = static_cast<std::uint32_t>(bytes.start);
            made.end = static_cast<std::uint32_t>(bytes.end);
            made.guarded = true;
            made.maybe = m_branches > 0;
            emit(made);
        }
        at = end - 1;
    }
}

void CellWalker::say(const Command& command, NameAct act, std::string_view name)
{
    NameEvent made;
    made.act = act;
    made.name = name.empty() ? noName : m_file.names.of(name);
    made.start = static_cast<std::uint32_t>(command.bytes.start);
    made.end = static_cast<std::uint32_t>(command.bytes.end);
    made.maybe = m_branches > 0;
    made.guarded = act == NameAct::Read;
    if (act == NameAct::Define) {
        scope().bound.insert(made.name);
    }
    emit(made);
}

void CellWalker::storeNames(const Command& command)
{
    const std::string_view arguments = command.arguments;
    std::size_t at = 0;
    const auto first = nextWord(arguments, at);
    const bool restores = first == "-r";
    auto word = restores ? nextWord(arguments, at) : first;
    if (restores && word.empty()) {
        say(command, NameAct::Open, "");
    }
    for (; !word.empty(); word = nextWord(arguments, at)) {
        if (isName(word)) {
            say(command, restores ? NameAct::Define : NameAct::Read, word);
        }
    }
}

// %%sql x << and %%R -i x -o y.
void CellWalker::argumentTargets(const Command& command)
{
    const std::string_view name = command.name;
    const std::string_view arguments = command.arguments;
    for (std::size_t at = 0; at < arguments.size();) {
        const auto word = nextWord(arguments, at);
        if (word == "<<") { // %%sql x <<
            const auto before = arguments.substr(0, arguments.find("<<"));
            const auto end = before.find_last_not_of(" \t");
            const auto begin = end == std::string_view::npos ? end : before.find_last_of(" \t", end);
            const auto target = before.substr(begin + 1, end - begin);
            if (end != std::string_view::npos && isName(target)) {
                say(command, NameAct::Define, target);
            }
        } else if ((word == "-i" || word == "-o") && name == "R") {
            auto rest = nextWord(arguments, at);
            while (!rest.empty()) {
                const auto piece = rest.substr(0, rest.find(','));
                if (isName(piece)) {
                    say(command, word == "-i" ? NameAct::Read : NameAct::Define, piece);
                }
                rest.remove_prefix(std::min(piece.size() + 1, rest.size()));
            }
        }
    }
}

void CellWalker::commandNames(const Command& command)
{
    for (const auto& entry : command.interpolations) {
        readWords(entry.expression, entry.bytes);
    }
    const std::string_view name = command.name;
    const std::string_view arguments = command.arguments;
    std::size_t at = 0;
    if (command.kind == CommandKind::Help) {
        readWords(slice(m_cell.text, command.bytes), command.bytes);
    } else if (command.isShell()) {
        say(command, NameAct::Read, "<cwd>");
        for (auto word = nextWord(arguments, at); !word.empty(); word = nextWord(arguments, at)) {
            if (word.ends_with(".py")) {
                say(command, NameAct::Read, "<file:" + std::string(withoutQuotes(word)) + ">");
            }
        }
    } else if (isOneOf(name, {"time", "timeit", "prun", "lprun", "memit", "mprun", "psource", "pinfo", "pdoc"})) {
        if (command.pythonBody) {
            return; // it stands in the tree
        }
        readWords(arguments, command.bytes);
        const auto equals = arguments.find('=');
        const auto target = arguments.substr(0, arguments.find_last_not_of(" \t", equals - 1) + 1);
        if (name == "time" && equals != std::string_view::npos && equals > 0 && isName(target)) {
            say(command, NameAct::Define, target);
        }
    } else if (name == "pylab" || name == "run" || name == "load" || name == "loadpy" || name == "rerun") {
        say(command, NameAct::Open, "");
        say(command, NameAct::Read, "<file:" + std::string(withoutQuotes(nextWord(arguments, at))) + ">");
        say(command, NameAct::Read, "<cwd>");
    } else if (name == "store") {
        storeNames(command);
    } else if (name == "cd" || name == "pushd" || name == "popd") {
        say(command, NameAct::Change, "<cwd>");
    } else if (name == "env" || name == "set_env") {
        say(command, NameAct::Change, "<os.environ>");
    } else if (name == "writefile" || name == "file") {
        const auto word = nextWord(arguments, at);
        say(command, NameAct::Define,
            "<file:" + std::string(withoutQuotes(word == "-a" ? nextWord(arguments, at) : word)) + ">");
    }
    if (command.kind != CommandKind::Cell && name != "R" && name.find("sql") == std::string_view::npos) {
        return; // x = !ls is bound by the assignment around it
    }
    argumentTargets(command);
    for (const auto& target : command.targets) {
        if (isName(target)) {
            say(command, NameAct::Define, target);
        }
    }
}

} // namespace cupel::lineage
