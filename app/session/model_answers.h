// SPDX-License-Identifier: GPL-3.0-or-later
// The questions people have about a model file before they load it, answered from what was found in it and in its
// members. Never better than what was looked at: a part that was not read makes every "no" a "not known".
#pragma once

#include "widgets/models/model_reading.h"

#include <vector>

namespace cupel::app {

[[nodiscard]] std::vector<widgets::ModelAnswer> answersAbout(
    const Analysis& file, const std::vector<AnalysisPtr>& members);

} // namespace cupel::app
