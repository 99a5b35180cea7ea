// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/raw_arguments.h"

#include "app/cli/suggest.h"
#include "app/cli/values.h"

#include "analyzers/report/writers/text_unicode.h"

#include <algorithm>

namespace cupel::cli {

namespace {

using report::printable;

std::string quoted(const std::string& text)
{
    return "'" + printable(text) + "'";
}

void unguard(std::string& word)
{
    if (word.starts_with('\x01')) {
        word.erase(0, 1);
    }
}

void unguardAll(RawArguments& raw)
{
    for (auto* list :
        {&raw.paths, &raw.outputs, &raw.exclude, &raw.rules, &raw.only, &raw.baselines, &raw.keys, &raw.extras}) {
        std::for_each(list->begin(), list->end(), unguard);
    }
    for (auto* word : {&raw.format, &raw.filesFrom, &raw.stdinFilename, &raw.family, &raw.out, &raw.profile,
             &raw.decisions, &raw.roles, &raw.before, &raw.order}) {
        unguard(*word);
    }
}

const CommandDoc* findCommand(const CommandDoc& program, const std::string& name)
{
    for (const auto& command : program.commands) {
        if (command.name == name) {
            return &command;
        }
    }
    return nullptr;
}

std::string unexpected(const RawArguments& raw)
{
    const std::string& word = raw.extras.front();
    const CommandDoc program = describeProgram();
    std::vector<std::string> known;
    if (word.size() > 1 && word.front() == '-') {
        const std::string name = word.substr(0, word.find('='));
        for (const auto* doc : {&program, findCommand(program, raw.commandName)}) {
            for (const auto& option : doc ? doc->options : std::vector<OptionDoc>{}) {
                if (!option.positional) {
                    known.insert(known.end(), option.names.begin(), option.names.end());
                }
            }
        }
        return "unknown option " + quoted(name) + didYouMean(name, known);
    }
    if (raw.command == Command::None) {
        for (const auto& command : program.commands) {
            known.push_back(command.name);
        }
        return "unknown command " + quoted(word) + didYouMean(word, known);
    }
    return "unexpected argument " + quoted(word);
}

// The choices of an option, straight from the tree.
std::vector<std::string> choicesOf(const RawArguments& raw, const std::string& option)
{
    const CommandDoc program = describeProgram();
    for (const auto* doc : {&program, findCommand(program, raw.commandName)}) {
        for (const auto& item : doc ? doc->options : std::vector<OptionDoc>{}) {
            if (std::find(item.names.begin(), item.names.end(), option) != item.names.end()) {
                return item.choices;
            }
        }
    }
    return {};
}

std::string badChoice(const RawArguments& raw, const std::string& option, const std::string& value)
{
    const auto choices = choicesOf(raw, option);
    std::string list;
    for (const auto& choice : choices) {
        list += (list.empty() ? "" : ", ") + choice;
    }
    return option + " does not know " + quoted(value) + didYouMean(value, choices) + "\nIt takes one of: " + list;
}

bool isChoice(const RawArguments& raw, const std::string& option, const std::string& value)
{
    const auto choices = choicesOf(raw, option);
    return std::find(choices.begin(), choices.end(), value) != choices.end();
}

class Interpreter {
public:
    explicit Interpreter(RawArguments raw)
        : m_raw(std::move(raw))
    {
    }
    ParsedLine run();

private:
    void fail(std::string text)
    {
        if (m_line.error.empty()) {
            m_line.error = std::move(text);
        }
    }
    void general();
    void format();
    void outputs();
    void verdict();
    void limits();
    void positionals();

