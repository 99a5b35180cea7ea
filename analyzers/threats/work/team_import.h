// SPDX-License-Identifier: GPL-3.0-or-later
// A model of another tool becomes part of a team's own: all of it as if a person had drawn it, so that it can be worked
// on, undone, and merged; and a team's model as one that the writers take, with a place for every part.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/threats/work/import_choice.h"
#include "analyzers/threats/work/team_edit.h"

namespace cupel::threats {

struct ImportCounts {
    std::size_t elements = 0;
    std::size_t flows = 0;
    std::size_t zones = 0;
    std::size_t threats = 0;
    LeftOut left;
};
constexpr std::size_t mostParts = 20'000; // of one file

// `prefix` makes ids that nobody else has; the upper left corner of the file comes to `corner`. `model` has places, see
// layOutDiagrams. Text blocks and lines without an inside are left out; what is decided there is decided here.
ImportCounts addModel(TeamModel& team, const ThreatModel& model, const std::string& prefix, Point corner);

// The same with the ids of the model, at the places it has: a file that is worked on as it is.
[[nodiscard]] TeamModel teamOfFile(const ThreatModel& model);
// All ids begin with `prefix`, as if the model had been added somewhere; without what was seen and what happened.
[[nodiscard]] TeamModel withPrefix(const TeamModel& team, const std::string& prefix);
void shiftTo(TeamModel& team, Point corner); // its upper left corner
void addTeam(TeamModel& team, TeamModel other); // with ids that `team` has not
// Several diagrams would lie on each other: each is moved beside the one before. By diagram: how far.
std::vector<Point> spreadDiagrams(ThreatModel& model);

// For writers: controls stand with their threats, parts without a place get one. False: stopped by the budget.
bool completeForExport(ThreatModel& model, const Overlaid& overlaid, Budget& budget);

} // namespace cupel::threats
