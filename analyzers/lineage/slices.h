// SPDX-License-Identifier: GPL-3.0-or-later
// Which earlier code cells a code cell needs to run again: the last definition of each name it reads, all changes
// since, and what those cells need themselves. File order.
#pragma once

#include "analyzers/lineage/lineage_graph.h"
#include "analyzers/lineage/name_flow.h"

namespace cupel::lineage {

// Without what those need in turn; `waiting`: with what functions that it only defines will read.
[[nodiscard]] std::vector<std::uint32_t> directNeeds(
    const FileNames& file, const NameFlow& flow, std::uint32_t cell, bool waiting);
[[nodiscard]] Slices makeSlices(const FileNames& file, const NameFlow& flow, Budget& budget, bool& partial);

} // namespace cupel::lineage
