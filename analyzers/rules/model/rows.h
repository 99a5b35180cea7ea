// SPDX-License-Identifier: GPL-3.0-or-later
// What the flaws that formats of models report mean: one row each, in groups.
#pragma once

#include "analyzers/model/finding.h"

#include <span>
#include <string_view>

namespace cupel::rules::model {

struct FlawRow {
    std::string_view code; // ModelFlaw::code
    std::string_view rule;
    Severity severity;
    Confidence confidence;
    std::string_view message; // {} is its detail, {n} how often, {one|many} goes with that number
};

#define CUPEL_MODEL_ROWS(group) [[nodiscard]] std::span<const FlawRow> group##Rows();
#include "analyzers/rules/model/groups.def"
#undef CUPEL_MODEL_ROWS

} // namespace cupel::rules::model
