// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the graph of a model and draws it. Blocking; any thread.
#pragma once

#include "widgets/models/graph_reading.h"

#include <stop_token>

namespace cupel::app {

struct GraphRequest {
    AnalysisPtr analysis; // to look at
    std::vector<AnalysisPtr> members; // of it, where the graph may stand when it is a container
    widgets::GraphSourcePtr source; // when it was read already
    FoldOptions options;
};

// Null: stopped.
[[nodiscard]] widgets::GraphReadingPtr readModelGraph(const GraphRequest& request, const std::stop_token& stop);

} // namespace cupel::app
