// SPDX-License-Identifier: GPL-3.0-or-later
// `cupel lineage`: the graph of a workspace, in every form that was asked for.
#include "app/cli/commands.h"
#include "app/cli/model_output.h"
#include "app/cli/output.h"
#include "app/cli/signals.h"
#include "app/cli/terminal.h"

#include "analyzers/engine/file_source.h"
#include "analyzers/engine/lineage_folder.h"
#include "analyzers/engine/lineage_mask.h"
#include "analyzers/report/lineage/lineage_writers.h"
#include "analyzers/review/compare_lineage.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <ctime>
#include <optional>
#include <string_view>

#include <sys/stat.h>
#include <unistd.h>

namespace cupel::cli {

namespace {

bool isThere(const std::string& path)
{
    struct stat info{};
    return ::stat(path.c_str(), &info) == 0;
}

// The convention of reproducible builds: seconds since 1970 as the one clock of what is made. Empty: not set, or no
// such number.
std::string sourceDate()
{
    const char* value = std::getenv("SOURCE_DATE_EPOCH");
    const std::string_view text = value ? value : "";
    std::time_t seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    std::tm parts{};
    constexpr std::time_t year10000 = 253'402'300'800;
    if (text.empty() || error != std::errc() || end != text.data() + text.size() || seconds < 0 || seconds >= year10000
        || ::gmtime_r(&seconds, &parts) == nullptr) {
        return {};
    }
    char date[32];
    return {date, std::strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

// False when a drawing was not made in time.
bool write(const std::string& format, const lineage::LineageGraph& graph, const report::TextStyle& style,
    Budget& budget, const report::TextSink& sink)
{
    report::LineageRun run;
    run.version = CUPEL_VERSION;
    if (format == "json") {
        report::writeLineageJson(graph, run, sink);
    } else if (format == "csv") {
        report::writeLineageCsv(graph, sink);
    } else if (format == "dot") {
        report::writeLineageDot(graph, sink);
    } else if (format == "mermaid") {
        report::writeLineageMermaid(graph, sink);
    } else if (format == "graphml") {
        report::writeLineageGraphMl(graph, sink);
    } else if (format == "openlineage") {
        if (auto date = sourceDate(); !date.empty()) {
            run.eventTime = std::move(date);
        }
        report::writeLineageOpenLineage(graph, run, sink);
    } else if (format == "prov") {
        report::writeLineageProv(graph, sink);
    } else if (format == "svg") {
        return report::writeLineageSvg(graph, budget, sink);
    } else {
        report::writeLineageText(graph, style, sink);
    }
    return true;
}

// Only JSON tells what flows in one order alone; it and OpenLineage say what files hold.
engine::LineageOptions optionsOf(const Arguments& arguments)
{
    const auto& outputs = arguments.outputs;
    const auto asked = [&](std::string_view format) {
        return arguments.format == format
            || std::any_of(outputs.begin(), outputs.end(), [format](const auto& one) { return one.format == format; });
    };
    const bool alone = arguments.before.empty();
    return {arguments.exclude, arguments.jobs, arguments.roles, alone && asked("json"),
        alone && (asked("json") || asked("openlineage"))};
}

lineage::LineageGraph graphOf(const std::vector<std::string>& paths, const Arguments& arguments, Budget& budget)
{
    return arguments.recordedOrder ? engine::lineageInBothOrders(paths, optionsOf(arguments), budget).recorded
                                   : engine::lineageOf(paths, optionsOf(arguments), budget);
}

// The graph that is compared with: read, or made of a folder.
Result<review::LineageOutline> readBefore(const Arguments& arguments, Budget& budget)
{
    struct stat info{};
    if (::stat(arguments.before.c_str(), &info) == 0 && S_ISDIR(info.st_mode)) {
        return review::outlineOf(graphOf({arguments.before}, arguments, budget));
    }
    const auto bytes = engine::readFile(arguments.before, budget);
    if (!bytes.ok()) {
        return bytes.error();
    }
    auto outline = review::readOutline(*bytes.value(), budget);
    if (outline.ok()) {
        engine::maskOutline(outline.value(), budget);
    }
    return outline;
}

// False: the output failed.
bool writeDiff(const review::LineageDiff& diff, const Arguments& arguments)
{
    const auto output = standardOutput();
    arguments.format == "json" ? report::writeLineageDiffJson(diff, output->sink())
                               : report::writeLineageDiffText(diff, output->sink());
    const std::string error = output->finish();
    if (!error.empty()) {
        complain(error);
    }
    return error.empty();
}

enum class Written : std::uint8_t { All, Stopped, Failed };

Written writeAll(const lineage::LineageGraph& graph, const Arguments& arguments, Budget& budget)
{
    bool stopped = false;
    const bool good = writeEach(
        arguments, [&](const std::string& format, const report::TextStyle& style, const report::TextSink& sink) {
            if (write(format, graph, style, budget, sink)) {
                return true;
            }
            complain("the " + format + " was not drawn in time");
            stopped = true;
            return false;
        });
    return !good ? Written::Failed : stopped ? Written::Stopped : Written::All;
}

Exit verdict(const lineage::LineageGraph& graph, const Arguments& arguments, std::size_t missing)
{
    if (interrupted()) {
        return Exit::Interrupted;
    }
    if (missing == arguments.paths.size()) {
        return Exit::NothingScannable;
    }
    if ((!graph.complete || missing > 0) && !arguments.allowPartial) {
        return Exit::Incomplete;
    }
    return graph.files.empty() ? Exit::NothingScannable : Exit::Ok;
}

void warn(const lineage::LineageGraph& graph, const Arguments& arguments, Budget::Stop stop, Exit exit)
{
    if (arguments.quiet) {
        return;
    }
    if (exit == Exit::Interrupted) {
        complain("interrupted; what was done is written");
    } else if (stop == Budget::Stop::Deadline) {
        complain("the time limit ended it; what was done is written");
    } else if (graph.files.empty() && arguments.format != "text") {
        complain("no code that can be followed");
    }
}

} // namespace

Exit runLineage(const Arguments& arguments)
{
    catchSignals();
    for (const auto& output : arguments.outputs) {
        if (const std::string error = output.file == "-" ? "" : cannotWrite(output.file); !error.empty()) {
            complain(error);
            return Exit::Usage;
        }
    }
    if (!arguments.roles.empty() && ::access(arguments.roles.c_str(), R_OK) != 0) {
        complain("'" + arguments.roles + "' cannot be read");
        return Exit::Usage;
    }
    std::size_t missing = 0;
    for (const auto& path : arguments.paths) {
        if (!isThere(path)) {
            complain("'" + path + "': cannot open the file: No such file or directory");
            ++missing;
        }
    }
    const InterruptToken stop;
    Limits limits;
    limits.time = arguments.maxTime;
    std::optional<Budget::Clock::time_point> deadline;
    if (arguments.maxTime) {
        deadline = Budget::Clock::now() + *arguments.maxTime;
    }
    Budget budget(limits, stop.token(), deadline);
    auto before = arguments.before.empty() ? Result<review::LineageOutline>(review::LineageOutline())
                                           : readBefore(arguments, budget);
    if (!before.ok()) {
        complain("'" + arguments.before + "': " + before.error().detail);
        return Exit::Usage;
    }
    auto graph = graphOf(arguments.paths, arguments, budget);
    graph.complete = graph.complete && missing == 0 && budget.stopReason() == Budget::Stop::None;
    const Exit exit = verdict(graph, arguments, missing);
    const auto why = budget.stopReason();
    if (!arguments.before.empty()) {
        const auto diff = review::compareLineage(before.value(), review::outlineOf(graph));
        const bool written = writeDiff(diff, arguments);
        warn(graph, arguments, why, exit);
        return written ? exit : Exit::Internal;
    }
    Budget drawing(limits, stop.token()); // what is done is also drawn
    const Written written = writeAll(graph, arguments, drawing);
    warn(graph, arguments, why, exit);
    if (written == Written::Failed) {
        return Exit::Internal;
    }
    return written == Written::Stopped ? (interrupted() ? Exit::Interrupted : Exit::Incomplete) : exit;
}

} // namespace cupel::cli
