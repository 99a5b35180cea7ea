// SPDX-License-Identifier: GPL-3.0-or-later
// GraphCanvas: mouse, wheel and keyboard.
#include "widgets/canvas/graph_canvas.h"

#include "widgets/canvas/canvas_editor.h"
#include "widgets/common/labels.h"
#include "widgets/common/severity.h"

#include <QtGui/QHelpEvent>
#include <QtGui/QKeyEvent>
#include <QtGui/QMouseEvent>
#include <QtGui/QWheelEvent>
#include <QtWidgets/QApplication>
#include <QtWidgets/QRubberBand>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QToolTip>

#include <cmath>
#include <utility>

namespace cupel::widgets {

namespace {

constexpr qreal zoomStep = 1.25;
constexpr qreal edgeReach = 5; // pixels around a line

} // namespace

void GraphCanvas::wheelEvent(QWheelEvent* event)
{
    if (event->modifiers().testFlag(Qt::ControlModifier)) {
        const qreal notches = event->angleDelta().y() / 120.0;
        zoomAt(event->position(), m_zoom * std::pow(zoomStep, notches));
        event->accept();
        return;
    }
    m_fitted = m_untouched = false;
    const QPoint pixels = event->pixelDelta().isNull() ? event->angleDelta() / 2 : event->pixelDelta();
    const bool across = event->modifiers().testFlag(Qt::ShiftModifier) && pixels.x() == 0;
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() - (across ? pixels.y() : pixels.x()));
    if (!across) {
        verticalScrollBar()->setValue(verticalScrollBar()->value() - pixels.y());
    }
    event->accept();
}

void GraphCanvas::mousePressEvent(QMouseEvent* event)
{
    m_moved = false;
    m_walked = GraphScene::none;
    const bool pans = event->button() == Qt::MiddleButton || (event->button() == Qt::LeftButton && m_space);
    if (m_editor && !pans && m_editor->press(event)) {
        return;
    }
    const auto node = m_scene->nodeAt(toScene(event->position()));
    if (event->button() != Qt::LeftButton && !pans) {
        return;
    }
    if (!pans && node != GraphScene::none) {
        setCurrent(node, event->modifiers() & (Qt::ShiftModifier | Qt::ControlModifier));
        m_dragged = m_moves && !event->modifiers() && m_moves(node) ? node : GraphScene::none;
        m_dragFrom = event->position().toPoint();
        return;
    }
    if (!pans && event->modifiers().testFlag(Qt::ShiftModifier)) {
        m_bandFrom = event->position().toPoint();
        m_band = m_band ? m_band : new QRubberBand(QRubberBand::Rectangle, viewport());
        m_band->setGeometry(QRect(m_bandFrom, QSize()));
        m_band->show();
        return;
    }
    if (const auto edge = edgeNear(event->position()); !pans && m_choosesEdges && edge != GraphScene::none) {
        setCurrentEdge(edge);
        Q_EMIT edgeChosen(edge);
        return;
    }
    m_panning = true;
    m_panFrom = event->position().toPoint();
    viewport()->setCursor(Qt::ClosedHandCursor);
}

std::uint32_t GraphCanvas::edgeNear(const QPointF& viewportPlace) const
{
    return m_scene->edgeAt(toScene(viewportPlace), edgeReach / m_zoom);
}

void GraphCanvas::mouseMoveEvent(QMouseEvent* event)
{
    const QPoint at = event->position().toPoint();
    if (!m_panning && m_editor && !(m_band && m_band->isVisible()) && m_editor->move(event)) {
        return;
    }
    if (dragTo(at)) {
        return;
    }
    if (m_panning) {
        const QPoint off = at - m_panFrom;
        if (m_moved || off.manhattanLength() >= QApplication::startDragDistance()) {
            m_moved = true;
            m_fitted = m_untouched = false;
            m_panFrom = at;
            horizontalScrollBar()->setValue(horizontalScrollBar()->value() - off.x());
            verticalScrollBar()->setValue(verticalScrollBar()->value() - off.y());
        }
        return;
    }
    if (m_band && m_band->isVisible()) {
        m_band->setGeometry(QRect(m_bandFrom, at).normalized());
        return;
    }
    hover(event->position());
}

// The frame of a node follows the pointer. False: none is dragged.
bool GraphCanvas::dragTo(const QPoint& place)
{
    if (m_dragged >= m_scene->nodes().size()) {
        return false;
    }
    if (!m_moved && (place - m_dragFrom).manhattanLength() < QApplication::startDragDistance()) {
        return true;
    }
    m_moved = true;
    m_band = m_band ? m_band : new QRubberBand(QRubberBand::Rectangle, viewport());
    m_band->setGeometry(toViewport(m_scene->nodes()[m_dragged].box).toAlignedRect().translated(place - m_dragFrom));
    m_band->show();
    return true;
}

