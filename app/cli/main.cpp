// SPDX-License-Identifier: GPL-3.0-or-later
// The headless twin: same engine, same findings, no window. Links no Qt.
#include "app/cli/command_line.h"
#include "app/cli/commands.h"
#include "app/cli/documents.h"
#include "app/cli/output.h"
#include "app/cli/suggest.h"
#include "app/cli/terminal.h"

#include "analyzers/report/writers/json_stream.h"
#include "analyzers/rules/rule_set.h"

#include <csignal>
#include <exception>
#include <new>

namespace cupel::cli {

namespace {

Exit print(const std::string& text)
{
    const auto output = standardOutput();
    output->sink()(text);
    const std::string error = output->finish();
    if (!error.empty()) {
        complain(error);
    }
    return error.empty() ? Exit::Ok : Exit::Internal;
}

std::string versionText(bool asJson)
{
    const std::string rules(rules::catalogueVersion());
    if (!asJson) {
        return "cupel " CUPEL_VERSION " (rules " + rules + ")\n";
    }
    std::string text;
    {
        report::JsonStream json(
            [&text](std::string_view piece) { text.append(piece); }, report::JsonStream::Layout::Indented);
        json.beginObject();
        json.field("name", "cupel");
        json.field("version", CUPEL_VERSION);
        json.field("rules", rules);
        json.field("schemas",
            std::vector<std::string>{"cupel.scan/1", "cupel.inspect/1", "cupel.fix/1", "cupel.convert/1",
                "cupel.diff/1", "cupel.lineage/1", "cupel.lineage-diff/1", "cupel.threats/1", "cupel.tm-diff/1"});
        json.endObject();
        json.newline();
    }
    return text;
}

std::string_view commandName(Command command)
{
    switch (command) {
    case Command::Scan:
        return "scan";
    case Command::Inspect:
        return "inspect";
    case Command::Fix:
        return "fix";
    case Command::Convert:
        return "convert";
    case Command::Strip:
        return "strip";
    case Command::Diff:
        return "diff";
    case Command::Lineage:
        return "lineage";
    case Command::Threats:
        return "threats";
    case Command::ThreatModel:
        return "tm";
    case Command::Rules:
        return "rules";
    case Command::Explain:
        return "explain";
    case Command::Open:
        return "open";
    case Command::Completions:
        return "completions";
    case Command::Man:
        return "man";
    case Command::None:
        break;
    }
    return "";
}

Exit printCompletions(const std::string& shell)
{
    if (shell == "bash") {
        return print(bashCompletions(describeProgram()));
    }
    if (shell == "zsh") {
        return print(zshCompletions(describeProgram()));
    }
    if (shell == "fish") {
        return print(fishCompletions(describeProgram()));
    }
    complain("no completions for '" + shell + "'" + didYouMean(shell, {"bash", "zsh", "fish"})
        + "\nThere are some for bash, zsh and fish.");
    return Exit::Usage;
}

Exit dispatch(const Arguments& arguments)
{
    switch (arguments.command) {
    case Command::Scan:
        return runScan(arguments);
    case Command::Inspect:
        return runInspect(arguments);
    case Command::Fix:
        return runFix(arguments);
    case Command::Convert:
        return runConvert(arguments);
    case Command::Strip:
        return runStrip(arguments);
    case Command::Diff:
        return runDiff(arguments);
    case Command::Lineage:
        return runLineage(arguments);
    case Command::Threats:
        return runThreats(arguments);
    case Command::ThreatModel:
        return runThreatModel(arguments);
    case Command::Rules:
        return runRules(arguments);
    case Command::Explain:
        return runExplain(arguments);
    case Command::Open:
        return runOpen(arguments);
    case Command::Completions:
        return printCompletions(arguments.paths.front());
    case Command::Man:
        return print(manPage(describeProgram(), CUPEL_VERSION));
    case Command::None:
        break;
    }
    return Exit::Usage;
}

Exit run(int argc, const char* const* argv)
{
    holdStandardStreams();
    std::signal(SIGPIPE, SIG_IGN); // a reader that leaves is no error: the write just ends
    const ParsedLine line = parseCommandLine(argc, argv);
    if (!line.error.empty()) {
        complain(line.error);
        return Exit::Usage;
    }
    if (line.arguments.help) {
        return print(helpText(describeProgram(), std::string(commandName(line.arguments.command))));
    }
    if (line.arguments.version) {
        return print(versionText(line.arguments.json));
    }
    return dispatch(line.arguments);
}

} // namespace

} // namespace cupel::cli

int main(int argc, char** argv)
{
    using cupel::cli::Exit;
    Exit exit = Exit::Internal;
    try {
        exit = cupel::cli::run(argc, argv);
    } catch (const std::bad_alloc&) {
        cupel::cli::complain("out of memory; --max-memory and --jobs 1 make it take less");
    } catch (const std::exception& error) {
        cupel::cli::complain(std::string("internal error: ") + error.what());
    }
    return static_cast<int>(exit);
}
