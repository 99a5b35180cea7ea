// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of a SARIF run: rule descriptors, artifacts, results. Behind the SARIF writer only.
#pragma once

#include "analyzers/model/rule.h"
#include "analyzers/report/writers/sarif.h"

#include <map>
#include <string>
#include <vector>

namespace cupel::report::sarif {

// Rules that have results, by id, with their index in tool.driver.rules.
using RuleIndex = std::map<std::string, std::size_t>;
// Artifacts by logical path, with their index in run.artifacts.
using ArtifactIndex = std::map<std::string, std::size_t>;

struct Result {
    const Finding* finding = nullptr;
    bool allowed = false; // an inline comment switched it off
};

// What a result is written with.
struct Context {
    const RunInfo& run;
    const RuleIndex& rules;
    const ArtifactIndex& artifacts;
    const Workspace& workspace;
    bool extras = true; // related places, flows and fixes: left out when the file would be too large
};

[[nodiscard]] std::string_view level(Severity severity); // "error", "warning", "note"
// GitHub's scale: above 9.0 critical, 7.0 high, 4.0 medium, below low.
[[nodiscard]] std::string_view securitySeverity(Severity severity);

void writeText(JsonStream& json, std::string_view name, std::string_view text); // {"text": ...}
void writeRules(JsonStream& json, const RuleIndex& rules);
// Those of `workspace` that are in the index; with what is known of `models`.
void writeArtifacts(
    JsonStream& json, const Workspace& workspace, const ArtifactIndex& index, const ModelBriefs& models);
// The artifactLocation of one artifact: uri, base and index.
void writeArtifactLocation(
    JsonStream& json, std::string_view name, const std::string& path, const ArtifactIndex& index);

// A place inside of the artifact, in its own words (SARIF 3.33).
struct Logical {
    std::string name;
    std::string qualified;
    std::string_view kind;
};
// physicalLocation and logicalLocations of one place, into an object that is open. `inside`: besides its cell.
void writePlace(JsonStream& json, const Location& location, const std::string& excerpt, const ArtifactIndex& artifacts,
    const std::vector<Logical>& inside = {});
[[nodiscard]] std::size_t relatedPlaces(const Finding& finding); // besides its own and those of a flow
void writeResult(JsonStream& json, const Result& result, const Context& context);

// A value on its way from a source to a sink.
using Flow = std::vector<const Evidence*>;
[[nodiscard]] Flow flowOf(const Finding& finding); // empty: none
void writeFlow(JsonStream& json, const Finding& finding, const Context& context);
[[nodiscard]] const std::vector<Replacement>* editsOf(const Finding& finding, const RunInfo& run); // null: none
void writeFixes(JsonStream& json, const Finding& finding, const Context& context);
void writeSuppressions(JsonStream& json, const Result& result, const Context& context);

} // namespace cupel::report::sarif
