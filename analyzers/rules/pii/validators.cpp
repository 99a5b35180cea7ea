// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/pii/validator.h"

#include <algorithm>
#include <array>

namespace cupel::rules::pii {

namespace checks {
#define CUPEL_PII_CHECK(id, name, proof) bool id(std::string_view value);
#include "analyzers/rules/pii/validators.def"
#undef CUPEL_PII_CHECK
} // namespace checks

namespace {

constexpr std::array table{
#define CUPEL_PII_CHECK(id, name, proof) Validator{name, checks::id, Proof::proof},
#include "analyzers/rules/pii/validators.def"
#undef CUPEL_PII_CHECK
};

} // namespace

std::span<const Validator> validators()
{
    return table;
}

const Validator* findValidator(std::string_view name)
{
    const auto hit = std::find_if(table.begin(), table.end(), [name](const Validator& v) { return v.name == name; });
    return hit == table.end() ? nullptr : &*hit;
}

} // namespace cupel::rules::pii
