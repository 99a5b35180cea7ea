// SPDX-License-Identifier: GPL-3.0-or-later
// Text in the metadata of a model that is code: calls that run something, commands of shells, active markup. And
// values of settings (YAML, JSON, TOML ...) that are a call from their first word on.
#pragma once

#include "analyzers/rules/rule_set.h"

#include <string_view>

namespace cupel::rules::model {

void checkCodeText(const RuleInput& input, FindingSink& sink);
// The first such words; empty: none.
[[nodiscard]] std::string_view codeWords(std::string_view text);

} // namespace cupel::rules::model
