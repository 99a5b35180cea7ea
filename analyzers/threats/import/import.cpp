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
    {FileFormat::Otm, [](Place top) { return top["otmVersion"].isScalar(); }, readOtm},
    {FileFormat::ThreatDragon1, [](Place top) { return top["summary"].isMap() && hasDiagramJson(top); },
        readThreatDragon1},
    {FileFormat::ThreatDragon2,
        [](Place top) { return top["summary"]["title"].isThere() && top["detail"]["diagrams"].isList(); },
        readThreatDragon2},
    {FileFormat::TmBom, [](Place top) { return top["trust_zones"].isList() && top["scope"].isMap(); }, readTmBom},
    {FileFormat::Threagile,
        [](Place top) {
            return top["technical_assets"].isThere()
                && (top["threagile_version"].isThere() || top["trust_boundaries"].isThere());
        },
        readThreagile},
    {FileFormat::Pytm,
        [](Place top) { return top["elements"].isList() && top["flows"].isList() && top["boundaries"].isList(); },
        readPytm},
    {FileFormat::ThreatComposer,
        [](Place top) {
            return top["schema"].isThere() && top["threats"].isList()
                && (top["applicationInfo"].isThere() || top["mitigationLinks"].isList() || top["assumptions"].isList());
        },
        readThreatComposer},
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
    } else if (tree->partial()) {
        making.lost(0, "the file is larger than what is read of one");
    }
    const auto shape =
        std::find_if(std::begin(shapes), std::end(shapes), [&](const Shape& one) { return one.fits(top); });
    if (shape == std::end(shapes)) {
        return tree->broken() ? Error{ErrorCode::Malformed, *tree->broken(), making.out.notes.front().text}
                              : unsupported(whatElse(top));
    }
    making.out.format = shape->format;
    shape->read(top, making);
    if (budget.stopped()) {
        making.lost(0, "reading was stopped");
    }
    making.out.model.document = Document{shape->format, std::move(tree)};
    std::stable_sort(making.out.notes.begin(), making.out.notes.end(),
        [](const ImportNote& one, const ImportNote& other) { return one.offset < other.offset; });
    return std::move(making.out);
}

} // namespace cupel::threats
