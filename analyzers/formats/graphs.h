// SPDX-License-Identifier: GPL-3.0-or-later
// The graph of operations of a model file, for those who look at it: read on demand, in a worker, not while scanning.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/model/facts.h"
#include "analyzers/model/model_graph.h"

namespace cupel::formats {

// Whether a graph may be in it; cheap.
[[nodiscard]] bool mayHaveGraph(const Artifact& artifact, const Facts& facts);
// No nodes: there is no graph in it.
[[nodiscard]] ModelGraph readGraph(const Artifact& artifact, const Facts& facts, Budget& budget);

} // namespace cupel::formats