void GraphCanvas::mouseReleaseEvent(QMouseEvent* event)
{
    if (!m_panning && m_editor && !(m_band && m_band->isVisible()) && m_editor->release(event)) {
        return;
    }
    if (const auto node = std::exchange(m_dragged, GraphScene::none); node < m_scene->nodes().size()) {
        if (m_moved) {
            m_band->hide();
            const QPointF off = QPointF(event->position().toPoint() - m_dragFrom) / scale();
            Q_EMIT moved(node, m_scene->nodes()[node].box.center() + off);
        }
        return;
    }
    if (m_panning) {
        m_panning = false;
        viewport()->setCursor(m_space ? Qt::OpenHandCursor : Qt::ArrowCursor);
        if (!m_moved && event->button() == Qt::LeftButton) { // a click on nothing
            if (!m_keepsShown) {
                setShown({});
            }
            setCurrentEdge(GraphScene::none);
            setCurrent(GraphScene::none);
        }
    } else if (m_band && m_band->isVisible()) {
        endBand();
    }
}

void GraphCanvas::endBand()
{
    m_band->hide();
    const QRect band = m_band->geometry();
    const QRectF area(toScene(band.topLeft()), toScene(band.bottomRight()));
    m_scene->nodesIn(area, m_scratch);
    setSelection(m_scratch);
}

void GraphCanvas::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (m_editor && m_editor->doubleClick(event)) {
        return;
    }
    const auto node = m_scene->nodeAt(toScene(event->position()));
    if (event->button() != Qt::LeftButton) {
        return;
    }
    if (node != GraphScene::none) {
        Q_EMIT activated(node);
    } else if (const auto frame = m_scene->frameAt(toScene(event->position())); frame != GraphScene::none) {
        Q_EMIT frameActivated(frame);
    } else if (const auto edge = edgeNear(event->position()); m_choosesEdges && edge != GraphScene::none) {
        Q_EMIT edgeActivated(edge);
    }
}

void GraphCanvas::hover(const QPointF& viewportPlace)
{
    const auto node = m_scene->nodeAt(toScene(viewportPlace));
    if (node != m_look.hovered) {
        updateNode(m_look.hovered);
        m_look.hovered = node;
        updateNode(node);
        if (m_editor) {
            return; // it knows more of what a press would do
        }
        viewport()->setCursor(m_space      ? Qt::OpenHandCursor
                : node != GraphScene::none ? Qt::PointingHandCursor
                                           : Qt::ArrowCursor);
    }
}

void GraphCanvas::updateNode(std::uint32_t node)
{
    if (node < m_scene->nodes().size() && m_zoom >= fullDetail) {
        viewport()->update(toViewport(m_scene->nodes()[node].box).adjusted(-10, -12, 12, 10).toAlignedRect());
    }
}

QString GraphCanvas::tip(const QPointF& viewportPlace) const
{
    const QPointF place = toScene(viewportPlace);
    if (const auto node = m_scene->nodeAt(place); node != GraphScene::none) {
        return spoken(node);
    }
    const auto number = edgeNear(viewportPlace);
    if (number == GraphScene::none) {
        const auto frame = m_scene->frameAt(place);
        return frame == GraphScene::none
            ? QString()
            : (m_editor ? tr("%1: drag it, a double click names it") : tr("%1: a double click folds it"))
                  .arg(m_scene->frames()[frame].title);
    }
    return edgeText(number);
}

QString GraphCanvas::edgeText(std::uint32_t number) const
{
    const auto& edge = m_scene->edges()[number];
    const QString ends = tr("%1 to %2").arg(m_scene->nodes()[edge.from].title, m_scene->nodes()[edge.to].title);
    const QString words = m_edgeWords ? m_edgeWords(number) : edge.label;
    return words.isEmpty() ? ends : tr("%1: %2").arg(ends, words);
}

QString GraphCanvas::walkedWords() const
{
    if (m_walked >= m_scene->edges().size()) {
        return {};
    }
    const auto& edge = m_scene->edges()[m_walked];
    return edge.from == m_look.current || edge.to == m_look.current ? edgeText(m_walked) : QString();
}

