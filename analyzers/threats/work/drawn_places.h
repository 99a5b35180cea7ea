// SPDX-License-Identifier: GPL-3.0-or-later
// Moving what is drawn, as changes of a team's model. One rule holds over all of it: an element belongs to the
// innermost zone that its middle was put into, and whatever belongs to a zone and was touched with it has a place of
// its own, so that no layout puts it elsewhere.
#pragma once

#include "analyzers/threats/work/team_model.h"

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace cupel::threats {

struct DrawnPart {
    std::string id;
    Box box; // as it is seen
    std::optional<Box> place; // that a person gave it, as the drawing knows it
    std::string zone; // that it belongs to; the one around a zone
};

struct DrawnPlaces {
    std::vector<DrawnPart> elements;
    std::vector<DrawnPart> zones; // outer ones first
};

// The innermost zone there; empty: none.
[[nodiscard]] std::string zoneAt(const DrawnPlaces& drawn, Point place);
// From where they are by now, also where the drawing does not show it yet.
void moveParts(TeamModel& team, const DrawnPlaces& drawn, std::span<const std::string> ids, Point by);
void putParts(TeamModel& team, const DrawnPlaces& drawn, std::span<const std::pair<std::string, Box>> places);
// A zone that was drawn as `box`: what stands in it comes into it, but for what stands in a zone inside.
void takeIntoZone(TeamModel& team, const DrawnPlaces& drawn, const std::string& zone, const Box& box);
// What stands in a zone moves with it; one that is made larger or smaller takes in and lets go. `box`: as it is to be
// seen.
void changeZone(TeamModel& team, const DrawnPlaces& drawn, const std::string& zone, const Box& box);

} // namespace cupel::threats
