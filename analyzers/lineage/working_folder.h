// SPDX-License-Identifier: GPL-3.0-or-later
// In which folder a file is run: relative paths in it begin there.
#pragma once

#include "analyzers/lineage/parsed_file.h"

#include <string>

namespace cupel::lineage {

// Relative to the workspace, without a slash at the end. Notebooks run in their folder, a script of a package where the
// package lies; a script further above, where files that it names are there and not below.
[[nodiscard]] std::string workingFolderOf(const ParsedFile& file, FileFinder& files);

} // namespace cupel::lineage
