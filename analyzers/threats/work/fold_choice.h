// SPDX-License-Identifier: GPL-3.0-or-later
// Into how many elements a scan folds what is alike: what people chose for a model, and what of it they have touched,
// which is folded into nothing else. The choice is kept like an answer.
#pragma once

#include "analyzers/threats/derive/derive.h"
#include "analyzers/threats/work/team_model.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace cupel::threats {

inline constexpr std::string_view foldAnswer = "fold"; // where it stands among the answers; no question has this id
inline constexpr std::uint32_t fewestElements = 15;
inline constexpr std::uint32_t mostElements = 40; // unless somebody chose fewer

[[nodiscard]] std::uint32_t foldOf(const std::map<std::string, std::string>& answers);
void setFold(TeamModel& team, std::uint32_t most);
// Elements and flows that somebody named, placed, hid, led a flow to or decided about: by id the name that the scan
// gave them when it was last seen, since what stands for several has another than it had alone.
[[nodiscard]] std::map<std::string, std::string> touchedParts(const TeamModel& team);
// What was touched since `before` is known by what it was then: alone, or standing for several.
void seeTouched(const TeamModel& before, TeamModel& after, const ThreatModel& generated);
// What is folded has not vanished. For the overlay alone: a team that has not seen it.
void forgetFolded(TeamModel& team, const Derived& derived);
// What came out of a fold since `before` is not new. True: the team has seen more.
bool seeUnfolded(TeamModel& team, const Derived& before, const Derived& now);

} // namespace cupel::threats
