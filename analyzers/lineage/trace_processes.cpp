// SPDX-License-Identifier: GPL-3.0-or-later
// Programs that code starts: subprocess.run([...]), os.system("..."), lines for a shell. What they fetch and unpack is
// read as if it stood in a cell; scripts of the workspace among them are told what they are given.
#include "analyzers/lineage/trace.h"

#include "analyzers/lineage/script_calls.h"
#include "analyzers/lineage/words.h"

#include <algorithm>

namespace cupel::lineage {

namespace {

constexpr std::size_t maxStarts = 256; // that one file notes
constexpr std::size_t maxLength = 32 << 10; // of the arguments of one
constexpr std::string_view somewhat = "${_}"; // a piece of a line for a shell that nobody knows

std::string withHoles(std::string_view text)
{
    std::string out;
    for (const char c : text.substr(0, maxText)) {
        if (c == hole) {
            out += somewhat;
        } else {
            out += c;
        }
    }
    return out;
}

// As a shell would have to be told it.
std::string asWord(std::string_view text)
{
    constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./:=@%+,-\1";
    if (!text.empty() && text.find_first_not_of(plain) == std::string_view::npos) {
        return withHoles(text);
    }
    std::string out = "\"";
    for (const char c : text.substr(0, maxText)) {
        if (c == hole) {
            out += somewhat;
            continue;
        }
        if (c == '"' || c == '\\' || c == '$' || c == '`') {
            out += '\\';
        }
        out += c;
    }
    return out + '"';
}

// What takes a line for a shell, or a program and its arguments as a list.
bool startsProgram(std::string_view name)
{
    return isOneOf(name,
        {"subprocess.run", "subprocess.call", "subprocess.check_call", "subprocess.check_output", "subprocess.Popen",
            "subprocess.getoutput", "subprocess.getstatusoutput", "os.system", "os.popen", "pexpect.run",
            "asyncio.create_subprocess_shell", "asyncio.create_subprocess_exec", "os.execv", "os.execvp", "os.execl",
            "os.execlp"});
}

} // namespace

void Trace::process(const TraceCall& site, std::string_view name)
{
    if (!startsProgram(name) || m_uncalled) {
        return;
    }
    const bool listed = isOneOf(name, {"os.execv", "os.execvp"});
    const bool words = isOneOf(name, {"os.execl", "os.execlp", "asyncio.create_subprocess_exec"});
    auto given = site.value(listed ? 1 : 0, "args");
    given = given != 0 ? given : site.value(-1, name == "os.popen" ? "cmd" : "command");
    std::vector<Ref> parts = at(given).isSequence() ? at(given).items : std::vector<Ref>{};
    for (const auto& argument : words ? site.arguments : std::vector<TraceArgument>{}) {
        if (argument.name.empty()) {
            parts.push_back(argument.value);
        }
    }
    std::string line = parts.empty() && at(given).kind == ThingKind::Text ? withHoles(at(given).text) : std::string();
    for (const auto part : parts) {
        const auto& thing = at(part);
        const bool known = thing.kind == ThingKind::Text || thing.kind == ThingKind::Number;
        const bool python = thing.kind == ThingKind::Path && thing.text == "sys.executable";
        line += line.empty() ? "" : " ";
        line += python ? "python" : known ? asWord(thing.text) : std::string(somewhat);
        if (line.size() > maxLength) {
            return;
        }
    }
    if (line.empty()) {
        return;
    }
    const auto cwd = site.value(-1, "cwd");
    charge(line.size() / 16);
    shell(line, place(site.node),
        at(cwd).kind == ThingKind::Text ? joinPath(workingFolder(), at(cwd).text) : workingFolder());
}

// !python train.py --data a.csv: an edge to the script where the workspace has it, and what it is given for its piece.
void Trace::noteStarts(std::string_view text, const std::string& base, const Place& where)
{
    auto& starts = m_out.graph().starts;
    for (auto& call : scriptCalls(text, base, m_budget)) {
        std::size_t length = 0;
        for (const auto& argument : call.arguments) {
            length += argument.size();
        }
        std::string script;
        for (const auto& name : {call.script, call.script + ".py", call.script + "/__main__.py"}) {
            script = script.empty() && m_files.has(name) ? name : script;
        }
        if (script.empty() || starts.size() >= maxStarts || length > maxLength) {
            continue;
        }
        if (const auto file = m_files.find(script); file && file != m_units[m_unit].file) {
            const auto from = m_out.node(NodeKind::Cell, "cell:" + file->path,
                file->path.substr(file->path.rfind('/') + 1), Place{m_out.file(*file), -1, -1, 1, -1, {}});
            m_out.edge(from, cellNode(m_unit), EdgeKind::Runs, "shell:python", "it starts this script", where);
        }
        ScriptStart start{script, call.cwd, std::move(call.arguments)};
        if (!call.notebook && std::find(starts.begin(), starts.end(), start) == starts.end()) {
            starts.push_back(std::move(start));
        }
    }
}

} // namespace cupel::lineage
