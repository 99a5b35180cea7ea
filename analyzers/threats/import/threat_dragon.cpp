// SPDX-License-Identifier: GPL-3.0-or-later
// Threat Dragon. v2: detail.diagrams[].cells[], where threats stand in data.threats whatever the schema says; v1: the
// same in detail.diagrams[].diagramJson.cells[], with names in attrs.text.text.
#include "analyzers/threats/import/reading.h"

#include <algorithm>
#include <array>

namespace cupel::threats {

namespace {

constexpr std::array<std::string_view, 18> textsOfPart{"type", "name", "description", "outOfScope", "reasonOutOfScope",
    "hasOpenThreats", "isTrustBoundary", "isBidirectional", "threatFrequency", "id", "z", "angle", "cupelKind",
    "threats", "cupelArtifact", "cupelParent", "cupelTrust", "cupelType"};

enum class CellKind : std::uint8_t { Element, Flow, Box, Curve, Unknown };
struct CellType {
    std::string_view type; // of v1, and of data in v2
    std::string_view shape; // of v2
    CellKind kind;
    std::string_view element;
};
constexpr std::array<CellType, 8> cellTypes{
    {{"tm.Actor", "actor", CellKind::Element, "actor"}, {"tm.Process", "process", CellKind::Element, "process"},
        {"tm.Store", "store", CellKind::Element, "store"}, {"tm.Text", "td-text-block", CellKind::Element, "text"},
        {"tm.Flow", "flow", CellKind::Flow, {}}, {"tm.BoundaryBox", "trust-boundary-box", CellKind::Box, {}},
        {"tm.Boundary", "trust-boundary-curve", CellKind::Curve, {}},
        {"tm.Boundary", "trust-broundary-curve", CellKind::Curve, {}}}}; // as old versions wrote it

const CellType* typeOf(std::string_view type, std::string_view shape)
{
    const auto found = std::find_if(cellTypes.begin(), cellTypes.end(),
        [&](const CellType& one) { return shape.empty() ? one.type == type : one.shape == shape; });
    return found == cellTypes.end() ? nullptr : &*found;
}

// "vector-store": what Cupel wrote into a file of Threat Dragon, which keeps it.
bool isKind(std::string_view text)
{
    constexpr std::size_t longest = 40;
    return !text.empty() && text.size() <= longest
        && std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
}

std::optional<Point> pointOf(Place place)
{
    const auto x = place["x"].number();
    const auto y = place["y"].number();
    return x && y ? std::optional(Point{*x, *y}) : std::nullopt;
}

std::optional<Box> boxOf(Place cell)
{
    const auto at = pointOf(cell["position"]);
    const auto width = cell["size"]["width"].number();
    const auto height = cell["size"]["height"].number();
    return at && width && height ? std::optional(Box{at->x, at->y, *width, *height}) : std::nullopt;
}

class Reader {
public:
    Reader(Making& making, bool second)
        : m_making(making)
        , m_model(making.out.model)
        , m_second(second)
    {
    }

    void read(Place top)
    {
        const Place summary = top["summary"];
        const Place detail = top["detail"];
        m_model.title = summary["title"].text();
        m_model.owner = summary["owner"].text();
        m_model.description = summary["description"].text();
        m_model.reviewer = detail["reviewer"].text();
        detail["contributors"].each([this](Place one) { m_model.contributors.push_back(one["name"].text()); });
        const Place own = detail["cupel"]; // what Cupel writes there
        m_model.assumptions = own["assumptions"].texts();
        own["controls"].each([this](Place one) {
            const auto reduction = std::clamp(one["reduction"].number().value_or(0), 0.0, 100.0);
            m_model.controls.push_back({one["id"].text(), one["title"].text(), one["description"].text(),
                static_cast<int>(reduction), one["status"].text()});
        });
        detail["diagrams"].each([this](Place one) { diagram(one); });
        placeInZones(m_model, m_making.budget);
        checkEnds(m_making);
    }

private:
    void diagram(Place place)
    {
        m_model.diagrams.push_back({place["id"].text(), place["title"].text(), place["diagramType"].text()});
        const Place cells = m_second ? place["cells"] : place["diagramJson"]["cells"];
        cells.each([this](Place one) {
            if (m_making.budget.spend(1)) {
                cell(one);
            }
        });
    }

