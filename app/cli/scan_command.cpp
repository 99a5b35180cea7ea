// SPDX-License-Identifier: GPL-3.0-or-later
// `cupel scan`: inputs, the scan, the verdict as an exit code, and every output that was asked for.
#include "app/cli/collect.h"
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/path_list.h"
#include "app/cli/review_options.h"
#include "app/cli/rule_output.h"
#include "app/cli/signals.h"
#include "app/cli/terminal.h"

#include "analyzers/report/build.h"
#include "analyzers/report/looked_pictures.h"
#include "analyzers/report/writers/csv.h"
#include "analyzers/report/writers/html.h"
#include "analyzers/report/writers/json.h"
#include "analyzers/report/writers/junit.h"
#include "analyzers/report/writers/markdown.h"
#include "analyzers/report/writers/sarif.h"
#include "analyzers/report/writers/text.h"
#include "analyzers/rules/rule_set.h"

#include <algorithm>

#include <unistd.h>

namespace cupel::cli {

namespace {

// Whether one of the outputs is of that kind.
bool wants(const Arguments& arguments, bool (*kind)(const std::string& format))
{
    return kind(arguments.format)
        || std::any_of(arguments.outputs.begin(), arguments.outputs.end(),
            [kind](const OutputRequest& output) { return kind(output.format); });
}

bool isSarif(const std::string& format)
{
    return format == "sarif";
}

bool isReport(const std::string& format)
{
    return format == "html" || format == "md";
}

bool isMissing(const Analysis& analysis)
{
    return std::any_of(analysis.facts.diagnostics.begin(), analysis.facts.diagnostics.end(),
        [](const Diagnostic& diagnostic) { return diagnostic.code == toString(ErrorCode::NotFound); });
}

Exit verdict(const Workspace& workspace, const Arguments& arguments, const std::optional<review::Verdict>& profile)
{
    if (workspace.cancelled) {
        return Exit::Interrupted;
    }
    bool unread = false; // something is there and was not read
    for (const auto& [path, analysis] : workspace.analyses) {
        for (const auto& finding : analysis->findings) {
            const bool asked = !profile || arguments.failOnGiven; // a profile has gates of its own
            if (asked && finding.settled.empty() && arguments.failOn && finding.severity >= *arguments.failOn) {
                return Exit::Findings;
            }
        }
        unread = unread || (analysis->facts.status == ReadStatus::Unreadable && !isMissing(*analysis));
    }
    const auto blocked = [](const review::GateResult& result) { return !result.blocking.empty(); };
    if (profile && std::any_of(profile->gates.begin(), profile->gates.end(), blocked)) {
        return Exit::Findings;
    }
    const Summary summary = summarize(workspace);
    if (!summary.anythingScannable && (!unread || arguments.allowPartial)) {
        return workspace.timedOut && !arguments.allowPartial ? Exit::Incomplete : Exit::NothingScannable;
    }
    return summary.incomplete && !arguments.allowPartial ? Exit::Incomplete : Exit::Ok;
}

// How results are written, whatever the format.
struct Style {
    report::TextStyle text;
    report::Options report;
};

void write(const std::string& format, const Collected& collected, const report::RunInfo& run, const Style& style,
    const report::TextSink& sink)
{
    const Workspace& workspace = collected.workspace;
    if (format == "json") {
        report::writeJson(workspace, run, sink);
    } else if (format == "jsonl") {
        report::writeJsonl(workspace, run, sink);
    } else if (format == "sarif") {
        report::writeSarif(workspace, run, sink);
    } else if (format == "csv") {
        report::writeCsv(workspace, run, sink);
    } else if (format == "junit") {
        report::writeJunit(workspace, run, sink);
    } else if (format == "html") {
        sink(report::writeHtml(report::build(workspace, style.report)));
    } else if (format == "md") {
        sink(report::writeMarkdown(report::build(workspace, style.report)));
    } else {
        report::writeText(workspace, run, style.text, sink);
    }
}

// Files first: they are what a job keeps, whatever becomes of the pipe.
bool writeAll(
    const Collected& collected, const report::RunInfo& run, const Arguments& arguments, const report::Options& options)
{
    bool good = true;
    const auto finish = [&good](Output& output) {
        if (const std::string error = output.finish(); !error.empty()) {
            complain(error);
            good = false;
        }
    };
    Style plain{{}, options};
    plain.text.verbose = arguments.verbose;
    for (const auto& request : arguments.outputs) {
        std::string error;
        const auto output = request.file == "-" ? standardOutput() : fileOutput(request.file, error);
        if (!output) {
            complain(error);
            good = false;
            continue;
        }
        write(request.format, collected, run, plain, output->sink());
        finish(*output);
    }
    Style style = plain;
    style.text.colour = wantsColour(arguments.colour, STDOUT_FILENO);
    style.text.width = columns(STDOUT_FILENO);
    style.text.brief = arguments.quiet;
    const auto output = standardOutput();
    write(arguments.format, collected, run, style, output->sink());
    finish(*output);
    return good;
}

// What text shows on its own must also be heard when the output is for a program.
void warn(const Workspace& workspace, const Arguments& arguments, Exit exit)
{
    constexpr std::size_t most = 10;
    const bool said = arguments.format == "text" && !arguments.quiet; // by the text itself
    std::size_t unreadable = 0;
    for (const auto& [path, analysis] : workspace.analyses) {
        const auto& diagnostics = analysis->facts.diagnostics;
        const bool stopped = workspace.cancelled || workspace.timedOut;
        if (said || stopped || analysis->facts.status != ReadStatus::Unreadable || diagnostics.empty()) {
            continue;
        }
        if (++unreadable <= most) {
            complain("'" + path + "': " + diagnostics.front().message);
        }
    }
    if (unreadable > most) {
        complain(report::counted(unreadable - most, "more file") + " could not be read");
    }
    if (arguments.quiet) {
        return;
    }
    if (exit == Exit::NothingScannable && arguments.format != "text") {
        complain("nothing that can be scanned");
    } else if (exit == Exit::Interrupted) {
        complain("interrupted; what was done is written");
    } else if (workspace.timedOut) {
        complain("the time limit ended the scan; what was done is written");
    }
}

// "secret,pii" as a list; a sentence when one of them is no family.
std::string readFamilies(const std::string& words, std::vector<std::string>& out)
{
    for (std::size_t start = 0; start < words.size();) {
        const auto end = std::min(words.find(',', start), words.size());
        out.push_back(words.substr(start, end - start));
        if (auto error = unknownFamily(out.back()); !error.empty()) {
            return error;
        }
        start = end + 1;
    }
    return {};
}

// What was decided and looked at before, asked while the bytes are there.
void askPeople(const ReviewOptions& review, bool newOnly, report::LookedPictures& looked, Request& request)
{
    if (review.settles()) {
        request.settle = [&review](const Analysis& analysis, Finding& finding) { review.settle(analysis, finding); };
        request.newOnly = newOnly;
        request.options.keepBytes = true; // baselines of other tools know digests of values
    }
    if (!review.pictures.empty()) {
        request.look = [&review, &looked](const Analysis& analysis) { looked.add(analysis, review.pictures); };
        request.options.keepBytes = true;
    }
}

report::Options reportOptions(
    const ReviewOptions& review, const report::LookedPictures& looked, const Collected& collected)
{
    report::Options options;
    options.profile = review.profile;
    options.decisions = review.decisions;
    options.today = review.today;
    options.known = collected.known;
    looked.tell(options);
    options.models = collected.models;
    return options;
}

} // namespace

Exit runScan(const Arguments& arguments)
{
    catchSignals();
    Request request;
    request.paths = arguments.paths;
    if (!arguments.filesFrom.empty()) {
        std::string error;
        if (!appendPathList(arguments.filesFrom, arguments.nulSeparated, request.paths, error)) {
            complain(error);
            return interrupted() ? Exit::Interrupted : Exit::Usage;
        }
    }
    for (const auto& output : arguments.outputs) {
        if (const std::string error = output.file == "-" ? "" : cannotWrite(output.file, request.paths);
            !error.empty()) {
            complain(error);
            return Exit::Usage;
        }
    }
    ReviewOptions review;
    if (const std::string error = readReviewOptions(arguments, review); !error.empty()) {
        complain(error);
        return Exit::Usage;
    }
    report::LookedPictures looked;
    askPeople(review, arguments.newOnly, looked, request);
    request.stdinName = arguments.stdinFilename;
    request.options.jobs = arguments.jobs;
    request.options.exclude = arguments.exclude;
    request.options.memoryBytes = arguments.maxMemory;
    request.options.limits.time = arguments.maxTime;
    request.options.limits.digests = !arguments.noHash;
    request.options.limits.checksums = !arguments.noHash;
    if (const std::string error = readFamilies(arguments.family, request.options.onlyFamilies); !error.empty()) {
        complain(error);
        return Exit::Usage;
    }
    request.minConfidence = arguments.minConfidence;
    request.keepFacts = wants(arguments, isReport);
    request.planEdits = wants(arguments, isSarif);
    request.tellModels = request.keepFacts || request.planEdits;
    request.options.keepBytes = request.options.keepBytes || request.tellModels;
    Collected collected = collect(request, arguments);
    report::RunInfo run;
    if (review.profile) {
        run.verdict = review::judge(*review.profile, collected.workspace, {}, looked.counts());
    }
    const Exit exit = verdict(collected.workspace, arguments, run.verdict);
    run.version = CUPEL_VERSION;
    run.rulesVersion = rules::catalogueVersion();
    run.exitCode = static_cast<int>(exit);
    run.belowConfidence = collected.belowConfidence;
    run.known = collected.known;
    run.edits = std::move(collected.edits);
    run.models = collected.models;
    run.decisions = review.decisions;
    run.today = review.today;
    run.lookedAt = looked.counts();
    const bool written = writeAll(collected, run, arguments, reportOptions(review, looked, collected));
    warn(collected.workspace, arguments, exit);
    return written ? exit : Exit::Internal;
}

} // namespace cupel::cli
