// SPDX-License-Identifier: GPL-3.0-or-later
// What people read of the rules, as rows of resources/rules/texts/<group>.json; checked and compiled in by
// compile/compile_texts.cpp.
#pragma once

#include "analyzers/model/rule.h"

#include <string_view>
#include <vector>

namespace cupel::rules {

// All rules of one file, ready to be a RuleGroup's `describe`. Empty: no such file.
[[nodiscard]] std::vector<RuleInfo> describeFromTexts(std::string_view group);

} // namespace cupel::rules
