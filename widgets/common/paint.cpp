// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/paint.h"

#include "widgets/common/icons.h"

#include <QtGui/QFontMetricsF>
#include <QtGui/QPainter>

#include <cmath>

namespace cupel::widgets {

namespace {

constexpr int chipPadding = 6;
constexpr int chipIcon = 12;
constexpr int chipGap = 4;

int chipHeight()
{
    return lineHeight(TextRole::Caption) + 4;
}

} // namespace

QColor mixed(const QColor& from, const QColor& to, double amount)
{
    const auto part = [amount](int a, int b) { return static_cast<int>(std::lround(a + (b - a) * amount)); };
    return {part(from.red(), to.red()), part(from.green(), to.green()), part(from.blue(), to.blue())};
}

bool isDark(ThemeName theme)
{
    return theme == ThemeName::Dark || theme == ThemeName::ContrastDark;
}

void paintBox(
    QPainter& painter, const QRectF& box, qreal corner, const QColor& fill, const QColor& border, qreal borderWidth)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    if (border.isValid()) {
        const qreal half = borderWidth / 2;
        painter.setPen(QPen(border, borderWidth));
        painter.drawRoundedRect(box.adjusted(half, half, -half, -half), corner - half, corner - half);
    } else {
        painter.setPen(Qt::NoPen);
        painter.drawRoundedRect(box, corner, corner);
    }
    painter.restore();
}

void paintFocusRing(QPainter& painter, const QRectF& box, qreal corner)
{
    paintBox(painter, box, corner, {}, color(Token::Accent), 2.0);
}

void paintRow(QPainter& painter, const QRectF& box, bool selected, bool hovered, bool ring)
{
    if (selected) {
        paintBox(painter, box, radius::control, color(Token::Selection));
    } else if (hovered) {
        paintBox(painter, box, radius::control, color(Token::Third));
    }
    if (ring) {
        paintFocusRing(painter, box, radius::control);
    }
}

QSize chipSize(const ChipLook& chip)
{
    const QFontMetricsF metrics(font(TextRole::Caption));
    qreal width = std::ceil(metrics.horizontalAdvance(chip.text)) + 2 * chipPadding + 2;
    width += chip.icon.isEmpty() ? 0 : chipIcon + chipGap;
    width += chip.removable ? chipIcon + chipGap : 0;
    return {static_cast<int>(width), chipHeight()};
}

void paintChip(QPainter& painter, const QRectF& box, const ChipLook& chip)
{
    const QColor border = color(chip.checked ? Token::Accent : Token::Hairline);
    // Of the few colours with much contrast, the one of a selection is close to the surface: it is turned round there.
    const bool strong =
        chip.checked && (currentTheme() == ThemeName::ContrastDark || currentTheme() == ThemeName::ContrastLight);
    const Token fill = strong ? Token::Accent
        : chip.checked        ? Token::Selection
        : chip.hovered        ? Token::Third
                              : Token::Surface;
    paintBox(painter, box, radius::chip, color(fill), border);
    QRectF inner = box.adjusted(chipPadding + 1, 0, -chipPadding - 1, 0);
    if (!chip.icon.isEmpty()) {
        paintIcon(painter, QRectF(inner.left(), inner.center().y() - chipIcon / 2.0, chipIcon, chipIcon), chip.icon,
            strong ? Token::TextOnAccent : chip.iconColor);
        inner.setLeft(inner.left() + chipIcon + chipGap);
    }
    if (chip.removable) {
        const QRectF cross(inner.right() - chipIcon, inner.center().y() - chipIcon / 2.0, chipIcon, chipIcon);
        paintIcon(painter, cross, QStringLiteral("x"), strong ? Token::TextOnAccent : Token::TextSecondary);
        inner.setRight(cross.left() - chipGap);
    }
    painter.save();
    painter.setFont(font(TextRole::Caption));
    painter.setPen(color(strong ? Token::TextOnAccent : chip.checked ? Token::TextPrimary : Token::TextSecondary));
    const QString text =
        painter.fontMetrics().elidedText(chip.text, Qt::ElideRight, static_cast<int>(inner.width()) + 1);
    painter.drawText(inner, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextDontClip, text);
    painter.restore();
}

QSize keyCapSize(const QString& key)
{
    const QFontMetricsF metrics(font(TextRole::Caption));
    const int height = chipHeight();
    const int width = static_cast<int>(std::ceil(metrics.horizontalAdvance(key))) + 2 * chipPadding;
    return {std::max(width, height), height};
}

void paintKeyCap(QPainter& painter, const QRectF& box, const QString& key)
{
    paintBox(painter, box, radius::chip, color(Token::Surface), color(Token::ControlBorder));
    painter.save();
    painter.setFont(font(TextRole::Caption));
    painter.setPen(color(Token::TextSecondary));
    painter.drawText(box, Qt::AlignCenter, key);
    painter.restore();
}

} // namespace cupel::widgets
