// SPDX-License-Identifier: GPL-3.0-or-later
// One artifact: bytes to facts to findings. A pure function; runs on any thread.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/model/analysis.h"
#include "analyzers/model/options.h"

namespace cupel::engine {

// `children`, when given, receives the members of a container for the caller to queue.
[[nodiscard]] Analysis analyze(
    Artifact artifact, const ScanOptions& options, Budget& budget, std::vector<Artifact>* children = nullptr);

// An analysis for something that could not be read at all.
[[nodiscard]] Analysis unreadable(std::string path, const Error& error);

} // namespace cupel::engine
