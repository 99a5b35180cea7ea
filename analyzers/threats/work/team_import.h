// SPDX-License-Identifier: GPL-3.0-or-later
// A model of another tool becomes part of a team's own: all of it as if a person had drawn it, so that it can be worked
// on, undone, and merged; and a team's model as one that the writers take, with a place for every part.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/threats/work/team_edit.h"

namespace cupel::threats {

struct ImportCounts {
    std::size_t elements = 0;
    std::size_t flows = 0;
    std::size_t zones = 0;
    std::size_t threats = 0;
    bool whole = true; // false: there was more than `mostParts`
};
constexpr std::size_t mostParts = 20'000; // of one file

// `prefix` makes ids that nobody else has; the upper left corner of the file comes to `corner`. `model` has places, see
// layOutDiagrams. Text blocks and lines without an inside are left out; what is decided there is decided here.
ImportCounts addModel(TeamModel& team, const ThreatModel& model, const std::string& prefix, Point corner);

// For writers: controls stand with their threats, parts without a place get one. False: stopped by the budget.
bool completeForExport(ThreatModel& model, const Overlaid& overlaid, Budget& budget);

} // namespace cupel::threats
