// SPDX-License-Identifier: GPL-3.0-or-later
// A threat model of another tool that is worked on in its own form: what the file says as a team's model, and what is
// needed to put changes of that back into the file. Immutable; any thread.
#pragma once

#include "analyzers/threats/import/import.h"
#include "analyzers/threats/work/team_import.h"

#include <vector>

namespace cupel::threats {

struct FileModel {
    ThreatModel model; // as it was read, with its document; places as the file has them
    std::vector<Point> shifts; // by diagram: how far it was moved, so that diagrams stand beside each other
    TeamModel team; // all of it that can be drawn, by the ids of `model`
    LeftOut left; // stays in the file and is not drawn
};

// Threat Dragon 2 and Open Threat Model, when the whole of the document was read and can be written again: else saving
// would lose or change what nobody touched.
[[nodiscard]] bool canEdit(const Imported& imported);
[[nodiscard]] FileModel fileModelOf(Imported imported, Budget& budget);
// The same shifts for a model that was read from another state of the file.
[[nodiscard]] TeamModel teamOf(ThreatModel model, const std::vector<Point>& shifts);
// What a team's model of a file says, as one to be shown, compared or written.
[[nodiscard]] Overlaid modelOfTeam(const TeamModel& team, std::string_view today);

} // namespace cupel::threats
