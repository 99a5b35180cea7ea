// SPDX-License-Identifier: GPL-3.0-or-later
// What stands on nodes, or for them in lists: signs of findings, marks of what differs, shapes alone.
#include "widgets/canvas/scene_paint.h"

#include "widgets/common/severity.h"

#include <QtGui/QPainter>
#include <QtGui/QPolygonF>

namespace cupel::widgets {

QColor markColor(SceneMark mark, ThemeName theme)
{
    switch (mark) {
    case SceneMark::Added:
        return color(Token::Ok, theme);
    case SceneMark::Removed:
        return color(Token::Critical, theme);
    case SceneMark::Changed:
        return color(Token::Medium, theme);
    case SceneMark::None:
        break;
    }
    return Qt::white;
}

QString markSign(SceneMark mark)
{
    static constexpr char16_t signs[] = {u' ', u'+', u'\u2212', u'~'};
    return mark == SceneMark::None ? QString() : QString(QChar(signs[static_cast<std::size_t>(mark)]));
}

void paintMark(QPainter& painter, const QRectF& node, SceneMark mark, qreal size, ThemeName theme)
{
    const QColor surface = color(Token::Surface, theme);
    QFont bold = nodeFont(true);
    bold.setPixelSize(qRound(size * 0.8));
    const QRectF box(node.left() - size / 4, node.bottom() - size * 0.75, size, size);
    painter.setPen(QPen(surface, 1.5));
    painter.setBrush(markColor(mark, theme));
    painter.drawEllipse(box);
    painter.setFont(bold);
    painter.setPen(surface);
    painter.drawText(box, Qt::AlignCenter, markSign(mark));
}

void paintShape(QPainter& painter, const QRectF& box, NodeShape shape, bool outside, const QColor& border)
{
    const QRectF inside = box.adjusted(0.75, 0.75, -0.75, -0.75);
    painter.setRenderHint(QPainter::Antialiasing, true);
    painter.setPen(QPen(border, 1.25, outside ? Qt::DashLine : Qt::SolidLine));
    painter.setBrush(Qt::NoBrush);
    if (outside) {
        QPen pen(border, 1.25);
        pen.setCapStyle(Qt::FlatCap);
        pen.setDashPattern({2.4, 2.4});
        painter.setPen(pen);
    }
    if (shape == NodeShape::Model) {
        const qreal tip = inside.width() / 4;
        painter.drawPolygon(QPolygonF({{inside.left() + tip, inside.top()}, {inside.right() - tip, inside.top()},
            {inside.right(), inside.center().y()}, {inside.right() - tip, inside.bottom()},
            {inside.left() + tip, inside.bottom()}, {inside.left(), inside.center().y()}}));
    } else if (shape == NodeShape::Data && !outside) {
        painter.drawRoundedRect(inside, inside.height() / 2, inside.height() / 2);
        painter.drawRoundedRect(inside.adjusted(3, 3, -3, -3), inside.height() / 2 - 3, inside.height() / 2 - 3);
    } else {
        painter.drawRoundedRect(inside, 2, 2);
    }
}

void paintSign(QPainter& painter, const SceneNode& node, qreal size, ThemeName theme)
{
    const QPointF corner(node.box.right() - size * 0.25, node.box.top() + size * 0.25);
    paintSeverity(
        painter, QRectF(corner.x() - size / 2, corner.y() - size / 2, size, size), *node.sign, size >= 18, theme);
}

} // namespace cupel::widgets
