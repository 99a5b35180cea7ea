// SPDX-License-Identifier: GPL-3.0-or-later
// Runs that MLflow recorded, laid over what the code says: the data sets a run logged, its parameters and its model
// files are tied to the training of the script that it ran. What a run says and the code does not is added as likely.
#pragma once

#include "analyzers/lineage/declared.h"
#include "analyzers/lineage/lineage_graph.h"

#include <string>
#include <vector>

namespace cupel::lineage {

// `pieces`: one for each of `code`, in its order. `models`: MLmodel files of the workspace. The piece of the runs.
[[nodiscard]] LineageGraph overlayRuns(const std::vector<RecordedRun>& runs, const std::vector<DeclaredModel>& models,
    const std::vector<std::string>& code, std::vector<LineageGraph>& pieces, Budget& budget);

} // namespace cupel::lineage
