// SPDX-License-Identifier: GPL-3.0-or-later
// Stages of a notebook: cells that follow one another and do the same for the data. Where a notebook has more cells
// than a first view holds, it begins with these. Part of lineage_fold and of its words.
#pragma once

#include "widgets/models/lineage_units.h"

#include <cstdint>
#include <string_view>

namespace cupel::widgets {

enum class LineageStage : std::uint8_t { Read, Prepare, Train, Measure, Save };

inline constexpr std::string_view stagePrefix = "more:stage:";

// Stages of every file, of cells from or to which anything flows.
void squeezeStages(const lineage::LineageGraph& graph, const LineageShape& shape, LineageSqueeze& squeeze);
[[nodiscard]] LineageStage stageOf(std::string_view key); // of a node whose key begins so

} // namespace cupel::widgets
