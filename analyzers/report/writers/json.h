// SPDX-License-Identifier: GPL-3.0-or-later
// `cupel scan -f json` (schema cupel.scan/1) and `-f jsonl`, the same records one per line, where the records of
// several runs over parts of a corpus make up those of one run over the whole. Deterministic; no times, no host names.
#pragma once

#include "analyzers/report/writers/json_records.h"

namespace cupel::report {

void writeJson(const Workspace& workspace, const RunInfo& run, const TextSink& sink);

// No line is longer than this, its line feed included.
inline constexpr std::size_t jsonlLineLimit = 1'000'000;
void writeJsonl(const Workspace& workspace, const RunInfo& run, const TextSink& sink);

} // namespace cupel::report
