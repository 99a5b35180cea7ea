// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/report/writers/sarif.h"

#include "analyzers/base/deflate_meter.h"
#include "analyzers/base/words.h"
#include "analyzers/report/writers/sarif_rules.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

namespace cupel::report {

namespace {

using sarif::ArtifactIndex;
using sarif::Result;
using sarif::RuleIndex;

struct Selection {
    std::vector<Result> results; // in the order of every list
    std::uint64_t cut = 0;
};

// All findings, or the gravest when there are more than a run may hold.
Selection select(const Workspace& workspace, std::size_t most)
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
    if (results.size() > most) {
        std::stable_sort(results.begin(), results.end(), [](const Result& a, const Result& b) {
            return std::tuple(a.allowed, b.finding->severity, b.finding->confidence)
                < std::tuple(b.allowed, a.finding->severity, a.finding->confidence);
        });
        selection.cut = results.size() - most;
        results.resize(most);
    }
    std::stable_sort(results.begin(), results.end(),
        [](const Result& a, const Result& b) { return comesBefore(*a.finding, *b.finding); });
    return selection;
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

PlacedDiagnostic cutNote(std::string code, std::string message)
{
    return {"", {std::move(code), std::move(message), 0, DiagnosticLevel::Incomplete}};
}

// What does not fit is said: one notification for each kind of thing.
std::vector<PlacedDiagnostic> cutsOf(const Selection& selection, const SarifDetail& detail)
{
    std::vector<PlacedDiagnostic> cuts;
    if (selection.cut > 0) {
        cuts.push_back(cutNote("results-cut",
            cupel::counted(selection.cut, "finding of lower rank does", "findings of lower rank do")
                + " not fit into one run"));
    }
    std::uint64_t places = 0;
    std::uint64_t flows = 0;
    for (const auto& result : selection.results) {
        places += sarif::relatedPlaces(*result.finding) >= sarifMaxLocations ? 1U : 0U;
        flows += sarif::flowOf(*result.finding).size() > sarifMaxFlow ? 1U : 0U;
    }
    if (places > 0 && detail.extras) {
        cuts.push_back(cutNote("locations-cut",
            cupel::counted(places, "finding stands", "findings stand")
                + " at more places than a result may list; the JSON of a scan has all"));
    }
    if (flows > 0 && detail.extras) {
        cuts.push_back(cutNote(
            "flows-cut", cupel::counted(flows, "flow has", "flows have") + " more steps than a result may list"));
    }
    if (!detail.extras) {
        cuts.push_back(cutNote("detail-cut",
            "related places, flows, fixes and what is known of models were left out to keep the file small"));
    }
    if (!detail.allArtifacts) {
        cuts.push_back(cutNote("artifacts-cut", "files without results were left out to keep the file small"));
    }
    return cuts;
}

void writeInvocation(JsonStream& json, const Workspace& workspace, const RunInfo& run,
    std::vector<PlacedDiagnostic> cuts, const ArtifactIndex& artifacts)
{
    json.arrayField("invocations");
    json.beginObject();
    json.field("executionSuccessful", !workspace.cancelled && !workspace.timedOut);
    json.field("exitCode", run.exitCode);
    json.arrayField("toolExecutionNotifications");
    auto general = diagnosticsOf(workspace);
    std::move(cuts.begin(), cuts.end(), std::back_inserter(general));
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

void writeRun(JsonStream& json, const Workspace& workspace, const RunInfo& run, const SarifDetail& detail)
{
    const Selection selection = select(workspace, detail.results);
    RuleIndex rules;
    for (const auto& result : selection.results) {
        rules.emplace(result.finding->rule, 0);
    }
    std::size_t next = 0;
    for (auto& [id, index] : rules) {
        index = next++;
    }
    ArtifactIndex artifacts;
    std::set<std::string_view> withResults;
    for (const auto& result : selection.results) {
        withResults.insert(result.finding->location.artifact);
    }
    for (const auto& [path, analysis] : workspace.analyses) {
        if (detail.allArtifacts || withResults.contains(path)) {
            artifacts.emplace(path, artifacts.size());
        }
    }

    json.beginObject();
    writeDriver(json, run, rules);
    json.objectField("automationDetails");
    json.field("id", "cupel/"); // the category; it must end with a slash to be one
    json.endObject();
    writeInvocation(json, workspace, run, cutsOf(selection, detail), artifacts);
    json.objectField("originalUriBaseIds");
    json.objectField("SRCROOT"); // no uri: the output must not depend on where the folder lies
    sarif::writeText(json, "description", "The folder that the scan was started in");
    json.endObject();
    json.endObject();
    sarif::writeArtifacts(json, workspace, artifacts, detail.extras ? run.models : ModelBriefs());
    json.field("columnKind", "unicodeCodePoints");
    json.field("redactionTokens", std::vector<std::string>{"•"});
    json.arrayField("results");
    for (const auto& result : selection.results) {
        sarif::writeResult(json, result, {run, rules, artifacts, workspace, detail.extras});
    }
    json.endArray();
    json.endObject();
}

void writeLog(const Workspace& workspace, const RunInfo& run, const SarifDetail& detail, const TextSink& sink)
{
    JsonStream json(sink, JsonStream::Layout::Indented);
    json.beginObject();
    json.field("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    json.field("version", "2.1.0");
    json.arrayField("runs");
    writeRun(json, workspace, run, detail);
    json.endArray();
    json.endObject();
    json.newline();
}

// Whether the file stays below `most` bytes when it is compressed. Small ones are not compressed to know it.
bool fits(const Workspace& workspace, const RunInfo& run, const SarifDetail& detail, std::uint64_t most)
{
    std::uint64_t plain = 0;
    writeLog(workspace, run, detail, [&plain](std::string_view text) { plain += text.size(); });
    if (plain <= most) {
        return true;
    }
    DeflateMeter meter;
    writeLog(workspace, run, detail, [&meter](std::string_view text) { meter.add(text); });
    return meter.finish() <= most;
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

void writeSarif(const Workspace& workspace, const RunInfo& run, const TextSink& sink, std::uint64_t maxBytes)
{
    SarifDetail detail;
    bool good = fits(workspace, run, detail, maxBytes);
    for (bool SarifDetail::* part : {&SarifDetail::extras, &SarifDetail::allArtifacts}) {
        if (!good) {
            detail.*part = false;
            good = fits(workspace, run, detail, maxBytes);
        }
    }
    while (!good && detail.results > 1) {
        detail.results /= 2;
        good = fits(workspace, run, detail, maxBytes);
    }
    writeLog(workspace, run, detail, sink);
}

void writeSarif(const Workspace& workspace, const RunInfo& run, const TextSink& sink)
{
    writeSarif(workspace, run, sink, sarifMaxBytes);
}

} // namespace cupel::report
