// SPDX-License-Identifier: GPL-3.0-or-later
// What a scan is asked to do. Copied at the start; workers never see a later change.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/model/declared.h"
#include "analyzers/model/finding.h"

#include <string>
#include <vector>

namespace cupel {

struct ScanOptions {
    unsigned jobs = 0; // worker threads, 0: one per core
    Limits limits;
    std::vector<std::string> exclude; // globs against the path relative to its argument
    bool early = false; // what quick rules find is posted before slow ones are done, see Analysis::provisional
    bool keepBytes = false; // the window shows the file, the command line does not
    std::vector<std::string> onlyFamilies; // empty: all
    std::uint64_t memoryBytes = 0; // 0: no cap on bytes held at once
    DeclaredBeside declaredBeside; // lists of packages beside a file; empty: scans and proofs read them themselves
};

} // namespace cupel
