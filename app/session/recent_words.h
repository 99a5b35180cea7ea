// SPDX-License-Identifier: GPL-3.0-or-later
// What Home says of a file or folder without findings: what no rule and no person has judged in it.
#pragma once

#include "analyzers/model/analysis.h"
#include "analyzers/review/profile.h"

#include <QtCore/QString>

namespace cupel::app {

// What lies below a root of the review, or is it.
[[nodiscard]] Workspace partUnder(const Workspace& workspace, const QString& root);
// "code in Julia is not judged"; empty: all was judged. `lookedAt`: pictures that a person has looked at, by path.
[[nodiscard]] QString notJudgedIn(const Workspace& part, const review::LookedAt& lookedAt);

} // namespace cupel::app
