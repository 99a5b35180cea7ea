// SPDX-License-Identifier: GPL-3.0-or-later
// The measures of a printed page and the fonts on it. Lengths are tenths of a point: layout, preview and PDF share
// them, so a line breaks at the same place everywhere.
#pragma once

#include "widgets/common/theme.h"

#include <QtCore/QRectF>
#include <QtCore/QSizeF>
#include <QtCore/QString>
#include <QtGui/QFont>

namespace cupel::widgets {

inline constexpr int paperUnitsPerPoint = 10;

enum class PaperSize : std::uint8_t { A4, Letter };

[[nodiscard]] QSizeF pageSize(PaperSize paper); // in paper units
[[nodiscard]] QRectF textArea(PaperSize paper); // between the margins, above the footer
[[nodiscard]] QRectF footerArea(PaperSize paper);

// Family names, taken from the theme on the UI thread; fonts are made from them on the thread that lays out.
struct PaperFonts {
    PaperFonts();
    QString text;
    QString code;
    // Never hinted, never with ligatures: the text in the PDF stays searchable.
    [[nodiscard]] QFont textFont(qreal points, bool strong = false) const;
    [[nodiscard]] QFont codeFont(qreal points) const;
};

} // namespace cupel::widgets
