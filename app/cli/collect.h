// SPDX-License-Identifier: GPL-3.0-or-later
// Runs a scan to its end, or to the user's interrupt, and gathers what the writers need. Main thread; the work is done
// by the engine's pool and, for the standard input, by one thread of its own.
#pragma once

#include "analyzers/model/analysis.h"
#include "analyzers/model/options.h"
#include "analyzers/report/model_brief.h"
#include "analyzers/report/offered_edits.h"
#include "app/cli/arguments.h"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace cupel::cli {

inline constexpr const char* standardInputPath = "-";

struct Request {
    std::vector<std::string> paths; // "-" is the standard input
    std::string stdinName; // its logical path, empty: "-"
    ScanOptions options;
    Confidence minConfidence = Confidence::Possible;
    // Sets Finding::settled; null: nothing is known before. Called where the analysis still has its bytes.
    std::function<void(const Analysis&, Finding&)> settle;
    // Asked about each analysis while it has its bytes; null: nothing.
    std::function<void(const Analysis&)> look;
    bool newOnly = false; // leave out what is settled
    bool planEdits = false; // work out what a fix would change; the analyses must hold their bytes
    bool tellModels = false; // what reports say of models; the analyses must hold their bytes
    bool keepFacts = false; // regions and the format's own part too, for reports
};

struct Collected {
    Workspace workspace;
    std::uint64_t belowConfidence = 0;
    std::uint64_t known = 0; // left out by newOnly
    std::map<std::string, report::OfferedEdits> edits; // by artifact, when they were asked for
    report::ModelBriefs models; // the same
};

[[nodiscard]] Collected collect(const Request& request, const Arguments& arguments);

} // namespace cupel::cli
