// SPDX-License-Identifier: GPL-3.0-or-later
// The second half of a PDF: what Qt's writer leaves out (bookmarks, links, language, attachment) and everything that
// differs from run to run (dates, ids) made steady. The one place that uses libqpdf. Plain values only, because
// pdf_finish.cpp is compiled as C++17: clang rejects a header of qpdf 11.3 under C++20.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cupel::app {

struct PdfTarget {
    int page = -1; // 0-based; -1: leads nowhere
    double top = 0; // points from the foot of the page
};

struct PdfLink {
    int page = 0;
    double left = 0; // points, from the foot of the page
    double bottom = 0;
    double right = 0;
    double top = 0;
    PdfTarget target;
};

struct PdfBookmark {
    int level = 1; // 1, or 2 inside the last one of level 1
    std::string title;
    PdfTarget target;
};

struct PdfParts {
    std::vector<PdfLink> links;
    std::vector<PdfBookmark> bookmarks;
    std::string title;
    std::string language; // BCP 47
    std::string date; // ISO date, or empty: the file carries no date
    std::string_view attachment; // findings.json; empty: none
};

// The finished file; empty when the input is not a PDF that can be read.
[[nodiscard]] std::string finishPdf(std::string_view pdf, const PdfParts& parts);

} // namespace cupel::app
