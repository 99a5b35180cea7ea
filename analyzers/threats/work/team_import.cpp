// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/work/team_import.h"

#include "analyzers/threats/diagram_layout.h"
#include "analyzers/threats/knowledge/tables.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
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
    // With their own ids and places where there is no prefix.
    Adder(TeamModel& team, const ThreatModel& model, std::string prefix, Point corner)
        : m_team(team)
        , m_model(model)
        , m_prefix(std::move(prefix))
        , m_choice(chooseParts(model, mostParts))
    {
        m_counts.left = m_choice.left;
        if (m_prefix.empty()) {
            for (const Control& control : model.controls) {
                m_controls.emplace(control.id, &control);
            }
            return;
        }
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
        each(m_model.zones, m_choice.zones, [this](const Zone& zone) { addZone(zone); });
        each(m_model.elements, m_choice.elements, [this](const Element& element) { addElement(element); });
        each(m_model.flows, m_choice.flows, [this](const Flow& flow) { addFlow(flow); });
        each(m_model.threats, m_choice.threats, [this](const Threat& threat) { addThreat(threat); });
        return m_counts;
    }

private:
    template <typename Parts> void name(const Parts& parts)
    {
        for (const auto& part : parts) {
            m_ids.try_emplace(part.id, m_prefix.empty() ? part.id : m_prefix + '-' + std::to_string(m_ids.size()));
        }
    }

    template <typename Parts, typename Take> void each(const Parts& parts, const std::vector<bool>& chosen, Take take)
    {
        for (std::size_t i = 0; i < parts.size(); ++i) {
            if (chosen[i]) {
                take(parts[i]);
            }
        }
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
        const auto number = m_counts.threats++;
        const std::string id = m_prefix.empty() ? threat.id : m_prefix + "-t" + std::to_string(number);
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
        for (const std::string& control : m_prefix.empty() ? threat.controls : std::vector<std::string>()) {
            addControl(id, control);
        }
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

    // A file says which controls are against a threat, and at most of each whether it is there at all.
    void addControl(const std::string& threat, const std::string& control)
    {
        const auto own = m_controls.find(control);
        const bool known = own != m_controls.end();
        ControlUse use;
        use.threat = threat;
        use.control = titleOf(control).empty() ? std::string() : control;
        if (use.control.empty()) {
            use.title = known && !own->second->title.empty() ? own->second->title : control;
        }
        if (known && own->second->status == "active") {
            use.status = ControlStatus::InPlace;
        }
        m_team.controls.insert_or_assign(threats::idOf(use), std::move(use));
    }

    TeamModel& m_team;
    const ThreatModel& m_model;
    std::string m_prefix;
    ImportChoice m_choice;
    std::map<std::string_view, const Control*> m_controls; // by id
    Point m_by;
    std::map<std::string, std::string> m_ids; // by the id in the file
    ImportCounts m_counts;
};

} // namespace

ImportCounts addModel(TeamModel& team, const ThreatModel& model, const std::string& prefix, Point corner)
{
    return Adder(team, model, prefix, corner).add();
}

TeamModel teamOfFile(const ThreatModel& model)
{
    TeamModel out;
    Adder(out, model, {}, {}).add();
    return out;
}

TeamModel withPrefix(const TeamModel& team, const std::string& prefix)
{
    TeamModel out;
    std::map<std::string, std::string> ids;
    const auto name = [&](const auto& list) {
        for (const auto& [id, value] : list) {
            ids.try_emplace(id, prefix + '-' + std::to_string(ids.size()));
        }
    };
    name(team.parts);
    name(team.own);
    const auto of = [&ids](const std::string& id) {
        const auto found = ids.find(id);
        return found == ids.end() ? id : found->second;
    };
    for (const auto& [id, edit] : team.parts) {
        PartEdit& part = out.parts[of(id)] = edit;
        for (auto* end : {&part.zone, &part.source, &part.target}) {
            if (*end) {
                *end = of(**end);
            }
        }
    }
    for (const auto& [id, box] : team.places) {
        out.places.emplace(of(id), box);
    }
    for (const auto& [id, own] : team.own) {
        OwnThreat& threat = out.own[of(id)] = own;
        threat.target = of(own.target);
    }
    for (const auto& [id, decision] : team.threats) {
        out.threats.emplace(of(id), decision);
    }
    for (const auto& [id, who] : team.assignees) {
        out.assignees.emplace(of(id), who);
    }
    for (const auto& [id, use] : team.controls) {
        ControlUse other = use;
        other.threat = of(use.threat);
        out.controls.emplace(threats::idOf(other), std::move(other));
    }
    out.answers = team.answers;
    return out;
}

void shiftTo(TeamModel& team, Point corner)
{
    if (team.places.empty()) {
        return;
    }
    Point first{team.places.begin()->second.x, team.places.begin()->second.y};
    for (const auto& [id, box] : team.places) {
        first = {std::min(first.x, box.x), std::min(first.y, box.y)};
    }
    for (auto& [id, box] : team.places) {
        box.x += std::round(corner.x - first.x);
        box.y += std::round(corner.y - first.y);
    }
}

void addTeam(TeamModel& team, TeamModel other)
{
    team.parts.merge(other.parts);
    team.places.merge(other.places);
    team.own.merge(other.own);
    team.threats.merge(other.threats);
    team.assignees.merge(other.assignees);
    team.controls.merge(other.controls);
    team.answers.merge(other.answers);
}

std::vector<Point> spreadDiagrams(ThreatModel& model)
{
    constexpr double apart = 120;
    const std::size_t count = std::max<std::size_t>(model.diagrams.size(), 1);
    constexpr std::size_t mostSheets = 2'000;
    std::vector<Point> out(count);
    if (count == 1 || count > mostSheets) {
        return out;
    }
    std::vector<std::optional<std::pair<double, double>>> spans(count); // across
    const auto each = [&](auto take) {
        std::for_each(model.elements.begin(), model.elements.end(), take);
        std::for_each(model.zones.begin(), model.zones.end(), take);
    };
    each([&](const auto& part) {
        if (part.box && part.diagram < count) {
            const Box box = tamed(*part.box);
            auto& span = spans[part.diagram];
            span = span ? std::pair(std::min(span->first, box.x), std::max(span->second, box.x + box.width))
                        : std::pair(box.x, box.x + box.width);
        }
    });
    std::optional<double> next;
    for (std::size_t i = 0; i < count; ++i) {
        if (spans[i]) {
            out[i].x = next ? std::round(*next - spans[i]->first) : 0;
            next = spans[i]->second + out[i].x + apart;
        }
    }
    each([&](auto& part) {
        if (part.box && part.diagram < count) {
            part.box->x += out[part.diagram].x;
        }
    });
    return out;
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
