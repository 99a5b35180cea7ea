// SPDX-License-Identifier: GPL-3.0-or-later
// Open Threat Model 0.2.0. Places are relative to the parent; every component has one, so what lies in no zone lies in
// one of its own. Extensions are attributes under "cupel:".
#include "analyzers/report/threats/document_json.h"
#include "analyzers/report/threats/own_words.h"
#include "analyzers/report/threats/threat_writers.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <set>
#include <string_view>

namespace cupel::report {

namespace {

using namespace threats;

constexpr std::string_view outside = "cupel-no-zone";

std::string_view stateOf(const Threat& threat)
{
    if (threat.applicability == Applicability::NotApplicable) {
        return "not-applicable";
    }
    if (threat.decision == Decision::Open) {
        return threat.applicability == Applicability::Proposed ? "recommended" : "exposed";
    }
    return threat.decision == Decision::InProgress ? "required"
        : threat.decision == Decision::Accepted    ? "accepted"
                                                   : "mitigated";
}

// 0 to 100 of a step from 1 to 5; what is not said follows the severity.
int scaled(int step, const std::optional<Severity>& severity)
{
    static constexpr std::array<int, 5> bySeverity{10, 30, 55, 80, 100};
    return step > 0 ? step * 20 : severity ? bySeverity[static_cast<std::size_t>(*severity)] : 0;
}

class Writer {
public:
    Writer(const ThreatModel& model, const TextSink& sink)
        : m_model(model)
        , m_json(sink, JsonStream::Layout::Indented)
    {
        for (const auto& threat : model.threats) {
            m_threats[threat.target].push_back(&threat);
            for (const std::string& part : threat.alsoAt) {
                m_threats[part].push_back(&threat);
            }
        }
        findNotes();
        for (const auto& zone : model.zones) {
            m_places.emplace(zone.id, zone.box ? Point{zone.box->x, zone.box->y} : Point{});
        }
        for (const auto& element : model.elements) {
            m_needsOutside = m_needsOutside || (!m_places.contains(element.zone) && !m_notes.contains(&element));
        }
        for (const auto& element : model.elements) { // components lie in components, too
            m_boxes.emplace(element.id, &element);
        }
        std::set<std::string_view> known;
        const auto remember = [&known](const threats::DiagramPart& part) { known.insert(part.id); };
        std::for_each(model.elements.begin(), model.elements.end(), remember);
        std::for_each(model.flows.begin(), model.flows.end(), remember);
        for (const auto& threat :
            model.threats) { // of zones and of the whole: components and flows only have threats here
            if (!known.contains(threat.target)) {
                m_homeless.push_back(&threat);
            }
        }
        m_needsOutside = m_needsOutside || !m_homeless.empty();
        for (const auto& flow : model.flows) {
            m_needsOutside = m_needsOutside || flow.source.empty() || flow.target.empty();
        }
    }

    void all()
    {
        m_json.beginObject();
        m_json.field("otmVersion", "0.2.0");
        project();
        representations();
        zones();
        components();
        flows();
        threatList();
        mitigations();
        m_json.endObject();
        m_json.newline();
    }

private:
    void project()
    {
        m_json.objectField("project");
        m_json.field("name", m_model.title.empty() ? "Threat model" : m_model.title);
        m_json.field("id", m_model.title.empty() ? "threat-model" : m_model.title);
        m_json.field("description", m_model.description);
        m_json.field("owner", m_model.owner);
        m_json.objectField("attributes");
        if (!m_model.reviewer.empty()) {
            m_json.field("cupel:reviewer", m_model.reviewer);
        }
        if (!m_model.contributors.empty()) {
            m_json.field("cupel:contributors", m_model.contributors);
        }
        if (!m_model.assumptions.empty()) {
            m_json.field("cupel:assumptions", m_model.assumptions);
        }
        if (!m_notes.empty()) {
            notes();
        }
        m_json.endObject();
        m_json.endObject();
    }

