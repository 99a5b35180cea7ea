// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the lineage of what is open, joins it with what the analyses found, and draws it. Blocking; any thread.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/engine/lineage_folder.h"
#include "analyzers/model/analysis.h"
#include "widgets/models/lineage_reading.h"

#include <functional>
#include <stop_token>

namespace cupel::app {

// How the graph is made: of files and folders, within a budget.
using LineageMaker = std::function<lineage::LineageGraph(const std::vector<std::string>& paths, Budget& budget)>;
using LineageOrdersMaker = std::function<engine::LineageOrders(const std::vector<std::string>& paths, Budget& budget)>;

struct LineageRequest {
    std::vector<std::string> roots;
    std::vector<AnalysisPtr> analyses; // of the review
    widgets::LineageSources sources; // what of it was read already
    bool asRecorded = false; // cells in the order in which they ran
    widgets::LineageWish wish;
    LineageMaker make;
    LineageOrdersMaker makeBoth; // asked only where cells ran in another order than they stand
    std::map<std::string, QPointF> pins; // where somebody put nodes, by key
    widgets::SceneMemoryPtr before; // what stays keeps its place; null: nothing was drawn
};

// Whether what is asked for has to be read first.
[[nodiscard]] inline bool readsAgain(const LineageRequest& request)
{
    return !request.sources.of(request.asRecorded);
}

// Null: stopped.
[[nodiscard]] widgets::LineageReadingPtr readLineage(const LineageRequest& request, const std::stop_token& stop);

} // namespace cupel::app
