// SPDX-License-Identifier: GPL-3.0-or-later
// TM-BOM, the OWASP Threat Model Library 1.0.2. It wants values that nobody may have said; what is not known is given
// the value that promises least, and an assumption that is not confirmed says so. What it has no word for stands in its
// extensions.
#include "analyzers/report/threats/document_json.h"
#include "analyzers/report/threats/own_words.h"
#include "analyzers/report/threats/threat_writers.h"
#include "analyzers/report/threats/tm_bom_words.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cupel::report {

namespace {

using namespace threats;
using namespace bill;

constexpr std::string_view schema =
    "https://github.com/OWASP/www-project-threat-model-library/blob/v1.0.2/threat-model.schema.json";

class Writer {
public:
    Writer(const ThreatModel& model, const TextSink& sink)
        : m_model(model)
        , m_controls(allControls(model))
        , m_json(sink, JsonStream::Layout::Indented)
    {
        nameAll("zone", model.zones);
        for (const auto& zone : model.zones) {
            m_zones.insert(zone.id);
        }
        for (const auto& element : model.elements) {
            if (roleOf(element.kind) != DiagramRole::Note) {
                m_symbols.add(roleOf(element.kind) == DiagramRole::Store ? "store" : "part", element.id);
                m_elements.emplace(element.id, &element);
                m_loose = m_loose || !isZone(element.zone);
            }
        }
        for (const auto& flow : model.flows) {
            if (m_elements.contains(flow.source) && m_elements.contains(flow.target)) {
                m_symbols.add("flow", flow.id);
                m_flows.push_back(&flow);
            }
        }
        nameAll("threat", model.threats);
        nameAll("control", m_controls);
        for (const auto& threat : model.threats) {
            m_worst = std::max(m_worst, threat.impact);
            for (const auto& control : threat.controls) {
                m_against[control].push_back(&threat);
            }
        }
    }

    void all()
    {
        m_json.beginObject();
        m_json.field("$schema", schema);
        m_json.field("version", "1.0");
        scope();
        diagrams();
        zones();
        boundaries();
        list("actors", DiagramRole::Actor);
        list("components", DiagramRole::Process);
        list("data_stores", DiagramRole::Store);
        dataSets();
        flows();
        assumptions();
        personas();
        threats();
        controls();
        risks();
        extensions();
        m_json.endObject();
        m_json.newline();
    }

private:
    template <typename Parts> void nameAll(std::string_view kind, const Parts& parts)
    {
        for (const auto& part : parts) {
            m_symbols.add(kind, part.id);
        }
    }

    [[nodiscard]] bool isZone(const std::string& id) const { return m_zones.contains(id); }

    [[nodiscard]] std::string_view zoneOf(const Element& element) const { return m_symbols.of(element.zone); }

    void named(std::string_view symbol, const std::string& title, const std::string& description)
    {
        m_json.field("symbolic_name", symbol);
        m_json.field("title", title.empty() ? symbol : std::string_view(title));
        m_json.field("description", description);
    }

    void scope()
    {
        std::set<std::string> delicate;
        for (const auto& element : m_model.elements) {
            for (auto& one : sensitivityOf(element, element.kind)) {
                delicate.insert(std::move(one));
            }
        }
        const bool open = std::any_of(m_model.zones.begin(), m_model.zones.end(),
            [](const Zone& zone) { return zone.trust && *zone.trust == 0; });
        m_json.objectField("scope");
        m_json.field("title", m_model.title.empty() ? "Threat model" : m_model.title);
        m_json.field("description", m_model.description);
        m_json.field("business_criticality", degreeWord(m_worst > 0 ? m_worst : 3));
        m_json.field("data_sensitivity", std::vector<std::string>(delicate.begin(), delicate.end()));
        m_json.field("exposure", open || m_model.zones.empty() ? "external" : "internal");
        m_json.field("tier", "important");
        m_json.endObject();
    }

    // It has no geometry: the drawing goes along as a chart.
    void diagrams()
    {
        std::string chart;
        writeThreatsMermaid(m_model, [&chart](std::string_view text) { chart += text; });
        m_json.arrayField("diagrams");
        m_json.beginObject();
        m_json.field("title",
            m_model.diagrams.empty() || m_model.diagrams.front().title.empty() ? std::string("Data flow")
                                                                               : m_model.diagrams.front().title);
        m_json.field("type", "mermaid");
        m_json.field("source", chart);
        m_json.endObject();
        m_json.endArray();
    }

