// SPDX-License-Identifier: GPL-3.0-or-later
// What people read of the rules, as rows of resources/rules/texts/<group>.json; checked and compiled in by
// compile/compile_texts.cpp.
#pragma once

#include "analyzers/rules/rule_list.h"

#include <string_view>

namespace cupel::rules {

// The rules of one file, as a RuleGroup's `describe` needs them. None: no such file.
void describeFromTexts(std::string_view group, RuleList& list);

} // namespace cupel::rules