    RawArguments m_raw;
    ParsedLine m_line;
};

void Interpreter::general()
{
    Arguments& out = m_line.arguments;
    if (!m_raw.colour.empty()) {
        if (!isChoice(m_raw, "--color", m_raw.colour)) {
            return fail(badChoice(m_raw, "--color", m_raw.colour));
        }
        out.colour = m_raw.colour == "always" ? When::Always : m_raw.colour == "never" ? When::Never : When::Auto;
    }
    if (!m_raw.progress.empty()) {
        if (!isChoice(m_raw, "--progress", m_raw.progress)) {
            return fail(badChoice(m_raw, "--progress", m_raw.progress));
        }
        out.progress = m_raw.progress == "plain" ? ProgressMode::Plain
            : m_raw.progress == "json"           ? ProgressMode::Json
            : m_raw.progress == "none"           ? ProgressMode::None
                                                 : ProgressMode::Auto;
    }
    out.quiet = m_raw.quiet;
    out.verbose = m_raw.verbose && !m_raw.quiet;
    out.allowPartial = m_raw.allowPartial;
    out.nulSeparated = m_raw.nulSeparated;
    out.source = m_raw.source;
    out.opcodes = m_raw.opcodes;
    out.profile = m_raw.profile;
    out.baselines = m_raw.baselines;
    out.decisions = m_raw.decisions;
    out.newOnly = m_raw.newOnly;
    out.revision = m_raw.revision;
    out.failOnGiven = !m_raw.failOn.empty();
    out.write = m_raw.write;
    out.all = m_raw.all;
    out.out = m_raw.out;
    out.only = m_raw.only;
    out.roles = m_raw.roles;
    out.before = m_raw.before;
    if (!m_raw.order.empty() && !isChoice(m_raw, "--order", m_raw.order)) {
        return fail(badChoice(m_raw, "--order", m_raw.order));
    }
    out.recordedOrder = m_raw.order == "recorded";
    out.hidden = m_raw.hidden;
    out.metadata = m_raw.metadata;
    out.templates = m_raw.templates;
    out.keys = m_raw.keys;
    out.exclude = m_raw.exclude;
    out.rules = m_raw.rules;
    out.filesFrom = m_raw.filesFrom;
    out.stdinFilename = m_raw.stdinFilename;
    out.family = m_raw.family;
}

void Interpreter::format()
{
    if (m_raw.format.empty() || m_raw.command == Command::None) {
        return;
    }
    if (!isChoice(m_raw, "--format", m_raw.format)) {
        return fail(badChoice(m_raw, "--format", m_raw.format));
    }
    m_line.arguments.format = m_raw.format;
}

void Interpreter::outputs()
{
    for (const auto& word : m_raw.outputs) {
        const auto equals = word.find('=');
        if (equals == std::string::npos || equals + 1 == word.size()) {
            return fail("--output takes FORMAT=FILE, not " + quoted(word));
        }
        const std::string name = word.substr(0, equals);
        if (!isChoice(m_raw, "--format", name)) {
            return fail(badChoice(m_raw, "--format", name));
        }
        m_line.arguments.outputs.push_back({name, word.substr(equals + 1)});
    }
}

void Interpreter::verdict()
{
    Arguments& out = m_line.arguments;
    if (m_raw.failOn == "never") {
        out.failOn.reset();
    } else if (!m_raw.failOn.empty() && !fromString(m_raw.failOn, out.failOn.emplace())) {
        return fail(badChoice(m_raw, "--fail-on", m_raw.failOn));
    }
    if (!m_raw.minConfidence.empty() && !fromString(m_raw.minConfidence, out.minConfidence)) {
        return fail(badChoice(m_raw, "--min-confidence", m_raw.minConfidence));
    }
    if (!m_raw.severity.empty() && !fromString(m_raw.severity, out.severity.emplace())) {
        return fail(badChoice(m_raw, "--severity", m_raw.severity));
    }
}

void Interpreter::limits()
{
    Arguments& out = m_line.arguments;
    if (!m_raw.jobs.empty()) {
        const auto number = parseCount(m_raw.jobs);
        if (!number || *number == 0 || *number > 1024) {
            return fail("--jobs takes a number from 1 to 1024, not " + quoted(m_raw.jobs));
        }
        out.jobs = static_cast<unsigned>(*number);
    }
    out.noHash = m_raw.noHash;
    if (!m_raw.maxTime.empty()) {
        out.maxTime = parseDuration(m_raw.maxTime);
        if (!out.maxTime) {
            return fail("--max-time takes a time such as 500ms, 30s, 5m or 1h, not " + quoted(m_raw.maxTime));
        }
    }
    if (!m_raw.maxMemory.empty()) {
        const auto size = parseSize(m_raw.maxMemory);
        if (!size || *size == 0) {
            return fail("--max-memory takes a size such as 500M or 2G, not " + quoted(m_raw.maxMemory));
        }
        out.maxMemory = *size;
    }
}

void Interpreter::positionals()
{
    Arguments& out = m_line.arguments;
    out.paths = m_raw.paths;
    const auto need = [&](std::size_t least, std::size_t most, const char* what) {
        if (out.paths.size() < least) {
            fail("'cupel " + m_raw.commandName + "' needs " + what);
        } else if (out.paths.size() > most) {
            fail(
                "unexpected argument " + quoted(out.paths[most]) + ": 'cupel " + m_raw.commandName + "' takes " + what);
        }
    };
    switch (out.command) {
    case Command::Scan:
        if (out.filesFrom.empty()) {
            need(1, SIZE_MAX, "at least one PATH, or --files-from");
        }
        if (out.filesFrom == "-" && std::find(out.paths.begin(), out.paths.end(), "-") != out.paths.end()) {
            fail("the standard input cannot be both the list of files and a file");
        }
        break;
    case Command::Lineage:
    case Command::Threats:
        need(1, SIZE_MAX, "at least one PATH");
        if (!out.before.empty() && out.format != "text" && out.format != "json") {
            fail("what two lineages differ in is written as text or json");
        }
        break;
    case Command::ThreatModel:
        need(1, 3, "convert FILE, or diff FILE FILE");
        break;
    case Command::Inspect:
    case Command::Convert:
    case Command::Strip:
        need(1, 1, "one FILE");
        break;
    case Command::Fix:
        need(1, SIZE_MAX, "at least one FILE");
        if (out.write && !out.out.empty()) {
            fail("--write and --out exclude each other");
        }
        if (!out.out.empty() && out.paths.size() > 1) {
            fail("--out takes one FILE");
        }
        break;
    case Command::Diff:
        out.revision.empty() ? need(2, 2, "two paths, or --rev and one FILE") : need(1, 1, "one FILE beside --rev");
        break;
    case Command::Explain:
        need(1, 1, "the id of one RULE");
        break;
    case Command::Completions:
        need(1, 1, "one SHELL: bash, zsh or fish");
        break;
    case Command::Man:
        need(0, 0, "no arguments");
        break;
    case Command::None:
    case Command::Rules:
    case Command::Open:
        break;
    }
}

ParsedLine Interpreter::run()
{
    unguardAll(m_raw);
    Arguments& out = m_line.arguments;
    out.command = m_raw.command;
    out.help = m_raw.help;
    out.version = m_raw.version;
    out.json = m_raw.json;
    if (out.help && m_raw.error.empty()) {
        return m_line;
    }
    if (!m_raw.error.empty()) {
        fail(printable(m_raw.error));
    } else if (!m_raw.extras.empty()) {
        fail(unexpected(m_raw));
    }
    if (out.version && m_line.error.empty()) {
        return m_line;
    }
    if (out.json && m_line.error.empty()) {
        fail("--json goes with --version; for results it is -f json");
    }
    if (out.command == Command::None) {
        fail("a command is missing");
    }
    general();
    format();
    outputs();
    verdict();
    limits();
    positionals();
    if (!m_line.error.empty()) {
        m_line.error +=
            m_raw.commandName.empty() ? "\nTry 'cupel --help'." : "\nTry 'cupel " + m_raw.commandName + " --help'.";
    }
    return m_line;
}

} // namespace

ParsedLine interpret(RawArguments raw)
{
    return Interpreter(std::move(raw)).run();
}

} // namespace cupel::cli
