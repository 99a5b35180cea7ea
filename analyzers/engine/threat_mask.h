// SPDX-License-Identifier: GPL-3.0-or-later
// Takes credentials out of what people wrote into a threat model: names, descriptions, reasons, notes. What a scan made
// is masked where it was made.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/report/threats/threat_review.h"

namespace cupel::engine {

void maskThreats(report::ThreatReview& review, Budget& budget);

} // namespace cupel::engine
