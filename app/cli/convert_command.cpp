// SPDX-License-Identifier: GPL-3.0-or-later
// `cupel convert`: the tensors of a checkpoint as a safetensors file. Nothing is loaded, the old file stays as it is.
#include "app/cli/collect.h"
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/signals.h"
#include "app/cli/terminal.h"
#include "app/cli/unread.h"

#include "analyzers/convert/safetensors_file.h"
#include "analyzers/engine/free_room.h"
#include "analyzers/engine/mapped_file.h"
#include "analyzers/engine/scan.h"
#include "analyzers/report/writers/text.h"
#include "analyzers/report/writers/text_unicode.h"

#include <algorithm>
#include <chrono>

#include <sys/stat.h>

namespace cupel::cli {

namespace {

using namespace std::chrono_literals;
using convert::Conversion;

// The file and all its members, with their bytes.
std::vector<AnalysisPtr> read(const std::string& path)
{
    ScanOptions options;
    options.limits.digests = false; // nobody asks for them here
    options.keepBytes = true;
    engine::Scan scan({path}, options);
    std::vector<AnalysisPtr> out;
    const auto take = [&out](std::vector<AnalysisPtr> some) {
        out.insert(out.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
    };
    while (!scan.progress().finished) {
        take(scan.waitAndDrain(20ms));
        if (interrupted()) {
            scan.cancel();
        }
    }
    take(scan.drain());
    return out;
}

bool isSameFile(const std::string& a, const std::string& b)
{
    struct stat one{};
    struct stat other{};
    return ::stat(a.c_str(), &one) == 0 && ::stat(b.c_str(), &other) == 0 && one.st_dev == other.st_dev
        && one.st_ino == other.st_ino;
}

// One sentence about what went wrong; empty: it is written.
std::string write(const Conversion& conversion, const std::string& target)
{
    std::string error = cannotWrite(target);
    if (!error.empty()) {
        return error;
    }
    const auto head = convert::safetensorsHead(conversion).size();
    if (const auto lack = engine::lacksRoom(target, head + conversion.bytes); !lack.empty()) {
        return "cannot write '" + target + "': " + lack;
    }
    const auto output = fileOutput(target, error);
    if (!output) {
        return error;
    }
    const InterruptToken stop; // so that what was begun goes away
    Budget budget(Limits{}, stop.token());
    budget.setPulse(engine::trimMaps); // what was copied need not stay in memory
    const auto sink = output->sink();
    const bool whole = convert::writeSafetensors(conversion, budget, [&](std::string_view piece) {
        sink(piece);
        return !output->failed();
    });
    return whole || output->failed() ? output->finish() : "writing was stopped";
}

std::string textOf(const Conversion& conversion, const std::string& target)
{
    std::string out = report::counted(conversion.tensors.size(), "tensor") + ", " + report::humanBytes(conversion.bytes)
        + (target.empty() ? ", can be written exactly. --out FILE writes them.\n"
                          : ", written to " + report::printable(target) + "\n");
    for (const auto& note : conversion.notes) {
        out += "  " + note + '\n';
    }
    return out + "Nothing was run.\n";
}

void jsonOf(
    const Conversion& conversion, const std::string& source, const std::string& target, report::JsonStream& json)
{
    json.beginObject();
    json.field("schema", "cupel.convert/1");
    json.field("path", source);
    json.field("format", "safetensors");
    target.empty() ? json.nullField("written") : json.field("written", target);
    json.field("bytes", conversion.bytes);
    json.arrayField("tensors");
    for (const auto& tensor : conversion.tensors) {
        json.beginObject();
        json.field("name", tensor.name);
        json.field("dtype", tensor.dtype);
        json.arrayField("shape");
        for (const auto extent : tensor.shape) {
            json.number(extent);
        }
        json.endArray();
        json.field("bytes", tensor.bytes);
        json.endObject();
    }
    json.endArray();
    json.field("notes", conversion.notes);
    json.endObject();
    json.newline();
}

} // namespace

Exit runConvert(const Arguments& arguments)
{
    catchSignals();
    const auto& path = arguments.paths.front();
    if (!arguments.out.empty() && isSameFile(path, arguments.out)) {
        complain("--out names the file itself; it is never changed");
        return Exit::Usage;
    }
    const auto analyses = read(path);
    if (interrupted()) {
        return Exit::Interrupted;
    }
    for (const auto& analysis : analyses) {
        if (analysis->artifact.path == path) {
            if (const auto exit = unread(*analysis)) {
                return *exit;
            }
        }
    }
    const auto plan = convert::planConversion(analyses);
    if (!plan) {
        complain("'" + path + "' is not converted: " + plan.error().detail);
        return Exit::Usage;
    }
    if (!arguments.out.empty()) {
        if (const std::string error = write(plan.value(), arguments.out); !error.empty()) {
            complain(error);
            return interrupted() ? Exit::Interrupted : Exit::Internal;
        }
    }
    const auto output = standardOutput();
    if (arguments.format == "json") {
        report::JsonStream json(output->sink(), report::JsonStream::Layout::Indented);
        jsonOf(plan.value(), path, arguments.out, json);
    } else if (!arguments.quiet) {
        output->sink()(textOf(plan.value(), arguments.out));
    }
    if (const std::string error = output->finish(); !error.empty()) {
        complain(error);
        return Exit::Internal;
    }
    return Exit::Ok;
}

} // namespace cupel::cli