    // Texts on the drawing are no components: nothing leads to them and nothing threatens them.
    void findNotes()
    {
        std::set<std::string_view> used;
        for (const auto& flow : m_model.flows) {
            used.insert({flow.source, flow.target});
        }
        for (const auto& element : m_model.elements) {
            used.insert(element.parent);
        }
        for (const auto& element : m_model.elements) {
            if (element.kind == "text" && !used.contains(element.id) && !m_threats.contains(element.id)) {
                m_notes.insert(&element);
            }
        }
    }

    void notes()
    {
        m_json.arrayField("cupel:notes");
        for (const auto& element : m_model.elements) {
            if (!m_notes.contains(&element)) {
                continue;
            }
            m_json.beginObject();
            m_json.field("id", element.id);
            m_json.field("text", element.name.empty() ? element.description : element.name);
            m_json.field("diagram", diagramId(element.diagram));
            if (const auto& box = element.box) {
                for (const auto& [key, value] :
                    {std::pair{"x", box->x}, {"y", box->y}, {"width", box->width}, {"height", box->height}}) {
                    m_json.key(key);
                    m_json.real(value);
                }
            }
            m_json.endObject();
        }
        m_json.endArray();
    }

    [[nodiscard]] std::string diagramId(std::uint32_t index) const
    {
        const bool known = index < m_model.diagrams.size() && !m_model.diagrams[index].id.empty();
        return known ? m_model.diagrams[index].id : "diagram-" + std::to_string(index);
    }

    void representations()
    {
        m_json.arrayField("representations");
        for (std::uint32_t i = 0; i < m_model.diagrams.size(); ++i) {
            Point corner{1'000, 1'000};
            const auto grow = [&](const auto& part) {
                if (part.box && part.diagram == i) {
                    corner = {std::max(corner.x, part.box->x + part.box->width),
                        std::max(corner.y, part.box->y + part.box->height)};
                }
            };
            std::for_each(m_model.elements.begin(), m_model.elements.end(), grow);
            std::for_each(m_model.zones.begin(), m_model.zones.end(), grow);
            m_json.beginObject();
            m_json.field("name", m_model.diagrams[i].title.empty() ? "Diagram" : m_model.diagrams[i].title);
            m_json.field("id", diagramId(i));
            m_json.field("type", "diagram");
            size(corner.x, corner.y);
            m_json.endObject();
        }
        m_json.endArray();
    }

    void size(double width, double height)
    {
        m_json.objectField("size");
        m_json.key("width");
        m_json.real(width);
        m_json.key("height");
        m_json.real(height);
        m_json.endObject();
    }

    [[nodiscard]] Point originOf(std::string_view zone) const
    {
        const auto around = m_places.find(zone);
        return around == m_places.end() ? Point{} : around->second;
    }

    void place(const threats::DiagramPart& part, const std::optional<Box>& box, Point origin)
    {
        if (!box) {
            return;
        }
        m_json.arrayField("representations");
        m_json.beginObject();
        m_json.field("representation", diagramId(part.diagram));
        m_json.field("id", part.id + "-box");
        m_json.objectField("position");
        m_json.key("x");
        m_json.real(box->x - origin.x);
        m_json.key("y");
        m_json.real(box->y - origin.y);
        m_json.endObject();
        size(box->width, box->height);
        m_json.endObject();
        m_json.endArray();
    }

    void common(const threats::DiagramPart& part)
    {
        m_json.field("id", part.id);
        m_json.field("name", part.name);
        m_json.field("description", part.description);
    }

    void attributes(const threats::DiagramPart& part, const OwnWords& more)
    {
        m_json.objectField("attributes");
        std::set<std::string_view> written;
        for (const Attribute& attribute : part.attributes) {
            if (written.insert(attribute.key).second) {
                m_json.field(attribute.key, attribute.value);
            }
        }
        for (const auto& [key, value] : more) {
            if (!value.empty() && written.insert(key).second) {
                m_json.field(key, value);
            }
        }
        m_json.endObject();
    }

