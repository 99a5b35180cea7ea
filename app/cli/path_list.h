// SPDX-License-Identifier: GPL-3.0-or-later
// The paths of --files-from.
#pragma once

#include <string>
#include <vector>

namespace cupel::cli {

// Adds the paths listed in `file` ("-": the standard input). False with a sentence in `error` when it cannot be read.
[[nodiscard]] bool appendPathList(
    const std::string& file, bool nulSeparated, std::vector<std::string>& paths, std::string& error);

} // namespace cupel::cli
