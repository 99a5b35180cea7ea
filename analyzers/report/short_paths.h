// SPDX-License-Identifier: GPL-3.0-or-later
// Paths as they may leave this machine: relative to what was opened, never above it. For the machine-readable exports
// of the window; the command line keeps paths as they were given.
#pragma once

#include "analyzers/model/analysis.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cupel::report {

class ShortPaths {
public:
    explicit ShortPaths(const std::vector<std::string>& roots);
    // "sub/a.ipynb" below the one folder that was opened, "a.ipynb" for a file, "data/a.ipynb" where there are more
    // roots; the last part of the name for what stands outside of all.
    [[nodiscard]] std::string of(std::string_view path) const;

private:
    std::vector<std::pair<std::string, std::string>> m_labels; // root, its name: no name twice
};

// The same analyses under short paths: their own, those of containers, and those of findings and evidence.
[[nodiscard]] Workspace withShortPaths(const Workspace& workspace, const ShortPaths& paths);

} // namespace cupel::report
