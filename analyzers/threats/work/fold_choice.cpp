// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/work/fold_choice.h"

#include <algorithm>
#include <charconv>
#include <set>

namespace cupel::threats {

namespace {

const std::string key(foldAnswer);

// Elements, flows and zones, whether anybody has seen them or not.
std::set<std::string> touchedIds(const TeamModel& team)
{
    std::set<std::string> ids;
    for (const auto& [id, edit] : team.parts) {
        ids.insert(id);
        for (const auto* end : {&edit.source, &edit.target}) {
            if (*end) {
                ids.insert(**end);
            }
        }
    }
    for (const auto& [id, box] : team.places) {
        ids.insert(id);
    }
    for (const auto& [id, own] : team.own) {
        ids.insert(own.target);
    }
    const auto ofThreat = [&ids](const std::string& threat) { // "rule@part"
        if (const auto at = threat.find('@'); at != std::string::npos) {
            ids.insert(threat.substr(at + 1));
        }
    };
    for (const auto& [threat, decision] : team.threats) {
        ofThreat(threat);
    }
    for (const auto& [threat, who] : team.assignees) {
        ofThreat(threat);
    }
    for (const auto& [id, use] : team.controls) {
        ofThreat(use.threat);
    }
    return ids;
}

} // namespace

std::uint32_t foldOf(const std::map<std::string, std::string>& answers)
{
    std::uint32_t out = mostElements;
    if (const auto said = answers.find(key); said != answers.end()) {
        std::from_chars(said->second.data(), said->second.data() + said->second.size(), out);
    }
    return std::clamp(out, fewestElements, mostElements);
}

void setFold(TeamModel& team, std::uint32_t most)
{
    if (most >= mostElements) {
        team.answers.erase(key);
    } else {
        team.answers.insert_or_assign(key, std::to_string(std::max(most, fewestElements)));
    }
}

std::map<std::string, std::string> touchedParts(const TeamModel& team)
{
    std::map<std::string, std::string> out;
    for (const auto& id : touchedIds(team)) {
        if (const auto seen = team.seen.find(id);
            seen != team.seen.end() && (seen->second.type == "element" || seen->second.type == "flow")) {
            out.emplace(id, seen->second.name);
        }
    }
    return out;
}

void seeTouched(const TeamModel& before, TeamModel& after, const ThreatModel& generated)
{
    const auto known = touchedIds(before);
    const auto touched = touchedIds(after);
    const auto isFresh = [&](const std::string& id) { return touched.contains(id) && !known.contains(id); };
    for (const auto& element : generated.elements) {
        if (isFresh(element.id)) {
            after.seen[element.id] = {"element", element.kind, element.name, element.artifact, element.digest};
        }
    }
    for (const auto& flow : generated.flows) {
        if (isFresh(flow.id)) {
            after.seen[flow.id] = {"flow", {}, flow.name};
        }
    }
}

void forgetFolded(TeamModel& team, const Derived& derived)
{
    std::erase_if(team.seen, [&](const auto& one) { return derived.inside.contains(one.first); });
}

bool seeUnfolded(TeamModel& team, const Derived& before, const Derived& now)
{
    if (team.seen.empty()) {
        return false; // all of it is seen with the first step of work
    }
    bool more = false;
    for (const auto& element : now.model.elements) {
        if (before.inside.contains(element.id) && !team.seen.contains(element.id)) {
            team.seen[element.id] = {"element", element.kind, element.name, element.artifact, element.digest};
            more = true;
        }
    }
    return more;
}

} // namespace cupel::threats
