// SPDX-License-Identifier: GPL-3.0-or-later
// Parts of a threat model on their way into the same or another one: elements, the flows between them, and zones with
// what stands in them. As a text they are lines of a team's file below a line that says what they are; such a text may
// come from anybody.
#pragma once

#include "analyzers/base/bytes.h"
#include "analyzers/base/result.h"
#include "analyzers/threats/work/drawn_places.h"

#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace cupel::threats {

inline constexpr std::size_t mostCopied = 2'000; // parts

// What is chosen and goes with it, at the places where it is seen, without threats.
[[nodiscard]] ThreatModel partsOf(
    const ThreatModel& model, const DrawnPlaces& drawn, std::span<const std::string> chosen);
[[nodiscard]] std::string copyText(const ThreatModel& parts);
// Only drawn parts of kinds that are `known`, with ends and zones among themselves. Errors say what is wrong with it.
[[nodiscard]] Result<TeamModel> readCopy(ByteView text, const std::function<bool(const std::string&)>& known);
// As new parts with ids that begin with `prefix`; upper left corner at `corner`. What had its zone left behind comes
// into the one it stands in. Their ids.
std::vector<std::string> pasteParts(
    TeamModel& team, const TeamModel& parts, const DrawnPlaces& drawn, const std::string& prefix, Point corner);
[[nodiscard]] Box outlineOf(const TeamModel& parts); // of their places

} // namespace cupel::threats
