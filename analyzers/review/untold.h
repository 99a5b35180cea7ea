// SPDX-License-Identifier: GPL-3.0-or-later
// Values that stand in both versions, and that the scan of one of them does not know, because what tells them stands in
// the other alone: the home path that names the user. They are neither fixed nor new, and stay masked. Pure.
#pragma once

#include "analyzers/review/compare.h"

namespace cupel::review {

// The newer version, else the older one, with those findings of the other that only seem to be gone or new, at their
// places there; null: there are none. `change` is compared; both analyses hold their bytes.
[[nodiscard]] AnalysisPtr withUntold(const FileChange& change, bool newer);

} // namespace cupel::review
