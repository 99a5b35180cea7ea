// SPDX-License-Identifier: GPL-3.0-or-later
// Installs written as calls: subprocess and os.system in Python, install.packages in R, Pkg.add in Julia. Part of
// install_*.cpp alone.
#pragma once

#include "analyzers/code/install_lines.h"

namespace cupel::code {

// `plain`: the cell with its magics blanked, of the same length.
void installsInPython(
    std::string_view source, std::string_view plain, const InstallLimits& limits, std::vector<InstallCommand>& out);
void installsInR(
    std::string_view text, std::uint64_t offset, const InstallLimits& limits, std::vector<InstallCommand>& out);
void installsInJulia(
    std::string_view text, std::uint64_t offset, const InstallLimits& limits, std::vector<InstallCommand>& out);

} // namespace cupel::code
