// SPDX-License-Identifier: GPL-3.0-or-later
// What a scan found behind the parts of a threat model.
#pragma once

#include "analyzers/model/finding.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace cupel::threats {

struct Evidence {
    std::map<std::string, std::vector<const Finding*>> findings; // open ones of its artifacts, by id of the part
    std::set<std::string> readWhole; // parts whose artifacts were all read whole: only there does silence refute
};

} // namespace cupel::threats
