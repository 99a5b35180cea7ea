// SPDX-License-Identifier: GPL-3.0-or-later
// The piece of the graph that one file gives, with what it runs and imports.
#pragma once

#include "analyzers/lineage/api_roles.h"
#include "analyzers/lineage/lineage_graph.h"
#include "analyzers/lineage/parsed_file.h"

namespace cupel::lineage {

// Whether a notebook whose cells ran in another order is followed in that as well, for what differs.
enum class Compare : std::uint8_t { No, Orders };
[[nodiscard]] LineageGraph followFile(const ParsedFilePtr& file, FileFinder& files, const ApiRoles& roles,
    Budget& budget, Compare compare = Compare::Orders);
// Only what data does, and what leaks of it: no names, no slices, no recorded order.
[[nodiscard]] LineageGraph followData(
    const ParsedFilePtr& file, FileFinder& files, const ApiRoles& roles, Budget& budget);

} // namespace cupel::lineage
