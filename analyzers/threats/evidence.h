// SPDX-License-Identifier: GPL-3.0-or-later
// What a scan found behind the parts of a threat model.
#pragma once

#include "analyzers/model/finding.h"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace cupel::threats {

// Where something was seen that is no finding.
struct SeenAt {
    std::string artifact; // path of the workspace
    std::int32_t cell = -1; // 0-based among all cells; -1: no notebook
    std::uint32_t line = 0; // 1-based; 0: the file as a whole
};

struct Evidence {
    // Open ones of its artifacts, and those of code that stand where the part is read, written or fetched; by its id.
    std::map<std::string, std::vector<const Finding*>> findings;
    // Of those of code: where it stands that made them speak of the part, in words ("cell 7, line 3").
    std::map<std::pair<std::string, const Finding*>, std::string> tied;
    std::set<const Finding*> onFlows; // that stand at flows: they say nothing of other flows of their code
    std::map<std::string, SeenAt> places; // by what attributes name as their evidence: nodes of the lineage, files
    std::set<std::string> readWhole; // parts whose artifacts were all read whole: only there does silence refute
};

} // namespace cupel::threats
