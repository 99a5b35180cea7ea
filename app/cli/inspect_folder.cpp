// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/inspect_folder.h"

#include "app/cli/output.h"
#include "app/cli/signals.h"
#include "app/cli/terminal.h"

#include "analyzers/engine/scan.h"
#include "analyzers/model/model_questions.h"
#include "analyzers/model/name_mask.h"
#include "analyzers/report/model_whole.h"
#include "analyzers/report/writers/json_records.h"
#include "analyzers/report/writers/text.h"
#include "analyzers/report/writers/text_unicode.h"
#include "analyzers/rules/rule_set.h"

#include <unistd.h>

namespace cupel::cli {

namespace {

using report::printable;

std::string_view word(report::RunAnswer::Kind kind)
{
    static constexpr std::string_view words[] = {"yes", "perhaps", "not-known", "none-found"};
    return words[static_cast<std::size_t>(kind)];
}

std::string_view sentence(report::RunAnswer::Kind kind)
{
    static constexpr std::string_view words[] = {
        "can run code", "can perhaps run code", "not all of it could be read", "nothing found that runs code"};
    return words[static_cast<std::size_t>(kind)];
}

// A finding says so; files that belong to a model, as its weights do, are none.
bool opensFiles(const report::ModelWhole& whole)
{
    return !whole.findings(isAboutOtherFiles).empty();
}

std::uint64_t tensorsOf(const report::ModelWhole& whole)
{
    std::uint64_t sum = 0;
    for (const auto& part : whole.parts) {
        sum += part->facts.model ? part->facts.model->tensorCount : 0;
    }
    return sum;
}

std::string kindOf(const report::ModelWhole& whole)
{
    const auto& file = whole.file();
    const auto* model = file.facts.model.get();
    return model && !model->kind.empty() ? NameMask(file)(model->kind) : std::string(file.facts.format);
}

std::string textOf(const std::string& folder, const std::vector<report::ModelWhole>& models, const report::Paint& paint)
{
    std::string out = paint.bold(printable(folder)) + "  " + report::counted(models.size(), "model file") + "\n";
    for (const auto& whole : models) {
        const auto tensors = tensorsOf(whole);
        out += "  " + printable(whole.file().artifact.path) + "  "
            + paint.dim(printable(kindOf(whole)) + ", " + report::humanBytes(whole.file().size)
                + (tensors > 0 ? ", " + report::counted(tensors, "tensor") : ""))
            + "  " + std::string(sentence(report::canRun(whole).kind))
            + (opensFiles(whole) ? ", opens other files" : "") + "\n";
    }
    return out + "\ncupel inspect with the path of one of them says more.\nNothing was run.\n";
}

void jsonOf(const std::string& folder, const std::vector<report::ModelWhole>& models, report::JsonStream& json)
{
    json.beginObject();
    json.field("schema", "cupel.inspect/1");
    report::RunInfo run;
    run.version = CUPEL_VERSION;
    run.rulesVersion = rules::catalogueVersion();
    report::writeToolFields(json, run);
    json.field("path", folder);
    json.field("format", "folder");
    json.arrayField("models");
    for (const auto& whole : models) {
        json.beginObject();
        report::writeArtifactFields(json, whole.file());
        json.field("kind", kindOf(whole));
        json.field("tensorCount", tensorsOf(whole));
        json.field("runsCode", word(report::canRun(whole).kind));
        json.field("opensFiles", opensFiles(whole));
        json.endObject();
    }
    json.endArray();
    json.endObject();
    json.newline();
}

} // namespace

Exit inspectFolder(const std::string& folder, const Arguments& arguments)
{
    ScanOptions options;
    const auto workspace = engine::scanAll({folder}, options);
    if (interrupted()) {
        return Exit::Interrupted;
    }
    const auto models = report::modelsOf(workspace);
    if (models.empty()) {
        complain(
            "'" + printable(folder) + "' is a folder without models; inspect looks at a file, scan at all of them");
        return Exit::NothingScannable;
    }
    const auto output = standardOutput();
    if (arguments.format == "json") {
        report::JsonStream json(output->sink(), report::JsonStream::Layout::Indented);
        jsonOf(folder, models, json);
    } else {
        output->sink()(textOf(folder, models, report::Paint(wantsColour(arguments.colour, STDOUT_FILENO))));
    }
    if (const std::string error = output->finish(); !error.empty()) {
        complain(error);
        return Exit::Internal;
    }
    return summarize(workspace).incomplete ? Exit::Incomplete : Exit::Ok;
}

} // namespace cupel::cli
