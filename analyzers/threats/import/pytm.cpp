// SPDX-License-Identifier: GPL-3.0-or-later
// JSON of pytm: elements and flows that name each other, findings with a severity. No geometry.
#include "analyzers/threats/import/reading.h"

namespace cupel::threats {

namespace {

const std::set<std::string_view> notAttributes{"name", "description", "note", "inScope", "__class__", "id", "uuid"};

void common(DiagramPart& part, Place place, std::string_view kind, Making& making)
{
    part.id = making.unique(place["name"].text(), kind, place.offset());
    part.name = place["name"].text();
    const std::string description = place["description"].text();
    part.description = description.empty() ? place["note"].text() : description;
    part.outOfScope = place["inScope"].text() == "false";
    part.node = place.node();
    takeAttributes(part, place, {}, notAttributes);
    takeAttributes(part, place["controls"], {}, {});
}

std::string kindOf(std::string_view type)
{
    if (type == "Actor" || type == "ExternalEntity") {
        return "actor";
    }
    return type == "Datastore" ? "store" : type == "LLM" ? "llm-app" : type == "Agent" ? "agent" : "process";
}

// "Boundary(name)" in the newer files, the name in others.
std::string zoneOf(Place place)
{
    std::string name = place["inBoundary"].text();
    if (name.starts_with("Boundary(") && name.ends_with(')')) {
        name = name.substr(9, name.size() - 10);
    }
    return name == "None" ? std::string() : name;
}

} // namespace

void readPytm(Place top, Making& making)
{
    ThreatModel& model = making.out.model;
    model.title = top["name"].text();
    model.description = top["description"].text();
    top["boundaries"].each([&](Place one) {
        Zone zone;
        common(zone, one, "boundary", making);
        zone.parent = zoneOf(one);
        model.zones.push_back(std::move(zone));
    });
    top["elements"].each([&](Place one) {
        Element element;
        common(element, one, "element", making);
        element.kind = kindOf(one["__class__"].text());
        element.zone = zoneOf(one);
        model.elements.push_back(std::move(element));
    });
    top["flows"].each([&](Place one) {
        Flow flow;
        common(flow, one, "flow", making);
        flow.source = one["source"].text();
        flow.target = one["sink"].text();
        model.flows.push_back(std::move(flow));
    });
    top["findings"].each([&](Place one) {
        Threat threat;
        threat.rule = one["threat_id"].text();
        threat.id = making.unique(threat.rule + '@' + one["target"].text(), "finding", one.offset());
        threat.target = one["target"].text();
        threat.title = one["description"].text();
        threat.description = one["details"].text();
        threat.mitigation = one["mitigations"].text();
        threat.severity = severityOf(one["severity"].text());
        threat.reason = one["response"].text();
        threat.node = one.node();
        model.threats.push_back(std::move(threat));
    });
    checkEnds(making);
}

} // namespace cupel::threats
