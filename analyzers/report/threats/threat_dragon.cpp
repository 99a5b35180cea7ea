// SPDX-License-Identifier: GPL-3.0-or-later
// Threat Dragon v2, as Threat Dragon 2 writes it: threats in data.threats with `id`, shapes by name, ends of lines as
// {cell} or {x, y}. What it has no place for stands in data under names of our own, which it keeps.
#include "analyzers/report/threats/document_json.h"
#include "analyzers/report/threats/own_words.h"
#include "analyzers/report/threats/threat_writers.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <string_view>
#include <utility>

namespace cupel::report {

namespace {

using namespace threats;

constexpr std::string_view version = "2.5.0"; // of the format

std::string_view shapeOf(std::string_view kind)
{
    static constexpr std::array<std::string_view, 4> shapes{"actor", "process", "store", "td-text-block"};
    return shapes[static_cast<std::size_t>(roleOf(kind))];
}

std::string_view typeOf(std::string_view shape)
{
    return shape == "actor"  ? "tm.Actor"
        : shape == "store"   ? "tm.Store"
        : shape == "process" ? "tm.Process"
                             : "tm.Text";
}

std::string_view statusOf(const Threat& threat)
{
    if (threat.applicability == Applicability::NotApplicable) {
        return "NotApplicable";
    }
    switch (threat.decision) {
    case Decision::Open:
    case Decision::InProgress:
        return "Open";
    case Decision::Mitigated:
        return "Mitigated";
    case Decision::Accepted:
        return "Accepted";
    case Decision::Transferred:
        return "Transferred";
    case Decision::Avoided:
        return "Avoided";
    case Decision::Eliminated:
        return "Eliminated";
    }
    return {};
}

std::string_view severityOf(const Threat& threat)
{
    if (!threat.severity) {
        return "TBD";
    }
    static constexpr std::array<std::string_view, 5> names{"Low", "Low", "Medium", "High", "Critical"};
    return names[static_cast<std::size_t>(*threat.severity)];
}

std::string_view categoryOf(const Threat& threat)
{
    switch (threat.stride.empty() ? ' ' : threat.stride.front()) {
    case 'S':
        return "Spoofing";
    case 'T':
        return "Tampering";
    case 'R':
        return "Repudiation";
    case 'I':
        return "Information disclosure";
    case 'D':
        return "Denial of service";
    case 'E':
        return "Elevation of privilege";
    default:
        return threat.category.empty() ? std::string_view("Generic") : std::string_view(threat.category);
    }
}

class Writer {
public:
    Writer(const ThreatModel& model, const TextSink& sink)
        : m_model(model)
        , m_controls(controlsById(model))
        , m_json(sink, JsonStream::Layout::Indented)
    {
        for (const auto& threat : model.threats) {
            m_threats[threat.target].push_back(&threat);
            for (const std::string& part : threat.alsoAt) {
                m_threats[part].push_back(&threat);
            }
        }
    }

    void all()
    {
        m_json.beginObject();
        m_json.field("version", version);
        m_json.objectField("summary");
        m_json.field("title", m_model.title.empty() ? "Threat model" : m_model.title);
        m_json.field("owner", m_model.owner);
        m_json.field("description", m_model.description);
        m_json.field("id", 0);
        m_json.endObject();
        m_json.objectField("detail");
        m_json.arrayField("contributors");
        for (const std::string& name : m_model.contributors) {
            m_json.beginObject();
            m_json.field("name", name);
            m_json.endObject();
        }
        m_json.endArray();
        own();
        m_json.arrayField("diagrams");
        for (std::uint32_t i = 0; i < m_model.diagrams.size(); ++i) {
            diagram(i);
        }
        m_json.endArray();
        m_json.field("diagramTop", std::uint64_t{m_model.diagrams.size()});
        m_json.field("reviewer", m_model.reviewer);
        m_json.field("threatTop", std::uint64_t{m_model.threats.size()});
        m_json.endObject();
        m_json.endObject();
        m_json.newline();
    }

private:
    // What belongs to the whole and has no place there.
    void own()
    {
        const auto controls = allControls(m_model);
        if (controls.empty() && m_model.assumptions.empty()) {
            return;
        }
        m_json.objectField("cupel");
        m_json.field("assumptions", m_model.assumptions);
        m_json.arrayField("controls");
        for (const Control& control : controls) {
            m_json.beginObject();
            m_json.field("id", control.id);
            m_json.field("title", control.title);
            m_json.field("description", control.description);
            m_json.field("reduction", control.reduction);
            m_json.field("status", control.status);
            m_json.endObject();
        }
        m_json.endArray();
        m_json.endObject();
    }

