// SPDX-License-Identifier: GPL-3.0-or-later
// The order in which people read names with numbers in them: "data/9" before "data/10".
#pragma once

#include <string_view>

namespace cupel {

// Total: names that differ in leading zeros only go by their bytes.
[[nodiscard]] bool naturallyBefore(std::string_view a, std::string_view b);

} // namespace cupel