    void cell(Place place)
    {
        const Place data = m_second ? place["data"] : place;
        const CellType* type = typeOf(data["type"].text(), m_second ? place["shape"].text() : std::string());
        if (type == nullptr) {
            m_making.lost(place.offset(), "a cell of a kind that is not known");
            return;
        }
        switch (type->kind) {
        case CellKind::Element: {
            if (data["cupelKind"].text() == "system") { // threats of the whole model hang there
                m_target.clear();
                break;
            }
            Element element;
            common(element, place, data);
            const std::string own = data["cupelKind"].text();
            element.kind = isKind(own) ? own : std::string(type->element);
            element.box = boxOf(place);
            element.artifact = data["cupelArtifact"].text();
            element.parent = data["cupelParent"].text();
            m_model.elements.push_back(std::move(element));
            break;
        }
        case CellKind::Flow:
            flow(place, data);
            break;
        default:
            zone(place, data, type->kind == CellKind::Curve);
        }
        threats(data);
    }

    void common(DiagramPart& part, Place place, Place data)
    {
        part.id = m_making.unique(place["id"].text(), "element", place.offset());
        m_target = part.id;
        part.name = nameOf(place, data);
        part.description = data["description"].text();
        part.outOfScope = data["outOfScope"].flag();
        part.scopeReason = data["reasonOutOfScope"].text();
        part.diagram = static_cast<std::uint32_t>(m_model.diagrams.size() - 1);
        part.node = place.node();
        if (const std::string own = data["cupelType"].text(); !own.empty()) {
            setAttribute(part, "type", own, Origin::Imported);
        }
        takeAttributes(part, data, {}, {textsOfPart.begin(), textsOfPart.end()});
    }

    [[nodiscard]] std::string nameOf(Place place, Place data) const
    {
        if (m_second) {
            std::string name = data["name"].text();
            name = name.empty() ? shownName(place) : name; // boundaries of some versions have only what is shown
            place["labels"].each([&](Place label) { name = name.empty() ? shownName(label) : name; });
            return name;
        }
        std::string name = place["attrs"]["text"]["text"].text();
        place["labels"].each([&](Place label) { name = name.empty() ? label["attrs"]["text"]["text"].text() : name; });
        return name;
    }

    static std::string shownName(Place place)
    {
        std::string name;
        for (const char* what : {"text", "label", "labelText"}) {
            name = name.empty() ? place["attrs"][what]["text"].text() : name;
        }
        return name;
    }

    // {cell: id}, {id: id} in v1, or a point.
    void end(Place place, std::string& id, std::optional<Point>& open) const
    {
        id = place[m_second ? "cell" : "id"].text();
        open = id.empty() ? pointOf(place) : std::nullopt;
    }

    void flow(Place place, Place data)
    {
        Flow flow;
        common(flow, place, data);
        end(place["source"], flow.source, flow.start);
        end(place["target"], flow.target, flow.end);
        flow.bidirectional = data["isBidirectional"].flag();
        flow.bends = bends(place);
        m_model.flows.push_back(std::move(flow));
    }

    static std::vector<Point> bends(Place place)
    {
        std::vector<Point> out;
        place["vertices"].each([&](Place one) {
            if (const auto point = pointOf(one)) {
                out.push_back(*point);
            }
        });
        return out;
    }

    void zone(Place place, Place data, bool curve)
    {
        Zone zone;
        common(zone, place, data);
        if (const auto trust = data["cupelTrust"].number()) {
            zone.trust = static_cast<int>(std::clamp(*trust, 0.0, 100.0));
        }
        zone.box = curve ? std::nullopt : boxOf(place);
        if (curve) {
            zone.curve = bends(place);
            if (const auto start = pointOf(place["source"])) {
                zone.curve.insert(zone.curve.begin(), *start);
            }
            if (const auto last = pointOf(place["target"])) {
                zone.curve.push_back(*last);
            }
        }
        m_model.zones.push_back(std::move(zone));
    }

    void threats(Place data)
    {
        data["threats"].each([&](Place one) {
            Threat threat;
            const std::string id = one["id"].text();
            threat.id = m_making.unique(id.empty() ? one["threatId"].text() : id, "threat", one.offset());
            threat.rule = one["ruleId"].text();
            threat.target = m_target;
            threat.title = one["title"].text();
            threat.description = one["description"].text();
            threat.mitigation = one["mitigation"].text();
            threat.category = one["type"].text();
            threat.stride = strideOf(threat.category);
            threat.severity = severityOf(one["severity"].text());
            setState(threat, one["status"].text());
            const Place own = one["cupel"];
            takeOwn(threat, {{Decision::Open, Decision::InProgress}, true},
                [&own](std::string_view key) { return own[key].text(); });
            threat.node = one.node();
            m_model.threats.push_back(std::move(threat));
        });
    }

    Making& m_making;
    ThreatModel& m_model;
    bool m_second;
    std::string m_target;
};

} // namespace

void readThreatDragon1(Place top, Making& making)
{
    Reader(making, false).read(top);
}

void readThreatDragon2(Place top, Making& making)
{
    Reader(making, true).read(top);
}

} // namespace cupel::threats
