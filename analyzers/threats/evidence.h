// SPDX-License-Identifier: GPL-3.0-or-later
// What a scan found behind the parts of a threat model.
#pragma once

#include "analyzers/model/finding.h"

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace cupel::threats {

struct Evidence {
    // Open ones of its artifacts, and those of code that stand where the part is read, written or fetched; by its id.
    std::map<std::string, std::vector<const Finding*>> findings;
    // Of those of code: where it stands that made them speak of the part, in words ("cell 7, line 3").
    std::map<std::pair<std::string, const Finding*>, std::string> tied;
    std::set<const Finding*> onFlows; // that stand at flows: they say nothing of other flows of their code
    std::set<std::string> readWhole; // parts whose artifacts were all read whole: only there does silence refute
};

} // namespace cupel::threats
