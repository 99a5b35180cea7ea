// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/report/writers/json.h"

namespace cupel::report {

void writeJson(const Workspace& workspace, const RunInfo& run, const TextSink& sink)
{
    JsonStream json(sink, JsonStream::Layout::Indented);
    json.beginObject();
    json.field("schema", "cupel.scan/1");
    writeToolFields(json, run);
    json.field("incomplete", summarize(workspace).incomplete);
    json.objectField("summary");
    writeSummaryFields(json, workspace, run);
    json.endObject();

    writeVerdict(json, run);

    json.arrayField("artifacts");
    for (const auto& [path, analysis] : workspace.analyses) {
        json.beginObject();
        writeArtifactFields(json, *analysis);
        json.endObject();
    }
    json.endArray();

    json.arrayField("findings");
    for (const auto& [path, analysis] : workspace.analyses) {
        for (const auto& finding : analysis->findings) {
            json.beginObject();
            writeFindingFields(json, finding);
            json.endObject();
        }
    }
    json.endArray();

    json.arrayField("diagnostics");
    const auto write = [&json](const std::vector<PlacedDiagnostic>& diagnostics) {
        for (const auto& diagnostic : diagnostics) {
            json.beginObject();
            writeDiagnosticFields(json, diagnostic);
            json.endObject();
        }
    };
    write(diagnosticsOf(workspace));
    for (const auto& [path, analysis] : workspace.analyses) {
        write(diagnosticsOf(*analysis));
    }
    json.endArray();
    json.endObject();
    json.newline();
}

} // namespace cupel::report
