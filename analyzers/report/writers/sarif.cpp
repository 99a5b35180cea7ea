// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/report/writers/sarif.h"

#include "analyzers/report/writers/sarif_rules.h"

#include <algorithm>
#include <tuple>

namespace cupel::report {

namespace {

using sarif::ArtifactIndex;
using sarif::RuleIndex;

struct Result {
    const Finding* finding = nullptr;
    bool allowed = false; // an inline comment switched it off
};

struct Selection {
    std::vector<Result> results; // in the order of every list
    std::uint64_t cut = 0;
};

// All findings, or the gravest when there are more than a run may hold.
Selection select(const Workspace& workspace)
{
    Selection selection;
    for (const auto& [path, analysis] : workspace.analyses) {
        for (const auto& finding : analysis->findings) {
            selection.results.push_back({&finding, false});
        }
        for (const auto& finding : analysis->allowed) {
            selection.results.push_back({&finding, true});
        }
    }
    auto& results = selection.results;
    if (results.size() > sarifMaxResults) {
        std::stable_sort(results.begin(), results.end(), [](const Result& a, const Result& b) {
            return std::tuple(a.allowed, b.finding->severity, b.finding->confidence)
                < std::tuple(b.allowed, a.finding->severity, a.finding->confidence);
        });
        selection.cut = results.size() - sarifMaxResults;
        results.resize(sarifMaxResults);
    }
    std::stable_sort(results.begin(), results.end(),
        [](const Result& a, const Result& b) { return comesBefore(*a.finding, *b.finding); });
    return selection;
}

void writeRegion(JsonStream& json, const Location& location)
{
    json.objectField("region");
    if (location.line > 0) {
        json.field("startLine", location.line);
        if (location.column > 0) {
            json.field("startColumn", location.column);
        }
        if (location.endLine >= location.line && location.endColumn > 0) {
            json.field("endLine", location.endLine);
            json.field("endColumn", location.endColumn);
        }
    }
    json.field("byteOffset", location.bytes.start);
    json.field("byteLength", location.bytes.size());
    json.endObject();
}

// The line around it, as people may see it.
void writeContext(JsonStream& json, const Location& location, const std::string& excerpt)
{
    if (location.line == 0 || excerpt.empty()) {
        return;
    }
    json.objectField("contextRegion");
    json.field("startLine", location.line);
    if (location.endLine > location.line) {
        json.field("endLine", location.endLine);
    }
    sarif::writeText(json, "snippet", excerpt);
    json.endObject();
}

// A notebook's cell as the JSON pointer of its source or output (SARIF 3.33.4), with the words a person uses.
void writeCell(JsonStream& json, const Location& location)
{
    if (!location.cell) {
        return;
    }
    std::string pointer = "/cells/" + std::to_string(*location.cell);
    if (location.part == Part::Source) {
        pointer += "/source";
    } else if (location.part == Part::Output && location.output) {
        pointer += "/outputs/" + std::to_string(*location.output);
    } else if (location.part == Part::Attachment) {
        pointer += "/attachments";
    } else if (location.part == Part::Metadata) {
        pointer += "/metadata";
    }
    json.arrayField("logicalLocations");
    json.beginObject();
    json.field("name", location.human);
    json.field("fullyQualifiedName", pointer);
    json.field("kind", "value");
    json.endObject();
    json.endArray();
}

void writePhysical(
    JsonStream& json, const Location& location, const std::string& excerpt, const ArtifactIndex& artifacts)
{
    json.objectField("physicalLocation");
    sarif::writeArtifactLocation(json, "artifactLocation", location.artifact, artifacts);
    writeRegion(json, location);
    writeContext(json, location, excerpt);
    json.endObject();
    writeCell(json, location);
}

std::string matchExcerpt(const Finding& finding)
{
    for (const auto& evidence : finding.evidence) {
        if (evidence.role == "match") {
            return evidence.excerpt;
        }
    }
    return {};
}

void writeRelated(JsonStream& json, const Finding& finding, const ArtifactIndex& artifacts)
{
    std::uint64_t written = 0;
    for (const auto& evidence : finding.evidence) {
        const Location& place = evidence.location;
        if (place.artifact.empty() || place.bytes == finding.location.bytes || written + 1 >= sarifMaxLocations) {
            continue;
        }
        if (written == 0) {
            json.arrayField("relatedLocations");
        }
        json.beginObject();
        json.field("id", written++);
        writePhysical(json, place, evidence.excerpt, artifacts);
        sarif::writeText(json, "message", evidence.role.empty() ? std::string("evidence") : evidence.role);
        json.endObject();
    }
    if (written > 0) {
        json.endArray();
    }
}

void writeResultProperties(JsonStream& json, const Finding& finding)
{
    json.objectField("properties");
    json.field("severity", toString(finding.severity));
    json.field("confidence", toString(finding.confidence));
    json.field("security-severity", sarif::securitySeverity(finding.severity));
    json.field("family", toString(finding.family));
    if (!finding.cls.empty()) {
        json.field("class", finding.cls);
    }
    if (finding.location.cell) {
        json.objectField("cell");
        json.field("index", *finding.location.cell);
        json.field("codeIndex", finding.location.codeCell);
        json.field("line", finding.location.cellLine);
        json.endObject();
    }
    std::vector<std::string> checks;
    for (const auto& evidence : finding.evidence) {
        if (evidence.location.artifact.empty() && checks.size() < sarifMaxLocations) {
            checks.push_back(evidence.role + ": " + evidence.excerpt);
        }
    }
    if (!checks.empty()) {
        json.field("checks", checks);
    }
    json.endObject();
}

void writeResult(JsonStream& json, const Result& result, const RuleIndex& rules, const ArtifactIndex& artifacts)
{
    const Finding& finding = *result.finding;
    json.beginObject();
    json.field("ruleId", finding.rule);
    json.field("ruleIndex", std::uint64_t{rules.at(finding.rule)});
    json.field("level", sarif::level(finding.severity));
    // 0 to 100: severity first, confidence inside it.
    const int rank = static_cast<int>(finding.severity) * 20 + static_cast<int>(finding.confidence) * 9 + 1;
    json.key("rank");
    json.fixed(rank, 1);
    sarif::writeText(json, "message", finding.message.empty() ? finding.title : finding.message);
    json.arrayField("locations");
    json.beginObject();
    writePhysical(json, finding.location, matchExcerpt(finding), artifacts);
    json.endObject();
    json.endArray();
    writeRelated(json, finding, artifacts);
    json.objectField("partialFingerprints");
    json.field("cupel/v1", finding.fingerprint);
    json.endObject();
    if (result.allowed) {
        json.arrayField("suppressions");
        json.beginObject();
        json.field("kind", "inSource");
        json.field("status", "accepted");
        json.endObject();
        json.endArray();
    }
    writeResultProperties(json, finding);
    json.endObject();
}

void writeNotification(JsonStream& json, const PlacedDiagnostic& placed, const ArtifactIndex& artifacts)
{
    json.beginObject();
    json.objectField("descriptor");
    json.field("id", placed.diagnostic.code);
    json.endObject();
    json.field("level", placed.diagnostic.level == DiagnosticLevel::Note ? "note" : "warning");
    sarif::writeText(json, "message", placed.diagnostic.message);
    if (!placed.artifact.empty()) {
        json.arrayField("locations");
        json.beginObject();
        json.objectField("physicalLocation");
        sarif::writeArtifactLocation(json, "artifactLocation", placed.artifact, artifacts);
        json.objectField("region");
        json.field("byteOffset", placed.diagnostic.offset);
        json.endObject();
        json.endObject();
        json.endObject();
        json.endArray();
    }
    json.endObject();
}

void writeInvocation(
    JsonStream& json, const Workspace& workspace, const RunInfo& run, std::uint64_t cut, const ArtifactIndex& artifacts)
{
    json.arrayField("invocations");
    json.beginObject();
    json.field("executionSuccessful", !workspace.cancelled && !workspace.timedOut);
    json.field("exitCode", run.exitCode);
    json.arrayField("toolExecutionNotifications");
    auto general = diagnosticsOf(workspace);
    if (cut > 0) {
        general.push_back({"",
            {"results-cut", std::to_string(cut) + " findings of lower rank do not fit into one run", 0,
                DiagnosticLevel::Incomplete}});
    }
    for (const auto& diagnostic : general) {
        writeNotification(json, diagnostic, artifacts);
    }
    for (const auto& [path, analysis] : workspace.analyses) {
        for (const auto& diagnostic : diagnosticsOf(*analysis)) {
            writeNotification(json, diagnostic, artifacts);
        }
    }
    json.endArray();
    json.objectField("properties");
    json.field("incomplete", summarize(workspace).incomplete);
    json.endObject();
    json.endObject();
    json.endArray();
}

void writeDriver(JsonStream& json, const RunInfo& run, const RuleIndex& rules)
{
    json.objectField("tool");
    json.objectField("driver");
    json.field("name", "cupel");
    json.field("version", run.version);
    json.field("semanticVersion", run.version);
    sarif::writeRules(json, rules);
    json.objectField("properties");
    json.field("rules", run.rulesVersion);
    json.endObject();
    json.endObject();
    json.endObject();
}

void writeRun(JsonStream& json, const Workspace& workspace, const RunInfo& run)
{
    const Selection selection = select(workspace);
    RuleIndex rules;
    for (const auto& result : selection.results) {
        rules.emplace(result.finding->rule, 0);
    }
    std::size_t next = 0;
    for (auto& [id, index] : rules) {
        index = next++;
    }
    ArtifactIndex artifacts;
    for (const auto& [path, analysis] : workspace.analyses) {
        artifacts.emplace(path, artifacts.size());
    }

    json.beginObject();
    writeDriver(json, run, rules);
    json.objectField("automationDetails");
    json.field("id", "cupel/"); // the category; it must end with a slash to be one
    json.endObject();
    writeInvocation(json, workspace, run, selection.cut, artifacts);
    json.objectField("originalUriBaseIds");
    json.objectField("SRCROOT"); // no uri: the output must not depend on where the folder lies
    sarif::writeText(json, "description", "The folder that the scan was started in");
    json.endObject();
    json.endObject();
    sarif::writeArtifacts(json, workspace, artifacts);
    json.field("columnKind", "unicodeCodePoints");
    json.field("redactionTokens", std::vector<std::string>{"•"});
    json.arrayField("results");
    for (const auto& result : selection.results) {
        writeResult(json, result, rules, artifacts);
    }
    json.endArray();
    json.endObject();
}

} // namespace

std::string sarifUri(std::string_view path)
{
    std::string uri = path.starts_with('/') ? "file://" : "";
    while (path.starts_with("./")) {
        path.remove_prefix(std::min(path.find_first_not_of('/', 1), path.size()));
    }
    for (const char c : path) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || std::string_view("-._~/!$&'()*+,;=@").find(c) != std::string_view::npos;
        if (plain) {
            uri.push_back(c);
        } else {
            const auto byte = static_cast<std::uint8_t>(c);
            uri.push_back('%');
            uri.push_back("0123456789ABCDEF"[byte >> 4U]);
            uri.push_back("0123456789ABCDEF"[byte & 15U]);
        }
    }
    return uri;
}

void writeSarif(const Workspace& workspace, const RunInfo& run, const TextSink& sink)
{
    JsonStream json(sink, JsonStream::Layout::Indented);
    json.beginObject();
    json.field("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    json.field("version", "2.1.0");
    json.arrayField("runs");
    writeRun(json, workspace, run);
    json.endArray();
    json.endObject();
    json.newline();
}

} // namespace cupel::report