    void zones()
    {
        m_json.arrayField("trust_zones");
        for (const auto& zone : m_model.zones) {
            m_json.beginObject();
            named(m_symbols.of(zone.id), zone.name, zone.description);
            m_json.endObject();
        }
        if (m_loose) {
            m_json.beginObject();
            named(outside, "In no zone", {});
            m_json.endObject();
        }
        m_json.endArray();
    }

    // Between each two zones that a flow leads between, with how it is checked who comes.
    void boundaries()
    {
        std::map<std::pair<std::string_view, std::string_view>, std::set<std::string>> crossed;
        for (const Flow* flow : m_flows) {
            std::pair ends(zoneOf(*m_elements.at(flow->source)), zoneOf(*m_elements.at(flow->target)));
            if (ends.second < ends.first) {
                std::swap(ends.first, ends.second);
            }
            if (ends.first != ends.second) {
                auto& methods = crossed[ends];
                const auto said = attribute(*flow, "authentication");
                if (isMethod(said)) {
                    methods.emplace(said);
                }
            }
        }
        m_json.arrayField("trust_boundaries");
        for (const auto& [zones, methods] : crossed) {
            m_json.beginObject();
            m_json.field("trust_zone_a", zones.first);
            m_json.field("trust_zone_b", zones.second);
            if (!methods.empty()) {
                m_json.field("authentication_methods", std::vector<std::string>(methods.begin(), methods.end()));
            }
            m_json.endObject();
        }
        m_json.endArray();
    }

    void list(std::string_view name, DiagramRole role)
    {
        m_json.arrayField(name);
        for (const auto& element : m_model.elements) {
            if (roleOf(element.kind) != role) {
                continue;
            }
            m_json.beginObject();
            named(m_symbols.of(element.id), element.name, element.description);
            if (role == DiagramRole::Actor) {
                m_json.field("type", actorTypeOf(element));
            } else if (role == DiagramRole::Store) {
                m_json.field("type", storeTypeOf(element.kind));
            } else if (const auto parent = m_elements.find(element.parent); parent != m_elements.end()
                && parent->second != &element && roleOf(parent->second->kind) == DiagramRole::Process) {
                m_json.field("parent_component", m_symbols.of(element.parent));
            }
            m_json.field("trust_zone", zoneOf(element));
            m_json.endObject();
        }
        m_json.endArray();
    }

    void dataSets()
    {
        m_json.arrayField("data_sets");
        for (const auto& element : m_model.elements) {
            if (element.kind != "dataset") {
                continue;
            }
            m_json.beginObject();
            named("data-of-" + std::string(m_symbols.of(element.id)), element.name, element.description);
            m_json.arrayField("placements");
            m_json.beginObject();
            m_json.field("data_store", m_symbols.of(element.id));
            for (const std::string_view key : {"encrypted_at_rest", "encrypted"}) {
                if (const auto said = attribute(element, key); !said.empty()) {
                    m_json.field("encrypted", isSaid(said));
                    break;
                }
            }
            m_json.endObject();
            m_json.endArray();
            m_json.field("data_sensitivity", sensitivityOf(element));
            m_json.endObject();
        }
        m_json.endArray();
    }

    void end(std::string_view name, const std::string& id)
    {
        const auto role = roleOf(m_elements.at(id)->kind);
        m_json.objectField(name);
        m_json.field("type",
            role == DiagramRole::Actor       ? "actor"
                : role == DiagramRole::Store ? "data_store"
                                             : "component");
        m_json.field("object", m_symbols.of(id));
        m_json.endObject();
    }

    void flows()
    {
        m_json.arrayField("data_flows");
        for (const Flow* flow : m_flows) {
            const auto carries = [this](const std::string& id) {
                return !sensitivityOf(*m_elements.at(id), m_elements.at(id)->kind).empty();
            };
            m_json.beginObject();
            named(m_symbols.of(flow->id), flow->name, flow->description);
            end("source", flow->source);
            end("destination", flow->target);
            m_json.field(
                "has_sensitive_data", !sensitivityOf(*flow).empty() || carries(flow->source) || carries(flow->target));
            m_json.field("encrypted", isSaid(attribute(*flow, "encrypted")));
            m_json.endObject();
        }
        m_json.endArray();
    }

