// SPDX-License-Identifier: GPL-3.0-or-later
// A report as one HTML file: no script, no reference to anything outside the file, light and dark, fit for printing.
#pragma once

#include "analyzers/model/report.h"

#include <string>
#include <string_view>

namespace cupel::report {

[[nodiscard]] std::string writeHtml(const Document& document);
[[nodiscard]] std::string escapeHtml(std::string_view text);
// Style sheet and severity shapes, in html_style.cpp.
[[nodiscard]] std::string_view htmlStyle();
[[nodiscard]] std::string_view htmlShapes();

} // namespace cupel::report
