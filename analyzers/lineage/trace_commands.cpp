// SPDX-License-Identifier: GPL-3.0-or-later
// What magics bring in.
#include "analyzers/lineage/trace.h"

#include "analyzers/lineage/script_calls.h"
#include "analyzers/lineage/words.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <utility>

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
        return runMagic(filledIn(command.arguments), where);
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
        writeFile(filledIn(command.arguments), where);
        return;
    }
    if (command.language == "sql") {
        return sqlMagic(command, where);
    }
    if (command.isShell()) {
        const auto range = command.shellBytes();
        const auto written = slice(cellOf(m_unit).text, range);
        // IPython fills names into lines; cells of another language are taken as they stand.
        shell(
            command.kind == code::CommandKind::Cell ? std::string(written) : filledIn(written), where, workingFolder());
    }
    for (const auto& target : command.targets) {
        const auto ref = object({}, Syntax::none);
        setName(m_scope, keep(target), ref);
    }
}

// %%writefile -a train.py
void Trace::writeFile(std::string_view arguments, const Place& where)
{
    if (arguments.starts_with("-a")) {
        arguments.remove_prefix(2);
    }
    const auto locator = readLocator(firstWord(arguments), workingFolder(), "path", false);
    const auto node = m_out.located(locator, "%%writefile", where);
    m_out.edge(
        cellNode(m_unit), node, EdgeKind::Writes, "magic:%%writefile", "the text of the cell is written here", where);
    m_out.sink(node, locator.kind, locator.value, where, {});
    runWritten(m_unit, joinPath(workingFolder(), firstWord(arguments)));
}

// %run script.py --data a.csv, %run -i notebook.ipynb, %run -m package.step
void Trace::runMagic(std::string_view arguments, const Place& where)
{
    auto options = std::string_view(arguments);
    bool module = false;
    for (auto word = firstWord(options); word.size() > 1 && word.front() == '-'; word = firstWord(options)) {
        options.remove_prefix(std::min(options.find(word) + word.size(), options.size()));
        module = module || word == "-m";
    }
    std::string named(firstWord(options));
    if (module) {
        std::replace(named.begin(), named.end(), '.', '/');
    }
    FileFinder::Start start{workingFolder(), {}};
    ParsedFilePtr file;
    auto path = joinPath(folder(), named);
    for (const auto& base : {folder(), workingFolder()}) {
        for (const std::string_view ending : {"", ".py", ".ipynb"}) {
            file = file ? file : m_files.find(joinPath(base, named + std::string(ending)));
        }
    }
    if (const auto written = m_modules.find(path); !file && written != m_modules.end()) { // by a cell before
        for (const auto& [name, value] : std::unordered_map(m_scopes[written->second].names)) {
            setName(m_scope, name, value);
        }
        return;
    }
    if (!file || file == m_units[m_unit].file) {
        return;
    }
    for (const auto& call : scriptCalls("python " + std::string(options), {}, m_budget)) {
        start.arguments = call.arguments;
    }
    if (!file->notebook && m_out.graph().starts.size() < maxListed) {
        m_out.graph().starts.push_back({file->path, start.cwd, start.arguments});
    }
    if (m_modules.size() < maxModules && m_modules.emplace("%run " + file->path, m_scope).second) {
        const auto from = m_out.node(NodeKind::Cell, "cell:" + file->path, file->path.substr(file->path.rfind('/') + 1),
            Place{m_out.file(*file), -1, -1, 1, -1, {}});
        m_out.edge(from, cellNode(m_unit), EdgeKind::Runs, "magic:%run", "it runs this file in its own names", where);
        m_frames.emplace_back();
        auto before = std::exchange(m_starts, std::vector{std::move(start)});
        runFile(file, m_scope);
        m_starts = std::move(before);
        m_frames.pop_back();
    }
}

