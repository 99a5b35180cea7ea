// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a finding still stands for the values that somebody decided about, without telling them. What is kept is
// short on purpose: one value in 4,096 looks like any other, so that who tries names or passwords is left with many
// that fit. What has too few of its kind to be lost among them (ages, sums, postcodes, dates) is not told at all.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cupel::rules {

inline constexpr std::string_view untoldValues = "-";

// 3 hex digits, the same in any order, for repeated values, and however a file writes them (line ends, indent, quotes).
// untoldValues: there is none, or all are too short. `salt`: the same value looks different under another one.
[[nodiscard]] std::string valueDigest(const std::vector<std::string>& values, std::string_view salt);
// The same of texts that are nobody's: calls of code, addresses of outputs. Short ones are told too.
[[nodiscard]] std::string textDigest(const std::vector<std::string>& texts, std::string_view salt);

} // namespace cupel::rules
