// SPDX-License-Identifier: GPL-3.0-or-later
// Pipelines that a workspace declares: dvc.yaml, MLproject, Makefiles, workflows; read once, for the graph and for the
// scripts that they start. Immutable once made; any thread.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/lineage/lineage_graph.h"
#include "analyzers/lineage/parsed_file.h"

#include <map>
#include <string>
#include <vector>

namespace cupel::engine {

class DeclaredPipelines {
public:
    // `files`: of the workspace, by relative path; `code`: those that are code, sorted.
    DeclaredPipelines(
        const std::map<std::string, std::string>& files, const std::vector<std::string>& code, Budget& budget);

    [[nodiscard]] std::vector<lineage::LineageGraph> pieces() const { return m_pieces; }
    [[nodiscard]] std::vector<lineage::FileFinder::Start> starts(const std::string& script) const;
    // What the pieces of scripts depend on: changes when any start does.
    [[nodiscard]] std::string context() const;

private:
    std::vector<lineage::LineageGraph> m_pieces;
    std::map<std::string, std::vector<lineage::FileFinder::Start>> m_starts; // by script
};

} // namespace cupel::engine
