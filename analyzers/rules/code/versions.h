// SPDX-License-Identifier: GPL-3.0-or-later
// Which versions of packages code runs with, as far as the notebook and the lists beside it tell.
#pragma once

#include "analyzers/rules/rule_set.h"

#include <map>
#include <string>
#include <string_view>

namespace cupel::rules::code {

struct KnownVersion {
    std::string version;
    bool orNewer = false; // the oldest one that a list allows
};
using Versions = std::map<std::string, KnownVersion, std::less<>>; // by package

// Pins in cells first, then what an installer said in an output, then files beside the notebook.
[[nodiscard]] Versions readVersions(const RuleInput& input);

// "torch<2.6": false when it is not known.
[[nodiscard]] bool versionHolds(const Versions& versions, std::string_view condition);

} // namespace cupel::rules::code
