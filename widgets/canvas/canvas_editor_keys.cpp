// SPDX-License-Identifier: GPL-3.0-or-later
// CanvasEditor: what is done by keys.
#include "widgets/canvas/canvas_editor.h"
#include "widgets/canvas/graph_canvas.h"

#include <QtGui/QKeyEvent>

#include <algorithm>
#include <array>

namespace cupel::widgets {

namespace {

constexpr QSizeF newArea(256, 168);

} // namespace

CanvasEditor::Wish CanvasEditor::copyOf(const QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy)) {
        return &CanvasEditor::copyRequested;
    }
    if (event->matches(QKeySequence::Cut)) {
        return &CanvasEditor::cutRequested;
    }
    if (event->matches(QKeySequence::Paste)) {
        return &CanvasEditor::pasteRequested;
    }
    const bool twice = event->key() == Qt::Key_D && event->modifiers() == (Qt::ControlModifier | Qt::ShiftModifier);
    return twice ? &CanvasEditor::duplicateRequested : nullptr;
}

bool CanvasEditor::wants(const QKeyEvent* event) const
{
    const bool arrow = event->key() >= Qt::Key_Left && event->key() <= Qt::Key_Down;
    if (arrow && event->modifiers().testFlag(Qt::ControlModifier)) {
        return true;
    }
    if (copyOf(event)) {
        return true;
    }
    if (event->modifiers() == Qt::ControlModifier) {
        return event->key() == Qt::Key_A;
    }
    constexpr std::array keys{
        Qt::Key_F2, Qt::Key_Delete, Qt::Key_E, Qt::Key_F, Qt::Key_Z, Qt::Key_PageUp, Qt::Key_PageDown};
    return event->modifiers() == Qt::NoModifier
        && (std::find(keys.begin(), keys.end(), event->key()) != keys.end()
            || (event->key() == Qt::Key_Escape && (m_tool != Tool::Select || m_drag != Drag::None)));
}

bool CanvasEditor::key(QKeyEvent* event)
{
    const bool returns = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (returns && event->modifiers() == Qt::NoModifier) {
        return enter();
    }
    if (!wants(event)) {
        return false;
    }
    if (const auto wish = copyOf(event)) {
        Q_EMIT(this->*wish)();
        return true;
    }
    if (event->modifiers().testFlag(Qt::ControlModifier) && event->key() != Qt::Key_A) {
        return moveByKey(event->key(), event->modifiers().testFlag(Qt::ShiftModifier));
    }
    const auto count = static_cast<std::uint32_t>(m_canvas.scene()->nodes().size());
    switch (event->key()) {
    case Qt::Key_F2:
        Q_EMIT renameRequested();
        return true;
    case Qt::Key_Delete:
        Q_EMIT removeRequested();
        return true;
    case Qt::Key_E:
        Q_EMIT paletteRequested();
        return true;
    case Qt::Key_F:
        startLink();
        return true;
    case Qt::Key_Z:
        if (const QRectF area = areaOfSelection(); !area.isNull()) {
            Q_EMIT areaDrawn(area);
        } else {
            setTool(Tool::Area);
        }
        return true;
    case Qt::Key_Escape:
        setTool(Tool::Select);
        return true;
    case Qt::Key_A: {
        std::vector<std::uint32_t> all(count);
        for (std::uint32_t i = 0; i < count; ++i) {
            all[i] = i;
        }
        m_canvas.setSelection(all);
        return true;
    }
    default: // every node is reached, also one that no line leads to
        if (count > 0) {
            const bool next = event->key() == Qt::Key_PageDown;
            const auto now = m_canvas.current();
            const auto to = now == GraphScene::none ? (next ? 0 : count - 1) : (now + (next ? 1 : count - 1)) % count;
            m_canvas.setCurrent(to);
            m_canvas.reveal(to);
        }
        return true;
    }
}

bool CanvasEditor::enter()
{
    const QRectF seen = m_canvas.visibleArea();
    if (m_tool == Tool::Place) {
        setTool(Tool::Select);
        Q_EMIT placed({snapped(seen.center().x()), snapped(seen.center().y())});
        return true;
    }
    if (m_tool == Tool::Area) {
        setTool(Tool::Select);
        QRectF area(QPointF(), newArea);
        area.moveCenter(seen.center());
        Q_EMIT areaDrawn(area);
        return true;
    }
    if (m_tool == Tool::Link) {
        const auto node = m_canvas.current();
        if (pressLink(node)) {
            update();
        }
        return true;
    }
    return false;
}

bool CanvasEditor::moveByKey(int key, bool resize)
{
    const QPointF by(key == Qt::Key_Left ? -grid
            : key == Qt::Key_Right       ? grid
                                         : 0,
        key == Qt::Key_Up         ? -grid
            : key == Qt::Key_Down ? grid
                                  : 0);
    if (m_frame < m_canvas.scene()->frames().size()) {
        QRectF box = m_canvas.scene()->frames()[m_frame].box;
        box = resize ? box.adjusted(0, 0, by.x(), by.y()) : box.translated(by);
        Q_EMIT frameChanged(m_frame, box);
    } else if (!m_canvas.selection().empty() && !resize) {
        Q_EMIT nodesMoved(by);
    }
    return true;
}

} // namespace cupel::widgets
