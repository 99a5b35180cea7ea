// SPDX-License-Identifier: GPL-3.0-or-later
// Threagile: technical assets with their links, trust boundaries that list what is inside, risks that are tracked. Keys
// of maps are titles in the files people write and ids in those the program writes; no geometry.
#include "analyzers/threats/import/reading.h"

namespace cupel::threats {

namespace {

const std::set<std::string_view> notAttributes{"id", "title", "description", "type", "out_of_scope",
    "justification_out_of_scope", "target", "target_id", "source_id"};

std::string idOf(Place place)
{
    const std::string id = place["id"].text();
    return id.empty() ? place.key() : id;
}

void common(DiagramPart& part, Place place, std::string_view kind, Making& making)
{
    part.id = making.unique(idOf(place), kind, place.offset());
    part.name = place["title"].text().empty() ? place.key() : place["title"].text();
    part.description = place["description"].text();
    part.outOfScope = place["out_of_scope"].flag();
    part.scopeReason = place["justification_out_of_scope"].text();
    part.node = place.node();
    takeAttributes(part, place, {}, notAttributes);
}

void asset(Place place, Making& making)
{
    Element element;
    common(element, place, "asset", making);
    const std::string type = place["type"].text();
    element.kind = type == "external-entity" ? "actor" : type == "datastore" ? "store" : "process";
    place["communication_links"].each([&](Place link) {
        Flow flow;
        const std::string id = link["id"].text();
        flow.id = making.unique(id.empty() ? element.id + '>' + link.key() : id, "link", link.offset());
        flow.name = link["title"].text().empty() ? link.key() : link["title"].text();
        flow.description = link["description"].text();
        flow.source = element.id;
        const std::string target = link["target"].text();
        flow.target = target.empty() ? link["target_id"].text() : target;
        flow.node = link.node();
        takeAttributes(flow, link, {}, notAttributes);
        making.out.model.flows.push_back(std::move(flow));
    });
    making.out.model.elements.push_back(std::move(element));
}

void boundaries(Place top, Making& making)
{
    ThreatModel& model = making.out.model;
    std::map<std::string, std::string> zoneOf; // of assets
    std::map<std::string, std::string> parentOf; // of boundaries
    top["trust_boundaries"].each([&](Place place) {
        Zone zone;
        common(zone, place, "boundary", making);
        if (const std::string type = place["type"].text(); !type.empty()) {
            setAttribute(zone, "type", type, Origin::Imported);
        }
        for (const std::string& inside : place["technical_assets_inside"].texts()) {
            zoneOf.emplace(inside, zone.id);
        }
        for (const std::string& inside : place["trust_boundaries_nested"].texts()) {
            parentOf.emplace(inside, zone.id);
        }
        model.zones.push_back(std::move(zone));
    });
    for (auto& element : model.elements) {
        const auto found = zoneOf.find(element.id);
        element.zone = found == zoneOf.end() ? std::string() : found->second;
    }
    for (auto& zone : model.zones) {
        const auto found = parentOf.find(zone.id);
        zone.parent = found == parentOf.end() || found->second == zone.id ? std::string() : found->second;
    }
}

// "unencrypted-asset@some-database": the rule, and what it is about.
void tracked(Place place, Making& making)
{
    const std::string synthetic = place.key();
    Threat threat;
    threat.id = making.unique(synthetic, "risk", place.offset());
    const auto sign = synthetic.find('@');
    threat.rule = synthetic.substr(0, sign);
    threat.title = threat.rule;
    threat.target = sign == std::string::npos ? std::string() : synthetic.substr(sign + 1);
    threat.target = threat.target.find('*') == std::string::npos ? threat.target : std::string();
    setState(threat, place["status"].text());
    threat.reason = place["justification"].text();
    threat.author = place["checked_by"].text();
    threat.node = place.node();
    making.out.model.threats.push_back(std::move(threat));
}

void identified(Place category, Making& making)
{
    category["risks_identified"].each([&](Place risk) {
        Threat threat;
        threat.id =
            making.unique(idOf(category) + '@' + risk["most_relevant_technical_asset"].text(), "risk", risk.offset());
        threat.rule = idOf(category);
        threat.title = risk["title"].text().empty() ? risk.key() : risk["title"].text();
        if (making.copies(category["description"].text().size() + category["mitigation"].text().size())) {
            threat.description = category["description"].text();
            threat.mitigation = category["mitigation"].text();
        }
        threat.category = category["stride"].text();
        threat.stride = strideOf(threat.category);
        threat.severity = severityOf(risk["severity"].text());
        threat.target = risk["most_relevant_technical_asset"].text();
        if (const std::string cwe = category["cwe"].text(); !cwe.empty()) {
            threat.references.push_back("CWE-" + cwe);
        }
        threat.node = risk.node();
        making.out.model.threats.push_back(std::move(threat));
    });
}

} // namespace

void readThreagile(Place top, Making& making)
{
    ThreatModel& model = making.out.model;
    model.title = top["title"].text();
    model.owner = top["author"]["name"].text();
    model.description = top["business_overview"]["description"].text();
    top["technical_assets"].each([&](Place one) { asset(one, making); });
    boundaries(top, making);
    top["risk_tracking"].each([&](Place one) { tracked(one, making); });
    // Risks that somebody found are threats where nothing is tracked; what is tracked names them otherwise.
    if (model.threats.empty()) {
        for (const auto key : {"individual_risk_categories", "custom_risk_categories"}) {
            top[key].each([&](Place one) { identified(one, making); });
        }
    }
    top["questions"].each(
        [&](Place one) { model.assumptions.push_back(one.key() + (one.text().empty() ? "" : ' ' + one.text())); });
    checkEnds(making);
}

} // namespace cupel::threats
