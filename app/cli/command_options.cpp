// SPDX-License-Identifier: GPL-3.0-or-later
// What each command takes: the words of help, completions and the man page.
#include "app/cli/command_tree.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

namespace cupel::cli {

namespace {

const std::vector<std::string> formats{"text", "json", "jsonl", "sarif", "csv", "junit", "html", "md"};
const std::vector<std::string> severities{"critical", "high", "medium", "low", "info"};

void addGlobal(Tree& tree)
{
    CLI::App& app = *tree.app;
    RawArguments& raw = tree.raw;
    app.set_help_flag();
    app.allow_extras();
    app.require_subcommand(0, 1);
    app.footer("Nothing that is opened is ever run, imported or unpickled, and nothing leaves this machine.\n"
               "Results go to the standard output, everything else to the standard error. "
               "Secrets are shown masked everywhere.");
    const char* group = "General";
    app.add_flag("-h,--help", raw.help, "Show this help; after a command, the help of that command")->group(group);
    app.add_flag("--version", raw.version, "Show the version of the program and of its rules")->group(group);
    app.add_flag("--json", raw.json, "With --version: as JSON")->group(group);
    app.add_flag("-q,--quiet", raw.quiet, "Only results and errors; text becomes one line per finding")->group(group);
    app.add_flag("-v,--verbose", raw.verbose, "Files without findings, notes and all evidence too")->group(group);
    CLI::Option* colour =
        app.add_option("--color", raw.colour, "When to colour; NO_COLOR and FORCE_COLOR count as well");
    tree.extras[describe(colour, "WHEN", group)] = {{"auto", "always", "never"}, false};
    CLI::Option* progress = app.add_option("--progress", raw.progress, "How to show progress on the standard error");
    tree.extras[describe(progress, "MODE", group)] = {{"auto", "plain", "json", "none"}, false};
    tree.examples[&app] = {{"cupel scan notebook.ipynb", "judge one notebook"},
        {"cupel scan . -o sarif=cupel.sarif", "judge a folder, and write SARIF for a code host"},
        {"cupel explain CUP-SEC-GITHUB-PERSONAL-TOKEN", "what a rule means and how to fix what it finds"}};
}

// Who may get it, and what is known already: the same words wherever files are judged.
void addReview(Tree& tree, CLI::App* sub)
{
    RawArguments& raw = tree.raw;
    const char* group = "Sharing";
    tree.extras[describe(sub->add_option("--profile", raw.profile,
                             "Judge for these readers: public, customer, regulator, internal, or a file of your own"),
        "NAME|FILE", group)] = {{}, true};
    tree.extras[single(
        describe(sub->add_option("--baseline", raw.baselines,
                     "Findings known before: JSON of cupel scan, .secrets.baseline or a gitleaks report; "
                     "repeatable"),
            "FILE", group))] = {{}, true};
    tree.extras[describe(
        sub->add_option("--decisions", raw.decisions, "What people decided, as the workbench keeps it"), "FILE",
        group)] = {{}, true};
    sub->add_flag("--new-only", raw.newOnly, "Leave out what a baseline or a decision covers")->group(group);
}

void addScanInput(Tree& tree, CLI::App* sub)
{
    RawArguments& raw = tree.raw;
    const char* group = "Input";
    single(describe(sub->add_option("--exclude", raw.exclude, "Leave out what matches, e.g. '*.bak'; may be repeated"),
        "GLOB", group));
    tree.extras[describe(sub->add_option("--files-from", raw.filesFrom,
                             "Read more paths from FILE, one a line; - is the standard input"),
        "FILE", group)] = {{}, true};
    sub->add_flag("-0,--null", raw.nulSeparated, "Paths of --files-from end with a zero byte instead of a line end")
        ->group(group);
    describe(
        sub->add_option("--stdin-filename", raw.stdinFilename, "Name to use for the standard input, which is PATH -"),
        "NAME", group);
}

void addScan(Tree& tree)
{
    RawArguments& raw = tree.raw;
    CLI::App* sub = addCommand(tree, Command::Scan, "scan", "Judge files and folders",
        "Exit status: 0 everything asked was looked at and nothing reaches --fail-on; 1 findings at or above it; "
        "2 usage; 3 nothing that can be scanned; 4 incomplete (skipped, cut off, a limit, unreadable) unless "
        "--allow-partial; 70 internal error; 130 interrupted.");
    addPaths(tree, sub, "PATH", "Files and folders; - is the standard input", {{}, true});
    addFormat(tree, sub, formats, "What the standard output gets");
    describe(sub->add_option("--family", raw.family, "Only rules of these families, e.g. secret or secret,pii"),
        "FAMILY", "Rules");
    addOutput(tree, sub);
    const char* verdict = "Verdict";
    std::vector<std::string> failOn = severities;
    failOn.emplace_back("never");
    tree.extras[describe(sub->add_option("--fail-on", raw.failOn, "Exit with 1 from this severity on (default: high)"),
        "SEVERITY", verdict)] = {failOn, false};
    tree.extras[describe(sub->add_option("--min-confidence", raw.minConfidence,
                             "Leave out findings that are less sure than this (default: possible)"),
        "CONFIDENCE", verdict)] = {{"certain", "likely", "possible"}, false};
    sub->add_flag("--allow-partial", raw.allowPartial, "Accept what could not be read to its end: no exit with 4")
        ->group(verdict);
    addReview(tree, sub);
    addScanInput(tree, sub);
    const char* limits = "Limits";
    describe(sub->add_option("--jobs", raw.jobs, "Worker threads (default: one per core)"), "N", limits);
    describe(sub->add_option("--max-time", raw.maxTime, "Stop after this time, e.g. 30s, 5m; what is done is kept"),
        "TIME", limits);
    sub->add_flag("--no-hash", raw.noHash,
           "Leave out digests and checksums: large models are judged from what says something, not read through")
        ->group(limits);
    describe(
        sub->add_option("--max-memory", raw.maxMemory, "Bytes of input held at once, e.g. 500M, 2G"), "SIZE", limits);
    tree.examples[sub] = {{"cupel scan notebook.ipynb", "judge one notebook"},
        {"cupel scan . --exclude '*.bak' --fail-on medium", "judge a folder, strictly"},
        {"cupel scan -f json -o sarif=out.sarif src", "JSON to the pipe, SARIF to a file"},
        {"git diff --name-only -z | cupel scan --files-from - -0", "judge what changed"},
        {"cupel scan --stdin-filename a.ipynb - < a.ipynb", "judge the standard input"}};
}

void addInspect(Tree& tree)
{
    CLI::App* sub = addCommand(tree, Command::Inspect, "inspect",
        "What is inside a file: cells, outputs, members, opcodes",
        "Shows facts, for a notebook what six programs do with what is active in it, and for a pickle what loading it "
        "would do, as a program. Templates of models are shown whole. Texts of cells are left out unless "
        "--source asks for them, and then secrets are masked.");
    addPaths(tree, sub, "FILE",
        "The file; a member of an archive as a.zip!dir/b.ipynb; a folder for the models in it; - is the standard input",
        {{}, true});
    addFormat(tree, sub, {"text", "json"}, "What the standard output gets");
    sub->add_flag("--source", tree.raw.source, "Texts of cells too, with everything sensitive masked")->group("Output");
    sub->add_flag("--opcodes", tree.raw.opcodes, "Every opcode of a pickle with its place")->group("Output");
    describe(sub->add_option("--stdin-filename", tree.raw.stdinFilename, "Name to use for the standard input"), "NAME",
        "Input");
    tree.examples[sub] = {{"cupel inspect notebook.ipynb", "cells, outputs and what they hold"},
        {"cupel inspect notebook.ipynb --source -f json", "the same with masked texts, for a program"},
        {"cupel inspect model.pkl --opcodes", "what loading it would do, and every opcode"}};
}

void addFix(Tree& tree)
{
    RawArguments& raw = tree.raw;
    CLI::App* sub = addCommand(tree, Command::Fix, "fix", "Remove from files what should not be shared",
        "Shows what would change unless --write or --out asks for it. Only the bytes of the edits change; the result "
        "is judged again before it is written, and not written when a finding that was fixed is still there or a new "
        "one came. Values become typed placeholders, the same one for the same value; words equal to them that stay "
        "are counted. With --profile only what stops there is edited, and the result says whether it meets the "
        "profile. An output over 100 kB is cut to its first rows with --only shrink-output. Exit status: as for scan, "
        "judged on what was written, or on the file as it is when nothing was.");
    addPaths(tree, sub, "FILE", "The files; with --out one", {{}, true});
    addFormat(tree, sub, {"text", "json"}, "What the standard output gets; of several files a list in json");
    const char* group = "Fixing";
    sub->add_flag("-w,--write", raw.write, "Change the file itself, all at once or not at all")->group(group);
    tree.extras[describe(sub->add_option("--out", raw.out, "Write the fixed copy to FILE"), "FILE", group)] = {
        {}, true};
    sub->add_flag("--all", raw.all,
           "Also edits that change what the code does, such as a safer argument: those of "
           "--only wait for it, too")
        ->group(group);
    single(describe(sub->add_option("--only", raw.only,
                        "Only findings of this rule ('CUP-SEC-*') or kind of edit (redact, home-path ...); repeatable"),
        "RULE|KIND", group));
    const char* verdict = "Verdict";
    std::vector<std::string> failOn = severities;
    failOn.emplace_back("never");
    tree.extras[describe(sub->add_option("--fail-on", raw.failOn, "Exit with 1 from this severity on (default: high)"),
        "SEVERITY", verdict)] = {failOn, false};
    sub->add_flag("--allow-partial", raw.allowPartial, "Accept a file that could not be read to its end")
        ->group(verdict);
    tree.extras[describe(
        sub->add_option("--profile", raw.profile,
            "Only what this profile does not let pass: public, customer, regulator, internal, or a file"),
        "NAME|FILE", verdict)] = {{}, true};
    tree.extras[describe(
        sub->add_option("--decisions", raw.decisions, "What people decided, as the workbench keeps it: it stays"),
        "FILE", verdict)] = {{}, true};
    tree.examples[sub] = {{"cupel fix notebook.ipynb", "show what would change"},
        {"cupel fix notebook.ipynb --out notebook.public.ipynb", "write a clean copy"},
        {"cupel fix notebook.ipynb --only 'CUP-SEC-*' --write", "take only the secrets out, in place"}};
}

void addConvert(Tree& tree)
{
    RawArguments& raw = tree.raw;
    CLI::App* sub = addCommand(tree, Command::Convert, "convert", "Write the tensors of a checkpoint as safetensors",
        "Takes PyTorch checkpoints, old and new, and arrays of NumPy. Nothing is loaded and the file stays as it is; "
        "the numbers of every tensor are the same, bit for bit, and always written row by row: an array in Fortran "
        "order, "
        "or a view of a larger tensor, is put in that order. Without --out it only says whether that can be done. "
        "Refused, with the tensor and the reason, where it cannot be exact. Exit status: 0, or 2 when it is refused.");
    addPaths(tree, sub, "FILE", "The checkpoint", {{}, true});
    addFormat(tree, sub, {"text", "json"}, "What the standard output gets");
    tree.extras[describe(sub->add_option("--out", raw.out, "Write the tensors to FILE"), "FILE", "Output")] = {
        {}, true};
    tree.examples[sub] = {{"cupel convert model.pt", "can it be converted exactly?"},
        {"cupel convert model.pt --out model.safetensors", "write the safer form"}};
}

void addStrip(Tree& tree)
{
    RawArguments& raw = tree.raw;
    CLI::App* sub = addCommand(tree, Command::Strip, "strip",
        "Write a copy of a model without hidden bytes or metadata",
        "Takes safetensors, GGUF, zip (PyTorch, NumPy, Keras), pickle and NumPy files. Without a choice it takes "
        "--hidden and --template. The file stays as it is. The copy is read and judged again before it gets its name: "
        "what was to go is gone, every tensor and member has the same bytes, no finding is new. Without --out it only "
        "says what would go. Refused, with the reason, where the rest cannot stay exact. Exit status: 0; 2 refused; "
        "5 the proof failed and nothing was written.");
    addPaths(tree, sub, "FILE", "The model file", {{}, true});
    addFormat(tree, sub, {"text", "json"}, "What the standard output gets");
    tree.extras[describe(sub->add_option("-o,--out", raw.out, "Write the copy to FILE"), "FILE", "Output")] = {
        {}, true};
    const char* group = "What goes";
    sub->add_flag("--hidden", raw.hidden,
           "Bytes behind the end, between and in front of tensors or members; comments and extra fields of a zip")
        ->group(group);
    sub->add_flag("--metadata", raw.metadata, "What describes the model and no loader needs: names, authors, links ...")
        ->group(group);
    sub->add_flag("--template", raw.templates, "Chat templates with a finding of medium severity or worse")
        ->group(group);
    single(describe(
        sub->add_option("--key", raw.keys, "This key of the metadata, whatever it is; repeatable"), "KEY", group));
    tree.examples[sub] = {{"cupel strip model.gguf", "what would go?"},
        {"cupel strip model.gguf --metadata --out public.gguf", "a copy that does not say who made it"},
        {"cupel strip model.gguf --key tokenizer.chat_template --out plain.gguf", "without its template"}};
}

void addDiff(Tree& tree)
{
    RawArguments& raw = tree.raw;
    CLI::App* sub = addCommand(tree, Command::Diff, "diff", "What a change brings: new, gone and remaining findings",
        "Compares two files or two folders, or a file with an earlier revision of it in git. Notebooks are compared "
        "cell "
        "by cell, so that moved and re-run cells count as the same. Of models it tells which members, tensors, "
        "metadata, templates, programs of pickles, callables and operators came, went or changed, by how much the "
        "numbers "
        "of a tensor did, and how many bytes of a file differ. Exit status: 1 when a finding that is new or changed "
        "reaches "
        "--fail-on, "
        "else as for scan.");
    addPaths(tree, sub, "PATH", "The older and the newer file or folder; one file beside --rev", {{}, true});
    addFormat(tree, sub, {"text", "json"}, "What the standard output gets");
    describe(sub->add_option("--rev", raw.revision, "Compare with this revision of git, e.g. HEAD or main~2"), "REV",
        "Input");
    const char* verdict = "Verdict";
    std::vector<std::string> failOn = severities;
    failOn.emplace_back("never");
    tree.extras[describe(sub->add_option("--fail-on", raw.failOn, "Exit with 1 from this severity on (default: high)"),
        "SEVERITY", verdict)] = {failOn, false};
    sub->add_flag("--allow-partial", raw.allowPartial, "Accept what could not be read to its end")->group(verdict);
    tree.examples[sub] = {{"cupel diff old.ipynb new.ipynb", "what the new version brings"},
        {"cupel diff --rev HEAD notebook.ipynb", "what would be committed"},
        {"cupel diff old.gguf new.gguf", "tensors, metadata and templates that changed"}};
}

// Of a command that goes over a whole workspace.
void addBounds(Tree& tree, CLI::App* sub, const char* partial)
{
    RawArguments& raw = tree.raw;
    sub->add_flag("--allow-partial", raw.allowPartial, partial)->group("Verdict");
    describe(sub->add_option("--jobs", raw.jobs, "Worker threads (default: one per core)"), "N", "Limits");
    describe(sub->add_option("--max-time", raw.maxTime, "Stop after this time, e.g. 30s, 5m; what is done is kept"),
        "TIME", "Limits");
}

void addLineage(Tree& tree)
{
    RawArguments& raw = tree.raw;
    CLI::App* sub = addCommand(tree, Command::Lineage, "lineage",
        "Which data became which model: sources, trainings, evaluations, outputs",
        "Follows notebooks and scripts from data through variables and files to models, without running any of it. "
        "dot, mermaid and svg fold what is too large for a picture; json, graphml and csv have every node or edge. "
        "prov is PROV-JSON. "
        "OpenLineage events get the time of SOURCE_DATE_EPOCH, or 1970, so that the same input gives the same bytes. "
        "Exit status: 0; 2 usage; 3 no code that can be followed; 4 incomplete (unreadable, cut off, a limit) unless "
        "--allow-partial; 70 internal error; 130 interrupted.");
    addPaths(tree, sub, "PATH", "Folders and files; one folder is one workspace", {{}, true});
    addFormat(tree, sub, {"text", "json", "csv", "dot", "mermaid", "graphml", "openlineage", "prov", "svg"},
        "What the standard output gets");
    addOutput(tree, sub);
    single(describe(sub->add_option("--exclude", raw.exclude, "Leave out what matches, e.g. '*.bak'; may be repeated"),
        "GLOB", "Input"));
    tree.extras[describe(sub->add_option("--roles", raw.roles, "What calls do, in rows that override the own table"),
        "FILE", "Input")] = {{}, true};
    tree.extras[describe(sub->add_option("--order", raw.order,
                             "Cells of notebooks as they stand (default), or as their run numbers say that they ran; "
                             "what differs is marked"),
        "ORDER", "Input")] = {{"file", "recorded"}, false};
    tree.extras[describe(sub->add_option("--diff", raw.before,
                             "Say what is new, gone and changed since OLD: a file that -f json wrote, or a folder"),
        "OLD", "Input")] = {{}, true};
    addBounds(tree, sub, "Accept what could not be followed to its end: no exit with 4");
    tree.examples[sub] = {{"cupel lineage .", "what each file reads, trains, evaluates and writes"},
        {"cupel lineage -f svg . > lineage.svg", "the same as a picture"},
        {"cupel lineage . -o json=lineage.json -o prov=prov.json", "for other programs"},
        {"cupel lineage . --order recorded", "the same by the order in which cells ran"},
        {"cupel lineage . --diff lineage.json", "what has changed since then"}};
}

void addThreats(Tree& tree)
{
    RawArguments& raw = tree.raw;
    CLI::App* sub = addCommand(tree, Command::Threats, "threats", "A threat model derived from a workspace",
        "Scans, follows the lineage, and draws what was seen as elements, flows and trust zones with the threats that "
        "apply, each tied to the findings that confirm it. Nothing is run. Exit status: 0; 2 usage; 3 nothing a model "
        "could be made of; 4 incomplete, unless --allow-partial; 70 internal error; 130 interrupted.");
    addPaths(tree, sub, "PATH", "Folders and files; one folder is one workspace", {{}, true});
    addFormat(tree, sub,
        {"text", "json", "threat-dragon", "otm", "tm-bom", "csv", "mermaid", "atlas-layer", "html", "md"},
        "What the standard output gets");
    addOutput(tree, sub);
    single(describe(sub->add_option("--exclude", raw.exclude, "Leave out what matches, e.g. '*.bak'; may be repeated"),
        "GLOB", "Input"));
    tree.extras[describe(sub->add_option("--decisions", raw.decisions,
                             "What people decided, as the workbench keeps it in .cupel/threats.jsonl"),
        "FILE", "Input")] = {{}, true};
    tree.extras[single(describe(sub->add_option("--rules", raw.rules,
                                    "Own threat rules beside the built-in ones: a table, or a folder of them; may be "
                                    "repeated"),
        "FILE", "Input"))] = {{}, true};
    addBounds(tree, sub, "Accept what could not be read to its end: no exit with 4");
    tree.examples[sub] = {{"cupel threats .", "what can go wrong here, worst first"},
        {"cupel threats . --decisions .cupel/threats.jsonl", "with what was decided in the workbench"},
        {"cupel threats . --rules .cupel/threat-rules", "with rules of your own"},
        {"cupel threats . -f html > model.html", "drawing, evidence, risk, frameworks and a page to sign"},
        {"cupel threats . -f threat-dragon > model.json", "to go on in Threat Dragon"}};
}

void addThreatModel(Tree& tree)
{
    RawArguments& raw = tree.raw;
    CLI::App* sub = addCommand(tree, Command::ThreatModel, "tm", "Threat-model files: convert one, compare two",
        "Reads Threat Dragon 1 and 2, Open Threat Model (JSON and YAML), TM-BOM, Threagile, pytm, Threat Composer, "
        "tm7; "
        "the format is told by what is inside. What goes back into its own form keeps everything that is not known "
        "here. "
        "With diff, parts are the same by their ids, else by name and kind, and cupel is JSON of the changes. Exit "
        "status: 0; 2 usage, or no threat model, with the place in the "
        "file; "
        "4 a part is not in the result, unless --allow-partial; 70 internal error; 130 interrupted.");
    addPaths(tree, sub, "ACTION", "convert FILE, or diff BEFORE AFTER", {{}, true});
    addFormat(tree, sub, {"text", "cupel", "threat-dragon", "otm", "tm-bom", "csv", "mermaid", "atlas-layer"},
        "What the standard output gets");
    addOutput(tree, sub);
    sub->add_flag("--allow-partial", raw.allowPartial, "Accept what could not be read to its end: no exit with 4")
        ->group("Verdict");
    describe(sub->add_option("--max-time", raw.maxTime, "Stop after this time, e.g. 30s, 5m"), "TIME", "Limits");
    tree.examples[sub] = {{"cupel tm convert model.tm7 -o otm=model.otm", "to the Open Threat Model"},
        {"cupel tm convert model.otm -o threat-dragon=model.json", "for Threat Dragon, with a drawing"},
        {"cupel tm diff before.json after.json", "what a review changed"}};
}

void addRules(Tree& tree)
{
    RawArguments& raw = tree.raw;
    CLI::App* rules = addCommand(tree, Command::Rules, "rules", "List the rules", "");
    addPaths(tree, rules, "TEXT", "Only rules whose id, title or class contains all these words", {});
    addFormat(tree, rules, {"text", "json"}, "What the standard output gets");
    describe(rules->add_option("--family", raw.family, "Only this family, e.g. secret, code, malformed"), "FAMILY",
        "Filter");
    tree.extras[describe(rules->add_option("--severity", raw.severity, "Only this severity"), "SEVERITY", "Filter")] = {
        severities, false};
    tree.examples[rules] = {{"cupel rules hugging", "rules about Hugging Face"},
        {"cupel rules --family secret --severity critical -f json", "for a program"}};

    CLI::App* explain =
        addCommand(tree, Command::Explain, "explain", "What a rule means, where it comes from, how to fix it", "");
    addPaths(tree, explain, "RULE", "The id of a rule, as findings show it", {});
    addFormat(tree, explain, {"text", "json"}, "What the standard output gets");
    tree.examples[explain] = {{"cupel explain CUP-SEC-GITHUB-PERSONAL-TOKEN", "works offline, like everything here"}};
}

void addRest(Tree& tree)
{
    CLI::App* open = addCommand(tree, Command::Open, "open", "Open the workbench on files and folders",
        "Starts cupel-workbench, which stands beside this program or on the PATH.");
    addPaths(tree, open, "PATH", "Files and folders", {{}, true});
    tree.examples[open] = {{"cupel open notebook.ipynb", "review it in a window"}};

    CLI::App* completions = addCommand(tree, Command::Completions, "completions", "Print completions for a shell", "");
    addPaths(tree, completions, "SHELL", "bash, zsh or fish", {{"bash", "zsh", "fish"}, false});
    tree.examples[completions] = {{"source <(cupel completions bash)", "complete in this shell"}};

    CLI::App* man = addCommand(tree, Command::Man, "man", "Print the manual page", "");
    tree.examples[man] = {{"cupel man | man -l -", "read it"}};
}

} // namespace

void grow(Tree& tree)
{
    addGlobal(tree);
    addScan(tree);
    addInspect(tree);
    addFix(tree);
    addConvert(tree);
    addStrip(tree);
    addDiff(tree);
    addLineage(tree);
    addThreats(tree);
    addThreatModel(tree);
    addRules(tree);
    addRest(tree);
}

} // namespace cupel::cli
