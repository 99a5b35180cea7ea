// SPDX-License-Identifier: GPL-3.0-or-later
// One function per command: takes the arguments, writes results, returns the exit code.
#pragma once

#include "app/cli/arguments.h"

namespace cupel::cli {

[[nodiscard]] Exit runScan(const Arguments& arguments);
[[nodiscard]] Exit runInspect(const Arguments& arguments);
[[nodiscard]] Exit runFix(const Arguments& arguments);
[[nodiscard]] Exit runConvert(const Arguments& arguments);
[[nodiscard]] Exit runStrip(const Arguments& arguments);
[[nodiscard]] Exit runDiff(const Arguments& arguments);
[[nodiscard]] Exit runLineage(const Arguments& arguments);
[[nodiscard]] Exit runThreats(const Arguments& arguments);
[[nodiscard]] Exit runThreatModel(const Arguments& arguments);
[[nodiscard]] Exit runRules(const Arguments& arguments);
[[nodiscard]] Exit runExplain(const Arguments& arguments);
[[nodiscard]] Exit runOpen(const Arguments& arguments);

} // namespace cupel::cli
