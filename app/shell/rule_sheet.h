// SPDX-License-Identifier: GPL-3.0-or-later
// What a rule is about, without a finding of it: the same explanation as in the inspector. UI thread.
#pragma once

#include "analyzers/model/rule.h"

class QWidget;

namespace cupel::app {

class Sheet;

[[nodiscard]] Sheet* makeRuleSheet(const RuleInfo& rule, QWidget* window);

} // namespace cupel::app
