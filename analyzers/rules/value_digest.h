// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a finding still stands for the values that somebody decided about, without telling them. What is kept is
// short on purpose: one value in 256 looks like any other, so that nobody can try names, dates or passwords until one
// fits; of many values together a little more may be said. Values of few characters say nothing: there are too few of
// their kind to be lost among them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cupel::rules {

// 2 hex digits for one value, 3 for two or three, 5 for more; the same in any order and for repeated ones. Empty: there
// is none, or all are too short. `salt`: the same value looks different under another one.
[[nodiscard]] std::string valueDigest(std::vector<std::string> values, std::string_view salt);

} // namespace cupel::rules
