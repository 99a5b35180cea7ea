// SPDX-License-Identifier: GPL-3.0-or-later
// Findings as the test results that every CI server shows: a suite per file, a failed case per open finding, a skipped
// one per settled finding, an error for what could not be read.
#pragma once

#include "analyzers/report/writers/json_records.h"

namespace cupel::report {

void writeJunit(const Workspace& workspace, const RunInfo& run, const TextSink& sink);

} // namespace cupel::report
