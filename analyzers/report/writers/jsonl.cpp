// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/report/writers/json.h"
#include "analyzers/report/writers/text_unicode.h"

namespace cupel::report {

namespace {

template <typename Fields> std::string line(std::string_view type, const Fields& fields)
{
    std::string text;
    {
        JsonStream json([&text](std::string_view piece) { text.append(piece); }, JsonStream::Layout::OneLine);
        json.beginObject();
        json.field("type", type);
        fields(json);
        json.endObject();
        json.newline();
    }
    return text;
}

// A finding with thousands of places gives up places before it breaks the promise about line length.
std::string findingLine(const Finding& finding)
{
    std::size_t evidence = finding.evidence.size();
    while (true) {
        std::string text = line("finding", [&](JsonStream& json) { writeFindingFields(json, finding, evidence); });
        if (text.size() <= jsonlLineLimit || evidence == 0) {
            return text;
        }
        evidence /= 2;
    }
}

std::string diagnosticLine(PlacedDiagnostic placed)
{
    // Escaped, one byte of text can take six.
    placed.diagnostic.message = prefixBytes(placed.diagnostic.message, 64 << 10);
    return line("diagnostic", [&](JsonStream& json) { writeDiagnosticFields(json, placed); });
}

} // namespace

void writeJsonl(const Workspace& workspace, const RunInfo& run, const TextSink& sink)
{
    sink(line("run", [&](JsonStream& json) {
        json.field("schema", "cupel.scan/1");
        writeToolFields(json, run);
    }));
    for (const auto& [path, analysis] : workspace.analyses) {
        sink(line("artifact", [item = analysis.get()](JsonStream& json) { writeArtifactFields(json, *item); }));
    }
    for (const auto& [path, analysis] : workspace.analyses) {
        for (const auto& finding : analysis->findings) {
            sink(findingLine(finding));
        }
    }
    for (auto& diagnostic : diagnosticsOf(workspace)) {
        sink(diagnosticLine(std::move(diagnostic)));
    }
    for (const auto& [path, analysis] : workspace.analyses) {
        for (auto& diagnostic : diagnosticsOf(*analysis)) {
            sink(diagnosticLine(std::move(diagnostic)));
        }
    }
    sink(line("summary", [&](JsonStream& json) {
        json.field("incomplete", summarize(workspace).incomplete);
        writeSummaryFields(json, workspace, run);
        writeVerdict(json, run);
    }));
}

} // namespace cupel::report
