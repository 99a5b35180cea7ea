// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/work/team_import.h"

#include "analyzers/threats/diagram_layout.h"

#include <algorithm>
#include <map>
#include <utility>

namespace cupel::threats {

namespace {

// What a severity means in steps when the file has no others.
std::pair<int, int> stepsOf(const Threat& threat)
{
    if (threat.likelihood > 0 && threat.impact > 0) {
        return {std::clamp(threat.likelihood, 1, 5), std::clamp(threat.impact, 1, 5)};
    }
    if (!threat.severity) {
        return {3, 3};
    }
    switch (*threat.severity) {
    case Severity::Critical:
        return {4, 5};
    case Severity::High:
        return {3, 4};
    case Severity::Medium:
        return {3, 2};
    case Severity::Low:
        return {3, 1};
    default:
        return {1, 1};
    }
}

class Adder {
public:
    Adder(TeamModel& team, const ThreatModel& model, std::string prefix, Point corner)
        : m_team(team)
        , m_model(model)
        , m_prefix(std::move(prefix))
    {
        std::optional<Point> first;
        const auto see = [&first](const auto& parts) {
            for (const auto& part : parts) {
                if (part.box) {
                    const Box box = tamed(*part.box);
                    first = first ? Point{std::min(first->x, box.x), std::min(first->y, box.y)} : Point{box.x, box.y};
                }
            }
        };
        see(model.elements);
        see(model.zones);
        if (first) {
            m_by = {corner.x - first->x, corner.y - first->y};
        }
    }

    ImportCounts add()
    {
        name(m_model.zones);
        name(m_model.elements);
        name(m_model.flows);
        for (const Zone& zone : m_model.zones) {
            if (zone.curve.empty() && fits()) {
                addZone(zone);
            }
        }
        for (const Element& element : m_model.elements) {
            if (element.kind != "text" && fits()) {
                addElement(element);
            }
        }
        for (const Flow& flow : m_model.flows) {
            const bool whole = m_drawn.contains(flow.source) && m_drawn.contains(flow.target);
            if (whole && fits()) {
                addFlow(flow);
            }
        }
        for (const Threat& threat : m_model.threats) {
            if (fits()) {
                addThreat(threat);
            }
        }
        return m_counts;
    }

private:
    template <typename Parts> void name(const Parts& parts)
    {
        for (const auto& part : parts) {
            m_ids.try_emplace(part.id, m_prefix + '-' + std::to_string(m_ids.size()));
        }
    }

    [[nodiscard]] bool fits()
    {
        const auto all = m_counts.elements + m_counts.flows + m_counts.zones + m_counts.threats;
        m_counts.whole = m_counts.whole && all < mostParts;
        return all < mostParts;
    }

    [[nodiscard]] std::string idOf(const std::string& old) const
    {
        const auto found = m_ids.find(old);
        return found == m_ids.end() ? std::string() : found->second;
    }

    void place(const std::string& id, const std::optional<Box>& box)
    {
        if (box) {
            const Box tame = tamed(*box);
            setPlace(m_team, id, {tame.x + m_by.x, tame.y + m_by.y, tame.width, tame.height});
        }
    }

    PartEdit& addPart(const DiagramPart& part, std::string type)
    {
        PartEdit& edit = m_team.parts[idOf(part.id)];
        edit.type = std::move(type);
        edit.name = part.name;
        if (!part.description.empty()) {
            edit.description = part.description;
        }
        if (part.outOfScope) {
            edit.scopeReason = part.scopeReason.empty() ? "out of scope" : part.scopeReason;
        }
        for (const Attribute& attribute : part.attributes) {
            edit.attributes.try_emplace(attribute.key, attribute.value);
        }
        m_drawn.insert(part.id);
        return edit;
    }

    void addZone(const Zone& zone)
    {
        PartEdit& edit = addPart(zone, "zone");
        if (const auto parent = idOf(zone.parent); !parent.empty()) {
            edit.zone = parent;
        }
        if (zone.trust) {
            edit.attributes["trust"] = std::to_string(std::clamp(*zone.trust, 0, 100));
        }
        place(idOf(zone.id), zone.box);
        ++m_counts.zones;
    }

    void addElement(const Element& element)
    {
        PartEdit& edit = addPart(element, "element");
        edit.kind = element.kind;
        if (const auto zone = idOf(element.zone); !zone.empty()) {
            edit.zone = zone;
        }
        place(idOf(element.id), element.box);
        ++m_counts.elements;
    }

    void addFlow(const Flow& flow)
    {
        PartEdit& edit = addPart(flow, "flow");
        edit.source = idOf(flow.source);
        edit.target = idOf(flow.target);
        ++m_counts.flows;
    }

    void addThreat(const Threat& threat)
    {
        if (!threat.target.empty() && !m_drawn.contains(threat.target)) {
            return;
        }
        const std::string id = m_prefix + "-t" + std::to_string(m_counts.threats++);
        OwnThreat own;
        own.target = threat.target.empty() ? std::string() : idOf(threat.target);
        own.title = threat.title;
        own.description = threat.description;
        own.mitigation = threat.mitigation;
        own.stride = threat.stride.empty() ? strideOf(threat.category) : threat.stride;
        own.references = threat.references;
        std::tie(own.likelihood, own.impact) = stepsOf(threat);
        m_team.own.insert_or_assign(id, std::move(own));
        setAssignee(m_team, id, threat.assignee);
        if (threat.decision != Decision::Open || threat.applicability == Applicability::NotApplicable) {
            ThreatDecision decision;
            decision.applicability = threat.applicability == Applicability::NotApplicable ? Applicability::NotApplicable
                                                                                          : Applicability::Applies;
            decision.decision = threat.decision;
            decision.reason = threat.reason;
            decision.author = threat.author;
            decision.until = threat.until;
            m_team.threats.insert_or_assign(id, std::move(decision));
        }
    }

    TeamModel& m_team;
    const ThreatModel& m_model;
    std::string m_prefix;
    Point m_by;
    std::map<std::string, std::string> m_ids; // by the id in the file
    std::set<std::string> m_drawn; // ids in the file
    ImportCounts m_counts;
};

} // namespace

ImportCounts addModel(TeamModel& team, const ThreatModel& model, const std::string& prefix, Point corner)
{
    return Adder(team, model, prefix, corner).add();
}

bool completeForExport(ThreatModel& model, const Overlaid& overlaid, Budget& budget)
{
    for (Threat& threat : model.threats) {
        const auto uses = overlaid.controls.find(threat.id);
        if (uses == overlaid.controls.end()) {
            continue;
        }
        for (const ControlUse& use : uses->second) {
            const std::string& id = use.control.empty() ? use.title : use.control;
            if (std::find(threat.controls.begin(), threat.controls.end(), id) == threat.controls.end()) {
                threat.controls.push_back(id);
            }
        }
    }
    if (model.diagrams.empty()) {
        model.diagrams.push_back({"main", model.title, "STRIDE"});
    }
    return layOutDiagrams(model, budget);
}

} // namespace cupel::threats
