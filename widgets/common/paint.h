// SPDX-License-Identifier: GPL-3.0-or-later
// Small drawings that the style, widgets and delegates share: boxes, chips, key caps, focus rings. UI thread only.
#pragma once

#include "widgets/common/theme.h"

#include <QtCore/QRectF>
#include <QtCore/QString>

class QPainter;

namespace cupel::widgets {

namespace radius {
constexpr qreal chip = 4;
constexpr qreal control = 6;
constexpr qreal card = 10;
} // namespace radius

// `amount` 0 gives `from`, 1 gives `to`.
[[nodiscard]] QColor mixed(const QColor& from, const QColor& to, double amount);
[[nodiscard]] bool isDark(ThemeName theme);

// A rounded box with a crisp border inside `box`; an invalid colour leaves fill or border out.
void paintBox(QPainter& painter, const QRectF& box, qreal corner, const QColor& fill, const QColor& border = {},
    qreal borderWidth = 1.0);
// The 2 px accent ring, inside `box`.
void paintFocusRing(QPainter& painter, const QRectF& box, qreal corner);
// Background of a row in a list: selected, under the pointer, current with the keyboard.
void paintRow(QPainter& painter, const QRectF& box, bool selected, bool hovered, bool ring);

struct ChipLook {
    QString text;
    QString icon; // empty: none
    Token iconColor = Token::TextMuted;
    bool checked = false;
    bool hovered = false;
    bool removable = false; // a cross at the end
};
[[nodiscard]] QSize chipSize(const ChipLook& chip); // height 20 at zoom 1
void paintChip(QPainter& painter, const QRectF& box, const ChipLook& chip);

[[nodiscard]] QSize keyCapSize(const QString& key);
void paintKeyCap(QPainter& painter, const QRectF& box, const QString& key);

} // namespace cupel::widgets
