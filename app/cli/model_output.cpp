// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/model_output.h"

#include "app/cli/output.h"
#include "app/cli/terminal.h"

#include "analyzers/report/writers/html.h"
#include "analyzers/report/writers/markdown.h"

#include <algorithm>

#include <unistd.h>

namespace cupel::cli {

bool canWriteAll(const Arguments& arguments)
{
    return std::all_of(arguments.outputs.begin(), arguments.outputs.end(), [](const OutputRequest& output) {
        const std::string error = output.file == "-" ? "" : cannotWrite(output.file);
        if (!error.empty()) {
            complain(error);
        }
        return error.empty();
    });
}

bool writeEach(const Arguments& arguments, const WriteOne& write)
{
    bool good = true;
    const auto one = [&](const OutputRequest& request, const report::TextStyle& style) {
        std::string error;
        const auto output = request.file == "-" ? standardOutput() : fileOutput(request.file, error);
        if (output && !write(request.format, style, output->sink())) {
            return; // a file that is not finished does not appear
        }
        if (output) {
            error = output->finish();
        }
        if (!error.empty()) {
            complain(error);
            good = false;
        }
    };
    report::TextStyle style;
    style.verbose = arguments.verbose;
    for (const auto& request : arguments.outputs) {
        one(request, style);
    }
    style.colour = wantsColour(arguments.colour, STDOUT_FILENO);
    style.width = columns(STDOUT_FILENO);
    style.brief = arguments.quiet;
    one({arguments.format, "-"}, style);
    return good;
}

bool writeModels(const Arguments& arguments, const threats::ThreatModel& model, const MakeDocument& document,
    const threats::Overlaid* team)
{
    return writeEach(
        arguments, [&](const std::string& format, const report::TextStyle& style, const report::TextSink& sink) {
            if (format == "cupel" || format == "json") {
                report::writeThreatsJson(model, sink, team);
            } else if (format == "threat-dragon") {
                report::writeThreatDragon(model, sink);
            } else if (format == "otm") {
                report::writeOpenThreatModel(model, sink);
            } else if (format == "tm-bom") {
                report::writeTmBom(model, sink);
            } else if (format == "csv") {
                report::writeThreatsCsv(model, sink, team);
            } else if (format == "mermaid") {
                report::writeThreatsMermaid(model, sink);
            } else if (format == "atlas-layer") {
                report::writeAtlasLayer(model, sink);
            } else if (format == "html" && document) {
                sink(report::writeHtml(document()));
            } else if (format == "md" && document) {
                sink(report::writeMarkdown(document()));
            } else {
                report::writeThreatsText(model, style, sink, team);
            }
            return true;
        });
}

} // namespace cupel::cli
