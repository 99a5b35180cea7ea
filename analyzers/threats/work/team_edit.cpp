// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/work/team_edit.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace cupel::threats {

namespace {

// A part about which nobody says anything any more has no line.
void prune(TeamModel& team, const std::string& id)
{
    if (const auto found = team.parts.find(id); found != team.parts.end() && found->second == PartEdit()) {
        team.parts.erase(found);
    }
}

bool isDrawn(const TeamModel& team, const std::string& id)
{
    const auto found = team.parts.find(id);
    return found != team.parts.end() && !found->second.type.empty();
}

void forget(TeamModel& team, const std::string& id)
{
    team.parts.erase(id);
    team.places.erase(id);
    std::vector<std::string> threats;
    for (const auto& [threat, own] : team.own) {
        if (own.target == id) {
            threats.push_back(threat);
        }
    }
    for (const auto& threat : threats) {
        removeThreat(team, threat);
    }
}

} // namespace

Box tamed(const Box& box)
{
    constexpr double far = 100'000;
    const auto within = [](double value, double low, double high) {
        return std::isfinite(value) ? std::clamp(value, low, high) : low;
    };
    return {
        within(box.x, -far, far), within(box.y, -far, far), within(box.width, 24, far), within(box.height, 24, far)};
}

void removeThreat(TeamModel& team, const std::string& id)
{
    team.own.erase(id);
    team.threats.erase(id);
    team.assignees.erase(id);
    std::erase_if(team.controls, [&](const auto& one) { return one.second.threat == id; });
}

void setAssignee(TeamModel& team, const std::string& threat, const std::string& name)
{
    if (name.empty()) {
        team.assignees.erase(threat);
    } else {
        team.assignees.insert_or_assign(threat, name);
    }
}

void addElement(TeamModel& team, const std::string& id, std::string kind, std::string name, std::string zone, Box box)
{
    PartEdit edit;
    edit.type = "element";
    edit.kind = std::move(kind);
    edit.name = std::move(name);
    if (!zone.empty()) {
        edit.zone = std::move(zone);
    }
    team.parts.insert_or_assign(id, std::move(edit));
    setPlace(team, id, box);
}

void addFlow(TeamModel& team, const std::string& id, std::string source, std::string target)
{
    PartEdit edit;
    edit.type = "flow";
    edit.source = std::move(source);
    edit.target = std::move(target);
    team.parts.insert_or_assign(id, std::move(edit));
}

void addZone(TeamModel& team, const std::string& id, std::string name, int trust, Box box)
{
    PartEdit edit;
    edit.type = "zone";
    edit.name = std::move(name);
    edit.attributes.emplace("trust", std::to_string(std::clamp(trust, 0, 100)));
    team.parts.insert_or_assign(id, std::move(edit));
    box.width = std::max(box.width, leastZone);
    box.height = std::max(box.height, leastZone);
    setPlace(team, id, box);
}

void setText(TeamModel& team, const std::string& id, std::optional<std::string> PartEdit::* member,
    std::optional<std::string> value)
{
    team.parts[id].*member = std::move(value);
    prune(team, id);
}

void setAttribute(TeamModel& team, const std::string& id, const std::string& key, std::optional<std::string> value)
{
    if (key.empty()) {
        return;
    }
    auto& attributes = team.parts[id].attributes;
    if (value) {
        attributes.insert_or_assign(key, std::move(*value));
    } else {
        attributes.erase(key);
    }
    prune(team, id);
}

void setPlace(TeamModel& team, const std::string& id, Box box)
{
    box = tamed(box);
    // As the file keeps them: what is undone and done again is the same to the byte.
    team.places.insert_or_assign(
        id, Box{std::round(box.x), std::round(box.y), std::round(box.width), std::round(box.height)});
}

void removeParts(TeamModel& team, const ThreatModel& model, std::span<const std::string> ids)
{
    const std::set<std::string> gone(ids.begin(), ids.end());
    for (const auto& id : gone) {
        if (isDrawn(team, id)) {
            forget(team, id);
        } else {
            team.parts[id].removed = true;
        }
    }
    // Flows that were drawn from or to what was drawn have nowhere to lead; those at something hidden wait for it.
    for (const auto& flow : model.flows) {
        const auto vanished = [&](const std::string& end) { return gone.contains(end) && !team.parts.contains(end); };
        if (isDrawn(team, flow.id) && (vanished(flow.source) || vanished(flow.target))) {
            forget(team, flow.id);
        }
    }
    // What stood in a zone that is gone stands in the one around it.
    for (const auto& zone : model.zones) {
        if (!gone.contains(zone.id) || team.parts.contains(zone.id)) {
            continue;
        }
        for (auto& [id, edit] : team.parts) {
            if (edit.zone == zone.id) {
                edit.zone = zone.parent;
            }
        }
    }
}

void bringBack(TeamModel& team, const std::string& id)
{
    if (const auto found = team.parts.find(id); found != team.parts.end()) {
        found->second.removed = false;
        prune(team, id);
    }
}

void acceptParts(TeamModel& team, const ThreatModel& model, std::span<const std::string> ids)
{
    for (const auto& element : model.elements) {
        if (std::find(ids.begin(), ids.end(), element.id) != ids.end()) {
            team.seen[element.id] = {"element", element.kind, element.name, element.artifact, element.digest};
        }
    }
}

std::vector<Box> aligned(std::vector<Box> boxes, Alignment how)
{
    if (boxes.size() < 2) {
        return boxes;
    }
    double left = boxes.front().x;
    double top = boxes.front().y;
    double right = left;
    double bottom = top;
    for (const Box& box : boxes) {
        left = std::min(left, box.x);
        top = std::min(top, box.y);
        right = std::max(right, box.x + box.width);
        bottom = std::max(bottom, box.y + box.height);
    }
    if (how == Alignment::AcrossEvenly || how == Alignment::DownEvenly) {
        const bool across = how == Alignment::AcrossEvenly;
        const auto at = across ? &Box::x : &Box::y;
        const auto size = across ? &Box::width : &Box::height;
        std::vector<std::size_t> order(boxes.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::stable_sort(order.begin(), order.end(),
            [&](std::size_t one, std::size_t other) { return boxes[one].*at < boxes[other].*at; });
        const double taken = std::accumulate(
            boxes.begin(), boxes.end(), 0.0, [&](double sum, const Box& box) { return sum + box.*size; });
        const double room = ((across ? right - left : bottom - top) - taken) / static_cast<double>(boxes.size() - 1);
        double next = across ? left : top;
        for (const auto i : order) {
            boxes[i].*at = next;
            next += boxes[i].*size + room;
        }
        return boxes;
    }
    for (Box& box : boxes) {
        switch (how) {
        case Alignment::Left:
            box.x = left;
            break;
        case Alignment::Centre:
            box.x = (left + right - box.width) / 2;
            break;
        case Alignment::Right:
            box.x = right - box.width;
            break;
        case Alignment::Top:
            box.y = top;
            break;
        case Alignment::Middle:
            box.y = (top + bottom - box.height) / 2;
            break;
        default:
            box.y = bottom - box.height;
            break;
        }
    }
    return boxes;
}

} // namespace cupel::threats
