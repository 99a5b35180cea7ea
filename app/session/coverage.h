// SPDX-License-Identifier: GPL-3.0-or-later
// How much of a review was looked at, in numbers for the status bar. Pure.
#pragma once

#include "analyzers/model/analysis.h"
#include "widgets/models/review_state.h"

#include <QtCore/QString>

#include <array>
#include <cstdint>

namespace cupel::app {

struct ReviewCoverage {
    std::uint64_t files = 0; // with the members of containers
    std::uint64_t members = 0;
    std::uint64_t filesComplete = 0;
    std::uint64_t lost = 0; // opened by name and not on disk any more
    std::uint64_t cells = 0;
    std::uint64_t cellsChecked = 0;
    std::uint64_t outputs = 0;
    std::uint64_t outputsChecked = 0;
    std::uint64_t rules = 0;
    std::array<std::uint64_t, 5> bySeverity{}; // index: Severity; without those that were decided
    std::uint64_t settled = 0; // findings somebody decided about
};
// What the list beside it says was not checked.
struct NotChecked {
    std::size_t places = 0; // its rows
    std::size_t files = 0; // they are in
};
// `workspace`: of `review`, or a part of it.
[[nodiscard]] ReviewCoverage measureCoverage(const Workspace& workspace, const widgets::ReviewState& review);
// "14/14 cells, 22/22 outputs checked"
[[nodiscard]] QString coverageText(const ReviewCoverage& coverage);

} // namespace cupel::app
