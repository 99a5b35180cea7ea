// SPDX-License-Identifier: GPL-3.0-or-later
// What of a finding's evidence is worth showing beside its own line. Pure.
#pragma once

#include "analyzers/model/finding.h"

#include <cstdint>

namespace cupel {

// Whether it shows the line again that the finding itself shows: the same one, or another piece of it that the first
// shows in part.
[[nodiscard]] bool repeatsMatch(const Finding& finding, const Evidence& evidence);

// The places a finding stands for, its own among them: how many it lists, and how many there are. A finding that was
// put together of many lists some of them and counts all.
struct PlaceCount {
    std::uint64_t listed = 1;
    std::uint64_t all = 1; // not fewer than are listed
};
[[nodiscard]] PlaceCount countPlaces(const Finding& finding);

} // namespace cupel
