// SPDX-License-Identifier: GPL-3.0-or-later
// A team's model as it was after any event of its history, made from what it is now and from what each event says it
// took the place of. Places of what was only moved stay as they are, and so does what scans saw. Pure functions.
#pragma once

#include "analyzers/threats/work/team_model.h"

#include <cstddef>

namespace cupel::threats {

struct PastTeam {
    TeamModel team;
    std::size_t vague = 0; // changes that their event does not tell well enough: of those the later state is shown
};
// After the first `events` events; its history ends there. Ids are those of today, also of files that were moved since.
[[nodiscard]] PastTeam teamAt(const TeamModel& team, std::size_t events);

// Events of one step of one person stand together: the first of the step that holds `event`, and the one behind it.
[[nodiscard]] std::size_t stepBegin(const EventList& events, std::size_t event);
[[nodiscard]] std::size_t stepEnd(const EventList& events, std::size_t event);

} // namespace cupel::threats
