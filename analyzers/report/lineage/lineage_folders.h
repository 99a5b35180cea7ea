// SPDX-License-Identifier: GPL-3.0-or-later
// A lineage graph folded for a picture further than its files: folders stand for their code, and one thing for all that
// the same folders have to do with. For lineage_parts.
#pragma once

#include "analyzers/report/lineage/lineage_parts.h"

#include <cstdint>
#include <vector>

namespace cupel::report::lineage_parts {

inline constexpr std::size_t mostFolders = 60; // of code, in a picture
inline constexpr std::size_t mostShared = 120; // things between them

// Which node stands for each one. `first`: the first cell of each code file.
[[nodiscard]] std::vector<std::uint32_t> folderStandIns(
    const lineage::LineageGraph& graph, const std::vector<std::uint32_t>& first);
// Gives those of `shown` that stand for several their names.
void nameFolders(const lineage::LineageGraph& graph, const std::vector<std::uint32_t>& standIn, FoldedGraph& shown);

} // namespace cupel::report::lineage_parts
