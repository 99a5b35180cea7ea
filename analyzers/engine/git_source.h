// SPDX-License-Identifier: GPL-3.0-or-later
// Earlier revisions out of a git repository, by asking git for its objects: no filter, hook, pager or helper that the
// repository configures takes part, and nothing is fetched that is not there.
#pragma once

#include "analyzers/base/result.h"
#include "analyzers/model/analysis.h"
#include "analyzers/model/options.h"

#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace cupel::engine {

[[nodiscard]] Result<std::shared_ptr<const std::string>> gitBlob(
    const std::string& revision, const std::string& path, std::uint64_t mostBytes);

// Ordinary files below `folder` as the revision has them, relative to it, sorted; at most `most`.
[[nodiscard]] Result<std::vector<std::string>> gitFiles(
    const std::string& revision, const std::string& folder, std::size_t most);

// The whole of it judged, under the paths that today's files have. `root`: a file or a folder; a file that the revision
// has not is none of the analyses. Unsupported: git knows no such revision.
[[nodiscard]] Result<Workspace> gitWorkspace(const std::string& revision, const std::string& root,
    const ScanOptions& options, const std::stop_token& stop = {},
    const std::function<void(std::size_t, std::size_t)>& progress = {});

} // namespace cupel::engine
