// SPDX-License-Identifier: GPL-3.0-or-later
// A report as Markdown (the GitHub dialect, for its tables).
#pragma once

#include "analyzers/model/report.h"

#include <string>
#include <string_view>

namespace cupel::report {

[[nodiscard]] std::string writeMarkdown(const Document& document);
// Text that means itself: nothing in it starts markup, links or HTML.
[[nodiscard]] std::string escapeMarkdown(std::string_view text);

} // namespace cupel::report
