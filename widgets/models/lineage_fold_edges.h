// SPDX-License-Identifier: GPL-3.0-or-later
// The edges of a folded lineage, one between two units, for all edges of the graph that it stands for. Pure; any
// thread.
#pragma once

#include "widgets/models/lineage_reading.h"

#include <cstddef>

namespace cupel::widgets {

inline constexpr std::size_t mostFoldedEdges = 64; // of the graph that an edge of the picture lists

// Of two things that are shown as one.
[[nodiscard]] lineage::InOther both(lineage::InOther one, lineage::InOther other);
// Where `out.of` says which unit stands for each node. A model that one cell makes and another one saves goes to its
// file by way of the cell that saves.
void addEdges(const lineage::LineageGraph& graph, LineageFold& out);

} // namespace cupel::widgets
