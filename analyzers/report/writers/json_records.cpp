// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/report/writers/json_records.h"

#include "analyzers/rules/rule_set.h"

#include <algorithm>

namespace cupel::report {

namespace {

void orNull(JsonStream& json, std::string_view name, std::uint32_t value)
{
    value > 0 ? json.field(name, value) : json.nullField(name);
}

void writeEvidence(JsonStream& json, const Evidence& evidence, const std::string& artifact)
{
    json.beginObject();
    json.field("role", evidence.role);
    if (evidence.location.artifact.empty()) {
        json.nullField("location");
    } else {
        json.objectField("location");
        if (evidence.location.artifact != artifact) {
            json.field("artifact", evidence.location.artifact);
        }
        writeLocationFields(json, evidence.location);
        json.endObject();
    }
    json.field("excerpt", evidence.excerpt);
    json.endObject();
}

void writeReferences(JsonStream& json, const std::string& rule)
{
    static const References none;
    const RuleInfo* info = rules::findRule(rule);
    const References& references = info ? info->references : none;
    json.objectField("references");
    json.field("cwe", references.cwe);
    json.field("atlas", references.atlas);
    json.field("owasp", references.owasp);
    json.field("url", references.url);
    json.endObject();
}

} // namespace

std::vector<PlacedDiagnostic> diagnosticsOf(const Analysis& analysis)
{
    std::vector<PlacedDiagnostic> all;
    for (const auto& diagnostic : analysis.facts.diagnostics) {
        all.push_back({analysis.artifact.path, diagnostic});
    }
    if (analysis.droppedFindings > 0) {
        all.push_back({analysis.artifact.path,
            {"findings-capped",
                std::to_string(analysis.droppedFindings) + " more findings of the same rules are not listed", 0,
                DiagnosticLevel::Incomplete}});
    }
    return all;
}

std::vector<PlacedDiagnostic> diagnosticsOf(const Workspace& workspace)
{
    std::vector<PlacedDiagnostic> all;
    if (workspace.cancelled) {
        all.push_back({"", {"interrupted", "The scan was stopped before its end", 0, DiagnosticLevel::Incomplete}});
    }
    if (workspace.timedOut) {
        all.push_back({"", {"time-limit", "The scan reached its time limit", 0, DiagnosticLevel::Incomplete}});
    }
    return all;
}

bool wasRead(const Analysis& analysis)
{
    const auto& digest = analysis.artifact.sha256;
    return std::any_of(digest.begin(), digest.end(), [](std::uint8_t byte) { return byte != 0; });
}

void writeToolFields(JsonStream& json, const RunInfo& run)
{
    json.objectField("tool");
    json.field("name", "cupel");
    json.field("version", run.version);
    json.field("rules", run.rulesVersion);
    json.endObject();
}

void writeArtifactFields(JsonStream& json, const Analysis& analysis)
{
    const auto& artifact = analysis.artifact;
    json.field("path", artifact.path);
    wasRead(analysis) ? json.field("sha256", toHex(artifact.sha256)) : json.nullField("sha256");
    json.field("format", analysis.facts.format.empty() ? std::string_view("unknown") : analysis.facts.format);
    json.field("bytes", analysis.size);
    artifact.parent.empty() ? json.nullField("parent") : json.field("parent", artifact.parent);
    json.field("status", toString(analysis.facts.status));
    json.objectField("coverage");
    json.field("understood", analysis.facts.coverage.understood);
    json.field("total", analysis.facts.coverage.total);
    json.endObject();
    // Findings that an allow comment in the file switched off: never shown as findings, never silently gone.
    json.field("allowed", std::uint64_t{analysis.allowed.size()});
}

void writeLocationFields(JsonStream& json, const Location& location)
{
    json.field("start", location.bytes.start);
    json.field("end", location.bytes.end);
    orNull(json, "line", location.line);
    orNull(json, "column", location.column);
    orNull(json, "endLine", location.endLine);
    orNull(json, "endColumn", location.endColumn);
    json.field("cell", location.cell);
    json.field("codeCell", location.codeCell);
    json.field("cellLine", location.cellLine);
    json.field("output", location.output);
    location.part == Part::None ? json.nullField("part") : json.field("part", toString(location.part));
    json.field("human", location.human);
}

void writeFindingFields(JsonStream& json, const Finding& finding, std::size_t maxEvidence)
{
    json.field("rule", finding.rule);
    json.field("family", toString(finding.family));
    if (!finding.cls.empty()) {
        json.field("class", finding.cls);
    }
    json.field("title", finding.title);
    json.field("message", finding.message);
    json.field("severity", toString(finding.severity));
    json.field("confidence", toString(finding.confidence));
    json.field("artifact", finding.location.artifact);
    json.objectField("location");
    writeLocationFields(json, finding.location);
    json.endObject();
    json.arrayField("evidence");
    const std::size_t shown = std::min(maxEvidence, finding.evidence.size());
    for (std::size_t i = 0; i < shown; ++i) {
        writeEvidence(json, finding.evidence[i], finding.location.artifact);
    }
    json.endArray();
    if (shown < finding.evidence.size()) {
        json.field("evidenceOmitted", std::uint64_t{finding.evidence.size() - shown});
    }
    writeReferences(json, finding.rule);
    if (finding.fix) {
        json.objectField("fix");
        json.field("kind", finding.fix->kind);
        json.field("safe", finding.fix->safe);
        json.endObject();
    }
    json.field("fingerprint", finding.fingerprint);
    if (!finding.values.empty()) {
        json.field("values", finding.values);
    }
    if (!finding.settled.empty()) {
        json.objectField("settled");
        json.field("as", finding.settled);
        json.field("note", finding.settledNote);
        json.endObject();
    }
}

void writeDiagnosticFields(JsonStream& json, const PlacedDiagnostic& placed)
{
    placed.artifact.empty() ? json.nullField("artifact") : json.field("artifact", placed.artifact);
    json.field("code", placed.diagnostic.code);
    json.field("message", placed.diagnostic.message);
    json.field("offset", placed.diagnostic.offset);
    json.field("level", placed.diagnostic.level == DiagnosticLevel::Note ? "note" : "incomplete");
}

void writeSummaryFields(JsonStream& json, const Workspace& workspace, const RunInfo& run)
{
    const Summary summary = summarize(workspace);
    std::uint64_t allowed = 0;
    for (const auto& [path, analysis] : workspace.analyses) {
        allowed += analysis->allowed.size();
    }
    json.field("artifacts", summary.artifacts);
    for (const Severity severity :
        {Severity::Critical, Severity::High, Severity::Medium, Severity::Low, Severity::Info}) {
        json.field(toString(severity), summary.bySeverity[static_cast<std::size_t>(severity)]);
    }
    json.field("partial", summary.partial);
    json.field("bytes", summary.bytes);
    json.field("allowed", allowed);
    json.field("belowConfidence", run.belowConfidence);
    json.field("settled", summary.settled + run.known);
}

void writeVerdict(JsonStream& json, const RunInfo& run)
{
    if (!run.verdict) {
        return;
    }
    json.objectField("verdict");
    json.field("profile", run.verdict->profile);
    json.field("meets", run.verdict->meets());
    json.arrayField("gates");
    for (const auto& result : run.verdict->gates) {
        json.beginObject();
        json.field("id", result.gate.id);
        json.field("title", result.gate.title);
        json.field("passed", result.passed());
        json.field("blocking", std::uint64_t{result.blocking.size()});
        json.field("unread", std::uint64_t{result.unread.size()});
        json.field("accepted", std::uint64_t{result.accepted.size()});
        json.field("allowed", std::uint64_t{result.allowed});
        json.field("below", std::uint64_t{result.below.size()});
        json.field("unsure", std::uint64_t{result.unsure});
        json.field("answered", std::uint64_t{result.answered.size()});
        json.field("notJudged", result.notJudged);
        json.endObject();
    }
    json.endArray();
    json.endObject();
}

} // namespace cupel::report
