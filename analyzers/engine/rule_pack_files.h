// SPDX-License-Identifier: GPL-3.0-or-later
// Packs of threat rules as files: only those that are named, or that lie in a folder that is.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/threats/knowledge/rule_packs.h"

#include <string>
#include <vector>

namespace cupel::engine {

// The tables of a folder (*.tsv) in the order of their names; a file stands for itself.
[[nodiscard]] std::vector<std::string> packFiles(const std::string& path);
void readPack(threats::RuleSet& set, const std::string& path, Budget& budget);

} // namespace cupel::engine
