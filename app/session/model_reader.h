// SPDX-License-Identifier: GPL-3.0-or-later
// Prepares a model file for looking at it. Blocking; any thread.
#pragma once

#include "widgets/models/model_reading.h"

#include <stop_token>

namespace cupel::app {

struct ModelRequest {
    AnalysisPtr analysis; // to look at
    AnalysisPtr file; // that holds it, or itself
    std::vector<AnalysisPtr> members; // of `file`, at every depth
    std::vector<AnalysisPtr> beside = {}; // templates and code in the same folder, which loaders take along
};

// Null: stopped.
[[nodiscard]] widgets::ModelReadingPtr readModel(const ModelRequest& request, const std::stop_token& stop);

} // namespace cupel::app
