// SPDX-License-Identifier: GPL-3.0-or-later
// Threat models and what was made of them, to the standard output and to files.
#pragma once

#include "app/cli/arguments.h"

#include "analyzers/model/report.h"
#include "analyzers/report/threats/threat_writers.h"

#include <functional>
#include <string>

namespace cupel::cli {

// False: a file cannot be written, and it was said.
[[nodiscard]] bool canWriteAll(const Arguments& arguments);

// False: it stopped before the end, and said so; a file does not appear then.
using WriteOne = std::function<bool(const std::string& format, const report::TextStyle&, const report::TextSink&)>;
// Files first: they are what a job keeps, whatever becomes of the pipe. False: something could not be written, and
// it was said; what stopped by itself does not count.
[[nodiscard]] bool writeEach(const Arguments& arguments, const WriteOne& write);
// What html and md are made of; called when one of them was asked for.
using MakeDocument = std::function<report::Document()>;
[[nodiscard]] bool writeModels(const Arguments& arguments, const threats::ThreatModel& model,
    const MakeDocument& document = {},
    const threats::Overlaid* team = nullptr); // whose controls the text lists

} // namespace cupel::cli
