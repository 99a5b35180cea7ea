// SPDX-License-Identifier: GPL-3.0-or-later
// Mouse, keys and the context menu of the canvas.
#include "widgets/notebook/notebook_canvas.h"

#include <QtGui/QKeyEvent>
#include <QtGui/QMouseEvent>
#include <QtWidgets/QMenu>
#include <QtWidgets/QScrollBar>

#include <algorithm>

namespace cupel::widgets {

NotebookCanvas::Spot NotebookCanvas::spotAt(QPointF point, bool nearest)
{
    auto item = itemAt(point);
    if (item < 0 && nearest && itemCount() > 0) {
        item = point.y() < 0 ? m_anchorItem : itemCount() - 1;
    }
    if (item < 0) {
        return {};
    }
    auto& layout = layoutItem(item);
    const auto inCell = point - QPointF(0, anchorTop(item));
    const auto block = layout.blockAt(inCell.y());
    if (block < 0) {
        return {item, -1, {}};
    }
    return {item, block, inCell - layout.blocks()[static_cast<std::size_t>(block)].rect.topLeft()};
}

std::optional<Action> NotebookCanvas::actionAt(const Spot& spot)
{
    if (spot.block < 0) {
        return {};
    }
    const auto& block = *layoutItem(spot.item).blocks()[static_cast<std::size_t>(spot.block)].block;
    for (const auto& hot : block.hots()) {
        if (hot.rect.contains(spot.inBlock)) {
            return hot.action;
        }
    }
    if (const auto finding = block.findingAt(spot.inBlock); finding && block.role() != BlockRole::Finding) {
        return Action{Action::Kind::OpenFinding, *finding, 0};
    }
    return {};
}

CellPosition NotebookCanvas::positionAt(const Spot& spot)
{
    const auto& block = *layoutItem(spot.item).blocks()[static_cast<std::size_t>(spot.block)].block;
    return {spot.block, std::max(0, block.positionAt(spot.inBlock))};
}

void NotebookCanvas::hover(QPointF point)
{
    const auto spot = point.x() < viewport()->width() - stripWidth ? spotAt(point) : Spot{};
    const auto action = actionAt(spot);
    std::optional<std::size_t> finding;
    bool overText = false;
    if (spot.block >= 0) {
        const auto& placed = layoutItem(spot.item).blocks()[static_cast<std::size_t>(spot.block)];
        finding = placed.block->findingAt(spot.inBlock);
        overText =
            QRectF(QPointF(), placed.rect.size()).contains(spot.inBlock) && placed.block->role() != BlockRole::Picture;
    }
    const bool link = action && action->kind != Action::Kind::None;
    viewport()->setCursor(link ? Qt::PointingHandCursor : overText ? Qt::IBeamCursor : Qt::ArrowCursor);
    if (action != m_pointed || finding != m_hovered) {
        m_pointed = action;
        m_hovered = finding;
        viewport()->update();
    }
}

bool NotebookCanvas::pressOverview(QPointF point)
{
    if (point.x() < viewport()->width() - stripWidth || !m_document) {
        return false;
    }
    const auto& findings = m_document->analysis().findings;
    std::optional<std::size_t> hit;
    for (std::size_t i = 0; i < findings.size(); ++i) {
        if (m_shown[i] && m_document->itemOf(i) >= 0 && std::abs(overviewY(i) - point.y()) <= 6
            && (!hit || findings[i].severity > findings[*hit].severity)) {
            hit = i;
        }
    }
    if (hit) {
        setCurrentFinding(*hit);
        return true;
    }
    const auto thumb = thumbRect();
    if (!thumb.isEmpty()) {
        m_thumbDragged = true;
        m_thumbGrab =
            thumb.top() <= point.y() && point.y() <= thumb.bottom() ? point.y() - thumb.top() : thumb.height() / 2;
        viewport()->update();
    }
    return true;
}

void NotebookCanvas::mousePressEvent(QMouseEvent* event)
{
    m_keyboardFocus = false;
    m_link = -1;
    if (event->button() != Qt::LeftButton || itemCount() == 0) {
        return;
    }
    if (pressOverview(event->position())) {
        mouseMoveEvent(event);
        return;
    }
    stopReveal();
    const auto spot = spotAt(event->position());
    if (spot.item < 0) {
        return;
    }
    m_pressSpot = spot;
    m_pressed = actionAt(spot);
    if (spot.item != m_editedItem) {
        closeEditor();
    }
    setCurrentItem(spot.item, false);
    if (spot.block >= 0) {
        const auto at = positionAt(spot);
        if (event->modifiers().testFlag(Qt::ShiftModifier) && m_selection.item() == spot.item) {
            m_selection.extend(at);
        } else {
            m_selection.start(spot.item, at);
        }
        m_selecting = true;
    }
    viewport()->update();
}

void NotebookCanvas::mouseMoveEvent(QMouseEvent* event)
{
    if (m_thumbDragged) {
        const auto* bar = verticalScrollBar();
        const auto room = std::max(viewport()->height() - thumbRect().height(), 1.0);
        verticalScrollBar()->setValue(static_cast<int>((event->position().y() - m_thumbGrab) / room * bar->maximum()));
        return;
    }
    if (m_selecting && (event->buttons() & Qt::LeftButton)) {
        // The selection stays in the cell where it began; beyond its edge the page scrolls.
        const auto y = event->position().y();
        if (y < 0 || y > viewport()->height()) {
            verticalScrollBar()->setValue(
                verticalScrollBar()->value() + static_cast<int>(y < 0 ? y : y - viewport()->height()) / 2);
        }
        auto& layout = layoutItem(m_pressSpot.item);
        const auto inCell = event->position() - QPointF(0, anchorTop(m_pressSpot.item));
        const auto block = layout.blockAt(std::clamp(inCell.y(), 0.0, layout.height()));
        if (block >= 0) {
            const auto& placed = layout.blocks()[static_cast<std::size_t>(block)];
            m_selection.extend({block, std::max(0, placed.block->positionAt(inCell - placed.rect.topLeft()))});
            viewport()->update();
        }
        return;
    }
    hover(event->position());
}

void NotebookCanvas::mouseReleaseEvent(QMouseEvent* event)
{
    m_thumbDragged = false;
    m_selecting = false;
    const auto pressed = std::exchange(m_pressed, {});
    if (event->button() == Qt::LeftButton && pressed && m_selection.isEmpty()) {
        const auto spot = spotAt(event->position());
        if (actionAt(spot) == pressed) {
            perform(*pressed, spot.item);
        }
    }
    viewport()->update();
}

void NotebookCanvas::mouseDoubleClickEvent(QMouseEvent* event)
{
    const auto spot = spotAt(event->position());
    if (event->button() != Qt::LeftButton || spot.block < 0) {
        return;
    }
    if (!actionAt(spot)) {
        m_selection.selectWord(spot.item, layoutItem(spot.item), positionAt(spot));
        viewport()->update();
    }
}

void NotebookCanvas::moveCell(int by)
{
    m_keyboardFocus = true;
    setCurrentItem(m_currentItem + by);
}

// The first block of the cell that is wider than the page.
bool NotebookCanvas::scrollSideways(int item, qreal delta)
{
    for (const auto& placed : layoutItem(item).blocks()) {
        if (placed.block->scrollBy(delta)) {
            viewport()->update();
            return true;
        }
    }
    return false;
}

void NotebookCanvas::wheelEvent(QWheelEvent* event)
{
    const auto spot = spotAt(event->position());
    auto delta = event->angleDelta().x();
    if (delta == 0 && event->modifiers().testFlag(Qt::ShiftModifier)) {
        delta = event->angleDelta().y();
    }
    if (delta != 0) {
        if (spot.block >= 0
            && layoutItem(spot.item).blocks()[static_cast<std::size_t>(spot.block)].block->scrollBy(-delta / 2.0)) {
            viewport()->update();
        }
        event->accept();
        return;
    }
    QAbstractScrollArea::wheelEvent(event);
}

bool NotebookCanvas::handleFindingKey(int key)
{
    const auto open = openFinding();
    switch (key) {
    case Qt::Key_N:
        m_state.next();
        return true;
    case Qt::Key_P:
        m_state.previous();
        return true;
    case Qt::Key_E:
        if (const auto finding = currentFinding()) {
            perform({Action::Kind::Explain, *finding, 0}, m_currentItem);
        }
        return true;
    case Qt::Key_C:
        if (currentFinding()) {
            Q_EMIT intent({Intent::Kind::CopyMarkdown, {}, {}});
        }
        return true;
    case Qt::Key_Escape:
        if (m_link >= 0) {
            focusLink(-1);
        } else if (!m_selection.isEmpty()) {
            m_selection.clear();
            viewport()->update();
        } else if (open) {
            perform({Action::Kind::CloseFinding, *open, 0}, m_document->itemOf(*open));
        } else {
            return false;
        }
        return true;
    default:
        return false;
    }
}

bool NotebookCanvas::handleKey(int key, Qt::KeyboardModifiers modifiers)
{
    auto* bar = verticalScrollBar();
    if (modifiers == Qt::ControlModifier && key == Qt::Key_A) {
        m_selection.selectAll(m_currentItem, layoutItem(m_currentItem));
        viewport()->update();
        return true;
    }
    if (modifiers == Qt::ControlModifier && key == Qt::Key_C) {
        copySelection();
        return true;
    }
    if (modifiers & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier)) {
        return false;
    }
    switch (key) {
    case Qt::Key_J:
        moveCell(1);
        return true;
    case Qt::Key_K:
        moveCell(-1);
        return true;
    case Qt::Key_Up:
    case Qt::Key_Down:
        bar->setValue(bar->value() + (key == Qt::Key_Up ? -2 : 2) * bar->singleStep());
        return true;
    case Qt::Key_Left:
    case Qt::Key_Right:
        return scrollSideways(m_currentItem, key == Qt::Key_Left ? -80 : 80);
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        bar->setValue(bar->value() + (key == Qt::Key_PageUp ? -1 : 1) * (bar->pageStep() - 2 * bar->singleStep()));
        setCurrentItem(std::max(0, itemAt({CellLayout::gutter(), 12})), false);
        return true;
    case Qt::Key_Home:
        setCurrentItem(0);
        return true;
    case Qt::Key_End:
        setCurrentItem(itemCount() - 1);
        bar->setValue(bar->maximum());
        return true;
    case Qt::Key_O:
        toggleOutputs();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (pressLink()) {
            return true;
        }
        if (currentFinding() && !m_cardOpen && m_document->itemOf(*currentFinding()) == m_currentItem) {
            followCurrent();
        } else {
            editItem(m_currentItem);
        }
        return true;
    default:
        return handleFindingKey(key);
    }
}

