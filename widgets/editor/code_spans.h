// SPDX-License-Identifier: GPL-3.0-or-later
// Colours for source code in one pass: good enough to read by, never wrong about where text stands. Not a parser.
#pragma once

#include "widgets/editor/ink.h"

#include <QtCore/QString>

#include <vector>

namespace cupel::widgets {

enum class Language : std::uint8_t { Python, R, Julia, Json, Other };

[[nodiscard]] Language languageOf(
    QStringView name); // "python", "R", "julia" ...; Other: no colours but strings and numbers
// Sorted and disjoint; text between spans has the primary colour.
[[nodiscard]] std::vector<Span> codeSpans(QStringView code, Language language);

} // namespace cupel::widgets
