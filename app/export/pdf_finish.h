// SPDX-License-Identifier: GPL-3.0-or-later
// The second half of a PDF: what Qt's writer leaves out (bookmarks, links, language, attachment) and everything that
// differs from run to run (dates, ids) made steady. The one place that includes libqpdf.
#pragma once

#include "analyzers/base/result.h"
#include "widgets/report/pages.h"

#include <string>
#include <string_view>

namespace cupel::app {

struct PdfDetails {
    std::string title;
    std::string language; // BCP 47
    std::string date; // ISO date, or empty: the file carries no date
    std::string_view attachment; // findings.json; empty: none
};

[[nodiscard]] Result<std::string> finishPdf(
    std::string_view pdf, const widgets::Pages& pages, const PdfDetails& details);

} // namespace cupel::app
