// SPDX-License-Identifier: GPL-3.0-or-later
// Names that are not what they seem, after a run in another order than the cells stand. What run numbers say without
// any name is told by the rules of order. One finding for each cell that is the cause, with all that rests on it.
#include "analyzers/base/utf8.h"
#include "analyzers/rules/flows/places.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace cupel::rules::flows {

namespace {

using lineage::Hazard;
using lineage::HazardKind;

std::string_view ruleOf(HazardKind kind)
{
    switch (kind) {
    case HazardKind::DefinedAfterUse:
        return "CUP-LIN-ORDER-DEFINED-LATER";
    case HazardKind::UndefinedName:
        return "CUP-LIN-ORDER-UNDEFINED";
    case HazardKind::NeverExecutedDefinition:
        return "CUP-LIN-ORDER-NEVER-RUN";
    case HazardKind::StaleOutput:
        return "CUP-LIN-ORDER-STALE";
    case HazardKind::NonIdempotentRerun:
        return "CUP-LIN-ORDER-RUN-AGAIN";
    default:
        return {}; // an order that CUP-ORD- tells, or a matter of style
    }
}

// What one cell caused.
struct Group {
    const Hazard* first = nullptr;
    std::vector<const Hazard*> others;
    std::set<std::string> names;
};

std::string joined(const std::set<std::string>& names)
{
    std::string out;
    for (const auto& name : names) {
        out += (out.empty() ? "" : ",") + name;
    }
    return out;
}

// "a, b and 3 more"
std::string told(const std::set<std::string>& names)
{
    constexpr std::size_t most = 5;
    std::string out;
    std::size_t count = 0;
    for (const auto& name : names) {
        if (++count <= most) {
            out += (out.empty() ? "" : ", ") + toDisplay(name, 60);
        }
    }
    return count > most ? out + " and " + std::to_string(count - most) + " more" : out;
}

} // namespace

void sayNames(Places& places, const std::vector<Hazard>& hazards)
{
    // That a name is newer than its cell, and that what the cell shows is older than the name, is the same. The first
    // stays when outputs are taken out.
    const auto isRecorded = [](const Hazard& hazard) {
        return hazard.kind == HazardKind::DefinedAfterUse && hazard.place.exec >= 0 && !hazard.evidence.empty()
            && hazard.evidence.front().exec > hazard.place.exec;
    };
    std::set<std::int32_t> newer;
    for (const auto& hazard : hazards) {
        if (isRecorded(hazard)) {
            newer.insert(hazard.place.codeCell);
        }
    }
    std::map<std::tuple<std::string_view, std::int32_t, std::int64_t>, Group> groups;
    for (const auto& hazard : hazards) {
        const auto rule = ruleOf(hazard.kind);
        const bool told = hazard.kind == HazardKind::StaleOutput && newer.contains(hazard.place.codeCell);
        if (rule.empty() || hazard.names.empty() || told) {
            continue;
        }
        const auto cause = hazard.evidence.empty() ? hazard.place : hazard.evidence.front();
        auto& group = groups[{rule, cause.codeCell, hazard.evidence.empty() ? hazard.place.line : 0}];
        (group.first ? group.others.push_back(&hazard) : void(group.first = &hazard));
        group.names.insert(hazard.names.begin(), hazard.names.end());
    }
    for (const auto& [key, group] : groups) {
        auto message = group.first->why;
        if (!group.others.empty()) {
            auto names = group.names;
            for (const auto& name : group.first->names) {
                names.erase(name);
            }
            message += group.others.size() == 1
                ? std::string(" One more place is like it")
                : " " + std::to_string(group.others.size()) + " more places are like it";
            message += names.empty() ? "." : " (" + told(names) + ").";
        }
        auto hit = places.begin(std::string(std::get<0>(key)), std::move(message));
        hit.identity = joined(group.names);
        hit.arguments["name"] = group.first->names.front();
        places.quote(hit, group.first->place, group.first->names);
        std::vector<Hit::Extra> evidence;
        for (const auto& cause : group.first->evidence) {
            evidence.push_back(places.extra("place", cause));
        }
        for (const auto* other : group.others) {
            evidence.push_back(places.extra("place", other->place));
            if (!evidence.back().bytes.empty()) { // evidence shows some of them
                hit.grounds.push_back({evidence.back().bytes, evidence.back().region});
            }
        }
        places.say(std::move(hit), group.first->place, std::move(evidence));
    }
}

} // namespace cupel::rules::flows
