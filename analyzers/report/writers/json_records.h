// SPDX-License-Identifier: GPL-3.0-or-later
// The records that `-f json` and `-f jsonl` share. Every function writes the fields of one object that is already open.
#pragma once

#include "analyzers/model/analysis.h"
#include "analyzers/report/model_brief.h"
#include "analyzers/report/offered_edits.h"
#include "analyzers/report/writers/json_stream.h"
#include "analyzers/review/decisions.h"
#include "analyzers/review/profile.h"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace cupel::report {

// What a scan's output says besides the workspace.
struct RunInfo {
    std::string version; // of the program
    std::string rulesVersion;
    int exitCode = 0;
    std::uint64_t belowConfidence = 0; // findings left out by --min-confidence
    std::uint64_t known = 0; // findings left out by --new-only
    std::optional<review::Verdict> verdict; // for a sharing profile
    // For SARIF: the edits offered, by artifact, what models are, and what was decided, also what no longer holds.
    std::map<std::string, OfferedEdits> edits;
    ModelBriefs models;
    review::Decisions decisions;
    std::string today; // ISO date that decisions are held against
    review::LookedAt lookedAt; // pictures that a person has looked at, by artifact
};

// A diagnostic with its artifact; an empty artifact stands for the whole run.
struct PlacedDiagnostic {
    std::string artifact;
    Diagnostic diagnostic;
};

// What was not looked at in one artifact: its own diagnostics and the findings beyond the limit per rule.
[[nodiscard]] std::vector<PlacedDiagnostic> diagnosticsOf(const Analysis& analysis);
// The same for the run: stopped by the user, out of time.
[[nodiscard]] std::vector<PlacedDiagnostic> diagnosticsOf(const Workspace& workspace);
[[nodiscard]] bool wasRead(const Analysis& analysis); // its digest is known

void writeToolFields(JsonStream& json, const RunInfo& run);
void writeArtifactFields(JsonStream& json, const Analysis& analysis);
void writeLocationFields(JsonStream& json, const Location& location);
// At most `maxEvidence` pieces of evidence; the rest is counted in "evidenceOmitted".
void writeFindingFields(JsonStream& json, const Finding& finding, std::size_t maxEvidence = SIZE_MAX);
void writeDiagnosticFields(JsonStream& json, const PlacedDiagnostic& diagnostic);
// The object "verdict"; nothing without a profile.
void writeVerdict(JsonStream& json, const RunInfo& run);
void writeSummaryFields(JsonStream& json, const Workspace& workspace, const RunInfo& run);

} // namespace cupel::report
