// SPDX-License-Identifier: GPL-3.0-or-later
// What of a finding's evidence is worth showing beside its own line. Pure.
#pragma once

#include "analyzers/model/finding.h"

namespace cupel {

// Whether it shows the line again that the finding itself shows: the same one, or another piece of it that the first
// shows in part.
[[nodiscard]] bool repeatsMatch(const Finding& finding, const Evidence& evidence);

} // namespace cupel
