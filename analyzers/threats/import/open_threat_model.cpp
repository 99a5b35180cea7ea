// SPDX-License-Identifier: GPL-3.0-or-later
// Open Threat Model 0.1 and 0.2. Positions are relative to the parent; states are free words; threats are counted where
// components and flows use them.
#include "analyzers/threats/import/reading.h"

#include <algorithm>
#include <cmath>

namespace cupel::threats {

namespace {

class Reader {
public:
    explicit Reader(Making& making)
        : m_making(making)
        , m_model(making.out.model)
    {
    }

    void read(Place top)
    {
        const Place project = top["project"];
        m_model.title = project["name"].text();
        m_model.owner = project["owner"].text();
        m_model.description = project["description"].text();
        const Place own = project["attributes"]; // what Cupel writes there
        m_model.reviewer = own["cupel:reviewer"].text();
        m_model.contributors = own["cupel:contributors"].texts();
        m_model.assumptions = own["cupel:assumptions"].texts();
        top["representations"].each([this](Place one) {
            if (one["type"].text() == "diagram" || one["type"].text() == "threat-model") {
                m_diagrams.emplace(one["id"].text(), static_cast<std::uint32_t>(m_model.diagrams.size()));
                m_model.diagrams.push_back({one["id"].text(), one["name"].text(), "OTM"});
            }
        });
        top["threats"].each([this](Place one) { m_threats.emplace(one["id"].text(), one); });
        top["mitigations"].each([this](Place one) {
            const auto reduction = one["riskReduction"].number().value_or(0);
            m_model.controls.push_back({one["id"].text(), one["name"].text(), one["description"].text(),
                static_cast<int>(std::clamp(reduction, 0.0, 100.0)), one["attributes"]["cupel:status"].text()});
        });
        top["trustZones"].each([this](Place one) { zone(one); });
        top["components"].each([this](Place one) { component(one); });
        top["dataflows"].each([this](Place one) { flow(one); });
        own["cupel:notes"].each([this](Place one) { note(one); });
        settleParents();
        checkEnds(m_making);
    }

private:
    void common(DiagramPart& part, Place place, std::string_view kind)
    {
        part.id = m_making.unique(place["id"].text(), kind, place.offset());
        part.name = place["name"].text();
        part.description = place["description"].text();
        part.node = place.node();
        const Place attributes = place["attributes"];
        takeAttributes(part, attributes, {},
            {"cupel:kind", "cupel:artifact", "cupel:outOfScope", "cupel:scopeReason", "cupel:trust"});
        part.outOfScope = attributes["cupel:outOfScope"].flag();
        part.scopeReason = attributes["cupel:scopeReason"].text();
        std::string tags;
        for (const std::string& tag : place["tags"].texts()) {
            tags += (tags.empty() ? "" : ", ") + tag;
        }
        if (!tags.empty() && m_making.copies(tags.size())) {
            setAttribute(part, "tags", tags, Origin::Imported);
        }
        threats(part.id, place["threats"]);
    }

    std::optional<Box> box(Place place, DiagramPart& part)
    {
        std::optional<Box> out;
        place["representations"].each([&](Place one) {
            const auto x = one["position"]["x"].number();
            const auto y = one["position"]["y"].number();
            const auto diagram = m_diagrams.find(one["representation"].text());
            if (x && y && !out) {
                out =
                    Box{*x, *y, one["size"]["width"].number().value_or(0), one["size"]["height"].number().value_or(0)};
                part.diagram = diagram == m_diagrams.end() ? 0 : diagram->second;
            }
            if (const std::string file = one["file"].text(); !file.empty()) { // of a representation that is code
                setAttribute(part, "file", file, Origin::Imported);
                setAttribute(part, "line", one["line"].text(), Origin::Imported);
            }
        });
        return out;
    }

    void zone(Place place)
    {
        if (place["id"].text() == "cupel-no-zone") { // what Cupel writes for components that are in none
            return;
        }
        Zone zone;
        common(zone, place, "zone");
        const std::string type = place["type"].text();
        if (!type.empty() && type != zone.id && type != "boundary-line") {
            setAttribute(zone, "type", type, Origin::Imported);
        }
        const auto trust = place["risk"]["trustRating"].number();
        if (trust && place["attributes"]["cupel:trust"].text() != "unknown") {
            zone.trust = static_cast<int>(std::clamp(std::round(*trust), 0.0, 100.0));
        }
        zone.box = box(place, zone);
        m_parents[zone.id] = parentOf(place);
        m_model.zones.push_back(std::move(zone));
    }

    void component(Place place)
    {
        if (place["id"].text() == "cupel-system") { // threats of zones and of the whole hang there
            threats({}, place["threats"]);
            return;
        }
        Element element;
        common(element, place, "component");
        element.artifact = place["attributes"]["cupel:artifact"].text();
        const std::string own = place["attributes"]["cupel:kind"].text();
        element.kind = own.empty() ? "process" : own;
        if (const std::string type = place["type"].text(); !type.empty() && type != own) {
            element.attributes.insert(element.attributes.begin(), {"type", type, Origin::Imported, {}});
        }
        element.box = box(place, element);
        m_parents[element.id] = parentOf(place);
        m_model.elements.push_back(std::move(element));
    }

