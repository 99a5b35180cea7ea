// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a finding still stands for what somebody decided about. Of values that are masked the digest is short on
// purpose, and the same wherever the value stands: one value in 4,096 looks like any other, so that who tries names or
// passwords is left with many that fit, however many findings tell it. What has too few of its kind to be lost among
// them (ages, sums, postcodes, dates) is not told at all.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cupel::rules {

inline constexpr std::string_view untoldValues = "-";

// 3 hex digits, the same in any order, for repeated values, and however a file writes them (line ends, indent, quotes).
// untoldValues: there is none, or all are too short.
[[nodiscard]] std::string valueDigest(const std::vector<std::string>& values);
// 16 hex digits of texts that are nobody's, with what is masked masked: scripts of outputs, packages. The same in any
// order and for repeated ones, for other blanks, and for other random ids (UUIDs, 32 hex digits), which every run
// makes.
[[nodiscard]] std::string textDigest(const std::vector<std::string>& texts, std::string_view salt);

} // namespace cupel::rules
