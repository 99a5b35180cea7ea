// SPDX-License-Identifier: GPL-3.0-or-later
// Types that a skops archive asks for, judged by the same tables as names in pickles.
#pragma once

#include "analyzers/rules/rule_set.h"

namespace cupel::rules::pickle {

void checkSkopsTypes(const RuleInput& input, FindingSink& sink);

} // namespace cupel::rules::pickle
