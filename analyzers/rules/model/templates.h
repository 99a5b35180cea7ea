// SPDX-License-Identifier: GPL-3.0-or-later
// Chat templates: what rendering one would reach, run or add to a conversation without anybody seeing it.
#pragma once

#include "analyzers/rules/rule_set.h"

namespace cupel::rules::model {

void checkTemplates(const RuleInput& input, FindingSink& sink);

} // namespace cupel::rules::model
