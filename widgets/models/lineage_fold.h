// SPDX-License-Identifier: GPL-3.0-or-later
// Folds a lineage to what somebody wants to see: files, cells or variables of code as nodes and groups, what code reads
// and writes as nodes of its own. Pure; any thread.
#pragma once

#include "widgets/models/lineage_reading.h"

#include <string_view>

namespace cupel::widgets {

[[nodiscard]] LineageFold fold(const LineageSource& source, const LineageWish& wish);

// Data, models, what is outside: never folded into code.
[[nodiscard]] bool isThing(const lineage::Node& node);
[[nodiscard]] LineageKind kindOf(const lineage::Node& node);
[[nodiscard]] std::string keyOf(const lineage::Node& node);
// Nodes of the graph that a key names, however it is folded, rising; `more:` names none.
[[nodiscard]] std::vector<std::uint32_t> nodesOf(const lineage::LineageGraph& graph, std::string_view key);
// The cell (or script) a node belongs to, itself for cells; none: outside of code.
[[nodiscard]] std::uint32_t cellOf(const lineage::LineageGraph& graph, std::uint32_t node);

} // namespace cupel::widgets
