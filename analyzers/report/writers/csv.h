// SPDX-License-Identifier: GPL-3.0-or-later
// One row per finding for spreadsheets, RFC 4180. A text that a spreadsheet would take for a formula is written so that
// it stays text (CWE-1236).
#pragma once

#include "analyzers/report/writers/json_records.h"

#include <initializer_list>
#include <string>
#include <vector>

namespace cupel::report {

// One row: every cell quoted, without control characters, cut to 1,000 bytes, and never a formula.
[[nodiscard]] std::string csvRow(std::initializer_list<std::string> cells);
[[nodiscard]] std::string csvRow(const std::vector<std::string>& cells);

void writeCsv(const Workspace& workspace, const RunInfo& run, const TextSink& sink);

} // namespace cupel::report
