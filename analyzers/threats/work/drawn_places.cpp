// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/work/drawn_places.h"

#include "analyzers/threats/work/team_edit.h"

#include <algorithm>
#include <set>

namespace cupel::threats {

namespace {

Point middleOf(const Box& box)
{
    return {box.x + box.width / 2, box.y + box.height / 2};
}

bool holds(const Box& box, Point place)
{
    return place.x >= box.x && place.x <= box.x + box.width && place.y >= box.y && place.y <= box.y + box.height;
}

bool holds(const Box& outer, const Box& inner)
{
    return inner.x >= outer.x && inner.y >= outer.y && inner.x + inner.width <= outer.x + outer.width
        && inner.y + inner.height <= outer.y + outer.height;
}

// Steps that are not drawn yet count.
Box nowOf(const TeamModel& team, const DrawnPart& part)
{
    const auto at = team.places.find(part.id);
    return at == team.places.end() || part.place == at->second ? part.box : at->second;
}

Box shifted(Box box, Point by)
{
    box.x += by.x;
    box.y += by.y;
    return box;
}

const DrawnPart* partOf(const std::vector<DrawnPart>& parts, const std::string& id)
{
    const auto found = std::find_if(parts.begin(), parts.end(), [&id](const DrawnPart& one) { return one.id == id; });
    return found == parts.end() ? nullptr : &*found;
}

void setZone(TeamModel& team, const DrawnPart& part, const std::string& zone)
{
    const auto said = team.parts.find(part.id);
    const std::string& now = said != team.parts.end() && said->second.zone ? *said->second.zone : part.zone;
    if (now != zone) {
        setText(team, part.id, &PartEdit::zone, zone);
    }
}

void put(TeamModel& team, const DrawnPlaces& drawn, const DrawnPart& element, const Box& box)
{
    setPlace(team, element.id, box);
    setZone(team, element, zoneAt(drawn, middleOf(box)));
}

// With all that stands in it.
void moveZone(TeamModel& team, const DrawnPlaces& drawn, const DrawnPart& zone, Point by)
{
    DrawnPlaces after = drawn;
    std::set<std::string> moved;
    for (DrawnPart& one : after.zones) {
        const bool along = one.id == zone.id || (holds(zone.box, one.box) && !(one.box == zone.box));
        if (along) {
            moved.insert(one.id);
            one.box = shifted(one.box, by);
            setPlace(team, one.id, shifted(nowOf(team, one), by));
        }
    }
    for (const DrawnPart& element : drawn.elements) {
        if (!holds(zone.box, middleOf(element.box))) {
            continue;
        }
        const Box box = shifted(element.box, by);
        setPlace(team, element.id, shifted(nowOf(team, element), by));
        const auto* own = partOf(after.zones, element.zone);
        if (!moved.contains(element.zone) && !(own && holds(own->box, middleOf(box)))) {
            setZone(team, element, zoneAt(after, middleOf(box))); // it was carried out of its own
        }
    }
    std::string around;
    for (const DrawnPart& one : drawn.zones) {
        around = !moved.contains(one.id) && holds(one.box, shifted(zone.box, by)) ? one.id : around;
    }
    setZone(team, zone, around);
}

void resizeZone(TeamModel& team, const DrawnPlaces& drawn, const DrawnPart& zone, const Box& box)
{
    const Box now = nowOf(team, zone);
    setPlace(team, zone.id,
        {now.x + box.x - zone.box.x, now.y + box.y - zone.box.y,
            std::max(leastZone, now.width + box.width - zone.box.width),
            std::max(leastZone, now.height + box.height - zone.box.height)});
    DrawnPlaces after = drawn;
    for (DrawnPart& one : after.zones) {
        one.box = one.id == zone.id ? box : one.box;
    }
    std::stable_sort(after.zones.begin(), after.zones.end(), [](const DrawnPart& one, const DrawnPart& other) {
        return one.box.width * one.box.height > other.box.width * other.box.height;
    });
    for (const DrawnPart& element : drawn.elements) {
        const Point middle = middleOf(element.box);
        const bool member = element.zone == zone.id;
        const bool inside = holds(box, middle);
        const bool comes = !member && inside && !holds(zone.box, middle) && zoneAt(after, middle) == zone.id;
        if (!member && !comes) {
            continue;
        }
        setPlace(team, element.id, nowOf(team, element)); // where it is seen, in the zone or beside it
        if (member != inside) {
            setZone(team, element, zoneAt(after, middle));
        }
    }
}

} // namespace

std::string zoneAt(const DrawnPlaces& drawn, Point place)
{
    std::string out;
    for (const DrawnPart& zone : drawn.zones) {
        out = holds(zone.box, place) ? zone.id : out;
    }
    return out;
}

void moveParts(TeamModel& team, const DrawnPlaces& drawn, std::span<const std::string> ids, Point by)
{
    const std::set<std::string> wanted(ids.begin(), ids.end());
    for (const DrawnPart& element : drawn.elements) {
        if (wanted.contains(element.id)) {
            put(team, drawn, element, shifted(nowOf(team, element), by));
        }
    }
}

void putParts(TeamModel& team, const DrawnPlaces& drawn, std::span<const std::pair<std::string, Box>> places)
{
    for (const auto& [id, box] : places) {
        if (const auto* element = partOf(drawn.elements, id)) {
            put(team, drawn, *element, box);
        }
    }
}

void takeIntoZone(TeamModel& team, const DrawnPlaces& drawn, const std::string& zone, const Box& box)
{
    for (const DrawnPart& element : drawn.elements) {
        if (!holds(box, middleOf(element.box))) {
            continue;
        }
        const auto* own = partOf(drawn.zones, element.zone);
        if (own && holds(box, own->box) && holds(own->box, middleOf(element.box))) {
            continue;
        }
        setPlace(team, element.id, nowOf(team, element));
        setZone(team, element, zone);
    }
}

void changeZone(TeamModel& team, const DrawnPlaces& drawn, const std::string& zone, const Box& box)
{
    const auto* part = partOf(drawn.zones, zone);
    if (!part) {
        return;
    }
    if (part->box.width == box.width && part->box.height == box.height) {
        moveZone(team, drawn, *part, {box.x - part->box.x, box.y - part->box.y});
    } else {
        resizeZone(team, drawn, *part, box);
    }
}

} // namespace cupel::threats