    void assumptions()
    {
        m_json.arrayField("assumptions");
        const auto one = [this](std::string_view text, std::string_view validity) {
            m_json.beginObject();
            m_json.field("description", text);
            m_json.field("validity", validity);
            m_json.endObject();
        };
        for (const auto& assumption : m_model.assumptions) {
            const auto ends = [&assumption](std::string_view tail) { return assumption.ends_with(tail); };
            const std::string_view text = assumption;
            if (ends(" (unconfirmed)") || ends(" (rejected)")) { // as it was read
                const auto at = text.rfind(" (");
                one(text.substr(0, at), text.substr(at + 2, text.size() - at - 3));
            } else {
                one(text, "confirmed");
            }
        }
        for (const std::string_view text :
            {"Criticality follows from the worst impact of a threat; nobody has said it, nor the tier.",
                "A flow that is not known to be encrypted is written as one that is not."}) {
            const auto& all = m_model.assumptions; // of a bill that was read they are there already
            if (std::find(all.begin(), all.end(), std::string(text) + " (unconfirmed)") == all.end()) {
                one(text, "unconfirmed");
            }
        }
        m_json.endArray();
    }

    void personas()
    {
        m_json.arrayField("threat_personas");
        if (!m_model.threats.empty()) {
            m_json.beginObject();
            named(persona, "Not described", "Nobody has said who would do it.");
            m_json.field("is_person", true);
            m_json.field("skill_level", "engineer");
            m_json.field("access_level", "anonymous");
            m_json.field("malicious_intent", true);
            m_json.field("applicability_to_org", "moderate");
            m_json.endObject();
        }
        m_json.endArray();
    }

    void references(const Threat& threat, std::string_view prefix, std::string_view list, std::string_view field)
    {
        m_json.arrayField(list);
        for (const std::string& reference : threat.references) {
            std::uint64_t number = 0;
            const bool fits = reference.starts_with(prefix) && reference.size() > prefix.size()
                && reference.size() <= prefix.size() + 9
                && std::all_of(
                    reference.begin() + static_cast<std::ptrdiff_t>(prefix.size()), reference.end(), [&number](char c) {
                        number = number * 10 + static_cast<std::uint64_t>(c - '0');
                        return c >= '0' && c <= '9';
                    });
            if (fits) {
                m_json.beginObject();
                m_json.field(field, number);
                m_json.endObject();
            }
        }
        m_json.endArray();
    }

    void threats()
    {
        m_json.arrayField("threats");
        for (const Threat& threat : m_model.threats) {
            m_json.beginObject();
            named(m_symbols.of(threat.id), threat.title, threat.description);
            std::vector<std::string> affected;
            std::vector<std::string> parts{threat.target};
            parts.insert(parts.end(), threat.alsoAt.begin(), threat.alsoAt.end());
            for (const std::string& part : parts) {
                if (m_symbols.has(part) && !isZone(part)) {
                    affected.emplace_back(m_symbols.of(part));
                }
            }
            m_json.field("components_affected", affected);
            m_json.field("threat_persona", persona);
            m_json.field("event", threat.title);
            m_json.field("sources", std::vector<std::string>{"adversary"});
            references(threat, "CAPEC-", "attack_mechanisms", "capec_id");
            references(threat, "CWE-", "weaknesses", "cwe_id");
            m_json.endObject();
        }
        m_json.endArray();
    }

    void controls()
    {
        static constexpr std::array<std::string_view, 5> priorities{"none", "low", "medium", "high", "critical"};
        m_json.arrayField("controls");
        for (const Control& control : m_controls) {
            const auto found = m_against.find(control.id);
            const auto against = found == m_against.end() ? std::vector<const Threat*>() : found->second;
            std::vector<std::string> names;
            std::size_t priority = 0;
            for (const Threat* threat : against) {
                names.emplace_back(m_symbols.of(threat->id));
                priority = std::max(priority, threat->severity ? static_cast<std::size_t>(*threat->severity) : 0);
            }
            m_json.beginObject();
            named(m_symbols.of(control.id), control.title, control.description);
            m_json.field("threats", names);
            m_json.field("status", statusOf(control, against));
            m_json.field("priority", priorities[priority]);
            m_json.endObject();
        }
        m_json.endArray();
    }

