// SPDX-License-Identifier: GPL-3.0-or-later
// What several report sections need: the ordered findings, their anchors and places, and totals of what was read.
#pragma once

#include "analyzers/report/build.h"

#include <cstdint>
#include <string>
#include <vector>

namespace cupel::report {

// More findings than this are not printed one by one; the report says how many were left out.
inline constexpr std::size_t printedFindings = 2000;

// Findings at or above the wanted severity: worst first, then surest, then by file and place.
[[nodiscard]] std::vector<const Finding*> ordered(const Input& input);
[[nodiscard]] std::string anchorOf(std::size_t place); // of the finding at this place in the order, 0-based
[[nodiscard]] std::string placeOf(const Input& input, const Location& location); // "a.ipynb, cell 7, line 3"

struct Totals {
    std::uint64_t cells = 0;
    std::uint64_t outputs = 0;
    std::uint64_t understood = 0; // bytes
    std::uint64_t total = 0;
    std::uint64_t allowed = 0; // findings switched off by a comment in the file
    std::uint64_t dropped = 0; // findings beyond the limit per rule
    std::uint64_t notChecked = 0; // files not or only partly read
};
[[nodiscard]] Totals totalsOf(const Workspace& workspace);

} // namespace cupel::report
