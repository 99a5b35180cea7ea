// SPDX-License-Identifier: GPL-3.0-or-later
// A name that comes from inside a file, fit to be shown: names go into paths, and paths into every output.
#pragma once

#include "analyzers/base/budget.h"

#include <string>

namespace cupel::rules::secrets {

// The name with dots for each secret in it, also encoded ones; a name that costs too much to search is dots as a whole.
// What is masked here is found by the secret rules in a region that holds the name.
[[nodiscard]] std::string maskedName(std::string name, Budget& budget);

} // namespace cupel::rules::secrets
