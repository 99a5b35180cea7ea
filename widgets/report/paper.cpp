// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/report/paper.h"

namespace cupel::widgets {

namespace {

constexpr qreal sideMargin = pt(50);
constexpr qreal topMargin = pt(52);
constexpr qreal bottomMargin = pt(66);

QFont made(const QStringList& families, qreal points)
{
    QFont font;
    font.setFamilies(families);
    font.setPixelSize(qRound(pt(points)));
    font.setHintingPreference(QFont::PreferNoHinting);
    font.setStyleStrategy(QFont::PreferNoShaping);
    return font;
}

} // namespace

QSizeF pageSize(PaperSize paper)
{
    return paper == PaperSize::A4 ? QSizeF(pt(595), pt(842)) : QSizeF(pt(612), pt(792));
}

QRectF textArea(PaperSize paper)
{
    return QRectF(QPointF(0, 0), pageSize(paper)).adjusted(sideMargin, topMargin, -sideMargin, -bottomMargin);
}

PaperFonts::PaperFonts()
    : text(font(TextRole::Base).families())
    , code(font(TextRole::Code).families())
{
}

QFont PaperFonts::textFont(qreal points, bool strong) const
{
    QFont font = made(text, points);
    font.setWeight(strong ? QFont::DemiBold : QFont::Normal);
    return font;
}

QFont PaperFonts::codeFont(qreal points) const
{
    QFont font = made(code, points);
    font.setFixedPitch(true);
    return font;
}

} // namespace cupel::widgets
