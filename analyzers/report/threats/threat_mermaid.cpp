// SPDX-License-Identifier: GPL-3.0-or-later
// A threat model as a Mermaid flowchart for pages that draw one from text: zones as frames, each part with how many
// threats are open at it and how bad the worst is, flows that cross a border drawn thick. A view, not a model: it
// cannot be read back.
#include "analyzers/report/threats/threat_writers.h"

#include "analyzers/report/writers/mermaid_text.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace cupel::report {

namespace {

using namespace threats;

// Pages refuse more than that unless they are told otherwise.
constexpr std::size_t mostEdges = 500;
constexpr std::size_t longestName = 60;

std::string label(std::string_view text)
{
    return mermaidLabel(toDisplay(text, longestName));
}

struct Count {
    std::size_t open = 0;
    std::optional<Severity> worst;
};

// Opening and closing of the shape.
std::array<std::string_view, 2> shapeOf(DiagramRole role)
{
    switch (role) {
    case DiagramRole::Store:
        return {"[(\"", "\")]"};
    case DiagramRole::Process:
        return {"(\"", "\")"};
    case DiagramRole::Actor:
    case DiagramRole::Note:
        break;
    }
    return {"[\"", "\"]"};
}

class Chart {
public:
    Chart(const ThreatModel& model, const TextSink& sink)
        : m_model(model)
        , m_sink(sink)
    {
        for (std::size_t i = 0; i < model.zones.size(); ++i) {
            m_names.emplace(model.zones[i].id, "z" + std::to_string(i));
            if (model.zones[i].curve.empty()) {
                m_areas.insert(model.zones[i].id);
            }
        }
        for (std::size_t i = 0; i < model.elements.size(); ++i) {
            m_names.emplace(model.elements[i].id, "e" + std::to_string(i));
            m_inside[zoneKey(model.elements[i].zone)].push_back(i);
            m_zoneOf.emplace(model.elements[i].id, model.elements[i].zone);
        }
        for (const auto& threat : model.threats) {
            count(threat);
        }
    }

    void write()
    {
        m_sink("flowchart LR\n");
        if (m_model.flows.size() > mostEdges) {
            m_sink("  %% Larger than pages draw by themselves: raise maxEdges and maxTextSize there.\n");
        }
        zones();
        for (std::size_t i = 0; i < m_model.flows.size(); ++i) {
            flow(i);
        }
        m_sink("  classDef outOfScope stroke-dasharray: 4 3\n");
        for (std::size_t i = 0; i < m_model.elements.size(); ++i) {
            if (m_model.elements[i].outOfScope) {
                m_sink("  class e" + std::to_string(i) + " outOfScope\n");
            }
        }
    }

private:
    // A zone that is a line, or that nobody knows, has no inside.
    [[nodiscard]] std::string zoneKey(const std::string& id) const { return m_areas.contains(id) ? id : std::string(); }

    void count(const Threat& threat)
    {
        const bool open = threat.applicability != Applicability::NotApplicable
            && (threat.decision == Decision::Open || threat.decision == Decision::InProgress);
        if (!open) {
            return;
        }
        const auto at = [&](const std::string& part) {
            Count& one = m_counts[part];
            ++one.open;
            if (threat.severity && (!one.worst || *threat.severity > *one.worst)) {
                one.worst = threat.severity;
            }
        };
        at(threat.target);
        std::for_each(threat.alsoAt.begin(), threat.alsoAt.end(), at);
    }

    [[nodiscard]] std::string threatsAt(const std::string& part) const
    {
        const auto found = m_counts.find(part);
        if (found == m_counts.end()) {
            return {};
        }
        return "<br/>" + std::to_string(found->second.open) + " open"
            + (found->second.worst ? ", " + std::string(cupel::toString(*found->second.worst)) : "");
    }

