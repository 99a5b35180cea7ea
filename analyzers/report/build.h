// SPDX-License-Identifier: GPL-3.0-or-later
// A workspace turned into a report document: the sections of sections.def in order.
#pragma once

#include "analyzers/model/analysis.h"
#include "analyzers/model/report.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::report {

struct Options {
    std::string subject; // "churn-model.ipynb"; empty: taken from the roots
    std::string date; // ISO date to print, empty: undated and so reproducible
    std::vector<std::string> sections; // ids to include, empty: all
    Severity minSeverity = Severity::Info;
};

struct Input {
    const Workspace& workspace;
    const Options& options;
    Summary summary;
};

struct SectionEntry {
    std::string_view id;
    std::string_view title;
    Section (*build)(const Input& input);
};

[[nodiscard]] std::span<const SectionEntry> sections();
[[nodiscard]] Document build(const Workspace& workspace, const Options& options);

} // namespace cupel::report
