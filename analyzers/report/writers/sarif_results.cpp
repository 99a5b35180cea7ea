// SPDX-License-Identifier: GPL-3.0-or-later
// One result of a SARIF run: where, what, how sure.
#include "analyzers/report/writers/sarif_rules.h"

#include <algorithm>
#include <optional>

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
std::optional<Logical> cellOf(const Location& location)
{
    if (!location.cell) {
        return std::nullopt;
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
    return Logical{location.human, std::move(pointer), "value"};
}

// The member of a container, and the tensor or entry of the metadata of a model. Names are masked already.
std::vector<Logical> insideOf(const Finding& finding, const Context& context)
{
    std::vector<Logical> out;
    const auto& path = finding.location.artifact;
    const auto analysis = context.workspace.analyses.find(path);
    const auto* parent = analysis == context.workspace.analyses.end() ? nullptr : &analysis->second->artifact.parent;
    if (parent != nullptr && !parent->empty() && path.size() > parent->size() + 1) {
        auto member = path.substr(parent->size() + 1);
        out.push_back({member, '/' + member, "resource"});
    }
    const auto model = context.run.models.find(path);
    if (context.extras && model != context.run.models.end()) {
        if (const auto place = model->second->places.find(finding.fingerprint); place != model->second->places.end()) {
            const auto& [kind, name] = place->second;
            out.push_back({name, '/' + kind + '/' + name, kind == "tensors" ? "array" : "property"});
        }
    }
    return out;
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

// Evidence at places that are neither the finding's own nor told by its flow.
std::vector<const Evidence*> relatedTo(const Finding& finding)
{
    std::vector<const Evidence*> out;
    const auto flow = flowOf(finding);
    for (const auto& evidence : finding.evidence) {
        const bool told = evidence.location.artifact.empty() || evidence.location.bytes == finding.location.bytes;
        if (!told && std::find(flow.begin(), flow.end(), &evidence) == flow.end()) {
            out.push_back(&evidence);
        }
    }
    return out;
}

void writeRelated(JsonStream& json, const Finding& finding, const ArtifactIndex& artifacts)
{
    std::uint64_t written = 0;
    for (const auto* related : relatedTo(finding)) {
        if (written + 1 >= sarifMaxLocations) {
            break;
        }
        const auto& evidence = *related;
        if (written == 0) {
            json.arrayField("relatedLocations");
        }
        json.beginObject();
        json.field("id", written++);
        writePlace(json, evidence.location, evidence.excerpt, artifacts);
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

void writePlace(JsonStream& json, const Location& location, const std::string& excerpt, const ArtifactIndex& artifacts,
    const std::vector<Logical>& inside)
{
    json.objectField("physicalLocation");
    writeArtifactLocation(json, "artifactLocation", location.artifact, artifacts);
    writeRegion(json, location);
    writeContext(json, location, excerpt);
    json.endObject();
    std::vector<Logical> places = inside;
    if (auto cell = cellOf(location)) {
        places.push_back(std::move(*cell));
    }
    if (places.empty()) {
        return;
    }
    json.arrayField("logicalLocations");
    for (const auto& place : places) {
        json.beginObject();
        json.field("name", place.name);
        json.field("fullyQualifiedName", place.qualified);
        json.field("kind", place.kind);
        json.endObject();
    }
    json.endArray();
}

std::size_t relatedPlaces(const Finding& finding)
{
    return relatedTo(finding).size();
}

void writeResult(JsonStream& json, const Result& result, const Context& context)
{
    const Finding& finding = *result.finding;
    json.beginObject();
    json.field("ruleId", finding.rule);
    json.field("ruleIndex", std::uint64_t{context.rules.at(finding.rule)});
    json.field("level", level(finding.severity));
    // 0 to 100: severity first, confidence inside it.
    const int rank = static_cast<int>(finding.severity) * 20 + static_cast<int>(finding.confidence) * 9 + 1;
    json.key("rank");
    json.fixed(rank, 1);
    writeText(json, "message", finding.message.empty() ? finding.title : finding.message);
    json.arrayField("locations");
    json.beginObject();
    writePlace(json, finding.location, matchExcerpt(finding), context.artifacts, insideOf(finding, context));
    json.endObject();
    json.endArray();
    if (context.extras) {
        writeRelated(json, finding, context.artifacts);
        writeFlow(json, finding, context);
    }
    json.objectField("partialFingerprints");
    json.field("cupel/v1", finding.fingerprint);
    // What code hosts match results by: theirs is made of lines, which a re-run of a notebook rewrites.
    json.field("primaryLocationLineHash", finding.fingerprint + ":1");
    json.endObject();
    writeSuppressions(json, result, context);
    if (context.extras) {
        writeFixes(json, finding, context);
    }
    writeResultProperties(json, finding);
    json.endObject();
}

} // namespace cupel::report::sarif