bool GraphCanvas::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const QString text = tip(help->pos());
        if (text.isEmpty()) {
            QToolTip::hideText();
        } else {
            QToolTip::showText(help->globalPos(), plainToolTip(text), viewport());
        }
        return true;
    }
    if (event->type() == QEvent::Leave) {
        updateNode(m_look.hovered);
        m_look.hovered = GraphScene::none;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

// Arrows follow edges; across them they go to the neighbour in the row.
bool GraphCanvas::walk(int key, bool extend)
{
    const bool arrow = key == Qt::Key_Up || key == Qt::Key_Down || key == Qt::Key_Left || key == Qt::Key_Right;
    if (!arrow && key != Qt::Key_Home && key != Qt::Key_End) {
        return false;
    }
    if (m_scene->empty()) {
        return true;
    }
    const auto last = static_cast<std::uint32_t>(m_scene->nodes().size() - 1);
    std::uint32_t next = GraphScene::none;
    std::uint32_t walked = GraphScene::none;
    if (key == Qt::Key_Home || key == Qt::Key_End) {
        next = key == Qt::Key_Home ? 0 : last;
    } else if (m_look.current == GraphScene::none) {
        next = 0;
    } else if ((key == Qt::Key_Up || key == Qt::Key_Down) != m_scene->rightwards()) {
        const bool back = key == Qt::Key_Up || key == Qt::Key_Left;
        next = m_scene->along(m_look.current, back ? GraphScene::Way::Up : GraphScene::Way::Down);
        for (const auto edge : back ? m_scene->reaching(m_look.current) : m_scene->leaving(m_look.current)) {
            const auto& one = m_scene->edges()[edge];
            walked = (back ? one.from : one.to) == next ? edge : walked;
        }
    } else {
        next = m_scene->beside(m_look.current, key == Qt::Key_Right || key == Qt::Key_Down);
    }
    if (next != GraphScene::none) {
        m_walked = walked; // before anybody asks
        setCurrent(next, extend);
        m_walked = walked;
        reveal(next);
    }
    return true;
}

bool GraphCanvas::command(const QString& text)
{
    if (text == u"+" || text == u"=") {
        setZoom(m_zoom * zoomStep);
    } else if (text == u"-") {
        setZoom(m_zoom / zoomStep);
    } else if (text == u"0") {
        fit();
    } else if (text == u"1") {
        setZoom(1);
    } else if (text == u"m") {
        setMinimapVisible(!minimapVisible());
    } else if (text == u"[") {
        showStream(GraphScene::Way::Up);
    } else if (text == u"]") {
        showStream(GraphScene::Way::Down);
    } else if (text == u"s") {
        showBetween();
    } else {
        return false;
    }
    return true;
}

// Single keys of the window rest while the canvas has the keyboard and a meaning of its own for them.
bool GraphCanvas::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool plain = !(key->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier));
        if (m_editor && m_editor->wants(key)) {
            event->accept();
            return true;
        }
        if (plain && key->text().size() == 1 && QStringLiteral("+=-01m[]s/ \r\b").contains(key->text())) {
            event->accept();
            return true;
        }
    }
    return QAbstractScrollArea::event(event);
}

void GraphCanvas::keyPressEvent(QKeyEvent* event)
{
    const bool plain = !(event->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier));
    if (m_editor && m_editor->key(event)) {
        return;
    }
    if (event->key() == Qt::Key_Space && plain) {
        if (!event->isAutoRepeat()) {
            m_space = true;
            viewport()->setCursor(Qt::OpenHandCursor);
        }
    } else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && plain) {
        if (m_look.edge != GraphScene::none) {
            Q_EMIT edgeOpened(m_look.edge);
        } else if (m_look.current != GraphScene::none) {
            Q_EMIT activated(m_look.current);
        }
    } else if (event->key() == Qt::Key_Backspace && plain) {
        if (m_look.current != GraphScene::none) {
            Q_EMIT foldRequested(m_look.current);
        }
    } else if (event->key() == Qt::Key_Escape && m_dragged != GraphScene::none) {
        m_dragged = GraphScene::none;
        m_band->hide();
    } else if (event->key() == Qt::Key_Escape && plain) {
        if (m_keepsShown && m_look.edge != GraphScene::none) {
            setCurrentEdge(GraphScene::none);
        } else if (m_keepsShown && (!m_look.shown.empty() || !m_look.path.empty())) {
            Q_EMIT clearRequested();
        } else if (!m_look.shown.empty()) {
            setShown({});
        } else if (!selection().empty()) {
            setCurrent(GraphScene::none);
        } else {
            Q_EMIT escaped();
            event->ignore();
        }
    } else if (plain
        && (walk(event->key(), event->modifiers().testFlag(Qt::ShiftModifier)) || command(event->text()))) {
        return;
    } else if (plain && event->text() == u"/") {
        Q_EMIT findRequested({});
    } else {
        QAbstractScrollArea::keyPressEvent(event);
    }
}

void GraphCanvas::keyReleaseEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) {
        m_space = false;
        viewport()->setCursor(Qt::ArrowCursor);
    }
    QAbstractScrollArea::keyReleaseEvent(event);
}

void GraphCanvas::focusInEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusInEvent(event);
    m_look.ring = true;
    viewport()->update();
}

void GraphCanvas::focusOutEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusOutEvent(event);
    m_look.ring = false;
    m_space = false;
    viewport()->update();
}

} // namespace cupel::widgets
