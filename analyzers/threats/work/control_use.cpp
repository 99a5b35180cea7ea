// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/work/control_use.h"

#include "analyzers/threats/work/risk.h"

#include <algorithm>

namespace cupel::threats {

std::vector<std::string> threatsHelpedBy(const ThreatModel& model, const std::string& control, const std::string& part)
{
    std::vector<std::string> out;
    for (const Threat& threat : model.threats) {
        const bool helps = std::find(threat.controls.begin(), threat.controls.end(), control) != threat.controls.end();
        if (helps && threat.target == part && !isSettled(threat)) {
            out.push_back(threat.id);
        }
    }
    return out;
}

void putInPlace(TeamModel& team, const std::string& control, const std::vector<std::string>& threats)
{
    for (const std::string& threat : threats) {
        ControlUse use;
        use.threat = threat;
        use.control = control;
        use.status = ControlStatus::InPlace;
        const auto [at, fresh] = team.controls.try_emplace(idOf(use), use);
        if (!fresh && at->second.status == ControlStatus::Proposed) {
            at->second.status = ControlStatus::InPlace;
        }
    }
}

Remains remainsOf(const Overlaid& overlaid)
{
    Remains out;
    for (const Threat& threat : overlaid.model.threats) {
        if (!isSettled(threat)) {
            const auto uses = overlaid.controls.find(threat.id);
            ++out.threats;
            out.risk +=
                riskOf(threat, uses == overlaid.controls.end() ? std::vector<ControlUse>() : uses->second).now();
        }
    }
    return out;
}

} // namespace cupel::threats
