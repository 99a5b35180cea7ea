// SPDX-License-Identifier: GPL-3.0-or-later
// What of the joined graph lies on disk, and models on disk that no code of it writes or reads.
#pragma once

#include "analyzers/lineage/lineage_graph.h"

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace cupel::lineage {

// `disk`: files of the workspace, relative paths, sorted. `work`: told of steps; false: enough.
void markOnDisk(
    LineageGraph& graph, const std::vector<std::string>& disk, const std::function<bool(std::size_t)>& work);
// A file or folder, whoever wrote it.
[[nodiscard]] bool isPlace(const Node& node);

} // namespace cupel::lineage