    // The component around an element, where both lie in one zone; null: the zone itself is its parent.
    [[nodiscard]] const Element* componentAround(const Element& element) const
    {
        const auto found = element.parent.empty() ? m_boxes.end() : m_boxes.find(element.parent);
        const bool fits =
            found != m_boxes.end() && found->second->zone == element.zone && found->second->id != element.id;
        return fits ? found->second : nullptr;
    }

    static OwnWords ownWordsOf(const threats::DiagramPart& part)
    {
        return {{"cupel:outOfScope", part.outOfScope ? "true" : ""}, {"cupel:scopeReason", part.scopeReason}};
    }

    void parent(std::string_view zone)
    {
        m_json.objectField("parent");
        m_json.field("trustZone", m_places.contains(zone) ? zone : outside);
        m_json.endObject();
    }

    void zones()
    {
        m_json.arrayField("trustZones");
        for (const auto& zone : m_model.zones) {
            m_json.beginObject();
            common(zone);
            const auto type = attribute(zone, "type");
            m_json.field("type",
                !zone.curve.empty() ? "boundary-line"
                    : type.empty()  ? std::string_view(zone.id)
                                    : type);
            m_json.objectField("risk");
            m_json.field("trustRating", zone.trust.value_or(0)); // not known is not trusted
            m_json.endObject();
            if (m_places.contains(zone.parent)) {
                parent(zone.parent);
            }
            place(zone, zone.box, originOf(zone.parent));
            auto own = ownWordsOf(zone);
            own.emplace_back("cupel:trust", zone.trust ? "" : "unknown");
            attributes(zone, own);
            m_json.endObject();
        }
        if (m_needsOutside) {
            m_json.beginObject();
            m_json.field("id", outside);
            m_json.field("name", "In no zone");
            m_json.field("type", outside);
            m_json.objectField("risk");
            m_json.field("trustRating", 0);
            m_json.endObject();
            m_json.endObject();
        }
        m_json.endArray();
    }

    void components()
    {
        m_json.arrayField("components");
        for (const auto& element : m_model.elements) {
            if (m_notes.contains(&element)) {
                continue;
            }
            m_json.beginObject();
            common(element);
            const auto type = attribute(element, "type");
            m_json.field("type", type.empty() ? std::string_view(element.kind) : type);
            Point origin = originOf(element.zone);
            if (const Element* around = componentAround(element)) {
                m_json.objectField("parent");
                m_json.field("component", around->id);
                m_json.endObject();
                origin = around->box ? Point{around->box->x, around->box->y} : origin;
            } else {
                parent(element.zone);
            }
            place(element, element.box, origin);
            uses(element.id);
            auto own = ownWordsOf(element);
            own.insert(own.end(), {{"cupel:kind", element.kind}, {"cupel:artifact", element.artifact}});
            attributes(element, own);
            m_json.endObject();
        }
        if (!m_homeless.empty()) {
            m_json.beginObject();
            m_json.field("id", "cupel-system");
            m_json.field("name", "The whole system");
            m_json.field("type", "system");
            parent({});
            uses(m_homeless);
            m_json.objectField("attributes");
            m_json.field("cupel:kind", "system");
            m_json.endObject();
            m_json.endObject();
        }
        for (const auto& flow : m_model.flows) { // an end in the open is a component here
            for (const bool source : {true, false}) {
                if ((source ? flow.source : flow.target).empty()) {
                    openEnd(flow, source);
                }
            }
        }
        m_json.endArray();
    }

    static std::string endOf(const Flow& flow, bool source)
    {
        const std::string& id = source ? flow.source : flow.target;
        return !id.empty() ? id : flow.id + (source ? "-start" : "-end");
    }

    void openEnd(const Flow& flow, bool source)
    {
        m_json.beginObject();
        m_json.field("id", endOf(flow, source));
        m_json.field("name", "Not connected");
        m_json.field("type", "unknown");
        parent({});
        m_json.endObject();
    }

