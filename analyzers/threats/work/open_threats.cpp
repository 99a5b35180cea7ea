// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/work/open_threats.h"

namespace cupel::threats {

bool isOpen(const Overlaid& overlaid, const Threat& threat)
{
    if (const auto flag = overlaid.flags.find(threat.id);
        flag != overlaid.flags.end() && flag->second != Flag::CanClose) {
        return true; // somebody decided, but what they decided about is another thing now
    }
    return threat.applicability != Applicability::NotApplicable
        && (threat.decision == Decision::Open || threat.decision == Decision::InProgress);
}

} // namespace cupel::threats
