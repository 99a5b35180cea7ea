// SPDX-License-Identifier: GPL-3.0-or-later
// TM-BOM, the OWASP Threat Model Library 1.0: actors, components and data stores in trust zones, no geometry.
#include "analyzers/threats/import/reading.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

namespace cupel::threats {

namespace {

// What Cupel keeps in extensions of what the form has no word for, by symbolic names.
class Own {
public:
    Own(Place list, Place nothing)
        : m_nothing(nothing)
    {
        list.each([this](Place one) { m_places.emplace(one.key(), one); });
    }
    [[nodiscard]] Place at(const std::string& name) const
    {
        const auto found = m_places.find(name);
        return found == m_places.end() ? m_nothing : found->second;
    }

private:
    std::map<std::string, Place> m_places;
    Place m_nothing;
};

void takeOwnOf(DiagramPart& part, Place own)
{
    if (!own.isThere()) {
        return;
    }
    part.outOfScope = own["outOfScope"].flag();
    part.scopeReason = own["scopeReason"].text();
    // The form must say of everything whether it is encrypted: that counts only where it was known.
    const std::string form(attribute(part, "encrypted"));
    part.attributes.clear();
    takeAttributes(part, own["attributes"], {}, {});
    const auto said = attribute(part, "encrypted");
    if (!said.empty() && !form.empty() && (said == "true" || said == "yes") != (form == "true")) {
        setAttribute(part, "encrypted", form, Origin::Imported); // somebody has changed it there
    }
}

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

void readFlows(Place top, const Own& parts, Making& making)
{
    top["data_flows"].each([&](Place one) {
        Flow flow;
        common(flow, one, "flow", making);
        takeOwnOf(flow, parts.at(flow.id));
        flow.bidirectional = parts.at(flow.id)["bidirectional"].flag();
        flow.source = one["source"]["object"].text();
        flow.target = one["destination"]["object"].text();
        making.out.model.flows.push_back(std::move(flow));
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

// Of a threat the form has no state, but what its controls say.
void takeDecisions(ThreatModel& model, const Own& own)
{
    std::set<std::string_view> zones;
    for (const auto& zone : model.zones) {
        zones.insert(zone.id);
    }
    for (auto& threat : model.threats) {
        const Place said = own.at(threat.id);
        takeOwn(threat,
            {{Decision::Open, Decision::InProgress, Decision::Mitigated, Decision::Accepted, Decision::Transferred,
                 Decision::Avoided, Decision::Eliminated},
                false},
            [&said](std::string_view key) { return said[key].text(); });
        if (const std::string zone = said["zone"].text(); threat.target.empty() && zones.contains(zone)) {
            threat.target = zone;
        }
    }
}

} // namespace

void readTmBom(Place top, Making& making)
{
    const Place own = top["extensions"]["cupel.org/threat-model"];
    const Own parts(own["parts"], own["parts"][{}]);
    ThreatModel& model = making.out.model;
    model.title = top["scope"]["title"].text();
    model.description = top["scope"]["description"].text();
    model.owner = own["model"]["owner"].text();
    model.reviewer = own["model"]["reviewer"].text();
    model.contributors = own["model"]["contributors"].texts();
    top["diagrams"].each([&](Place one) { model.diagrams.push_back({{}, one["title"].text(), one["type"].text()}); });
    const auto isOutside = [&own](Place name) { return own.isThere() && name.text() == "no-zone"; }; // as we call it
    top["trust_zones"].each([&](Place one) {
        if (isOutside(one["symbolic_name"])) {
            return;
        }
        Zone zone;
        common(zone, one, "zone", making);
        const Place said = parts.at(zone.id);
        takeOwnOf(zone, said);
        zone.parent = said["parent"].text();
        if (const auto trust = said["trust"].number()) {
            zone.trust = static_cast<int>(std::clamp(*trust, 0.0, 100.0));
        }
        model.zones.push_back(std::move(zone));
    });
    for (const auto& [list, kind] : {std::pair<std::string_view, std::string_view>{"actors", "actor"},
             {"components", "process"}, {"data_stores", "store"}}) {
        top[list].each([&, kind = kind](Place one) {
            Element element;
            common(element, one, kind, making);
            const Place said = parts.at(element.id);
            takeOwnOf(element, said);
            const std::string closer = said["kind"].text(); // of the same role, or somebody has changed it there
            element.kind = !closer.empty() && roleOf(closer) == roleOf(kind) ? closer : std::string(kind);
            element.artifact = said["artifact"].text();
            if (const std::string parent = one["parent_component"].text(); !parent.empty()) {
                element.parent = parent;
            }
            element.zone = isOutside(one["trust_zone"]) ? std::string() : one["trust_zone"].text();
            model.elements.push_back(std::move(element));
        });
    }
    readFlows(top, parts, making);
    readThreats(top, making);
    const Own controls(own["controls"], own["controls"][{}]);
    top["controls"].each([&](Place one) {
        const std::string name = one["symbolic_name"].text();
        const auto reduction = controls.at(name)["reduction"].number().value_or(0);
        model.controls.push_back({name, one["title"].text(), one["description"].text(),
            static_cast<int>(std::clamp(reduction, 0.0, 100.0)), one["status"].text()});
    });
    top["assumptions"].each([&](Place one) {
        const std::string validity = one["validity"].text();
        const bool sure = validity.empty() || validity == "confirmed";
        model.assumptions.push_back(one["description"].text() + (sure ? "" : " (" + validity + ')'));
    });
    rate(model, top);
    takeDecisions(model, Own(own["threats"], own["threats"][{}]));
    checkEnds(making);
}

} // namespace cupel::threats
