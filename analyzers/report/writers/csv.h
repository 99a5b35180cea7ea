// SPDX-License-Identifier: GPL-3.0-or-later
// One row per finding for spreadsheets, RFC 4180. A text that a spreadsheet would take for a formula is written so that
// it stays text (CWE-1236).
#pragma once

#include "analyzers/report/writers/json_records.h"

namespace cupel::report {

void writeCsv(const Workspace& workspace, const RunInfo& run, const TextSink& sink);

} // namespace cupel::report
