// SPDX-License-Identifier: GPL-3.0-or-later
// TM-BOM, the OWASP Threat Model Library 1.0: actors, components and data stores in trust zones, no geometry.
#include "analyzers/threats/import/reading.h"

namespace cupel::threats {

namespace {

constexpr std::string_view notAttributes[] = {"symbolic_name", "title", "description", "trust_zone"};

void common(DiagramPart& part, Place place, std::string_view kind, Making& making)
{
    part.id = making.unique(place["symbolic_name"].text(), kind, place.offset());
    part.name = place["title"].text();
    part.description = place["description"].text();
    part.node = place.node();
    takeAttributes(part, place, {}, {std::begin(notAttributes), std::end(notAttributes)});
}

void readThreats(Place top, Making& making)
{
    ThreatModel& model = making.out.model;
    std::set<std::string_view> parts;
    for (const auto& element : model.elements) {
        parts.insert(element.id);
    }
    for (const auto& flow : model.flows) {
        parts.insert(flow.id);
    }
    top["threats"].each([&](Place one) {
        Threat threat;
        threat.id = making.unique(one["symbolic_name"].text(), "threat", one.offset());
        threat.title = one["title"].text();
        threat.description = one["description"].text();
        threat.node = one.node();
        for (const std::string& part : one["components_affected"].texts()) {
            if (!parts.contains(part)) {
                making.note(one.offset(), "a threat affects '" + part.substr(0, 80) + "', which is not in the model");
            } else if (threat.target.empty()) {
                threat.target = part;
            } else if (part != threat.target) {
                threat.alsoAt.push_back(part);
            }
        }
        one["weaknesses"].each(
            [&](Place weakness) { threat.references.push_back("CWE-" + weakness["cwe_id"].text()); });
        one["attack_mechanisms"].each(
            [&](Place mechanism) { threat.references.push_back("CAPEC-" + mechanism["capec_id"].text()); });
        model.threats.push_back(std::move(threat));
    });
}

// What a control or a risk says about threats: the first risk of a threat rates it, controls protect it.
void rate(ThreatModel& model, Place top)
{
    std::map<std::string, Threat*> byId;
    for (auto& threat : model.threats) {
        byId.emplace(threat.id, &threat);
    }
    top["risks"].each([&](Place risk) {
        for (const std::string& id : risk["threats"].texts()) {
            if (const auto found = byId.find(id); found != byId.end() && !found->second->severity) {
                found->second->severity = severityOf(risk["level"].text());
            }
        }
    });
    top["controls"].each([&](Place control) {
        for (const std::string& id : control["threats"].texts()) {
            if (const auto found = byId.find(id); found != byId.end()) {
                found->second->controls.push_back(control["symbolic_name"].text());
                if (control["status"].text() == "active") {
                    setState(*found->second, "active");
                }
            }
        }
    });
}

} // namespace

void readTmBom(Place top, Making& making)
{
    ThreatModel& model = making.out.model;
    model.title = top["scope"]["title"].text();
    model.description = top["scope"]["description"].text();
    top["diagrams"].each([&](Place one) { model.diagrams.push_back({{}, one["title"].text(), one["type"].text()}); });
    top["trust_zones"].each([&](Place one) {
        Zone zone;
        common(zone, one, "zone", making);
        model.zones.push_back(std::move(zone));
    });
    for (const auto& [list, kind] : {std::pair<std::string_view, std::string_view>{"actors", "actor"},
             {"components", "process"}, {"data_stores", "store"}}) {
        top[list].each([&, kind = kind](Place one) {
            Element element;
            common(element, one, kind, making);
            element.kind = kind;
            element.zone = one["trust_zone"].text();
            model.elements.push_back(std::move(element));
        });
    }
    top["data_flows"].each([&](Place one) {
        Flow flow;
        common(flow, one, "flow", making);
        flow.source = one["source"]["object"].text();
        flow.target = one["destination"]["object"].text();
        model.flows.push_back(std::move(flow));
    });
    readThreats(top, making);
    top["controls"].each([&](Place one) {
        model.controls.push_back(
            {one["symbolic_name"].text(), one["title"].text(), one["description"].text(), 0, one["status"].text()});
    });
    top["assumptions"].each([&](Place one) {
        const std::string validity = one["validity"].text();
        const bool sure = validity.empty() || validity == "confirmed";
        model.assumptions.push_back(one["description"].text() + (sure ? "" : " (" + validity + ')'));
    });
    rate(model, top);
    checkEnds(making);
}

} // namespace cupel::threats
