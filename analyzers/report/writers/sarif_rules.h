// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of a SARIF run: rule descriptors, artifacts, results. Behind the SARIF writer only.
#pragma once

#include "analyzers/model/rule.h"
#include "analyzers/report/writers/sarif.h"

#include <map>
#include <string>

namespace cupel::report::sarif {

// Rules that have results, by id, with their index in tool.driver.rules.
using RuleIndex = std::map<std::string, std::size_t>;
// Artifacts by logical path, with their index in run.artifacts.
using ArtifactIndex = std::map<std::string, std::size_t>;

struct Result {
    const Finding* finding = nullptr;
    bool allowed = false; // an inline comment switched it off
};

[[nodiscard]] std::string_view level(Severity severity); // "error", "warning", "note"
// GitHub's scale: above 9.0 critical, 7.0 high, 4.0 medium, below low.
[[nodiscard]] std::string_view securitySeverity(Severity severity);

void writeText(JsonStream& json, std::string_view name, std::string_view text); // {"text": ...}
void writeRules(JsonStream& json, const RuleIndex& rules);
void writeArtifacts(JsonStream& json, const Workspace& workspace, const ArtifactIndex& index);
// The artifactLocation of one artifact: uri, base and index.
void writeArtifactLocation(
    JsonStream& json, std::string_view name, const std::string& path, const ArtifactIndex& index);

void writeResult(JsonStream& json, const Result& result, const RuleIndex& rules, const ArtifactIndex& artifacts);

} // namespace cupel::report::sarif