    // Zones in zones, without recursion: how deep they are nested comes with the file. A ring of zones has no outermost
    // one; those that were not reached come last, unnested.
    void zones()
    {
        std::map<std::string, std::vector<std::size_t>> children;
        for (std::size_t i = 0; i < m_model.zones.size(); ++i) {
            children[zoneKey(m_model.zones[i].parent)].push_back(i);
        }
        elementsOf({});
        std::vector<bool> done(m_model.zones.size(), false);
        const auto draw = [&](const std::vector<std::size_t>& from) {
            struct Step {
                std::size_t zone;
                bool close;
            };
            std::vector<Step> steps;
            const auto push = [&](const std::vector<std::size_t>& list) {
                for (auto one = list.rbegin(); one != list.rend(); ++one) {
                    steps.push_back({*one, false});
                }
            };
            push(from);
            while (!steps.empty()) {
                const Step step = steps.back();
                steps.pop_back();
                const Zone& zone = m_model.zones[step.zone];
                if (step.close) {
                    m_sink("  end\n");
                } else if (!done[step.zone] && zone.curve.empty()) {
                    done[step.zone] = true;
                    m_sink("  subgraph z" + std::to_string(step.zone) + "[\"" + label(zone.name)
                        + (zone.trust ? "<br/>trust " + std::to_string(*zone.trust) : "") + threatsAt(zone.id)
                        + "\"]\n");
                    elementsOf(zone.id);
                    steps.push_back({step.zone, true});
                    push(children[zone.id]);
                }
            }
        };
        draw(children[{}]);
        for (std::size_t i = 0; i < done.size(); ++i) {
            draw({i});
        }
    }

    void elementsOf(const std::string& zone)
    {
        const auto found = m_inside.find(zone);
        if (found == m_inside.end()) {
            return;
        }
        for (const std::size_t index : found->second) {
            const Element& element = m_model.elements[index];
            const auto [open, close] = shapeOf(roleOf(element.kind));
            m_sink("    e" + std::to_string(index) + std::string(open) + label(element.name) + "<br/>"
                + label(element.kind) + threatsAt(element.id) + std::string(close) + "\n");
        }
    }

    // The name of an end; one in the open gets a sign of its own.
    std::string end(const std::string& id, std::size_t flow, const char* which)
    {
        const auto found = m_names.find(id);
        if (found != m_names.end()) {
            return found->second;
        }
        return which + std::to_string(flow) + "((\" \"))";
    }

    void flow(std::size_t index)
    {
        const Flow& flow = m_model.flows[index];
        const auto zone = [this](const std::string& id) {
            const auto found = m_zoneOf.find(id);
            return found == m_zoneOf.end() ? id : found->second;
        };
        const bool crosses = zone(flow.source) != zone(flow.target);
        const auto protocol = attribute(flow, "protocol");
        std::string text = label(flow.name);
        if (!protocol.empty() && protocol != "unknown") {
            text += (text.empty() ? "" : ", ") + label(protocol);
        }
        text += threatsAt(flow.id);
        const std::string_view arrow = flow.bidirectional ? (crosses ? "<==>" : "<-->") : crosses ? "==>" : "-->";
        m_sink("  " + end(flow.source, index, "from") + ' ' + std::string(arrow)
            + (text.empty() ? "" : "|\"" + text + "\"|") + ' ' + end(flow.target, index, "to") + "\n");
    }

    const ThreatModel& m_model;
    const TextSink& m_sink;
    std::set<std::string> m_areas; // zones that are no lines
    std::map<std::string, std::string> m_names; // of elements and zones in the chart
    std::map<std::string, std::string> m_zoneOf; // of elements
    std::map<std::string, std::vector<std::size_t>> m_inside; // elements of zones
    std::map<std::string, Count> m_counts; // by part
};

} // namespace

void writeThreatsMermaid(const ThreatModel& model, const TextSink& sink)
{
    Chart(model, sink).write();
}

} // namespace cupel::report
