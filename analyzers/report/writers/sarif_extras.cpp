// SPDX-License-Identifier: GPL-3.0-or-later
// What a SARIF result says beyond its place: how data gets there, which edit would mend it, and who answered for it.
#include "analyzers/report/writers/sarif_rules.h"

#include <algorithm>

namespace cupel::report::sarif {

namespace {

bool isStep(const Evidence& evidence)
{
    return !evidence.location.artifact.empty()
        && (evidence.role == "source" || evidence.role == "step" || evidence.role == "sink");
}

std::string_view words(std::string_view role)
{
    return role == "source" ? "the value comes in here" : role == "sink" ? "and is used here" : "and passes here";
}

void writeReplacement(JsonStream& json, const Replacement& replacement)
{
    json.beginObject();
    json.objectField("deletedRegion");
    json.field("startLine", replacement.start.line);
    json.field("startColumn", replacement.start.column);
    json.field("endLine", replacement.end.line);
    json.field("endColumn", replacement.end.column);
    json.field("byteOffset", replacement.bytes.start);
    json.field("byteLength", replacement.bytes.size());
    json.endObject();
    if (!replacement.text.empty()) {
        writeText(json, "insertedContent", replacement.text);
    }
    json.endObject();
}

void writeSuppression(
    JsonStream& json, std::string_view kind, std::string_view status, const std::string& justification)
{
    json.arrayField("suppressions");
    json.beginObject();
    json.field("kind", kind);
    json.field("status", status);
    if (!justification.empty()) {
        json.field("justification", justification);
    }
    json.endObject();
    json.endArray();
}

std::string told(const review::Decision& decision)
{
    return std::string(review::toString(decision.reason)) + ", " + decision.author
        + (decision.note.empty() ? std::string() : ": " + decision.note);
}

} // namespace

Flow flowOf(const Finding& finding)
{
    Flow flow;
    for (const auto& evidence : finding.evidence) {
        if (!isStep(evidence) || (flow.empty() && evidence.role != "source")) {
            continue;
        }
        flow.push_back(&evidence);
        if (evidence.role == "sink") {
            return flow; // what is told behind it is no step
        }
    }
    return {};
}

void writeFlow(JsonStream& json, const Finding& finding, const Context& context)
{
    const auto flow = flowOf(finding);
    if (flow.empty()) {
        return;
    }
    json.arrayField("codeFlows");
    json.beginObject();
    json.arrayField("threadFlows");
    json.beginObject();
    json.arrayField("locations");
    std::uint64_t written = 0;
    for (const auto* step : flow) {
        const auto& evidence = *step;
        if (written == sarifMaxFlow) {
            break;
        }
        json.beginObject();
        json.objectField("location");
        writePlace(json, evidence.location, evidence.excerpt, context.artifacts);
        writeText(json, "message", words(evidence.role));
        json.endObject();
        json.field("executionOrder", ++written);
        json.field("importance", evidence.role == "step" ? "important" : "essential");
        json.endObject();
    }
    json.endArray();
    json.endObject();
    json.endArray();
    json.endObject();
    json.endArray();
}

const std::vector<Replacement>* editsOf(const Finding& finding, const RunInfo& run)
{
    const auto file = run.edits.find(finding.location.artifact);
    if (!finding.fix || file == run.edits.end()) {
        return nullptr;
    }
    const auto edits = file->second.find(finding.fingerprint);
    return edits == file->second.end() || edits->second.empty() ? nullptr : &edits->second;
}

void writeFixes(JsonStream& json, const Finding& finding, const Context& context)
{
    const auto* edits = editsOf(finding, context.run);
    if (!edits) {
        return;
    }
    json.arrayField("fixes");
    json.beginObject();
    writeText(json, "description",
        std::string("cupel fix: ") + finding.fix->kind
            + (finding.fix->safe ? "" : "; what the code computes may change"));
    json.arrayField("artifactChanges");
    json.beginObject();
    writeArtifactLocation(json, "artifactLocation", finding.location.artifact, context.artifacts);
    json.arrayField("replacements");
    for (const auto& replacement : *edits) {
        writeReplacement(json, replacement);
    }
    json.endArray();
    json.endObject();
    json.endArray();
    json.objectField("properties");
    json.field("kind", finding.fix->kind);
    json.field("safe", finding.fix->safe);
    json.endObject();
    json.endObject();
    json.endArray();
}

// A decision that no longer holds is under review: it takes nothing out of anybody's list (SARIF 3.35.3).
void writeSuppressions(JsonStream& json, const Result& result, const Context& context)
{
    const Finding& finding = *result.finding;
    if (result.allowed) {
        writeSuppression(json, "inSource", "accepted", "a comment at the place says so");
        return;
    }
    if (!finding.settled.empty()) {
        const auto note = finding.settledNote.empty() ? "" : ": " + finding.settledNote;
        writeSuppression(json, "external", "accepted", finding.settled + note);
        return;
    }
    const auto* decision = context.run.decisions.find(finding);
    const auto state = context.run.decisions.stateOf(finding, context.run.today);
    if (!decision || state == review::DecisionState::None) {
        return;
    }
    if (state == review::DecisionState::Active) {
        writeSuppression(json, "external", "accepted", told(*decision));
    } else if (state == review::DecisionState::Expired) {
        writeSuppression(json, "external", "underReview", "expired on " + decision->expires + ": " + told(*decision));
    } else {
        writeSuppression(json, "external", "underReview", "the line under it changed: " + told(*decision));
    }
}

} // namespace cupel::report::sarif
