// SPDX-License-Identifier: GPL-3.0-or-later
// `cupel threats`: the threat model of a workspace, in every form that was asked for.
#include "app/cli/collect.h"
#include "app/cli/commands.h"
#include "app/cli/model_output.h"
#include "app/cli/output.h"
#include "app/cli/review_options.h"
#include "app/cli/signals.h"
#include "app/cli/terminal.h"

#include "analyzers/engine/file_source.h"
#include "analyzers/engine/lineage_folder.h"
#include "analyzers/engine/rule_pack_files.h"
#include "analyzers/engine/threat_folder.h"
#include "analyzers/report/build.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <optional>
#include <vector>

namespace cupel::cli {

namespace {

// What neither the scan nor the lineage could read is not in the model.
Exit verdict(const Workspace& workspace, bool followed, const threats::ThreatModel& model, const Arguments& arguments)
{
    if (interrupted() || workspace.cancelled) {
        return Exit::Interrupted;
    }
    if (model.elements.empty()) {
        return Exit::NothingScannable;
    }
    const Summary summary = summarize(workspace);
    return (summary.incomplete || !followed) && !arguments.allowPartial ? Exit::Incomplete : Exit::Ok;
}

// Why the exit status is 4: the first files, each with its first reason.
void tellIncomplete(const Workspace& workspace, const lineage::LineageGraph& graph)
{
    constexpr std::size_t most = 5;
    std::vector<std::string> lines;
    for (const auto& [path, analysis] : workspace.analyses) {
        const auto& all = analysis->facts.diagnostics;
        const auto found = std::find_if(
            all.begin(), all.end(), [](const Diagnostic& one) { return one.level == DiagnosticLevel::Incomplete; });
        if (found != all.end()) {
            lines.push_back(path + ", byte " + std::to_string(found->offset) + ": " + found->message);
        } else if (analysis->facts.status != ReadStatus::Complete) {
            lines.push_back(path + ": " + std::string(toString(analysis->facts.status)));
        } else if (analysis->droppedFindings > 0) {
            lines.push_back(path + ": more findings of one rule than are listed");
        }
    }
    if (lines.empty() && !graph.complete) {
        for (const auto& note : graph.notes) {
            lines.push_back(note.path + ": " + note.message);
        }
    }
    complain("not everything is in the model" + std::string(lines.empty() ? ": a limit was met" : ":"));
    for (std::size_t i = 0; i < std::min(most, lines.size()); ++i) {
        complain("  " + lines[i]);
    }
    if (lines.size() > most) {
        complain("  and " + std::to_string(lines.size() - most) + " more; cupel scan tells all");
    }
}

// False: said why. Nothing that lies in the folder settles anything unless it is named.
bool readTeam(const Arguments& arguments, threats::TeamModel& team)
{
    Budget budget;
    if (arguments.decisions.empty()) {
        const std::string own = arguments.paths.size() == 1 ? arguments.paths.front() + "/.cupel/threats.jsonl" : "";
        if (!own.empty() && !arguments.quiet && engine::readFile(own, budget)) {
            complain("what was decided in the workbench is left out: --decisions " + own + " takes it in");
        }
        return true;
    }
    const auto bytes = engine::readFile(arguments.decisions, budget);
    if (!bytes) {
        complain("the decisions '" + arguments.decisions + "': " + bytes.error().detail);
        return false;
    }
    std::vector<std::string> troubles;
    team = threats::read(*bytes.value(), troubles);
    for (const auto& trouble : troubles) {
        complain("'" + arguments.decisions + "': " + trouble);
    }
    return true;
}

// False: said where and why. A rule that is left out without a word would be one that nobody misses.
bool readRules(const Arguments& arguments, std::vector<threats::ThreatRule>& own)
{
    threats::RuleSet set = threats::builtInSet();
    const std::size_t builtIn = set.rules.size();
    Budget budget;
    for (const auto& path : arguments.rules) {
        for (const auto& file : engine::packFiles(path)) {
            engine::readPack(set, file, budget);
        }
    }
    for (const auto& trouble : set.troubles) {
        complain(toString(trouble));
    }
    own.assign(std::make_move_iterator(set.rules.begin() + static_cast<std::ptrdiff_t>(builtIn)),
        std::make_move_iterator(set.rules.end()));
    return set.troubles.empty();
}

// The sections about the model, with what was looked at.
report::Document documentOf(const Workspace& workspace, const report::ThreatReviewPtr& review, const std::string& today)
{
    report::Options options;
    options.threats = review;
    options.today = today;
    for (const report::SectionEntry& entry : report::sections()) {
        if (entry.id.starts_with("threat_")) {
            options.sections.emplace_back(entry.id);
        }
    }
    options.sections.insert(options.sections.end(), {"coverage", "inventory"});
    report::Document document = report::build(workspace, options);
    document.title = "Threat model";
    return document;
}

} // namespace

Exit runThreats(const Arguments& arguments)
{
    catchSignals();
    engine::ThreatOptions options;
    options.today = isoToday();
    if (!canWriteAll(arguments) || !readTeam(arguments, options.team) || !readRules(arguments, options.ownRules)) {
        return Exit::Usage;
    }
    Request request;
    request.paths = arguments.paths;
    request.options.jobs = arguments.jobs;
    request.options.exclude = arguments.exclude;
    request.options.limits.time = arguments.maxTime;
    request.keepFacts = true; // what a file is says which element it becomes
    std::optional<Budget::Clock::time_point> deadline;
    if (arguments.maxTime) {
        deadline = Budget::Clock::now() + *arguments.maxTime;
    }
    const Collected collected = collect(request, arguments);
    const InterruptToken stop;
    Limits limits;
    limits.time = arguments.maxTime;
    Budget budget(limits, stop.token(), deadline);
    const auto graph = engine::lineageOf(arguments.paths, {arguments.exclude, arguments.jobs, {}, false}, budget);
    const bool followed = graph.complete && budget.stopReason() == Budget::Stop::None;
    Budget drawing(limits, stop.token()); // what is known is also drawn
    auto folder = engine::threatReview(collected.workspace, graph, options, drawing);
    for (const auto& move : folder.moved) {
        if (!arguments.quiet) {
            complain("'" + move.oldPath + "' is "
                + (move.newKind.empty() ? '\'' + move.newPath + '\'' : "a " + report::spoken(move.newKind))
                + " now: what was decided about it follows");
        }
    }
    auto review = std::make_shared<report::ThreatReview>(std::move(folder.review));
    review->complete = followed && !summarize(collected.workspace).incomplete;
    const threats::ThreatModel& model = review->overlaid.model;
    const Exit exit = verdict(collected.workspace, followed, model, arguments);
    if (!writeModels(
            arguments, model, [&] { return documentOf(collected.workspace, review, options.today); },
            &review->overlaid)) {
        return Exit::Internal;
    }
    if (exit == Exit::NothingScannable && !arguments.quiet) {
        complain("nothing that a threat model could be made of");
    } else if (exit == Exit::Interrupted && !arguments.quiet) {
        complain("interrupted; what was done is written");
    }
    if (exit == Exit::Incomplete && !arguments.quiet) {
        tellIncomplete(collected.workspace, graph);
    }
    return exit;
}

} // namespace cupel::cli