    // A text on the drawing: no component, whoever reads it.
    void note(Place place)
    {
        Element element;
        element.id = m_making.unique(place["id"].text(), "note", place.offset());
        element.kind = "text";
        element.name = place["text"].text();
        element.node = place.node();
        const auto x = place["x"].number();
        const auto y = place["y"].number();
        if (x && y) {
            element.box = Box{*x, *y, place["width"].number().value_or(0), place["height"].number().value_or(0)};
        }
        const auto diagram = m_diagrams.find(place["diagram"].text());
        element.diagram = diagram == m_diagrams.end() ? 0 : diagram->second;
        m_model.elements.push_back(std::move(element));
    }

    void flow(Place place)
    {
        Flow flow;
        common(flow, place, "flow");
        flow.source = place["source"].text();
        flow.target = place["destination"].text();
        flow.bidirectional = place["bidirectional"].flag();
        m_model.flows.push_back(std::move(flow));
    }

    static std::string parentOf(Place place)
    {
        const std::string zone = place["parent"]["trustZone"].text();
        return zone.empty() ? place["parent"]["component"].text() : zone;
    }

    void threats(const std::string& target, Place uses)
    {
        uses.each([&](Place use) {
            const std::string id = use["threat"].text();
            const auto found = m_threats.find(id);
            Threat threat;
            threat.id = m_making.unique(target + '/' + id, "threat", use.offset());
            threat.target = target;
            threat.title = id;
            threat.node = use.node();
            if (found == m_threats.end()) {
                m_making.note(use.offset(), "a threat is used that is not in the model");
            } else {
                if (m_making.copies(found->second["description"].text().size() + found->second["name"].text().size())) {
                    describe(threat, found->second);
                }
            }
            setState(threat, use["state"].text());
            use["mitigations"].each([&](Place one) { threat.controls.push_back(one["mitigation"].text()); });
            if (found != m_threats.end()) {
                // For all of these it says "mitigated".
                static const OwnForm form{
                    {Decision::Mitigated, Decision::Transferred, Decision::Avoided, Decision::Eliminated}};
                const Place own = found->second["attributes"];
                takeOwn(threat, form, [&](std::string_view key) { // one definition may be used any number of times
                    std::string text = own["cupel:" + std::string(key)].text();
                    return m_making.copies(text.size()) ? text : std::string();
                });
                threat.target = target.empty() ? own["cupel:target"].text() : target;
            }
            m_model.threats.push_back(std::move(threat));
        });
    }

    static void describe(Threat& threat, Place place)
    {
        threat.title = place["name"].text();
        threat.description = place["description"].text();
        for (const std::string& category : place["categories"].texts()) {
            threat.category += (threat.category.empty() ? "" : ", ") + category;
        }
        threat.stride = strideOf(threat.category);
        threat.references = place["cwes"].texts();
        const auto likelihood = place["risk"]["likelihood"].number();
        const auto impact = place["risk"]["impact"].number();
        const auto step = [](double value) { return std::clamp(static_cast<int>(std::ceil(value / 20)), 1, 5); };
        threat.likelihood = likelihood ? step(*likelihood) : 0;
        threat.impact = impact ? step(*impact) : 0;
        if (likelihood && impact) {
            const double risk = *likelihood * *impact; // of 10,000
            threat.severity = risk >= 8'000 ? Severity::Critical
                : risk >= 6'000             ? Severity::High
                : risk >= 2'500             ? Severity::Medium
                : risk > 0                  ? Severity::Low
                                            : Severity::Info;
        }
    }

    // Zones and absolute places, up the chain of parents; a chain that goes round ends where it began.
    void settleParents()
    {
        std::map<std::string_view, Zone*> zones;
        std::map<std::string_view, Element*> elements;
        for (auto& zone : m_model.zones) {
            zones.emplace(zone.id, &zone);
        }
        for (auto& element : m_model.elements) {
            elements.emplace(element.id, &element);
        }
        std::map<std::string_view, Point> own; // places as the file says them
        const auto remember = [&own](
                                  auto& part) { own[part.id] = part.box ? Point{part.box->x, part.box->y} : Point{}; };
        std::for_each(m_model.zones.begin(), m_model.zones.end(), remember);
        std::for_each(m_model.elements.begin(), m_model.elements.end(), remember);
        constexpr int deepest = 64;
        const auto climb = [&](auto& part, auto&& meets) {
            std::string_view at = m_parents[part.id];
            for (int depth = 0; depth < deepest && !at.empty() && at != part.id && m_making.budget.spend(1); ++depth) {
                if (part.box && own.contains(at)) {
                    part.box->x += own[at].x;
                    part.box->y += own[at].y;
                }
                meets(at);
                const auto up = m_parents.find(std::string(at));
                at = up == m_parents.end() ? std::string_view{} : std::string_view(up->second);
            }
        };
        for (auto& zone : m_model.zones) {
            climb(zone, [&](std::string_view at) {
                zone.parent = zone.parent.empty() && zones.contains(at) ? at : zone.parent;
            });
        }
        for (auto& element : m_model.elements) {
            climb(element, [&](std::string_view at) {
                element.zone = element.zone.empty() && zones.contains(at) ? at : element.zone;
                element.parent =
                    element.parent.empty() && element.zone.empty() && elements.contains(at) ? at : element.parent;
            });
        }
    }

    Making& m_making;
    ThreatModel& m_model;
    std::map<std::string, std::uint32_t> m_diagrams;
    std::map<std::string, Place> m_threats;
    std::map<std::string, std::string> m_parents;
};

} // namespace

void readOtm(Place top, Making& making)
{
    Reader(making).read(top);
}

} // namespace cupel::threats
