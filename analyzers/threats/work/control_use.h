// SPDX-License-Identifier: GPL-3.0-or-later
// A control that is put in place on a whole part: against every threat of it that the control is known to help with.
#pragma once

#include "analyzers/threats/work/team_model.h"

#include <string>
#include <vector>

namespace cupel::threats {

// Ids of threats of the part, that are not settled, whose rules propose the control.
[[nodiscard]] std::vector<std::string> threatsHelpedBy(
    const ThreatModel& model, const std::string& control, const std::string& part);
// What is verified already stays verified.
void putInPlace(TeamModel& team, const std::string& control, const std::vector<std::string>& threats);

// How much is left of a model: its threats that nobody settled, and the sum of their risks as they are now.
struct Remains {
    std::size_t threats = 0;
    double risk = 0;
};
[[nodiscard]] Remains remainsOf(const Overlaid& overlaid);

} // namespace cupel::threats
