// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/work/team_fixes.h"

#include "analyzers/threats/contested.h"

#include <set>

namespace cupel::threats {

namespace {

constexpr std::string_view type = "threat"; // of what was seen
constexpr std::string_view fixed = "fixed";

} // namespace

std::vector<std::string> fixedSince(const TeamModel& team, const ThreatModel& assessed, const Evidence& evidence)
{
    std::set<std::string_view> confirmed;
    for (const Threat& threat : assessed.threats) {
        if (findingsConfirm(threat)) {
            confirmed.insert(threat.id);
        }
    }
    std::set<std::string_view> asked; // rules look at them, and silence says something there
    for (const Element& element : assessed.elements) {
        if (!element.outOfScope && evidence.readWhole.contains(element.id)) {
            asked.insert(element.id);
        }
    }
    std::vector<std::string> out;
    for (const auto& [id, decision] : team.threats) {
        const auto sign = id.find('@');
        const bool done = decision.decision == Decision::Mitigated || decision.decision == Decision::Eliminated;
        if (done && decision.evidence == EvidenceState::Confirmed && sign != std::string::npos
            && !confirmed.contains(id) && !isNotedFixed(team, id)
            && asked.contains(std::string_view(id).substr(sign + 1))) {
            out.push_back(id);
        }
    }
    return out;
}

void noteFixed(TeamModel& team, const std::vector<std::string>& threats, const std::string& at)
{
    for (const std::string& id : threats) {
        team.seen[id] = {std::string(type), std::string(fixed), {}};
        team.events.push_back({at, {}, id, "evidence confirmed -> fixed", {}});
    }
}

bool isNotedFixed(const TeamModel& team, const std::string& threat)
{
    const auto found = team.seen.find(threat);
    return found != team.seen.end() && found->second.type == type && found->second.kind == fixed;
}

void forgetFixed(TeamModel& team, const std::string& threat)
{
    if (isNotedFixed(team, threat)) {
        team.seen.erase(threat);
    }
}

} // namespace cupel::threats
