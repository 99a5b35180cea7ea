// SPDX-License-Identifier: GPL-3.0-or-later
// Configurations that name what a program calls: `_target_` of Hydra (NeMo, CVE-2025-23304), `class_path`, and tags of
// YAML that make Python objects. Judged by the same tables as names in pickles.
#pragma once

#include "analyzers/rules/rule_set.h"

namespace cupel::rules::pickle {

void describeTargets(RuleList& list);
void checkTargets(const RuleInput& input, FindingSink& sink);

} // namespace cupel::rules::pickle
