// SPDX-License-Identifier: GPL-3.0-or-later
// `cupel threats`: the threat model of a workspace, in every form that was asked for.
#include "app/cli/collect.h"
#include "app/cli/commands.h"
#include "app/cli/model_output.h"
#include "app/cli/output.h"
#include "app/cli/signals.h"
#include "app/cli/terminal.h"

#include "analyzers/engine/lineage_folder.h"
#include "analyzers/engine/threat_folder.h"

#include <algorithm>
#include <optional>

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

} // namespace

Exit runThreats(const Arguments& arguments)
{
    catchSignals();
    if (!canWriteAll(arguments)) {
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
    const auto graph = engine::lineageOf(arguments.paths, {arguments.exclude, arguments.jobs, {}}, budget);
    const bool followed = graph.complete && budget.stopReason() == Budget::Stop::None;
    Budget drawing(limits, stop.token()); // what is known is also drawn
    const auto model = engine::threatsOf(collected.workspace, graph, {}, drawing);
    const Exit exit = verdict(collected.workspace, followed, model, arguments);
    if (!writeModels(arguments, model)) {
        return Exit::Internal;
    }
    if (exit == Exit::NothingScannable && !arguments.quiet) {
        complain("nothing that a threat model could be made of");
    } else if (exit == Exit::Interrupted && !arguments.quiet) {
        complain("interrupted; what was done is written");
    }
    return exit;
}

} // namespace cupel::cli
