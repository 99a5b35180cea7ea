// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/work/part_copy.h"

#include "analyzers/threats/work/team_import.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace cupel::threats {

namespace {

constexpr std::string_view head = "{\"cupel\":\"threat-parts\",\"version\":1}\n";
constexpr std::size_t mostBytes = 1 << 20;
constexpr std::size_t longestName = 500;
constexpr std::size_t longestText = 20'000;
constexpr std::size_t longestKey = 80;
constexpr std::size_t mostAttributes = 64;

Error wrong(std::string why)
{
    return {ErrorCode::Malformed, 0, std::move(why)};
}

bool isOf(const TeamModel& team, const std::string& id, std::string_view type)
{
    const auto found = team.parts.find(id);
    return found != team.parts.end() && found->second.type == type;
}

// What a zone stands in may not stand in it.
bool isRound(const TeamModel& team, const std::string& zone)
{
    const std::string* at = &zone;
    for (std::size_t steps = 0; steps <= team.parts.size(); ++steps) {
        const auto found = team.parts.find(*at);
        if (found == team.parts.end() || !found->second.zone || found->second.zone->empty()) {
            return false;
        }
        at = &*found->second.zone;
        if (*at == zone) {
            return true;
        }
    }
    return true;
}

const char* sizeTrouble(const std::string& id, const PartEdit& edit)
{
    const auto longer = [](const std::optional<std::string>& text, std::size_t most) {
        return text && text->size() > most;
    };
    if (id.empty() || id.size() > longestName || longer(edit.name, longestName) || longer(edit.kind, longestName)
        || longer(edit.description, longestText) || longer(edit.scopeReason, longestText)) {
        return "a name or text is too long";
    }
    if (edit.attributes.size() > mostAttributes) {
        return "a part says too much of itself";
    }
    for (const auto& [key, value] : edit.attributes) {
        if (key.empty() || key.size() > longestKey || value.size() > longestText) {
            return "an attribute is too long";
        }
    }
    return nullptr;
}

const char* troubleOf(const TeamModel& team, const std::string& id, const PartEdit& edit,
    const std::function<bool(const std::string&)>& known)
{
    const auto among = [&](const std::optional<std::string>& other, std::string_view type) {
        return !other || other->empty() || isOf(team, *other, type);
    };
    if (edit.removed) {
        return "a part is said to be hidden";
    }
    if (edit.type == "element") {
        return !edit.kind || !known(*edit.kind) ? "an element is of no known kind"
            : !among(edit.zone, "zone")         ? "an element stands in a zone that is not there"
                                                : sizeTrouble(id, edit);
    }
    if (edit.type == "flow") {
        const auto led = [&](const std::optional<std::string>& end) { return end && isOf(team, *end, "element"); };
        return led(edit.source) && led(edit.target) ? sizeTrouble(id, edit) : "a flow leads nowhere";
    }
    if (edit.type == "zone") {
        return !among(edit.zone, "zone") || isRound(team, id) ? "a zone stands in one that is not there"
                                                              : sizeTrouble(id, edit);
    }
    return "a part is no element, flow or zone";
}

template <typename Parts> std::vector<std::string> idsOf(const Parts& parts)
{
    std::vector<std::string> out;
    for (const auto& part : parts) {
        out.push_back(part.id);
    }
    return out;
}

} // namespace

ThreatModel partsOf(const ThreatModel& model, const DrawnPlaces& drawn, std::span<const std::string> chosen)
{
    std::set<std::string> wanted(chosen.begin(), chosen.end());
    std::map<std::string_view, const DrawnPart*> places;
    for (const auto* list : {&drawn.zones, &drawn.elements}) {
        for (const DrawnPart& part : *list) { // outer zones first: what stands in one goes with it
            places.emplace(part.id, &part);
            if (wanted.contains(part.zone)) {
                wanted.insert(part.id);
            }
        }
    }
    ThreatModel out;
    const auto take = [&](const auto& from, auto& to) {
        for (const auto& part : from) {
            const auto place = places.find(part.id);
            if (wanted.contains(part.id) && place != places.end()) {
                to.push_back(part);
                to.back().box = place->second->box;
                to.back().diagram = 0;
                auto& attributes = to.back().attributes; // what is too much is left behind
                std::erase_if(attributes, [](const Attribute& one) { return one.value.size() > longestText; });
                attributes.resize(std::min(attributes.size(), mostAttributes - 1));
            }
        }
    };
    take(model.zones, out.zones);
    take(model.elements, out.elements);
    const auto ids = idsOf(out.elements);
    const std::set<std::string_view> ends(ids.begin(), ids.end());
    for (const Flow& flow : model.flows) {
        if (ends.contains(flow.source) && ends.contains(flow.target)) {
            out.flows.push_back(flow);
        }
    }
    return out;
}

std::string copyText(const ThreatModel& parts)
{
    return std::string(head) + write(teamOfFile(parts));
}

Result<TeamModel> readCopy(ByteView text, const std::function<bool(const std::string&)>& known)
{
    if (!text.starts_with(head)) {
        return wrong("it is of another version or kind");
    }
    if (text.size() > mostBytes) {
        return wrong("it is too long");
    }
    std::vector<std::string> troubles;
    TeamModel team = read(text.substr(head.size()), troubles);
    const bool more = !team.own.empty() || !team.threats.empty() || !team.controls.empty() || !team.answers.empty()
        || !team.assignees.empty() || !team.seen.empty() || !team.unknown.empty() || !team.events.empty();
    if (!troubles.empty() || more || team.parts.empty()) {
        return wrong("there is more or less in it than parts of a drawing");
    }
    if (team.parts.size() > mostCopied) {
        return wrong("it has too many parts");
    }
    for (const auto& [id, edit] : team.parts) {
        if (const char* why = troubleOf(team, id, edit, known)) {
            return wrong(why);
        }
        if (edit.type != "flow" && !team.places.contains(id)) {
            return wrong("a part has no place");
        }
    }
    for (auto& [id, box] : team.places) {
        if (!isOf(team, id, "element") && !isOf(team, id, "zone")) {
            return wrong("a place is of no part");
        }
        box = tamed(box);
    }
    return team;
}

Box outlineOf(const TeamModel& parts)
{
    if (parts.places.empty()) {
        return {};
    }
    const Box& first = parts.places.begin()->second;
    Point least{first.x, first.y};
    Point most = least;
    for (const auto& [id, box] : parts.places) {
        least = {std::min(least.x, box.x), std::min(least.y, box.y)};
        most = {std::max(most.x, box.x + box.width), std::max(most.y, box.y + box.height)};
    }
    return {least.x, least.y, most.x - least.x, most.y - least.y};
}

std::vector<std::string> pasteParts(
    TeamModel& team, const TeamModel& parts, const DrawnPlaces& drawn, const std::string& prefix, Point corner)
{
    TeamModel fresh = withPrefix(parts, prefix);
    shiftTo(fresh, corner);
    std::vector<std::string> out;
    for (auto& [id, edit] : fresh.parts) {
        out.push_back(id);
        const auto place = fresh.places.find(id);
        if (edit.type == "flow" || place == fresh.places.end() || (edit.zone && !edit.zone->empty())) {
            continue;
        }
        const Box& box = place->second;
        if (auto zone = zoneAt(drawn, {box.x + box.width / 2, box.y + box.height / 2}); !zone.empty()) {
            edit.zone = std::move(zone);
        }
    }
    addTeam(team, std::move(fresh));
    return out;
}

} // namespace cupel::threats
