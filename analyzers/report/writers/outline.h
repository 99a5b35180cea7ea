// SPDX-License-Identifier: GPL-3.0-or-later
// The numbered headings of a report, the same in HTML, Markdown, the contents page and the outline of the PDF.
#pragma once

#include "analyzers/model/report.h"

#include <string>
#include <vector>

namespace cupel::report {

struct OutlineEntry {
    int level = 1; // 1 section, 2 heading inside
    std::string number; // "2.1"
    std::string text;
    std::string anchor;
    int severity = -1;
    std::size_t section = 0;
    std::size_t block = 0; // of the heading in its section; 0 for the section itself
};

[[nodiscard]] std::string sectionAnchor(const Section& section);
[[nodiscard]] std::vector<OutlineEntry> outlineOf(const Document& document);
// "Audit report, churn"
[[nodiscard]] std::string fullTitle(const Document& document);
[[nodiscard]] std::string severityWord(int severity); // "Critical"; empty for -1

} // namespace cupel::report