    void flows()
    {
        m_json.arrayField("dataflows");
        for (const auto& flow : m_model.flows) {
            m_json.beginObject();
            common(flow);
            m_json.field("bidirectional", flow.bidirectional);
            m_json.field("source", endOf(flow, true));
            m_json.field("destination", endOf(flow, false));
            uses(flow.id);
            attributes(flow, ownWordsOf(flow));
            m_json.endObject();
        }
        m_json.endArray();
    }

    void uses(const std::string& target)
    {
        if (const auto found = m_threats.find(target); found != m_threats.end()) {
            uses(found->second);
        }
    }

    void uses(const std::vector<const Threat*>& list)
    {
        m_json.arrayField("threats");
        for (const Threat* threat : list) {
            m_json.beginObject();
            m_json.field("threat", threat->id);
            m_json.field("state", stateOf(*threat));
            m_json.arrayField("mitigations");
            for (const std::string& control : threat->controls) {
                m_json.beginObject();
                m_json.field("mitigation", control);
                m_json.field("state", threat->decision == Decision::Mitigated ? "implemented" : "recommended");
                m_json.endObject();
            }
            m_json.endArray();
            m_json.endObject();
        }
        m_json.endArray();
    }

    void threatList()
    {
        m_json.arrayField("threats");
        for (const auto& threat : m_model.threats) {
            m_json.beginObject();
            m_json.field("id", threat.id);
            m_json.field("name", threat.title);
            m_json.field("description", threat.description);
            m_json.field(
                "categories", threat.category.empty() ? std::vector<std::string>() : std::vector{threat.category});
            std::vector<std::string> weaknesses;
            std::copy_if(threat.references.begin(), threat.references.end(), std::back_inserter(weaknesses),
                [](const std::string& reference) { return reference.starts_with("CWE-"); });
            m_json.field("cwes", weaknesses);
            m_json.objectField("risk");
            m_json.field("likelihood", scaled(threat.likelihood, threat.severity));
            m_json.field("impact", scaled(threat.impact, threat.severity));
            m_json.endObject();
            m_json.objectField("attributes");
            for (const auto& [key, value] : ownWords(threat)) {
                m_json.field("cupel:" + std::string(key), value);
            }
            if (!threat.target.empty()) { // said where no component or flow has it
                m_json.field("cupel:target", threat.target);
            }
            m_json.endObject();
            m_json.endObject();
        }
        m_json.endArray();
    }

    void mitigations()
    {
        m_json.arrayField("mitigations");
        for (const auto& control : allControls(m_model)) {
            m_json.beginObject();
            m_json.field("id", control.id);
            m_json.field("name", control.title);
            m_json.field("description", control.description);
            m_json.field("riskReduction", control.reduction);
            if (!control.status.empty()) {
                m_json.objectField("attributes");
                m_json.field("cupel:status", control.status);
                m_json.endObject();
            }
            m_json.endObject();
        }
        m_json.endArray();
    }

    const ThreatModel& m_model;
    JsonStream m_json;
    std::map<std::string_view, std::vector<const Threat*>> m_threats;
    std::map<std::string_view, Point> m_places; // of zones
    std::map<std::string_view, const Element*> m_boxes;
    std::set<const Element*> m_notes; // texts of the drawing
    std::vector<const Threat*> m_homeless;
    bool m_needsOutside = false;
};

} // namespace

void writeOpenThreatModel(const ThreatModel& model, const TextSink& sink)
{
    if (model.document && model.document->format == FileFormat::Otm) {
        JsonStream trial([](std::string_view) { }, JsonStream::Layout::OneLine);
        if (writeDocument(
                *model.document->tree, trial)) { // else its aliases are a bomb: what was read of it is written
            JsonStream json(sink, JsonStream::Layout::Indented);
            static_cast<void>(writeDocument(*model.document->tree, json));
            json.newline();
            return;
        }
    }
    Writer(model, sink).all();
}

} // namespace cupel::report
