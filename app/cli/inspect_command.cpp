// SPDX-License-Identifier: GPL-3.0-or-later
// `cupel inspect`: finds the artifact, reads it the way a scan does, shows its facts.
#include "app/cli/collect.h"
#include "app/cli/commands.h"
#include "app/cli/inspection.h"
#include "app/cli/output.h"
#include "app/cli/signals.h"
#include "app/cli/stdin_source.h"
#include "app/cli/terminal.h"

#include "analyzers/engine/scan.h"

#include <algorithm>

#include <sys/stat.h>
#include <unistd.h>

namespace cupel::cli {

namespace {

using namespace std::chrono_literals;

bool isThere(const std::string& path)
{
    struct stat info{};
    return ::lstat(path.c_str(), &info) == 0;
}

bool isFolder(const std::string& path)
{
    struct stat info{};
    return ::stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode);
}

// The file of "a.zip!dir/b.ipynb": the shortest start before a '!' that exists, unless the whole does.
std::string fileOf(const std::string& path)
{
    if (isThere(path)) {
        return path;
    }
    for (std::size_t cut = path.find('!'); cut != std::string::npos; cut = path.find('!', cut + 1)) {
        if (isThere(path.substr(0, cut))) {
            return path.substr(0, cut);
        }
    }
    return path;
}

template <typename Source> std::vector<AnalysisPtr> all(Source& source)
{
    std::vector<AnalysisPtr> analyses;
    auto wait = 1ms;
    while (!source.progress().finished) {
        auto more = source.waitAndDrain(wait);
        wait = std::min<std::chrono::milliseconds>(wait * 2, 50ms);
        std::move(more.begin(), more.end(), std::back_inserter(analyses));
        if (interrupted()) {
            source.cancel();
        }
    }
    auto rest = source.drain();
    std::move(rest.begin(), rest.end(), std::back_inserter(analyses));
    return analyses;
}

std::vector<AnalysisPtr> readFile(const std::string& file, const std::string& wanted)
{
    ScanOptions options;
    options.keepBytes = true;
    options.jobs = 1;
    if (file == standardInputPath) {
        StdinScan scan(wanted, options);
        return all(scan);
    }
    engine::Scan scan({file}, options);
    return all(scan);
}

Exit judge(const Analysis& analysis)
{
    if (analysis.facts.status == ReadStatus::Unreadable) {
        for (const auto& diagnostic : analysis.facts.diagnostics) {
            complain("'" + analysis.artifact.path + "': " + diagnostic.message);
            if (diagnostic.code == toString(ErrorCode::NotFound)) {
                return Exit::NothingScannable;
            }
        }
    }
    return analysis.facts.status == ReadStatus::Complete ? Exit::Ok : Exit::Incomplete;
}

} // namespace

Exit runInspect(const Arguments& arguments)
{
    catchSignals();
    std::string wanted = arguments.paths.front();
    const std::string file = wanted == standardInputPath ? wanted : fileOf(wanted);
    if (file == standardInputPath && !arguments.stdinFilename.empty()) {
        wanted = arguments.stdinFilename;
    }
    if (file != standardInputPath && isFolder(file)) {
        complain("'" + file + "' is a folder; inspect looks at one file");
        return Exit::Usage;
    }
    Inspection inspection;
    inspection.source = arguments.source;
    for (auto& analysis : readFile(file, wanted)) {
        if (analysis->artifact.parent == wanted) {
            inspection.members.push_back(analysis);
        }
        if (analysis->artifact.path == wanted) {
            inspection.analysis = std::move(analysis);
        }
    }
    if (interrupted()) {
        return Exit::Interrupted;
    }
    if (!inspection.analysis) {
        complain("'" + file + "' has no member '" + wanted.substr(std::min(file.size() + 1, wanted.size())) + "'");
        return Exit::NothingScannable;
    }
    std::sort(inspection.members.begin(), inspection.members.end(),
        [](const AnalysisPtr& a, const AnalysisPtr& b) { return a->artifact.path < b->artifact.path; });
    const auto output = standardOutput();
    output->sink()(arguments.format == "json"
            ? inspectionJson(inspection)
            : inspectionText(inspection, wantsColour(arguments.colour, STDOUT_FILENO), columns(STDOUT_FILENO)));
    const Exit exit = judge(*inspection.analysis);
    if (const std::string error = output->finish(); !error.empty()) {
        complain(error);
        return Exit::Internal;
    }
    return exit;
}

} // namespace cupel::cli
