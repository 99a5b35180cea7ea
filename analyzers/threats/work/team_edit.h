// SPDX-License-Identifier: GPL-3.0-or-later
// What people do to a threat model, as changes of a team's model: draw, name, move, hide, bring back. Ids of what is
// new are given by whoever asks, and are never used twice. Nothing here looks at the scan, so that an edit means the
// same whatever the next one finds.
#pragma once

#include "analyzers/threats/work/team_model.h"

#include <functional>
#include <span>

namespace cupel::threats {

using TeamEdit = std::function<void(TeamModel&)>;

inline constexpr Box elementBox{0, 0, 144, 44}; // of a new element; its corner is where it is put
inline constexpr double leastZone = 48; // each side of a zone that is drawn

void addElement(TeamModel& team, const std::string& id, std::string kind, std::string name, std::string zone, Box box);
void addFlow(TeamModel& team, const std::string& id, std::string source, std::string target);
void addZone(TeamModel& team, const std::string& id, std::string name, int trust, Box box);

// A text that is what the scan says anyway is a wish like any other; nullopt: as the scan says.
void setText(TeamModel& team, const std::string& id, std::optional<std::string> PartEdit::* member,
    std::optional<std::string> value);
void setAttribute(TeamModel& team, const std::string& id, const std::string& key, std::optional<std::string> value);
void setPlace(TeamModel& team, const std::string& id, Box box);

// What the scan makes (or made) is hidden, what was drawn vanishes with its threats; flows that hung on it too.
// `model`: as it is shown.
void removeParts(TeamModel& team, const ThreatModel& model, std::span<const std::string> ids);
// Who works on it; empty: nobody.
void setAssignee(TeamModel& team, const std::string& threat, const std::string& name);
void removeThreat(TeamModel& team, const std::string& id); // an own one, with what was said of it
void bringBack(TeamModel& team, const std::string& id);
// New ones of the scan come out of the tray.
void acceptParts(TeamModel& team, const ThreatModel& model, std::span<const std::string> ids);

enum class Alignment : std::uint8_t { Left, Centre, Right, Top, Middle, Bottom, AcrossEvenly, DownEvenly };
// The same boxes, lined up along their common outline; evenly: the same room between each two, the outer ones stay.
[[nodiscard]] std::vector<Box> aligned(std::vector<Box> boxes, Alignment how);

// Of places that may come from anywhere: finite, no smaller than a name and no larger than a wall.
[[nodiscard]] Box tamed(const Box& box);

} // namespace cupel::threats
