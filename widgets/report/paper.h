// SPDX-License-Identifier: GPL-3.0-or-later
// The measures of a printed page and the fonts on it. Lengths are tenths of a point: layout, preview and PDF share
// them, so a line breaks at the same place everywhere.
#pragma once

#include "widgets/common/theme.h"

#include <QtCore/QRectF>
#include <QtCore/QSizeF>
#include <QtCore/QStringList>
#include <QtGui/QFont>

namespace cupel::widgets {

inline constexpr int paperUnitsPerPoint = 10;
[[nodiscard]] constexpr qreal pt(qreal points)
{
    return points * paperUnitsPerPoint;
}

enum class PaperSize : std::uint8_t { A4, Letter };

[[nodiscard]] QSizeF pageSize(PaperSize paper); // in paper units
[[nodiscard]] QRectF textArea(PaperSize paper); // between the margins, above the footer

// Family names, taken from the theme on the UI thread; fonts are made from them on the thread that lays out.
struct PaperFonts {
    PaperFonts();
    QStringList text;
    QStringList code;
    // Never hinted and never shaped into ligatures or alternates: the text in the PDF stays what was written, so a
    // search finds it. Scripts that need shaping still get it.
    [[nodiscard]] QFont textFont(qreal points, bool strong = false) const;
    [[nodiscard]] QFont codeFont(qreal points) const;
};

} // namespace cupel::widgets
