// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/secrets/truth_check.h"

#include <algorithm>
#include <array>

namespace cupel::rules::secrets {

namespace checks {
#define CUPEL_TRUTH_CHECK(function, name) CheckResult function(const CheckInput& input);
#include "analyzers/rules/secrets/truth_checks.def"
#undef CUPEL_TRUTH_CHECK
} // namespace checks

namespace {

constexpr std::array table{
#define CUPEL_TRUTH_CHECK(function, name) TruthCheck{name, checks::function},
#include "analyzers/rules/secrets/truth_checks.def"
#undef CUPEL_TRUTH_CHECK
};

} // namespace

std::span<const TruthCheck> truthChecks()
{
    return table;
}

const TruthCheck* findTruthCheck(std::string_view name)
{
    const auto hit = std::lower_bound(table.begin(), table.end(), name,
        [](const TruthCheck& check, std::string_view wanted) { return check.name < wanted; });
    return hit != table.end() && hit->name == name ? &*hit : nullptr;
}

} // namespace cupel::rules::secrets