    void diagram(std::uint32_t index)
    {
        const Diagram& diagram = m_model.diagrams[index];
        m_json.beginObject();
        m_json.field("id", std::uint64_t{index});
        m_json.field("title", diagram.title.empty() ? "Diagram" : diagram.title);
        m_json.field("diagramType", diagram.method.size() < 3 ? "STRIDE" : diagram.method);
        m_json.field("placeholder", "");
        m_json.field("thumbnail", "./public/content/images/thumbnail.stride.jpg");
        m_json.field("version", version);
        m_json.arrayField("cells");
        m_order = 0;
        for (const auto& zone : m_model.zones) {
            if (zone.diagram == index) {
                this->zone(zone);
            }
        }
        for (const auto& flow : m_model.flows) {
            if (flow.diagram == index) {
                this->flow(flow);
            }
        }
        for (const auto& element : m_model.elements) {
            if (element.diagram == index) {
                this->element(element);
            }
        }
        if (index == 0) {
            homeless();
        }
        m_json.endArray();
        m_json.endObject();
    }

    // Threats of the whole model hang on a cell here; Threat Dragon has no other place for them.
    void homeless()
    {
        Element system;
        system.id = "cupel-system";
        system.kind = "system";
        system.name = "The whole system";
        std::set<std::string_view> known;
        const auto remember = [&known](const threats::DiagramPart& part) { known.insert(part.id); };
        std::for_each(m_model.elements.begin(), m_model.elements.end(), remember);
        std::for_each(m_model.flows.begin(), m_model.flows.end(), remember);
        std::for_each(m_model.zones.begin(), m_model.zones.end(), remember);
        std::vector<const Threat*> list;
        for (const auto& threat : m_model.threats) {
            if (!known.contains(threat.target)) {
                list.push_back(&threat);
            }
        }
        if (!list.empty()) {
            m_threats[system.id] = std::move(list);
            double bottom = 0;
            for (const auto& element : m_model.elements) {
                bottom = std::max(bottom, element.box ? element.box->y + element.box->height : 0);
            }
            system.box = Box{40, bottom + 60, 160, 80};
            element(system);
            m_threats.erase(system.id);
        }
    }

    void begin(const threats::DiagramPart& part, std::string_view shape)
    {
        m_json.beginObject();
        m_json.field("id", part.id.size() < 2 ? "id-" + part.id : part.id);
        m_json.field("shape", shape);
        m_json.field("zIndex", std::uint64_t{++m_order});
        m_json.field("visible", true);
    }

    void box(const Box& box)
    {
        m_json.objectField("position");
        coordinates({box.x, box.y});
        m_json.endObject();
        m_json.objectField("size");
        m_json.key("width");
        m_json.real(std::max(box.width, 10.0));
        m_json.key("height");
        m_json.real(std::max(box.height, 10.0));
        m_json.endObject();
    }

    void coordinates(Point point)
    {
        m_json.key("x");
        m_json.real(std::round(point.x)); // the ends of lines are whole numbers there
        m_json.key("y");
        m_json.real(std::round(point.y));
    }

    void points(const std::vector<Point>& points)
    {
        m_json.arrayField("vertices");
        for (const Point& point : points) {
            m_json.beginObject();
            coordinates(point);
            m_json.endObject();
        }
        m_json.endArray();
    }

    void end(std::string_view name, const std::string& id, const std::optional<Point>& open)
    {
        m_json.objectField(name);
        if (id.empty()) {
            coordinates(open.value_or(Point{}));
        } else {
            m_json.field("cell", id);
        }
        m_json.endObject();
    }

    void label(const std::string& text)
    {
        m_json.arrayField("labels");
        m_json.beginObject();
        m_json.key("position");
        m_json.real(0.5);
        m_json.objectField("attrs");
        m_json.objectField("label");
        m_json.field("text", text);
        m_json.endObject();
        m_json.endObject();
        m_json.endObject();
        m_json.endArray();
    }

    void element(const Element& element)
    {
        const auto shape = shapeOf(element.kind);
        begin(element, shape);
        box(element.box.value_or(Box{0, 0, 160, 80}));
        m_json.objectField("attrs");
        m_json.objectField("text");
        m_json.field("text", element.name);
        m_json.endObject();
        m_json.endObject();
        m_json.objectField("data");
        data(element, typeOf(shape));
        if (shape != element.kind && element.kind != "text") {
            m_json.field("cupelKind", element.kind);
        }
        for (const auto& [key, value] :
            {std::pair{"cupelArtifact", &element.artifact}, {"cupelParent", &element.parent}}) {
            if (!value->empty()) {
                m_json.field(key, *value);
            }
        }
        threats(element.id);
        m_json.endObject();
        m_json.endObject();
    }

