// SPDX-License-Identifier: GPL-3.0-or-later
// Several archives that are unpacked into one folder: in which of them a file that is read there lay, by their names.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace cupel::lineage {

// Whether an edge of this rule leads from an archive to the folder that it was unpacked into.
[[nodiscard]] bool unpacks(std::string_view rule);
// "data/a.csv" at the top of the workspace or in a folder of it; no address, nothing above it.
[[nodiscard]] bool isBelowTop(std::string_view path);
// By its ending: "a.zip", "a.tar.gz".
[[nodiscard]] bool isArchive(std::string_view path);
// Those of `archives` (paths, addresses) whose name stands in `below`, the path in the folder; of several the ones that
// fit best. Empty: the names say nothing.
[[nodiscard]] std::vector<std::size_t> archivesOf(
    const std::vector<std::string_view>& archives, std::string_view below);

} // namespace cupel::lineage