void NotebookCanvas::keyPressEvent(QKeyEvent* event)
{
    if (itemCount() == 0) {
        event->ignore();
        return;
    }
    if (event->key() == Qt::Key_R && event->modifiers() == Qt::NoModifier) {
        m_revealEnd.stop();
        if (!event->isAutoRepeat() && !isRevealing()) {
            startReveal();
        }
        return;
    }
    stopReveal();
    if (!handleKey(event->key(), event->modifiers() & ~Qt::KeypadModifier)) {
        event->ignore();
    }
}

void NotebookCanvas::keyReleaseEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_R && !event->isAutoRepeat()) {
        // A key that repeats is let go and pressed again, and not every display says that it repeats.
        constexpr int longestGap = 40; // milliseconds
        m_revealEnd.start(longestGap, this);
    } else {
        QAbstractScrollArea::keyReleaseEvent(event);
    }
}

void NotebookCanvas::timerEvent(QTimerEvent* event)
{
    if (event->timerId() == m_revealEnd.timerId()) {
        stopReveal();
    } else {
        QAbstractScrollArea::timerEvent(event);
    }
}

void NotebookCanvas::contextMenuEvent(QContextMenuEvent* event)
{
    if (itemCount() == 0) {
        return;
    }
    const auto spot = event->reason() == QContextMenuEvent::Mouse ? spotAt(event->pos()) : Spot{m_currentItem, -1, {}};
    if (spot.item < 0) {
        return;
    }
    setCurrentItem(spot.item, false);
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fillMenu(*menu, spot.item);
    const auto place = event->reason() == QContextMenuEvent::Mouse
        ? event->globalPos()
        : viewport()->mapToGlobal(itemRect(spot.item).topLeft().toPoint() + QPoint(qRound(CellLayout::gutter()), 8));
    menu->popup(place);
}

void NotebookCanvas::focusInEvent(QFocusEvent* event)
{
    m_keyboardFocus = event->reason() != Qt::MouseFocusReason;
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void NotebookCanvas::focusOutEvent(QFocusEvent* event)
{
    stopReveal();
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

bool NotebookCanvas::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::Leave) {
        m_pointed.reset();
        m_hovered.reset();
        viewport()->update();
    }
    return QAbstractScrollArea::viewportEvent(event);
}

} // namespace cupel::widgets