    void flow(const Flow& flow)
    {
        begin(flow, "flow");
        end("source", flow.source, flow.start);
        end("target", flow.target, flow.end);
        points(flow.bends);
        m_json.field("connector", "smooth");
        label(flow.name);
        m_json.objectField("data");
        data(flow, "tm.Flow");
        m_json.field("isBidirectional", flow.bidirectional);
        threats(flow.id);
        m_json.endObject();
        m_json.endObject();
    }

    void zone(const Zone& zone)
    {
        const bool curve = !zone.curve.empty();
        begin(zone, curve ? "trust-boundary-curve" : "trust-boundary-box");
        if (curve) {
            end("source", {}, zone.curve.front());
            end("target", {}, zone.curve.back());
            points({zone.curve.begin() + 1, zone.curve.size() > 1 ? zone.curve.end() - 1 : zone.curve.end()});
            m_json.field("connector", "smooth");
            label(zone.name);
        } else {
            box(zone.box.value_or(Box{0, 0, 400, 300}));
            m_json.objectField("attrs");
            m_json.objectField("label");
            m_json.field("text", zone.name);
            m_json.endObject();
            m_json.endObject();
        }
        m_json.objectField("data");
        data(zone, curve ? "tm.Boundary" : "tm.BoundaryBox");
        if (zone.trust) {
            m_json.field("cupelTrust", *zone.trust);
        }
        threats(zone.id);
        m_json.endObject();
        m_json.endObject();
    }

    // Flags are flags, the rest texts; names that the format has itself are written by their own code.
    void data(const threats::DiagramPart& part, std::string_view type)
    {
        m_json.field("type", type);
        m_json.field("name", part.name);
        m_json.field("description", part.description);
        m_json.field("outOfScope", part.outOfScope);
        m_json.field("reasonOutOfScope", part.scopeReason);
        m_json.field("isTrustBoundary", type.starts_with("tm.Boundary"));
        std::set<std::string_view> written{"type", "name", "description", "outOfScope", "reasonOutOfScope",
            "isTrustBoundary", "isBidirectional", "hasOpenThreats", "threats", "cupelKind", "cupelArtifact",
            "cupelParent", "cupelTrust"};
        for (const Attribute& attribute : part.attributes) {
            if (attribute.key == "type" && written.insert("cupelType").second) { // "type" is the shape there
                m_json.field("cupelType", attribute.value);
            }
            if (!written.insert(attribute.key).second) {
                continue;
            }
            if (attribute.value == "true" || attribute.value == "false") {
                m_json.field(attribute.key, attribute.value == "true");
            } else {
                m_json.field(attribute.key, attribute.value);
            }
        }
    }

    void threats(const std::string& target)
    {
        const auto found = m_threats.find(target);
        const auto list = found == m_threats.end() ? std::vector<const Threat*>() : found->second;
        m_json.field("hasOpenThreats",
            std::any_of(list.begin(), list.end(), [](const Threat* threat) { return statusOf(*threat) == "Open"; }));
        m_json.arrayField("threats");
        for (const Threat* threat : list) {
            m_json.beginObject();
            const bool again = target != threat->target && !threat->alsoAt.empty(); // an id stands once in a file
            m_json.field("id", again ? threat->id + '@' + target : threat->id);
            m_json.field("title", threat->title);
            m_json.field("status", statusOf(*threat));
            m_json.field("severity", severityOf(*threat));
            m_json.field("type", categoryOf(*threat));
            m_json.field("description", threat->description);
            const std::string todo = mitigationText(m_controls, *threat);
            m_json.field("mitigation", todo);
            m_json.field("modelType", "STRIDE");
            m_json.field("number", std::uint64_t{++m_number});
            m_json.field("score", "");
            m_json.objectField("cupel");
            for (const auto& [key, value] : ownWords(*threat)) {
                m_json.field(key, value);
            }
            m_json.field("mitigationMark", textMark(todo));
            m_json.endObject();
            m_json.endObject();
        }
        m_json.endArray();
    }

    const ThreatModel& m_model;
    ControlIndex m_controls;
    JsonStream m_json;
    std::map<std::string_view, std::vector<const Threat*>> m_threats;
    std::uint32_t m_order = 0;
    std::uint32_t m_number = 0;
};

} // namespace

void writeThreatDragon(const ThreatModel& model, const TextSink& sink)
{
    if (model.document && model.document->format == FileFormat::ThreatDragon2) {
        JsonStream json(sink, JsonStream::Layout::Indented);
        static_cast<void>(writeDocument(*model.document->tree, json)); // JSON has no aliases
        json.newline();
        return;
    }
    Writer(model, sink).all();
}

} // namespace cupel::report
