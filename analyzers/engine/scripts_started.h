// SPDX-License-Identifier: GPL-3.0-or-later
// Scripts that code of the workspace starts as programs of their own (!python train.py --data a.csv), with what it
// gives them: known once the pieces of that code are.
#pragma once

#include "analyzers/lineage/lineage_graph.h"
#include "analyzers/lineage/parsed_file.h"

#include <map>
#include <string>
#include <vector>

namespace cupel::engine {

class ScriptsStarted {
public:
    // What these pieces start, instead of what was known before. The scripts for which that is something else now,
    // sorted. Nobody may be asking meanwhile.
    [[nodiscard]] std::vector<std::string> take(const std::vector<lineage::LineageGraph>& pieces);
    [[nodiscard]] std::vector<lineage::FileFinder::Start> starts(const std::string& script) const;
    // What the piece of a script depends on, in a form that no path has; empty: nobody starts it.
    [[nodiscard]] std::string context(const std::string& script) const;

private:
    std::map<std::string, std::vector<lineage::ScriptStart>> m_starts; // by script
};

} // namespace cupel::engine
