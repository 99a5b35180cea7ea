// SPDX-License-Identifier: GPL-3.0-or-later
// What was decided while a finding confirmed it, and no longer is: the next scan that confirms it again has found
// something that came back, not something that nobody did. Noted among what was seen, so that a decision is never
// rewritten by a scan. `evidence`: of that scan; only what was read whole can be called fixed.
#pragma once

#include "analyzers/threats/evidence.h"
#include "analyzers/threats/work/team_model.h"

#include <string>
#include <string_view>
#include <vector>

namespace cupel::threats {

// Ids of threats, sorted, that are not noted yet. `assessed`: the model of that scan with its threats.
[[nodiscard]] std::vector<std::string> fixedSince(
    const TeamModel& team, const ThreatModel& assessed, const Evidence& evidence);
void noteFixed(TeamModel& team, const std::vector<std::string>& threats, const std::string& at);
[[nodiscard]] bool isNotedFixed(const TeamModel& team, const std::string& threat);
void forgetFixed(TeamModel& team, const std::string& threat); // it is decided anew

} // namespace cupel::threats
