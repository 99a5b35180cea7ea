// SPDX-License-Identifier: GPL-3.0-or-later
// Writing reports: a report document becomes a PDF that is byte-identical on repeat, or any finished text becomes a
// file. Blocking; call it from the export worker (or from a program without a window). Fill the request on the UI
// thread.
#pragma once

#include "analyzers/base/result.h"
#include "analyzers/model/report.h"
#include "widgets/report/paper.h"

#include <QtCore/QString>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::app {

struct PdfRequest {
    report::Document document;
    std::string findingsJson; // attached as findings.json; empty: nothing is attached
    widgets::PaperSize paper = widgets::PaperSize::A4;
    widgets::PaperFonts fonts; // the fonts of the theme
};

struct ExportOutcome {
    std::uint64_t bytes = 0;
    std::uint32_t pages = 0; // 0 for files without pages
    std::string sha256; // of the written file, hex
    std::vector<char32_t> missing; // characters no font of this machine can draw; they are printed as U+XXXX
};

// Replaces `path` in one step: an old file stays whole until the new one is complete.
[[nodiscard]] Result<ExportOutcome> exportPdf(const PdfRequest& request, const QString& path);
// The same for text made elsewhere: HTML, Markdown, SARIF, JSON.
[[nodiscard]] Result<ExportOutcome> exportText(std::string_view text, const QString& path);

} // namespace cupel::app
