// SPDX-License-Identifier: GPL-3.0-or-later
// One result of a SARIF run: where, what, how sure.
#include "analyzers/report/writers/sarif_rules.h"

namespace cupel::report::sarif {

namespace {

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
    writeText(json, "snippet", excerpt);
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
    writeArtifactLocation(json, "artifactLocation", location.artifact, artifacts);
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
        writeText(json, "message", evidence.role.empty() ? std::string("evidence") : evidence.role);
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
    json.field("security-severity", securitySeverity(finding.severity));
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

} // namespace

void writeResult(JsonStream& json, const Result& result, const RuleIndex& rules, const ArtifactIndex& artifacts)
{
    const Finding& finding = *result.finding;
    json.beginObject();
    json.field("ruleId", finding.rule);
    json.field("ruleIndex", std::uint64_t{rules.at(finding.rule)});
    json.field("level", level(finding.severity));
    // 0 to 100: severity first, confidence inside it.
    const int rank = static_cast<int>(finding.severity) * 20 + static_cast<int>(finding.confidence) * 9 + 1;
    json.key("rank");
    json.fixed(rank, 1);
    writeText(json, "message", finding.message.empty() ? finding.title : finding.message);
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
    } else if (!finding.settled.empty()) {
        json.arrayField("suppressions");
        json.beginObject();
        json.field("kind", "external");
        json.field("status", "accepted");
        json.field("justification", finding.settled + (finding.settledNote.empty() ? "" : ": " + finding.settledNote));
        json.endObject();
        json.endArray();
    }
    writeResultProperties(json, finding);
    json.endObject();
}

} // namespace cupel::report::sarif
