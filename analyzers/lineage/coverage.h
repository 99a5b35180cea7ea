// SPDX-License-Identifier: GPL-3.0-or-later
// How much of what code calls is known, over a whole graph: one figure for the window, the text and the JSON.
#pragma once

#include "analyzers/lineage/lineage_graph.h"

#include <cstddef>

namespace cupel::lineage {

struct Coverage {
    std::size_t calls = 0; // that read, write or train, and those that nobody describes
    std::size_t modelled = 0; // of them: a row of the table says what they do
    std::size_t unknown = 0; // of them: a node each, of its own kind
};
[[nodiscard]] Coverage coverageOf(const LineageGraph& graph);

} // namespace cupel::lineage
