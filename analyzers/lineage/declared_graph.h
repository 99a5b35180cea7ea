// SPDX-License-Identifier: GPL-3.0-or-later
// What a workspace declares of itself (declared.h), as a piece of the graph: stages of pipelines run scripts that read
// and write files.
#pragma once

#include "analyzers/lineage/declared.h"
#include "analyzers/lineage/lineage_graph.h"

#include <string>
#include <vector>

namespace cupel::lineage {

// The file of `code` (sorted) that a command runs; empty: it is none of them.
[[nodiscard]] std::string scriptOf(const ScriptCall& call, const std::vector<std::string>& code);

// `path`: of the file that declares. `code`: scripts and notebooks of the workspace, sorted.
[[nodiscard]] LineageGraph declaredGraph(
    const Declared& declared, const std::string& path, const std::vector<std::string>& code);

} // namespace cupel::lineage
