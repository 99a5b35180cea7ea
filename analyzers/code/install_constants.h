// SPDX-License-Identifier: GPL-3.0-or-later
// Packages that a constant names: pkgs = "a b" or ["a", "b"], and then !pip install {pkgs} or $pkgs, also in a loop
// over them.
#pragma once

#include "analyzers/code/install_lines.h"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::code {

// The name in "{pkgs}", "$pkgs" and "{' '.join(pkgs)}"; empty: another expression.
[[nodiscard]] std::string_view nameInHole(std::string_view written);

// What the constants of these names install, where they are written in `source`, a cell of Python. Names of lists that
// a loop takes them from are added to `names`.
void installsInConstants(std::string_view source, std::set<std::string, std::less<>>& names,
    const InstallLimits& limits, std::vector<InstallCommand>& out);

} // namespace cupel::code
