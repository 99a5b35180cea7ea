// SPDX-License-Identifier: GPL-3.0-or-later
// `cupel fix`: one file is read, its fixes are planned and proved, and only what was proved is written.
#include "app/cli/commands.h"
#include "app/cli/fix_output.h"
#include "app/cli/output.h"
#include "app/cli/review_options.h"
#include "app/cli/signals.h"
#include "app/cli/terminal.h"

#include "analyzers/engine/analyze.h"
#include "analyzers/engine/declared_files.h"
#include "analyzers/engine/file_source.h"
#include "analyzers/fixes/pseudonyms.h"
#include "analyzers/report/text.h"
#include "analyzers/rules/rule_set.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include <unistd.h>

namespace cupel::cli {

namespace {

bool isAccepted(const ReviewOptions& review, const Finding& finding)
{
    return review.decisions.stateOf(finding, review.today) == review::DecisionState::Active;
}

bool isNamed(const std::vector<std::string>& only, const Finding& finding, std::string_view kind)
{
    return std::any_of(only.begin(), only.end(),
        [&](const std::string& word) { return word == kind || engine::globMatches(word, finding.rule); });
}

bool isWanted(const fixes::PlannedEdit& edit, const Analysis& analysis, const Arguments& arguments,
    const std::optional<review::Profile>& profile)
{
    const Finding& finding = analysis.findings[edit.finding];
    if (profile && !review::stops(*profile, analysis, finding)) {
        return false;
    }
    // What changes nothing that the code does is on when its kind is asked for: shrink-output.
    const bool named = std::find(arguments.only.begin(), arguments.only.end(), edit.kind) != arguments.only.end();
    if (!arguments.all && !fixes::isOnByDefault(edit) && !(edit.safe && named)) {
        return false;
    }
    // A number that only may be somebody's is not taken out of a file unasked.
    const bool doubtful = finding.family == Family::Pii && finding.confidence == Confidence::Possible;
    // Nor is a chart because the library that drew it runs a script.
    const bool harmless = edit.kind == "drop-output" && finding.severity < Severity::Medium;
    if ((doubtful || harmless) && !arguments.all && !profile && arguments.only.empty()) {
        return false;
    }
    return arguments.only.empty() || isNamed(arguments.only, finding, edit.kind);
}

// The findings that --only does not ask for, by their rules or by the kind of an edit; those that stay because somebody
// accepted them are told by themselves.
std::vector<bool> othersThan(const FixRun& run, const Arguments& arguments, const ReviewOptions& review)
{
    if (arguments.only.empty()) {
        return {};
    }
    const auto& findings = run.plan.analysis->findings;
    std::vector<bool> others;
    for (const auto& finding : findings) {
        others.push_back(!isNamed(arguments.only, finding, {}) && !isAccepted(review, finding));
    }
    for (const auto& edit : run.plan.edits) {
        others[edit.finding] = others[edit.finding] && !isNamed(arguments.only, findings[edit.finding], edit.kind);
    }
    return others;
}

// Why nothing is made of what --only asks for: there is nothing, or it changes what the code does, and then the name of
// its rule is not a word for it yet.
std::string noneOfOnly(const FixRun& run, const Arguments& arguments, const ReviewOptions& review)
{
    auto everything = arguments;
    everything.all = true;
    const Analysis& analysis = *run.plan.analysis;
    const auto waiting = static_cast<std::size_t>(
        std::count_if(run.plan.edits.begin(), run.plan.edits.end(), [&](const fixes::PlannedEdit& edit) {
            return !isAccepted(review, analysis.findings[edit.finding])
                && isWanted(edit, analysis, everything, review.profile);
        }));
    return waiting == 0 ? "no edit of this file is of what --only asks for"
                        : report::counted(waiting, "edit", "edits") + " of what --only asks for "
            + (waiting == 1 ? "waits" : "wait") + " for a person's word: --all gives it";
}

// Writes the proved bytes; false when that failed.
bool write(const std::string& bytes, const std::string& target)
{
    std::string error = cannotWrite(target);
    if (error.empty()) {
        if (const auto output = fileOutput(target, error)) {
            output->sink()(bytes);
            error = output->finish();
        }
    }
    if (!error.empty()) {
        complain(error);
    }
    return error.empty();
}

// "1 finding stays, accepted by Ada until 2027-01-31: Password."
std::vector<std::string> keptBy(const ReviewOptions& review, const Analysis& analysis)
{
    std::map<std::pair<std::string, std::string>, std::uint64_t> counts;
    for (const auto& finding : analysis.findings) {
        if (isAccepted(review, finding)) {
            ++counts[{review::acceptedWords(*review.decisions.find(finding)), finding.title}];
        }
    }
    std::vector<std::string> sentences;
    for (const auto& [words, count] : counts) {
        sentences.push_back(
            report::counted(count, "finding stays, ", "findings stay, ") + words.first + ": " + words.second + '.');
    }
    return sentences;
}

// What the profile says of a file.
review::Verdict judged(const AnalysisPtr& analysis, const ReviewOptions& review)
{
    Workspace workspace;
    workspace.analyses[analysis->artifact.path] = analysis;
    const review::LookedAt looked{{analysis->artifact.path, review::marksIn(*analysis, review.pictures).size()}};
    return review::judge(
        *review.profile, workspace, [&review](const Finding& finding) { return isAccepted(review, finding); }, looked);
}

// "Does not meet the profile Regulator: 2 findings stop at \"No personal data\"."
std::vector<std::string> verdictOf(const FixRun& run, const Arguments& arguments, const ReviewOptions& review)
{
    if (!review.profile) {
        return {};
    }
    const auto verdict = judged(run.proof.after ? run.proof.after : run.plan.analysis, review);
    if (verdict.meets()) {
        return {"The result meets the profile " + verdict.title + '.'};
    }
    std::vector<std::string> sentences{"The result does not meet the profile " + verdict.title + ':'};
    std::set<std::string> stopping;
    for (const auto& gate : verdict.gates) {
        if (!gate.passed()) {
            sentences.push_back("  " + gate.gate.title + ": "
                + (gate.unread.empty() ? report::counted(gate.blocking.size(), "finding left", "findings left")
                                       : std::string("read in part")));
        }
        for (const auto& ref : gate.blocking) {
            stopping.insert(ref.analysis->findings[ref.index].fingerprint);
        }
    }
    const auto helps = [&](std::size_t i) {
        return !run.on[i] && stopping.contains(run.plan.analysis->findings[run.plan.edits[i].finding].fingerprint);
    };
    auto everything = arguments;
    everything.all = true;
    std::array<std::size_t, 3> off{}; // waits for --all, cannot be proved, not named by --only
    for (std::size_t i = 0; i < run.on.size(); ++i) {
        if (helps(i)) {
            const bool waits =
                !run.asked[i] && isWanted(run.plan.edits[i], *run.plan.analysis, everything, review.profile);
            ++off[waits ? 0 : run.asked[i] ? 1 : 2];
        }
    }
    static constexpr std::array<std::string_view, 3> because{
        "because a person has to look first: --all makes all of them.",
        "because the file, judged again after that, still shows such values: take these out by hand.",
        "because --only does not name them."};
    for (std::size_t i = 0; i < off.size(); ++i) {
        if (off[i] > 0) {
            sentences.push_back("  " + report::counted(off[i], "edit", "edits") + " that would help "
                + (off[i] == 1 ? "is" : "are") + " off, " + std::string(because[i]));
        }
    }
    return sentences;
}

// As for scan: a profile has gates of its own, and --fail-on counts beside them when it was given.
Exit verdict(const AnalysisPtr& analysis, const Arguments& arguments, const ReviewOptions& review)
{
    const auto reaches = [&](const Finding& f) {
        const bool asked = !review.profile || arguments.failOnGiven;
        return asked && arguments.failOn && f.severity >= *arguments.failOn && !isAccepted(review, f);
    };
    if (std::any_of(analysis->findings.begin(), analysis->findings.end(), reaches)) {
        return Exit::Findings;
    }
    if (review.profile) {
        const auto gates = judged(analysis, review).gates;
        const auto blocked = [](const review::GateResult& result) { return !result.blocking.empty(); };
        if (std::any_of(gates.begin(), gates.end(), blocked)) {
            return Exit::Findings;
        }
    }
    if (!analysis->facts.scannable) {
        return Exit::NothingScannable;
    }
    return analysis->facts.status != ReadStatus::Complete && !arguments.allowPartial ? Exit::Incomplete : Exit::Ok;
}

struct Looked {
    AnalysisPtr analysis; // null: it cannot be read
    std::size_t members = 0; // files inside it
};

Looked look(const std::string& path, const ScanOptions& options, Budget& budget)
{
    auto bytes = engine::readFile(path, budget);
    if (!bytes) {
        complain("'" + path + "': " + bytes.error().detail);
        return {};
    }
    Looked out;
    Artifact artifact;
    artifact.path = path;
    artifact.bytes = std::move(bytes).value();
    auto withLists = options;
    withLists.declaredBeside = engine::readDeclaredBeside();
    out.analysis = std::make_shared<const Analysis>(
        engine::analyze(std::move(artifact), withLists, budget, [&out](const Artifact&) { ++out.members; }));
    return out;
}

} // namespace

// A pattern of rules that no rule answers to is a slip of the pen: with it nothing would be taken out, silently.
static std::string unknownRule(const std::vector<std::string>& only)
{
    const auto& all = rules::catalogue();
    const auto wrong = std::find_if(only.begin(), only.end(), [&all](const std::string& word) {
        const bool rule = word.starts_with("CUP-") || word.starts_with("cup-") || word.find('*') != std::string::npos;
        return rule && std::none_of(all.begin(), all.end(), [&word](const auto& info) {
            return engine::globMatches(word, std::string(info.id));
        });
    });
    return wrong == only.end() ? std::string() : "no rule is called '" + *wrong + "': see cupel rules";
}

namespace {

// Of the exit codes of several files the one that matters most.
Exit worseOf(Exit a, Exit b)
{
    static constexpr std::array order{Exit::Ok, Exit::NothingScannable, Exit::Incomplete, Exit::Findings,
        Exit::VerificationFailed, Exit::Usage, Exit::Internal, Exit::Interrupted};
    return std::find(order.begin(), order.end(), a) < std::find(order.begin(), order.end(), b) ? b : a;
}

struct FixTask {
    const Arguments& arguments;
    const ReviewOptions& review;
    ScanOptions options;
    fixes::Pseudonyms names; // one value has one name in all files
};

FixRun planned(FixTask& task, const AnalysisPtr& analysis, Budget& budget)
{
    const auto& [arguments, review, options, names] = task;
    FixRun run;
    run.plan = fixes::makePlan(analysis, task.names, budget);
    for (const auto& edit : run.plan.edits) {
        const Finding& finding = analysis->findings[edit.finding];
        run.on.push_back(!isAccepted(review, finding) && isWanted(edit, *analysis, arguments, review.profile));
    }
    run.kept = keptBy(review, *analysis);
    run.others = othersThan(run, arguments, review);
    if (!arguments.only.empty() && std::find(run.on.begin(), run.on.end(), true) == run.on.end()) {
        complain(noneOfOnly(run, arguments, review));
    }
    run.asked = run.on;
    run.proof = engine::proveWhatHolds(run.plan, run.on, options, budget);
    run.wanted = arguments.write || !arguments.out.empty();
    return run;
}

Exit fixOne(FixTask& task, const std::string& path, const report::TextSink& sink)
{
    const auto& arguments = task.arguments;
    Budget budget(task.options.limits);
    const auto [analysis, members] = look(path, task.options, budget);
    if (!analysis) {
        return Exit::NothingScannable;
    }
    auto run = planned(task, analysis, budget);
    const bool changes = std::find(run.on.begin(), run.on.end(), true) != run.on.end();
    bool good = true;
    if (run.wanted && run.proof.holds() && (changes || !arguments.out.empty()) && !interrupted()) {
        const auto& target = arguments.write ? path : arguments.out;
        good = write(*run.proof.bytes, target);
        run.written = good ? target : "";
    }
    run.verdict = verdictOf(run, arguments, task.review);
    if (!arguments.quiet || arguments.format == "json") {
        sink(arguments.format == "json"
                ? fixJson(run)
                : fixText(run, wantsColour(arguments.colour, STDOUT_FILENO), columns(STDOUT_FILENO)));
    }
    if (!good) {
        return Exit::Internal;
    }
    if (!run.proof.holds()) {
        return Exit::VerificationFailed;
    }
    const auto& last = run.written.empty() && !(run.wanted && !changes) ? analysis : run.proof.after;
    auto exit = verdict(last, arguments, task.review);
    if (members > 0) {
        complain("'" + path + "': " + report::counted(members, "file", "files")
            + " inside it: they are not looked at here and stay as they are. Unpack it, fix them, and pack it again");
        exit = worseOf(exit, Exit::Incomplete);
    }
    return exit;
}

// Where the result cannot be written is said before anything is read.
std::string unwritable(const Arguments& arguments)
{
    if (!arguments.write) {
        return arguments.out.empty() ? std::string() : cannotWrite(arguments.out);
    }
    for (const auto& path : arguments.paths) {
        if (auto error = ::access(path.c_str(), F_OK) == 0 ? cannotWrite(path) : std::string(); !error.empty()) {
            return error;
        }
    }
    return {};
}

} // namespace

Exit runFix(const Arguments& arguments)
{
    constexpr std::uint32_t mostFindings = 1'000'000; // of a rule: what is only counted cannot be mended
    catchSignals();
    if (const auto error = unknownRule(arguments.only); !error.empty()) {
        complain(error);
        return Exit::Usage;
    }
    ReviewOptions review;
    if (const std::string error = readReviewOptions(arguments, review); !error.empty()) {
        complain(error);
        return Exit::Usage;
    }
    if (const std::string error = unwritable(arguments); !error.empty()) {
        complain(error);
        return Exit::Usage;
    }
    FixTask task{arguments, review, {}, {}};
    task.options.keepBytes = true;
    task.options.limits.findingsPerRule = mostFindings;
    const auto output = standardOutput();
    auto exit = Exit::Ok;
    const bool list = arguments.format == "json" && arguments.paths.size() > 1;
    std::string before = list ? "[\n" : "";
    for (const auto& path : arguments.paths) {
        if (interrupted()) {
            break;
        }
        exit = worseOf(exit, fixOne(task, path, [&](std::string_view text) {
            output->sink()(before);
            output->sink()(text);
            before = list ? ",\n" : "\n";
        }));
    }
    if (list) {
        output->sink()(before == "[\n" ? "[]\n" : "]\n");
    }
    if (const std::string error = output->finish(); !error.empty()) {
        complain(error);
        return Exit::Internal;
    }
    return exit;
}

} // namespace cupel::cli
