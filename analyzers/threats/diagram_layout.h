// SPDX-License-Identifier: GPL-3.0-or-later
// Places for what has none: models out of code and many files of other tools come without geometry. What has a place
// keeps it.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/threats/threat_model.h"

namespace cupel::threats {

// A diagram without any place is drawn in layers along its flows, zone by zone, zones inside zones; in one that has
// places, the rest is put into a row below them. Deterministic. False: stopped by the budget, some parts have no box.
bool layOutDiagrams(ThreatModel& model, Budget& budget);

} // namespace cupel::threats
