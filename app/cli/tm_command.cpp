// SPDX-License-Identifier: GPL-3.0-or-later
// `cupel tm convert` and `cupel tm diff`: files of threat models, of other tools too.
#include "app/cli/commands.h"
#include "app/cli/model_output.h"
#include "app/cli/signals.h"
#include "app/cli/suggest.h"
#include "app/cli/terminal.h"

#include "analyzers/engine/file_source.h"
#include "analyzers/threats/diagram_layout.h"
#include "analyzers/threats/import/import.h"
#include "analyzers/threats/model_diff.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include <unistd.h>

namespace cupel::cli {

namespace {

// "line 12, byte 345" of a file, which people and programs find.
std::string placeIn(ByteView bytes, std::uint64_t offset)
{
    const auto before = bytes.substr(0, offset);
    return "line " + std::to_string(1 + std::count(before.begin(), before.end(), '\n')) + ", byte "
        + std::to_string(offset);
}

// Says what went wrong; nullopt then.
std::optional<threats::Imported> load(const std::string& path, Budget& budget)
{
    const auto bytes = engine::readFile(path, budget);
    if (!bytes) {
        complain("'" + path + "': " + bytes.error().detail);
        return {};
    }
    auto imported = threats::importModel(*bytes.value(), budget);
    if (!imported) {
        complain(
            "'" + path + "', " + placeIn(*bytes.value(), imported.error().offset) + ": " + imported.error().detail);
        return {};
    }
    for (const auto& note : imported.value().notes) {
        complain("'" + path + "', " + placeIn(*bytes.value(), note.offset) + ": " + note.text);
    }
    return std::move(imported).value();
}

// Whether a form that was asked for is that of the file, which goes back whole.
bool isOwnForm(const threats::Imported& imported, std::string_view format)
{
    return (format == "otm" && imported.format == threats::FileFormat::Otm)
        || (format == "tm-bom" && imported.format == threats::FileFormat::TmBom)
        || (format == "threat-dragon" && imported.format == threats::FileFormat::ThreatDragon2);
}

// Names what the file says and what was written does not. Tables and texts are views of a model, no models.
bool tellLosses(const Arguments& arguments, const threats::Imported& imported)
{
    std::set<std::string> formats{arguments.format};
    for (const auto& output : arguments.outputs) {
        formats.insert(output.format);
    }
    bool lost = false;
    bool unread = false;
    for (const std::string& format : formats) {
        if (report::isViewFormat(format) || isOwnForm(imported, format)) {
            continue;
        }
        unread = true;
        for (const std::string& loss : report::lossesOf(imported.model, format)) {
            complain("'" + arguments.paths[1] + "': " + format + " has no place for " + loss);
            lost = true;
        }
    }
    for (const auto& note : imported.unread) {
        if (unread) {
            complain("'" + arguments.paths[1] + "': " + note.text);
        }
    }
    return lost || (unread && !imported.unread.empty());
}

Exit convert(const Arguments& arguments, Budget& budget)
{
    auto imported = load(arguments.paths[1], budget);
    if (!imported) {
        return interrupted() ? Exit::Interrupted : Exit::Usage;
    }
    threats::ThreatModel& model = imported->model;
    const bool drawn = threats::layOutDiagrams(model, budget);
    if (!drawn && !interrupted()) {
        complain("'" + arguments.paths[1] + "': the diagram is too large to be laid out");
    }
    if (!writeModels(arguments, model)) {
        return Exit::Internal;
    }
    const bool lost = tellLosses(arguments, *imported);
    return interrupted()                                                   ? Exit::Interrupted
        : (imported->partial || !drawn || lost) && !arguments.allowPartial ? Exit::Incomplete
                                                                           : Exit::Ok;
}

Exit diff(const Arguments& arguments, Budget& budget)
{
    const auto before = load(arguments.paths[1], budget);
    const auto after = load(arguments.paths[2], budget);
    if (!before || !after) {
        return interrupted() ? Exit::Interrupted : Exit::Usage;
    }
    const auto changes = threats::differences(before->model, after->model);
    const bool written =
        writeEach(arguments, [&](const std::string& format, const report::TextStyle&, const report::TextSink& sink) {
            format == "cupel" ? report::writeModelDiffJson(changes, sink) : report::writeModelDiffText(changes, sink);
            return true;
        });
    return !written ? Exit::Internal : before->partial || after->partial ? Exit::Incomplete : Exit::Ok;
}

} // namespace

Exit runThreatModel(const Arguments& arguments)
{
    catchSignals();
    const std::string& action = arguments.paths.front();
    const std::size_t files = action == "convert" ? 1 : action == "diff" ? 2 : 0;
    if (files == 0) {
        complain("'cupel tm' does not know '" + action + "'" + didYouMean(action, {"convert", "diff"})
            + "\nIt can convert and diff.");
        return Exit::Usage;
    }
    if (arguments.paths.size() != files + 1) {
        complain(files == 1 ? "'cupel tm convert' needs one FILE" : "'cupel tm diff' needs two FILEs");
        return Exit::Usage;
    }
    if (!canWriteAll(arguments)) {
        return Exit::Usage;
    }
    const InterruptToken stop;
    Limits limits;
    limits.time = arguments.maxTime;
    std::optional<Budget::Clock::time_point> deadline;
    if (arguments.maxTime) {
        deadline = Budget::Clock::now() + *arguments.maxTime;
    }
    Budget budget(limits, stop.token(), deadline);
    return files == 1 ? convert(arguments, budget) : diff(arguments, budget);
}

} // namespace cupel::cli
