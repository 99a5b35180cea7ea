// SPDX-License-Identifier: GPL-3.0-or-later
// The lines that a finding stands on, as they may be printed: redacted where the finding was made.
#pragma once

#include "analyzers/model/report.h"

#include <cstddef>

namespace cupel::report {

// At most `most`, each line once, in the order of the places.
[[nodiscard]] Code excerptsOf(const Finding& finding, std::size_t most);

} // namespace cupel::report
