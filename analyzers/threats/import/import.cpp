// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/import/import.h"

#include "analyzers/threats/import/reading.h"

#include <algorithm>
#include <utility>

namespace cupel::threats {

namespace {

// Pictures stand in these files as base64: texts are long, trees are not.
constexpr DataLimits limits{64 << 20, 1'000'000, 128, 16 << 20};

struct Shape {
    FileFormat format;
    bool (*fits)(Place top);
    void (*read)(Place top, Making& making);
    std::string_view parts; // names at the top that are read, or that say nothing of the system; between blanks
};

bool hasDiagramJson(Place top)
{
    bool found = top["detail"]["diagrams"].isList();
    top["detail"]["diagrams"].each([&](Place one) { found = found && !one["cells"].isThere(); });
    const std::string version = top["version"].text(); // files of v1 have none, or that of the program
    return found && (version.empty() || version.starts_with("1."));
}

// By what only this format has, the surest first.
constexpr Shape shapes[] = {
    {FileFormat::Otm, [](Place top) { return top["otmVersion"].isScalar(); }, readOtm,
        " otmVersion project representations trustZones components dataflows threats mitigations "},
    {FileFormat::ThreatDragon1, [](Place top) { return top["summary"].isMap() && hasDiagramJson(top); },
        readThreatDragon1, " summary detail "},
    {FileFormat::ThreatDragon2,
        [](Place top) { return top["summary"]["title"].isThere() && top["detail"]["diagrams"].isList(); },
        readThreatDragon2, " summary detail compatibility "},
    {FileFormat::TmBom, [](Place top) { return top["trust_zones"].isList() && top["scope"].isMap(); }, readTmBom,
        " scope diagrams trust_zones actors components data_stores data_flows assumptions threats controls risks "},
    {FileFormat::Threagile,
        [](Place top) {
            return top["technical_assets"].isThere()
                && (top["threagile_version"].isThere() || top["trust_boundaries"].isThere());
        },
        readThreagile,
        " author business_overview technical_assets trust_boundaries risk_tracking individual_risk_categories "
        "custom_risk_categories questions diagram_tweak_same_rank_assets "
        "diagram_tweak_invisible_connections_between_assets "
        "tags_available "},
    {FileFormat::Pytm,
        [](Place top) { return top["elements"].isList() && top["flows"].isList() && top["boundaries"].isList(); },
        readPytm, " boundaries elements flows findings "},
    {FileFormat::ThreatComposer,
        [](Place top) {
            return top["schema"].isThere() && top["threats"].isList()
                && (top["applicationInfo"].isThere() || top["mitigationLinks"].isList() || top["assumptions"].isList());
        },
        readThreatComposer,
        " applicationInfo architecture dataflow mitigations mitigationLinks assumptions threats workspaceConfig "},
};

// What the file is instead, in words that tell the reader what to do.
std::string whatElse(Place top)
{
    if (top["bomFormat"].isScalar()) {
        return "this is a CycloneDX bill of materials; threat models inside of one are not read";
    }
    if (top["type"].text() == "object" && (top["properties"].isMap() || top["$defs"].isMap())) {
        return "this is a JSON schema, not a model";
    }
    if (top["ThreatModel"].isMap()) {
        return "this is a model of the Microsoft tool that somebody turned into JSON; export the tm7 file itself";
    }
    if (top["type"].text() == "mitigation-pack") {
        return "this is a pack of mitigations of Threat Composer, without threats";
    }
    if (top["summary"].isMap() || top["detail"].isMap()) {
        return "this looks like Threat Dragon, but has no summary.title with detail.diagrams";
    }
    if (top["project"].isMap() || top["trustZones"].isThere()) {
        return "this looks like an Open Threat Model, but has no otmVersion";
    }
    return "this is no threat model that is known: Threat Dragon, OTM, TM-BOM, Threagile, pytm, Threat Composer or tm7";
}

// Which limit of ours ended reading: the file may be sound.
std::string limitMet(const DataCut& cut)
{
    switch (cut.limit) {
    case DataCut::Limit::Bytes:
        return "the file is larger than the " + std::to_string(limits.bytes >> 20)
            + " MiB that are read of one; the rest is left out";
    case DataCut::Limit::Nodes:
        return "the file has more than the " + std::to_string(limits.nodes)
            + " values that are read of one; the rest is left out";
    case DataCut::Limit::Depth:
        return "values are nested deeper than the " + std::to_string(limits.depth)
            + " levels that are read; what is deeper is left out";
    case DataCut::Limit::Work:
        break;
    }
    return "reading was stopped here";
}

// What stands at the top of a file and is in no model.
void noteUnread(Place top, const Shape& shape, Making& making)
{
    constexpr std::size_t most = 10'000;
    top.each([&](Place part) {
        const std::string name = part.key();
        const bool own = name == "extensions" && part.count(2) == 1 && part["cupel.org/threat-model"].isMap();
        if (own || making.out.unread.size() >= Imported::mostNotes
            || shape.parts.find(' ' + name + ' ') != std::string_view::npos) {
            return;
        }
        if (const std::size_t count = part.count(most); count > 0) {
            making.out.unread.push_back({part.offset(),
                "'" + name.substr(0, 80) + "' is not in the model: " + (count == most ? "at least " : "")
                    + std::to_string(count) + (count == 1 ? " entry" : " entries")});
        }
    });
}

Error unsupported(std::string detail, std::uint64_t offset = 0)
{
    return {ErrorCode::Unsupported, offset, std::move(detail)};
}

Result<Imported> readXml(ByteView bytes, std::uint64_t start, Making& making)
{
    const auto text = bytes.substr(start);
    const auto opened = text.find("<ThreatModel");
    constexpr std::size_t head = 4'096;
    if (opened > head) {
        return unsupported(text.substr(0, head).find("<KnowledgeBase") != ByteView::npos
                ? "this is a template of the Microsoft tool (tb7), without a drawing"
                : "this is XML, but no model of the Microsoft tool");
    }
    making.out.format = FileFormat::Tm7;
    readTm7(bytes, making);
    making.out.model.document = Document{FileFormat::Tm7, nullptr};
    return std::move(making.out);
}

} // namespace

Result<Imported> importModel(ByteView bytes, Budget& budget)
{
    const auto start = std::min(bytes.find_first_not_of(" \t\r\n\xEF\xBB\xBF"), bytes.size());
    if (start == bytes.size()) {
        return Error{ErrorCode::Malformed, 0, "the file is empty"};
    }
    Making making(budget);
    if (bytes[start] == '<') {
        return readXml(bytes, start, making);
    }
    const bool json = bytes[start] == '{' || bytes[start] == '[';
    auto tree = std::make_shared<DataTree>(
        json ? DataTree::fromJson(bytes, budget, limits) : DataTree::fromYaml(bytes, budget, limits));
    const Place top(*tree, 0, &making.full);
    if (tree->empty() || !top.isMap()) {
        return Error{ErrorCode::Malformed, tree->broken().value_or(0),
            tree->broken() ? "the text breaks off or is neither JSON nor YAML" : "the file holds no object at its top"};
    }
    if (tree->broken()) {
        making.lost(*tree->broken(), json ? "this is no valid JSON" : "this is no valid YAML");
    }
    if (tree->cut()) {
        making.lost(tree->cut()->offset, limitMet(*tree->cut()));
    }
    const auto shape =
        std::find_if(std::begin(shapes), std::end(shapes), [&](const Shape& one) { return one.fits(top); });
    if (shape == std::end(shapes)) {
        if (!making.out.notes.empty()) { // what would tell the format may be in the part that is missing
            const ImportNote& first = making.out.notes.front();
            return Error{tree->broken() ? ErrorCode::Malformed : ErrorCode::Unsupported, first.offset, first.text};
        }
        return unsupported(whatElse(top));
    }
    making.out.format = shape->format;
    shape->read(top, making);
    noteUnread(top, *shape, making);
    if (budget.stopped()) {
        making.lost(0, "reading was stopped");
    }
    making.out.model.document = Document{shape->format, std::move(tree)};
    std::stable_sort(making.out.notes.begin(), making.out.notes.end(),
        [](const ImportNote& one, const ImportNote& other) { return one.offset < other.offset; });
    return std::move(making.out);
}

} // namespace cupel::threats
