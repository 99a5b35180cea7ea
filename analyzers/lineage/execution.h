// SPDX-License-Identifier: GPL-3.0-or-later
// What run numbers say, without reading any code: falling, double and missing ones, and cells that never ran.
#pragma once

#include "analyzers/lineage/cell_names.h"
#include "analyzers/lineage/lineage_graph.h"

namespace cupel::lineage {

// Missing numbers are counted from 1.
[[nodiscard]] Execution makeExecution(const FileNames& file);

} // namespace cupel::lineage
