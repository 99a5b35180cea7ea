// SPDX-License-Identifier: GPL-3.0-or-later
// What lists of packages declare, by package: the version or the oldest one that fits.
#pragma once

#include "analyzers/code/install_lines.h"
#include "analyzers/model/declared.h"

#include <string>
#include <string_view>
#include <vector>

namespace cupel::code {

// What a list says is added to what others said before it; an exact version wins over a range.
void declare(const std::vector<InstallCommand>& list, std::string_view file, Declared& out);

// "2.0" of ">=2.0,<3", "~=2.0", "^2.0" and "==2.0.*"; empty: any old one fits.
[[nodiscard]] std::string_view oldestVersion(std::string_view specifier);

} // namespace cupel::code
