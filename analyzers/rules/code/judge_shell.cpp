// SPDX-License-Identifier: GPL-3.0-or-later
// Shell text and magics.
#include "analyzers/rules/code/judge.h"

#include <algorithm>

namespace cupel::rules::code {

using cupel::code::CallSite;
using cupel::code::Command;
using cupel::code::CommandKind;
using cupel::code::matchesGlob;
using cupel::code::Value;

namespace {

constexpr std::size_t maxShell = 256 << 10;

// Functions whose first argument is a shell's text, or a program and its words.
constexpr std::string_view shellCalls[] = {"os.system", "os.popen", "os.popen2", "os.popen3", "os.popen4",
    "subprocess.run", "subprocess.call", "subprocess.check_call", "subprocess.check_output", "subprocess.Popen",
    "subprocess.getoutput", "subprocess.getstatusoutput", "asyncio.create_subprocess_shell", "commands.getoutput",
    "builtins.get_ipython().system", "builtins.get_ipython().getoutput", "builtins.get_ipython().system_raw",
    "pexpect.spawn", "pexpect.run", "pty.spawn"};

bool isShellCall(std::string_view path)
{
    return std::find(std::begin(shellCalls), std::end(shellCalls), path) != std::end(shellCalls);
}

std::string quotedWord(std::string_view word)
{
    std::string out = "'";
    for (const char c : word) {
        out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    }
    return out + '\'';
}

} // namespace

void Judge::judgeCommands(std::uint32_t cell)
{
    const auto& entry = m_input.code().cells()[cell];
    for (const auto& command : entry.commands) {
        if (command.isShell() || (command.name == "pip" || command.name == "conda")) {
            const auto bytes = command.name == "pip" || command.name == "conda" || !command.isShell()
                ? command.argumentBytes
                : command.shellBytes();
            judgeShell(cell, slice(entry.text, bytes), bytes, true, !command.interpolations.empty());
        }
        judgeMagic(cell, command);
    }
}

void Judge::judgeShell(std::uint32_t cell, std::string_view text, ByteRange bytes, bool exact, bool interpolated)
{
    const auto commands = cupel::code::readShell(text.substr(0, maxShell), m_input.budget);
    for (std::size_t i = 0; i < commands.size(); ++i) {
        const auto program = commands[i].program();
        if (program.empty() && commands[i].words.empty()) {
            continue;
        }
        std::vector<std::string_view> seen;
        for (const auto index : rowsOf(Shape::Shell)) {
            const auto& row = rows()[index];
            const bool named = std::any_of(row.patterns.begin(), row.patterns.end(),
                [&](const std::string& pattern) { return matchesGlob(program, pattern); });
            if (!named || std::find(seen.begin(), seen.end(), row.id) != seen.end()
                || !shellHolds(row, commands, i, interpolated)) {
                continue;
            }
            seen.push_back(row.id);
            Draft draft;
            draft.inside = m_fixed.has_value();
            draft.rule = row.id;
            const auto inside = commands[i].bytes;
            draft.place = {cell, exact ? ByteRange{bytes.start + inside.start, bytes.start + inside.end} : bytes};
            draft.severity = row.severity;
            draft.confidence = row.confidence;
            draft.subject = program.substr(0, 24);
            draft.once = row.once;
            draft.over = row.over;
            m_reporter.add(std::move(draft));
        }
    }
}

// os.system("curl ... | sh"): the constant is judged like a shell line. Parts nobody knows stay as a mark.
void Judge::shellOf(const CallSite& site)
{
    if (site.arguments.empty()) {
        return;
    }
    const auto name = m_flow.paths().name(site.function.path);
    constexpr std::string_view names[] = {"system", "popen", "popen2", "popen3", "popen4", "run", "call", "check_call",
        "check_output", "Popen", "getoutput", "getstatusoutput", "create_subprocess_shell", "system_raw", "spawn"};
    if (std::find(std::begin(names), std::end(names), name) == std::end(names)
        || !isShellCall(m_flow.paths().text(site.function.path))) {
        return;
    }
    const auto& first = site.arguments[0].value;
    std::string text;
    if (first.isString() || first.kind == cupel::code::ValueKind::Template) {
        text = first.text;
    } else {
        const auto inside = m_flow.elements(first);
        for (const auto element : inside) {
            const auto& word = m_flow.valueOf(element);
            // sh -c "text": the text is what runs.
            text += text.empty() ? "" : " ";
            text += word.isConstant() && inside.size() > 2 && element.node == inside[2].node
                    && (text == "'sh' '-c' " || text == "'bash' '-c' " || text == "'/bin/sh' '-c' "
                        || text == "'/bin/bash' '-c' ")
                ? std::string(word.text)
                : quotedWord(word.isConstant() ? word.text : std::string_view("\1"));
        }
        const auto c = text.find("' '-c' ");
        if (c != std::string::npos && text.substr(0, c).find('\'', 1) == std::string::npos) {
            text.erase(0, c + 7);
        }
    }
    if (!text.empty()) {
        const auto place = callPlace(site.place);
        judgeShell(place.cell, text, place.bytes, false, false);
    }
}

void Judge::judgeMagic(std::uint32_t cell, const Command& command)
{
    const auto& entry = m_input.code().cells()[cell];
    std::vector<std::string_view> seen;
    for (const auto index : rowsOf(Shape::Magic)) {
        const auto& row = rows()[index];
        const auto mark = command.kind == CommandKind::Cell ? "%%" : command.kind == CommandKind::Line ? "%" : "!";
        const bool named = command.kind != CommandKind::Help
            && std::any_of(row.patterns.begin(), row.patterns.end(), [&](const std::string& pattern) {
                   return pattern == mark + command.name || pattern == command.name
                       || (pattern == "!" && command.kind == CommandKind::Shell)
                       || (pattern == "%%sh" && command.kind == CommandKind::Cell && command.isShell());
               });
        if (!named || std::find(seen.begin(), seen.end(), row.id) != seen.end()) {
            continue;
        }
        // The arguments stand in for argument 0, the body for argument 1, as constants.
        CallSite site;
        Value arguments;
        arguments.kind = cupel::code::ValueKind::Text;
        arguments.text = command.arguments;
        site.arguments.push_back({{}, arguments, {}, {}});
        Value body = arguments;
        body.text = slice(entry.text, command.body).substr(0, 16 << 10);
        site.arguments.push_back({{}, body, {}, {}});
        if (!command.interpolations.empty()) {
            site.arguments.push_back({"filled", arguments, {}, {}});
        }
        if (!m_conditions.call(row, site).holds) {
            continue;
        }
        seen.push_back(row.id);
        Draft draft;
        draft.inside = m_fixed.has_value();
        draft.rule = row.id;
        draft.place = {cell, command.bytes};
        const auto line = slice(entry.text, command.bytes).find('\n');
        if (line != ByteView::npos) {
            draft.place.bytes.end = draft.place.bytes.start + line;
        }
        draft.severity = row.severity;
        draft.confidence = row.confidence;
        draft.subject = command.name.substr(0, 24);
        draft.once = row.once;
        draft.beside = row.beside;
        draft.over = row.over;
        m_reporter.add(std::move(draft));
    }
}

} // namespace cupel::rules::code
