// SPDX-License-Identifier: GPL-3.0-or-later
// What magics bring in.
#include "analyzers/lineage/trace.h"

#include "analyzers/lineage/words.h"

#include <algorithm>
#include <cctype>

namespace cupel::lineage {

namespace {

using code::Syntax;

std::string_view firstWord(std::string_view text)
{
    const auto from = std::min(text.find_first_not_of(" \t"), text.size());
    auto word = text.substr(from, text.find_first_of(" \t\r\n", from) - from);
    if (word.size() > 1 && (word.front() == '"' || word.front() == '\'') && word.back() == word.front()) {
        word = word.substr(1, word.size() - 2);
    }
    return word;
}

} // namespace

void Trace::runCommands(std::uint32_t upTo)
{
    const auto& commands = cellOf(m_unit).commands;
    while (m_nextCommand < commands.size() && commands[m_nextCommand].bytes.start < upTo) {
        command(commands[m_nextCommand++]);
    }
}

void Trace::command(const code::Command& command)
{
    const auto where = commandPlace(command.bytes);
    if (command.name == "run" || command.name == "load") {
        const auto path = joinPath(folder(), firstWord(command.arguments));
        auto file = m_files.find(path);
        if (!file) {
            file = m_files.find(path + ".ipynb");
        }
        if (const auto written = m_modules.find(path); !file && written != m_modules.end()) { // by a cell before
            for (const auto& [name, value] : std::unordered_map(m_scopes[written->second].names)) {
                setName(m_scope, name, value);
            }
            return;
        }
        if (file && file != m_units[m_unit].file && m_modules.size() < maxModules
            && m_modules.emplace("%run " + file->path, m_scope).second) {
            const auto from = m_out.node(NodeKind::Cell, "cell:" + file->path,
                file->path.substr(file->path.rfind('/') + 1), Place{m_out.file(*file), -1, -1, 1, -1, {}});
            m_out.edge(
                from, cellNode(m_unit), EdgeKind::Runs, "magic:%run", "it runs this file in its own names", where);
            m_frames.emplace_back();
            runFile(file, m_scope);
            m_frames.pop_back();
        }
        return;
    }
    if (command.name == "store" && command.kind == code::CommandKind::Line) {
        return store(command.arguments, where);
    }
    if (command.name == "cd") {
        const auto folderNow = firstWord(command.arguments);
        m_directory = folderNow.empty() ? m_directory : joinPath(workingFolder(), folderNow);
        return;
    }
    if (command.kind == code::CommandKind::Cell && (command.name == "writefile" || command.name == "file")) {
        const auto filled = filledIn(command.arguments);
        auto path = std::string_view(filled);
        if (path.starts_with("-a")) {
            path.remove_prefix(2);
        }
        const auto locator = readLocator(firstWord(path), workingFolder(), "path", false);
        const auto node = m_out.located(locator, "%%writefile", where);
        m_out.edge(cellNode(m_unit), node, EdgeKind::Writes, "magic:%%writefile",
            "the text of the cell is written here", where);
        m_out.sink(node, locator.kind, locator.value, where, {});
        runWritten(m_unit, joinPath(workingFolder(), firstWord(path)));
        return;
    }
    if (command.language == "sql") {
        return sqlMagic(command, where);
    }
    if (command.isShell()) {
        const auto range = command.shellBytes();
        const auto written = slice(cellOf(m_unit).text, range);
        // IPython fills names into lines; cells of another language are taken as they stand.
        shell(command.kind == code::CommandKind::Cell ? std::string(written) : filledIn(written), where);
    }
    for (const auto& target : command.targets) {
        const auto ref = object({}, Syntax::none);
        setName(m_scope, keep(target), ref);
    }
}

// $name and {name} in a magic, where they are known texts.
std::string Trace::filledIn(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size() && out.size() < maxText; ++i) {
        const bool braces = text[i] == '{';
        if (!braces && text[i] != '$') {
            out += text[i];
            continue;
        }
        auto end = i + 1;
        while (end < text.size() && (std::isalnum(static_cast<unsigned char>(text[end])) != 0 || text[end] == '_')) {
            ++end;
        }
        const auto name = text.substr(i + 1, end - i - 1);
        const auto* value = name.empty() ? nullptr : findName(name);
        const bool whole = !braces || (end < text.size() && text[end] == '}');
        if (value && whole && at(*value).kind == ThingKind::Text) {
            out += at(*value).text;
            i = braces ? end : end - 1;
        } else {
            out += text[i];
        }
    }
    return out;
}

// %store x keeps a variable for other notebooks; %store -r x brings it back.
void Trace::store(std::string_view arguments, const Place& where)
{
    bool restores = false;
    for (auto rest = arguments; !rest.empty();) {
        const auto word = firstWord(rest);
        const auto at_ = rest.find(word);
        rest.remove_prefix(word.empty() ? rest.size() : std::min(at_ + word.size(), rest.size()));
        if (word.starts_with('-')) {
            restores = restores || word == "-r";
            continue;
        }
        if (word.empty()) {
            continue;
        }
        const auto name = keep(std::string(word));
        const auto node = m_out.node(NodeKind::Artifact, "store:" + std::string(word), word, where);
        if (restores) {
            setName(m_scope, name, fromSource(node, {}, Syntax::none));
        } else if (const auto* value = findName(name)) {
            for (const auto from : at(*value).from) {
                m_out.edge(from, node, EdgeKind::Writes, "magic:%store", "it is kept for other notebooks", where);
            }
        }
    }
}

} // namespace cupel::lineage
