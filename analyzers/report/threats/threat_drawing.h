// SPDX-License-Identifier: GPL-3.0-or-later
// A threat model drawn for paper: as a whole where a page can hold it in letters that can be read, else the zones with
// what flows between them and then each zone by itself, in as many parts as it needs. The places that people gave are
// kept as long as the whole fits. Deterministic; any thread.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/model/drawing.h"
#include "analyzers/report/threats/threat_review.h"

#include <cstddef>
#include <vector>

namespace cupel::report {

struct ThreatDrawings {
    std::vector<Drawing> drawings;
    std::size_t left = 0; // elements that no drawing shows: there are too many
};

[[nodiscard]] ThreatDrawings drawThreats(const ThreatReview& review, Budget& budget);
// Five by five, likelihood upwards, impact to the right.
[[nodiscard]] Drawing drawRisk(const RiskGrid& grid, std::string title);
// Lines to sign on, one block for each role.
[[nodiscard]] Drawing drawSignatures(const std::vector<std::string>& roles);

} // namespace cupel::report
