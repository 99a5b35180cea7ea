// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/work/fold_choice.h"

#include <algorithm>
#include <charconv>
#include <set>

namespace cupel::threats {

namespace {

const std::string key = "fold"; // among the answers; no question has this id

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

std::map<std::string, std::string> touchedElements(const TeamModel& team)
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
    std::map<std::string, std::string> out;
    for (const auto& id : ids) {
        if (const auto seen = team.seen.find(id); seen != team.seen.end() && seen->second.type == "element") {
            out.emplace(id, seen->second.name);
        }
    }
    return out;
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
