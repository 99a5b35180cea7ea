// SPDX-License-Identifier: GPL-3.0-or-later
// One row per flaw a format can report.
#pragma once

#include "analyzers/model/finding.h"

#include <span>
#include <string_view>

namespace cupel::rules::malformed {

struct FlawRule {
    std::string_view flaw; // FormFlaw::code
    std::string_view id;
    Family family;
    Severity severity;
    std::string_view title;
    std::string_view message; // {} stands for FormFlaw::detail
    std::string_view whatHappens;
    std::string_view whereFrom;
    std::string_view howToFix;
    std::string_view cwe;
};

[[nodiscard]] std::span<const FlawRule> flawRules();

} // namespace cupel::rules::malformed
