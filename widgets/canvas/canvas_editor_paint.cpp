// SPDX-License-Identifier: GPL-3.0-or-later
// CanvasEditor: what is seen of a change that is not made yet, and what a press would do.
#include "widgets/canvas/canvas_editor.h"

#include "widgets/canvas/graph_canvas.h"
#include "widgets/common/theme.h"

#include <QtGui/QPainter>

#include <algorithm>
#include <array>
#include <cmath>

namespace cupel::widgets {

namespace {

constexpr std::array<Qt::CursorShape, 8> handleCursors{Qt::SizeFDiagCursor, Qt::SizeVerCursor, Qt::SizeBDiagCursor,
    Qt::SizeHorCursor, Qt::SizeFDiagCursor, Qt::SizeVerCursor, Qt::SizeBDiagCursor, Qt::SizeHorCursor};

void paintLink(QPainter& painter, const QRectF& from, const QPointF& to, const QColor& ink)
{
    constexpr qreal arrow = 10;
    QPointF start = from.center();
    const QPointF off = to - start;
    const qreal length = std::hypot(off.x(), off.y());
    if (length < 1) {
        return;
    }
    const qreal cut = std::min(off.x() == 0 ? 1.0 : from.width() / 2 / std::abs(off.x()),
        off.y() == 0 ? 1.0 : from.height() / 2 / std::abs(off.y()));
    start += off * std::min(cut, 1.0);
    painter.setPen(QPen(ink, 2));
    painter.drawLine(start, to);
    const QPointF ahead = off / length;
    const QPointF side(-ahead.y(), ahead.x());
    const QPointF head[] = {to, to - ahead * arrow + side * (arrow * 0.5), to - ahead * arrow - side * (arrow * 0.5)};
    painter.setBrush(ink);
    painter.drawPolygon(head, 3);
}

} // namespace

void CanvasEditor::paint(QPainter& painter) const
{
    const auto& scene = *m_canvas.scene();
    const QColor accent = color(Token::Accent);
    QColor veil = accent;
    veil.setAlphaF(0.16F);
    painter.setRenderHint(QPainter::Antialiasing, true);
    if (m_frame < scene.frames().size()) {
        const bool drags = (m_drag == Drag::FrameMove || m_drag == Drag::FrameSize) && m_moved;
        const QRectF box = m_canvas.toViewport(drags ? changedFrame() : scene.frames()[m_frame].box);
        painter.setPen(QPen(accent, 2));
        painter.setBrush(drags ? QBrush(veil) : QBrush(Qt::NoBrush));
        painter.drawRoundedRect(box, 8, 8);
        painter.setBrush(color(Token::Surface));
        for (const qreal x : {box.left(), box.center().x(), box.right()}) {
            for (const qreal y : {box.top(), box.center().y(), box.bottom()}) {
                if (QPointF(x, y) != box.center()) {
                    painter.drawRect(QRectF(x - 3.5, y - 3.5, 7, 7));
                }
            }
        }
    }
    if (m_drag == Drag::Nodes && m_moved) {
        painter.setPen(QPen(accent, 1.5));
        painter.setBrush(veil);
        for (const auto node : m_canvas.selection()) {
            painter.drawRoundedRect(m_canvas.toViewport(scene.nodes()[node].box.translated(m_by)), 4, 4);
        }
        painter.setPen(QPen(accent, 1, Qt::DashLine));
        const QRectF all(m_canvas.viewport()->rect());
        for (const qreal x : m_guidesX) {
            const qreal at = m_canvas.toViewport({x, 0, 0, 0}).left();
            painter.drawLine(QPointF(at, all.top()), QPointF(at, all.bottom()));
        }
        for (const qreal y : m_guidesY) {
            const qreal at = m_canvas.toViewport({0, y, 0, 0}).top();
            painter.drawLine(QPointF(all.left(), at), QPointF(all.right(), at));
        }
    }
    if (m_drag == Drag::Area && m_moved) {
        painter.setPen(QPen(accent, 2, Qt::DashLine));
        painter.setBrush(veil);
        painter.drawRoundedRect(QRectF(m_from, m_at).normalized(), 8, 8);
    }
    const bool links = (m_drag == Drag::Link && m_moved) || (m_drag == Drag::None && m_tool == Tool::Link);
    if (links && m_node < scene.nodes().size()) {
        const QRectF from = m_canvas.toViewport(scene.nodes()[m_node].box);
        const auto current = m_canvas.current();
        const bool byKeys = m_drag == Drag::None && current < scene.nodes().size() && current != m_node;
        const QPointF to = byKeys ? m_canvas.toViewport(scene.nodes()[current].box).center() : m_at;
        painter.setPen(QPen(accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(from.adjusted(-3, -3, 3, 3), 6, 6);
        const auto over = m_drag == Drag::Link ? scene.nodeAt(m_canvas.toScene(m_at)) : GraphScene::none;
        if (over != GraphScene::none && over != m_node) {
            painter.drawRoundedRect(m_canvas.toViewport(scene.nodes()[over].box).adjusted(-3, -3, 3, 3), 6, 6);
        }
        if (m_drag == Drag::Link || byKeys) {
            paintLink(painter, from, to, accent);
        }
    }
}

void CanvasEditor::setCursor(const QPointF& place)
{
    if (m_tool != Tool::Select) {
        return;
    }
    const QPointF at = m_canvas.toScene(place);
    const auto node = m_canvas.scene()->nodeAt(at);
    const int handle = node == GraphScene::none ? handleAt(place) : -1;
    const Qt::CursorShape shape = node != GraphScene::none
        ? (atBorder(node, place) ? Qt::CrossCursor : Qt::PointingHandCursor)
        : handle >= 0                                       ? handleCursors[static_cast<std::size_t>(handle)]
        : m_canvas.scene()->frameAt(at) != GraphScene::none ? Qt::SizeAllCursor
                                                            : Qt::ArrowCursor;
    m_canvas.viewport()->setCursor(shape);
}

} // namespace cupel::widgets
