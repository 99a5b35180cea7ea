// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/work/team_model.h"

#include "analyzers/threats/assess.h"
#include "analyzers/threats/contested.h"
#include "analyzers/threats/work/scoping.h"
#include "analyzers/threats/work/team_fixes.h"

#include <algorithm>
#include <array>
#include <utility>

namespace cupel::threats {

namespace {

void editPart(DiagramPart& part, const PartEdit& edit)
{
    part.name = edit.name.value_or(part.name);
    part.description = edit.description.value_or(part.description);
    if (edit.scopeReason) {
        part.outOfScope = !edit.scopeReason->empty();
        part.scopeReason = *edit.scopeReason;
    }
    for (const auto& [key, value] : edit.attributes) {
        if (value.empty()) {
            std::erase_if(part.attributes, [&key = key](const Attribute& attribute) { return attribute.key == key; });
        } else {
            setAttribute(part, key, value, Origin::Drawn);
        }
    }
}

void editElement(Element& element, const PartEdit& edit)
{
    editPart(element, edit);
    element.kind = edit.kind.value_or(element.kind);
    element.zone = edit.zone.value_or(element.zone);
}

void editFlow(Flow& flow, const PartEdit& edit)
{
    editPart(flow, edit);
    flow.source = edit.source.value_or(flow.source);
    flow.target = edit.target.value_or(flow.target);
}

void editZone(Zone& zone, const PartEdit& edit)
{
    editPart(zone, edit);
    zone.parent = edit.zone.value_or(zone.parent);
    if (const auto trust = edit.attributes.find("trust"); trust != edit.attributes.end()) {
        int value = 0;
        for (const char c : trust->second) {
            value = c >= '0' && c <= '9' && value <= 100 ? value * 10 + (c - '0') : value;
        }
        zone.trust = std::min(value, 100);
    }
}

template <typename Parts> std::set<std::string> idsOf(const Parts& parts)
{
    std::set<std::string> out;
    for (const auto& part : parts) {
        out.insert(part.id);
    }
    return out;
}

// What the scan made once and no longer does stays to be seen, without its threats.
void addGhosts(Overlaid& out, const TeamModel& team, const std::set<std::string>& made)
{
    for (const auto& [id, seen] : team.seen) {
        const auto edit = team.parts.find(id);
        // Taken away by somebody, or drawn by somebody under this very id.
        const bool removed = edit != team.parts.end() && (edit->second.removed || !edit->second.type.empty());
        if (made.contains(id) || removed || seen.type != "element") {
            continue;
        }
        Element ghost;
        ghost.id = id;
        ghost.kind = seen.kind;
        ghost.name = seen.name;
        ghost.outOfScope = true;
        ghost.scopeReason = "The last scan no longer found it";
        if (edit != team.parts.end()) {
            ghost.name = edit->second.name.value_or(ghost.name);
            ghost.zone = edit->second.zone.value_or(ghost.zone);
        }
        out.ghosts.insert(id);
        out.model.elements.push_back(std::move(ghost));
    }
}

template <typename Parts>
void listHidden(const Parts& parts, std::string_view type, const TeamModel& team, std::vector<HiddenPart>& out)
{
    for (const auto& part : parts) {
        if (const auto edit = team.parts.find(part.id); edit != team.parts.end() && edit->second.removed) {
            HiddenPart hidden{part.id, std::string(type), {}, edit->second.name.value_or(part.name)};
            if constexpr (requires { part.kind; }) {
                hidden.kind = edit->second.kind.value_or(part.kind);
            }
            if constexpr (requires { part.source; }) {
                hidden.name = hidden.name.empty() ? part.source + " -> " + part.target : hidden.name;
            }
            out.push_back(std::move(hidden));
        }
    }
}

// A flow whose end was removed goes with it; one that was drawn into the open stays.
void dropLooseFlows(Overlaid& out)
{
    auto ends = idsOf(out.model.elements);
    ends.merge(idsOf(out.model.zones));
    std::erase_if(out.model.flows, [&](const Flow& flow) {
        const auto gone = [&](const std::string& end) { return !end.empty() && !ends.contains(end); };
        if (!gone(flow.source) && !gone(flow.target)) {
            return false;
        }
        out.away.insert(flow.id);
        return true;
    });
}

void addOwnThreats(ThreatModel& model, const TeamModel& team)
{
    std::set<std::string> ids = idsOf(model.elements);
    ids.merge(idsOf(model.flows));
    ids.merge(idsOf(model.zones));
    for (const auto& [id, own] : team.own) {
        if (!own.target.empty() && !ids.contains(own.target)) {
            continue; // its part is hidden: it comes back with it
        }
        Threat threat;
        threat.id = id;
        threat.target = own.target;
        threat.title = own.title;
        threat.description = own.description;
        threat.mitigation = own.mitigation;
        threat.stride = own.stride;
        threat.references = own.references;
        threat.likelihood = std::clamp(own.likelihood, 1, 5);
        threat.impact = std::clamp(own.impact, 1, 5);
        threat.severity = severityOfRisk(threat.likelihood, threat.impact);
        threat.applicability = Applicability::Applies;
        model.threats.push_back(std::move(threat));
    }
}

void addDrawn(ThreatModel& model, const std::string& id, const PartEdit& edit)
{
    if (edit.type == "element") {
        model.elements.emplace_back().id = id;
        model.elements.back().kind = "process";
    } else if (edit.type == "flow") {
        model.flows.emplace_back().id = id;
    } else if (edit.type == "zone") {
        model.zones.emplace_back().id = id;
    }
}

bool isOver(std::string_view date, std::string_view today)
{
    return !date.empty() && date < today;
}

Flag flagOf(const Threat& threat, EvidenceState then, std::string_view today)
{
    const bool confirmed = findingsConfirm(threat);
    if (threat.applicability == Applicability::NotApplicable) {
        return confirmed ? Flag::Conflict : Flag::None;
    }
    switch (threat.decision) {
    case Decision::Mitigated:
    case Decision::Eliminated:
        if (confirmed) {
            return then == EvidenceState::Confirmed ? Flag::StillThere : Flag::Regressed;
        }
        return isOver(threat.until, today) ? Flag::Due : Flag::None;
    case Decision::Accepted:
    case Decision::Transferred:
        return isOver(threat.until, today) ? Flag::Due : Flag::None;
    case Decision::Open:
    case Decision::InProgress:
        return threat.evidence == EvidenceState::Refuted || threat.evidence == EvidenceState::Fixed
                || threat.evidence == EvidenceState::Stale
            ? Flag::CanClose
            : Flag::None;
    default:
        return Flag::None;
    }
}

} // namespace

std::string_view toString(Flag flag)
{
    static constexpr std::array<std::string_view, 6> names{
        "none", "regressed", "still-there", "due", "conflict", "can-close"};
    return names[static_cast<std::size_t>(flag)];
}

std::string_view toString(ControlStatus status)
{
    static constexpr std::array<std::string_view, 3> names{"proposed", "in-place", "verified"};
    return names[static_cast<std::size_t>(status)];
}

std::string idOf(const ControlUse& use)
{
    return (use.control.empty() ? use.title : use.control) + '@' + use.threat;
}

Overlaid overlay(ThreatModel generated, const TeamModel& team)
{
    Overlaid out;
    std::set<std::string> made = idsOf(generated.elements);
    made.merge(idsOf(generated.flows));
    made.merge(idsOf(generated.zones));
    for (const auto& element : generated.elements) {
        if (!team.seen.empty() && !team.seen.contains(element.id)) {
            out.tray.insert(element.id);
        }
    }
    out.model = std::move(generated);
    addGhosts(out, team, made);
    for (const auto& [id, edit] : team.parts) {
        if (!edit.type.empty() && !edit.removed && !made.contains(id)) {
            addDrawn(out.model, id, edit);
            out.drawn.insert(id);
        }
    }
    const auto editOf = [&team](const std::string& id) {
        const auto found = team.parts.find(id);
        return found == team.parts.end() ? nullptr : &found->second;
    };
    const auto isRemoved = [&editOf](const auto& part) {
        const PartEdit* edit = editOf(part.id);
        return edit && edit->removed;
    };
    listHidden(out.model.elements, "element", team, out.hidden);
    listHidden(out.model.flows, "flow", team, out.hidden);
    listHidden(out.model.zones, "zone", team, out.hidden);
    for (const HiddenPart& part : out.hidden) {
        out.away.insert(part.id);
    }
    std::erase_if(out.model.elements, isRemoved);
    std::erase_if(out.model.zones, isRemoved);
    std::erase_if(out.model.flows, isRemoved);
    const auto editAll = [&](auto& parts, auto edit) {
        for (auto& part : parts) {
            if (const PartEdit* found = editOf(part.id)) {
                edit(part, *found);
            }
        }
    };
    editAll(out.model.elements, editElement);
    editAll(out.model.flows, editFlow);
    editAll(out.model.zones, editZone);
    const auto place = [&team](auto& part) {
        if (const auto found = team.places.find(part.id); found != team.places.end()) {
            part.box = found->second;
        }
    };
    std::for_each(out.model.elements.begin(), out.model.elements.end(), place);
    std::for_each(out.model.zones.begin(), out.model.zones.end(), place);
    dropLooseFlows(out);
    applyAnswers(out.model, team.answers);
    out.answers = team.answers;
    addOwnThreats(out.model, team);
    return out;
}

std::set<std::string> decidedThreats(const Overlaid& overlaid, const TeamModel& team)
{
    std::set<std::string> out;
    const auto take = [&](const std::string& id) {
        const auto sign = id.find('@');
        const bool away = sign != std::string::npos && overlaid.away.contains(id.substr(sign + 1));
        if (!away && !team.own.contains(id)) {
            out.insert(id);
        }
    };
    for (const auto& [id, decision] : team.threats) {
        take(id);
    }
    for (const auto& [id, name] : team.assignees) {
        take(id);
    }
    for (const auto& [id, use] : team.controls) {
        take(use.threat);
    }
    return out;
}

void decide(Overlaid& overlaid, const TeamModel& team, std::string_view today)
{
    overlaid.flags.clear();
    overlaid.controls.clear();
    for (const auto& [id, use] : team.controls) {
        overlaid.controls[use.threat].push_back(use);
    }
    const std::set<std::string> decided = decidedThreats(overlaid, team);
    std::erase_if(overlaid.model.threats, [&](const Threat& threat) {
        return !threat.rule.empty() && overlaid.ghosts.contains(threat.target) && !decided.contains(threat.id);
    });
    for (auto& threat : overlaid.model.threats) {
        if (const auto found = team.assignees.find(threat.id); found != team.assignees.end()) {
            threat.assignee = found->second;
        }
        EvidenceState then = EvidenceState::Unknown; // when it was decided
        if (const auto found = team.threats.find(threat.id); found != team.threats.end()) {
            const ThreatDecision& decision = found->second;
            then = decision.evidence;
            threat.applicability = decision.applicability;
            threat.decision = decision.decision;
            threat.reason = decision.reason;
            threat.author = decision.author;
            threat.until = decision.until;
            if (decision.evidence == EvidenceState::Confirmed && !findingsConfirm(threat)) {
                threat.evidence = EvidenceState::Fixed; // what confirmed it is gone, nobody has looked yet
            }
            then = isNotedFixed(team, threat.id) ? EvidenceState::Fixed : then;
        }
        if (const Flag flag = flagOf(threat, then, today); flag != Flag::None) {
            overlaid.flags.emplace(threat.id, flag);
        }
        contestByDecision(threat);
    }
}

void refreshSeen(TeamModel& team, const ThreatModel& generated)
{
    for (const auto& element : generated.elements) {
        if (const auto found = team.seen.find(element.id); found != team.seen.end() && !element.digest.empty()) {
            found->second.artifact = element.artifact;
            found->second.digest = element.digest;
        }
    }
}

void markSeen(TeamModel& team, const ThreatModel& generated)
{
    for (const auto& element : generated.elements) {
        team.seen[element.id] = {"element", element.kind, element.name, element.artifact, element.digest};
    }
    for (const auto& flow : generated.flows) {
        team.seen[flow.id] = {"flow", {}, flow.name};
    }
    for (const auto& zone : generated.zones) {
        team.seen[zone.id] = {"zone", {}, zone.name};
    }
}

} // namespace cupel::threats
