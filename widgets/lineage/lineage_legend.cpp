// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/lineage/lineage_legend.h"

#include "widgets/canvas/scene_paint.h"
#include "widgets/common/paint.h"

#include <QtGui/QPainter>

#include <cmath>

namespace cupel::widgets {

namespace {

constexpr int inset = 20;
constexpr int gap = 22;

void paintKind(QPainter& painter, const QRectF& box, LineageKind kind)
{
    const NodeShape shape = kind == LineageKind::Data ? NodeShape::Data
        : kind == LineageKind::Models                 ? NodeShape::Model
                                                      : NodeShape::Code;
    paintShape(painter, box, shape, kind == LineageKind::Outside, color(Token::ControlBorder));
}

} // namespace

QIcon shapeIcon(LineageKind kind, qreal devicePixelRatio)
{
    QPixmap picture(shapeSize * std::ceil(devicePixelRatio));
    picture.setDevicePixelRatio(std::ceil(devicePixelRatio));
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    paintKind(painter, QRectF(QPointF(), QSizeF(shapeSize)), kind);
    return QIcon(picture);
}

LineageLegend::LineageLegend(QWidget* parent)
    : QWidget(parent)
{
    setAccessibleName(tr("Legend: double outline is data, box is code, hexagon is a model, dashed outline is outside"));
}

void LineageLegend::setRest(bool path, int rest)
{
    m_path = path;
    m_rest = rest;
    update();
}

QSize LineageLegend::sizeHint() const
{
    return {400, lineHeight(TextRole::Small) + 16};
}

void LineageLegend::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), color(Token::Surface));
    painter.setFont(widgets::font(TextRole::Small));
    qreal at = inset;
    const qreal middle = height() / 2.0;
    const auto fits = [&](const QString& text, qreal sign) {
        return at + sign + painter.fontMetrics().horizontalAdvance(text) <= width() - 8;
    };
    const auto words = [&](const QString& text) {
        const qreal width = painter.fontMetrics().horizontalAdvance(text);
        painter.setPen(color(Token::TextSecondary));
        painter.drawText(QRectF(at, 0, width + 2, height()), Qt::AlignLeft | Qt::AlignVCenter, text);
        at += width + gap;
    };
    constexpr LineageKind kinds[] = {LineageKind::Data, LineageKind::Code, LineageKind::Models, LineageKind::Outside};
    const QString names[] = {tr("data"), tr("code"), tr("model"), tr("outside")};
    for (std::size_t i = 0; i < lineageKinds; ++i) {
        if (!fits(names[i], shapeSize.width() + 8)) {
            return;
        }
        paintKind(painter, QRectF(at, middle - 8, shapeSize.width(), shapeSize.height()), kinds[i]);
        at += shapeSize.width() + 8;
        words(names[i]);
    }
    if (!fits(tr("a guess"), 38)) {
        return;
    }
    painter.setPen(QPen(color(Token::ControlBorder), 1.5, Qt::DashLine));
    painter.drawLine(QPointF(at, middle), QPointF(at + 30, middle));
    at += 38;
    words(tr("a guess"));
    if (!m_path || !fits(tr("path, numbered"), 38)) {
        return;
    }
    painter.setPen(QPen(color(Token::Accent), 3));
    painter.drawLine(QPointF(at, middle), QPointF(at + 30, middle));
    const QRectF number(at + 8, middle - 7, 14, 14);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color(Token::Accent));
    painter.drawEllipse(number);
    painter.setPen(color(Token::TextOnAccent));
    painter.setFont(widgets::font(TextRole::Caption, true));
    painter.drawText(number, Qt::AlignCenter, QStringLiteral("1"));
    painter.setFont(widgets::font(TextRole::Small));
    at += 38;
    words(tr("path, numbered"));
    const QString rest = tr("%n node(s) not on this path", nullptr, m_rest);
    if (!fits(rest, shapeSize.width() + 8)) {
        return;
    }
    paintBox(painter, QRectF(at, middle - 8, shapeSize.width(), shapeSize.height()), 2, {}, color(Token::Hairline));
    at += shapeSize.width() + 8;
    words(rest);
}

} // namespace cupel::widgets
