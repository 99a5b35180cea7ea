// SPDX-License-Identifier: GPL-3.0-or-later
// Which threats somebody still has to answer for: reports, lists of paths and drawings count the same ones.
#pragma once

#include "analyzers/threats/work/team_model.h"

namespace cupel::threats {

// Nobody has settled it: neither decided against nor called not applicable, or a scan says otherwise since (a flag).
[[nodiscard]] bool isOpen(const Overlaid& overlaid, const Threat& threat);

} // namespace cupel::threats
