// SPDX-License-Identifier: GPL-3.0-or-later
// Which threats a model has: every rule is asked of every part it looks at, findings confirm or refute, and what is
// left is ranked by risk. Noise is the enemy: what the scan refutes, and what is only assumed beyond two for an
// element, is folded with its reason. What people said something about is never folded and never lost: where its rule
// no longer fires, or its part is gone, it stands there as stale.
#pragma once

#include "analyzers/threats/evidence.h"
#include "analyzers/threats/knowledge/tables.h"
#include "analyzers/threats/threat_model.h"

#include <cstddef>
#include <set>
#include <string>
#include <vector>

namespace cupel::threats {

struct AssessOptions {
    std::size_t openPerElement = 2; // proposals without a finding
    std::set<std::string> decided = {}; // ids of threats that people said something about
};

// Sets model.threats and model.folded; those of people (without a rule) stay.
void assess(ThreatModel& model, const Evidence& evidence, const std::vector<ThreatRule>& rules,
    const EvidenceTable& table, const AssessOptions& options = {});

// Of a step for likelihood and one for impact, 1 to 5 each.
[[nodiscard]] Severity severityOfRisk(int likelihood, int impact);

} // namespace cupel::threats