// cfg.data["train"] in {cfg.data["train"]:>3}: names, attributes, constant keys. 0: anything else, or unknown.
Ref Trace::namedBy(std::string_view expression)
{
    std::size_t end = 0;
    const auto word = [&expression, &end] {
        const auto from = end;
        while (end < expression.size()
            && (std::isalnum(static_cast<unsigned char>(expression[end])) != 0 || expression[end] == '_')) {
            ++end;
        }
        return expression.substr(from, end - from);
    };
    const auto* first = findName(word());
    auto ref = first ? *first : Ref{0};
    while (ref != 0 && end < expression.size()) {
        if (expression[end] == '.') {
            ++end;
            ref = at(ref).member(word());
        } else if (expression[end] == '[') {
            const auto close = std::min(expression.find(']', end), expression.size());
            auto key = expression.substr(end + 1, close - end - 1);
            end = std::min(close + 1, expression.size());
            const bool quotes =
                key.size() > 1 && (key.front() == '"' || key.front() == '\'') && key.back() == key.front();
            std::size_t place = 0;
            const auto done = std::from_chars(key.data(), key.data() + key.size(), place);
            const bool number = done.ec == std::errc() && done.ptr == key.data() + key.size();
            ref = quotes                                 ? at(ref).member(key.substr(1, key.size() - 2))
                : number && place < at(ref).items.size() ? at(ref).items[place]
                                                         : Ref{0};
        } else {
            return expression[end] == ':' || expression[end] == '!' ? ref : Ref{0}; // {rate:.2f}
        }
    }
    return ref;
}

// $name and {name} in a magic, where they are known texts and numbers.
std::string Trace::filledIn(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size() && out.size() < maxConstant; ++i) {
        const bool braces = text[i] == '{';
        if (!braces && text[i] != '$') {
            out += text[i];
            continue;
        }
        auto end = i + 1;
        if (braces) {
            end = std::min(text.find_first_of("{}\n", end), text.size());
        }
        while (!braces && end < text.size()
            && (std::isalnum(static_cast<unsigned char>(text[end])) != 0 || text[end] == '_')) {
            ++end;
        }
        const bool whole = !braces || (end < text.size() && text[end] == '}');
        const auto value = whole ? namedBy(text.substr(i + 1, end - i - 1)) : Ref{0};
        if (at(value).kind == ThingKind::Text || at(value).kind == ThingKind::Number) {
            out += at(value).text;
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
    bool other = false; // -d, -z
    std::vector<std::string_view> names;
    arguments = arguments.substr(0, arguments.find('>')); // x > file: as text
    for (auto word = firstWord(arguments); !word.empty(); word = firstWord(arguments)) {
        arguments.remove_prefix(std::min(arguments.find(word) + word.size(), arguments.size()));
        restores = restores || word == "-r";
        other = other || (word.starts_with('-') && word != "-r");
        if (!word.starts_with('-')) {
            names.push_back(word);
        }
    }
    if (restores && names.empty()) {
        m_restored = where; // all that any notebook kept: whatever nothing else defines
    }
    for (const auto word : other ? std::vector<std::string_view>{} : names) {
        if (restores) {
            (void)restored(word, where);
            continue;
        }
        const auto* value = findName(word);
        const auto node = value ? m_out.node(NodeKind::Artifact, "store:" + std::string(word), word, where) : none;
        for (const auto from : value ? at(*value).from : Marks{}) {
            m_out.edge(from, node, EdgeKind::Writes, "magic:%store", "it is kept for other notebooks", where);
        }
    }
}

// What another notebook kept by this name.
Ref Trace::restored(std::string_view name, const Place& where)
{
    const auto node = m_out.node(NodeKind::Artifact, "store:" + std::string(name), name, where);
    const auto ref = fromSource(node, {}, Syntax::none);
    setName(m_frames.empty() ? m_scope : 0, keep(std::string(name)), ref);
    return ref;
}

} // namespace cupel::lineage