    void risks()
    {
        m_json.arrayField("risks");
        for (const Threat& threat : m_model.threats) {
            if (threat.likelihood == 0 && threat.impact == 0 && !threat.severity) {
                continue; // nobody has rated it
            }
            static constexpr std::array<int, 5> steps{1, 2, 3, 4, 5};
            const int rated = threat.severity ? steps[static_cast<std::size_t>(*threat.severity)] : 3;
            const int likelihood = threat.likelihood > 0 ? threat.likelihood : rated;
            const int impact = threat.impact > 0 ? threat.impact : rated;
            m_json.beginObject();
            named("risk-of-" + std::string(m_symbols.of(threat.id)), threat.title, {});
            m_json.field("threats", std::vector<std::string>{std::string(m_symbols.of(threat.id))});
            m_json.field("likelihood", likelihoodWord(likelihood));
            m_json.field("impact", impactWord(impact));
            m_json.field("impact_description", "");
            m_json.field("score", std::clamp(likelihood, 1, 5) * std::clamp(impact, 1, 5));
            m_json.field("level", levelOf(threat));
            m_json.endObject();
        }
        m_json.endArray();
    }

    void part(const threats::DiagramPart& part, const OwnWords& more)
    {
        m_json.objectField(m_symbols.of(part.id));
        for (const auto& [key, value] : more) {
            if (!value.empty()) {
                m_json.field(key, value);
            }
        }
        if (part.outOfScope) {
            m_json.field("outOfScope", "true");
            m_json.field("scopeReason", part.scopeReason);
        }
        m_json.objectField("attributes");
        std::set<std::string_view> written;
        for (const Attribute& attribute : part.attributes) {
            if (written.insert(attribute.key).second) {
                m_json.field(attribute.key, attribute.value);
            }
        }
        m_json.endObject();
        m_json.endObject();
    }

    void extensions()
    {
        m_json.objectField("extensions");
        m_json.objectField("cupel.org/threat-model");
        m_json.objectField("model");
        m_json.field("owner", m_model.owner);
        m_json.field("reviewer", m_model.reviewer);
        m_json.field("contributors", m_model.contributors);
        m_json.endObject();
        m_json.objectField("parts");
        for (const auto& zone : m_model.zones) {
            part(zone,
                {{"trust", zone.trust ? std::to_string(*zone.trust) : ""},
                    {"parent", isZone(zone.parent) ? std::string(m_symbols.of(zone.parent)) : ""}});
        }
        for (const auto& [id, element] : m_elements) {
            part(*element, {{"kind", element->kind}, {"artifact", element->artifact}});
        }
        for (const Flow* flow : m_flows) {
            part(*flow, {{"bidirectional", flow->bidirectional ? "true" : ""}});
        }
        m_json.endObject();
        m_json.objectField("controls");
        for (const Control& control : m_controls) {
            m_json.objectField(m_symbols.of(control.id));
            m_json.field("reduction", control.reduction);
            m_json.endObject();
        }
        m_json.endObject();
        m_json.objectField("threats");
        for (const Threat& threat : m_model.threats) {
            m_json.objectField(m_symbols.of(threat.id));
            for (const auto& [key, value] : ownWords(threat)) {
                m_json.field(key, value);
            }
            if (isZone(threat.target)) { // which is nothing that a threat affects there
                m_json.field("zone", m_symbols.of(threat.target));
            }
            m_json.endObject();
        }
        m_json.endObject();
        m_json.endObject();
        m_json.endObject();
    }

    const ThreatModel& m_model;
    std::vector<Control> m_controls;
    JsonStream m_json;
    SymbolicNames m_symbols;
    std::set<std::string_view> m_zones;
    std::map<std::string, const Element*> m_elements; // without texts of the drawing
    std::vector<const Flow*> m_flows; // with both ends
    std::map<std::string, std::vector<const Threat*>> m_against; // by control
    int m_worst = 0; // impact
    bool m_loose = false; // an element stands in no zone
};

} // namespace

void writeTmBom(const ThreatModel& model, const TextSink& sink)
{
    if (model.document && model.document->format == FileFormat::TmBom) {
        JsonStream json(sink, JsonStream::Layout::Indented);
        static_cast<void>(writeDocument(*model.document->tree, json)); // JSON has no aliases that could multiply
        json.newline();
        return;
    }
    Writer(model, sink).all();
}

} // namespace cupel::report
