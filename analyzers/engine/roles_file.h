// SPDX-License-Identifier: GPL-3.0-or-later
// The table of calls with the rows of a file of the user in front.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/lineage/api_roles.h"
#include "analyzers/lineage/lineage_graph.h"

#include <memory>
#include <string>
#include <vector>

namespace cupel::engine {

// The table of the program where `path` is empty, or cannot be read as one: a note says so.
[[nodiscard]] std::shared_ptr<const lineage::ApiRoles> rolesFrom(
    const std::string& path, Budget& budget, std::vector<lineage::LineageGraph::Note>& notes);

} // namespace cupel::engine
