// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/canvas_editor.h"

#include "widgets/canvas/graph_canvas.h"

#include <QtGui/QKeyEvent>
#include <QtGui/QMouseEvent>
#include <QtWidgets/QApplication>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace cupel::widgets {

namespace {

constexpr qreal border = 7; // pixels at the edge of a node from which a line is drawn
constexpr qreal least = 26; // pixels: a node that is smaller on the screen has no such edge
constexpr qreal reach = 6; // pixels around a handle
constexpr qreal nearEnough = 5; // pixels at which things line up
constexpr std::size_t mostOthers = 400; // that are looked at for that
constexpr qreal room = 20; // around the nodes of a new area

} // namespace

qreal CanvasEditor::snapped(qreal value)
{
    return std::round(value / grid) * grid;
}

CanvasEditor::CanvasEditor(GraphCanvas& canvas)
    : QObject(&canvas)
    , m_canvas(canvas)
{
}

void CanvasEditor::update()
{
    m_canvas.viewport()->update();
}

void CanvasEditor::setTool(Tool tool)
{
    m_drag = Drag::None;
    m_node = GraphScene::none;
    if (std::exchange(m_tool, tool) != tool) {
        m_canvas.viewport()->setCursor(tool == Tool::Select ? Qt::ArrowCursor : Qt::CrossCursor);
        Q_EMIT toolChanged();
    }
    update();
}

void CanvasEditor::startLink()
{
    const auto node = m_canvas.current();
    setTool(Tool::Link);
    m_node = node;
    update();
}

void CanvasEditor::setFrame(std::uint32_t frame)
{
    m_frame = frame < m_canvas.scene()->frames().size() ? frame : GraphScene::none;
    update();
}

void CanvasEditor::sceneChanged()
{
    m_drag = Drag::None;
    m_frame = m_node = GraphScene::none;
}

QRectF CanvasEditor::areaOfSelection() const
{
    QRectF all;
    for (const auto node : m_canvas.selection()) {
        all |= m_canvas.scene()->nodes()[node].box;
    }
    return all.isNull() ? all : all.adjusted(-room, -SceneFrame::head - 4, room, room);
}

bool CanvasEditor::atBorder(std::uint32_t node, const QPointF& place) const
{
    const QRectF box = m_canvas.toViewport(m_canvas.scene()->nodes()[node].box);
    return box.height() >= least && !box.adjusted(border, border, -border, -border).contains(place);
}

int CanvasEditor::handleAt(const QPointF& place) const
{
    if (m_frame >= m_canvas.scene()->frames().size()) {
        return -1;
    }
    const QRectF box = m_canvas.toViewport(m_canvas.scene()->frames()[m_frame].box);
    const QPointF middle = box.center();
    const std::array<QPointF, 8> handles{box.topLeft(), QPointF(middle.x(), box.top()), box.topRight(),
        QPointF(box.right(), middle.y()), box.bottomRight(), QPointF(middle.x(), box.bottom()), box.bottomLeft(),
        QPointF(box.left(), middle.y())};
    for (std::size_t i = 0; i < handles.size(); ++i) {
        const QPointF off = place - handles[i];
        if (std::max(std::abs(off.x()), std::abs(off.y())) <= reach) {
            return static_cast<int>(i);
        }
    }
    return -1;
}

void CanvasEditor::begin(Drag drag, const QMouseEvent* event)
{
    m_drag = drag;
    m_moved = false;
    m_by = {};
    m_guidesX.clear();
    m_guidesY.clear();
    m_from = m_at = event->position();
}

bool CanvasEditor::press(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton) {
        return false;
    }
    const QPointF place = m_canvas.toScene(event->position());
    switch (m_tool) {
    case Tool::Place:
        setTool(Tool::Select);
        Q_EMIT placed({snapped(place.x()), snapped(place.y())});
        return true;
    case Tool::Area:
        begin(Drag::Area, event);
        return true;
    case Tool::Link:
        if (pressLink(m_canvas.scene()->nodeAt(place))) {
            begin(Drag::Link, event);
        }
        return true;
    case Tool::Select:
        return pressSelect(event);
    }
    return false;
}

// True: a line starts here.
bool CanvasEditor::pressLink(std::uint32_t node)
{
    if (node == GraphScene::none) {
        setTool(Tool::Select);
        return false;
    }
    if (m_node == GraphScene::none || m_node == node) {
        m_node = node;
        return true;
    }
    const auto from = m_node;
    setTool(Tool::Select);
    Q_EMIT linked(from, node);
    return false;
}

bool CanvasEditor::pressSelect(QMouseEvent* event)
{
    const auto& scene = *m_canvas.scene();
    const auto node = scene.nodeAt(m_canvas.toScene(event->position()));
    if (node == GraphScene::none) {
        m_handle = handleAt(event->position());
        if (m_handle >= 0) {
            begin(Drag::FrameSize, event);
            return true;
        }
        const auto frame = scene.frameAt(m_canvas.toScene(event->position()));
        if (frame == GraphScene::none || event->modifiers() != Qt::NoModifier) {
            return false;
        }
        m_canvas.setCurrent(GraphScene::none);
        setFrame(frame);
        begin(Drag::FrameMove, event);
        Q_EMIT frameChosen(frame);
        return true;
    }
    setFrame(GraphScene::none);
    if (event->modifiers() & (Qt::ShiftModifier | Qt::ControlModifier)) {
        m_canvas.setCurrent(node, true);
        return true;
    }
    m_node = node;
    if (atBorder(node, event->position())) {
        begin(Drag::Link, event);
        return true;
    }
    const auto chosen = m_canvas.selection();
    if (chosen.size() < 2 || std::find(chosen.begin(), chosen.end(), node) == chosen.end()) {
        m_canvas.setCurrent(node);
    }
    begin(Drag::Nodes, event);
    return true;
}

bool CanvasEditor::move(QMouseEvent* event)
{
    if (m_drag == Drag::None) {
        if (m_tool == Tool::Link && m_node != GraphScene::none) {
            m_at = event->position();
            update();
        }
        setCursor(event->position());
        return m_tool != Tool::Select;
    }
    m_at = event->position();
    m_free = event->modifiers().testFlag(Qt::AltModifier);
    m_moved = m_moved || (m_at - m_from).manhattanLength() >= QApplication::startDragDistance();
    if (m_drag == Drag::Nodes && m_node < m_canvas.scene()->nodes().size()) {
        m_by = (m_at - m_from) / (m_canvas.toViewport({0, 0, 1, 1}).width());
        snapTo(m_canvas.scene()->nodes()[m_node].box, m_by);
    }
    update();
    return true;
}

// To the middle of another node where one is near, else to the grid.
void CanvasEditor::snapTo(const QRectF& box, QPointF& by)
{
    m_guidesX.clear();
    m_guidesY.clear();
    if (m_free) {
        return;
    }
    const qreal unit = m_canvas.toViewport({0, 0, 1, 1}).width();
    const QPointF wanted = box.center() + by;
    qreal bestX = nearEnough / unit;
    qreal bestY = bestX;
    QPointF found = by;
    std::vector<std::uint32_t> others;
    m_canvas.scene()->nodesIn(m_canvas.visibleArea(), others);
    others.resize(std::min(others.size(), mostOthers));
    const auto moved = m_canvas.selection();
    for (const auto other : others) {
        if (std::binary_search(moved.begin(), moved.end(), other)) {
            continue;
        }
        const QPointF middle = m_canvas.scene()->nodes()[other].box.center();
        if (const qreal off = std::abs(middle.x() - wanted.x()); off < bestX) {
            bestX = off;
            found.setX(middle.x() - box.center().x());
            m_guidesX = {middle.x()};
        }
        if (const qreal off = std::abs(middle.y() - wanted.y()); off < bestY) {
            bestY = off;
            found.setY(middle.y() - box.center().y());
            m_guidesY = {middle.y()};
        }
    }
    by = {m_guidesX.empty() ? snapped(by.x()) : found.x(), m_guidesY.empty() ? snapped(by.y()) : found.y()};
}

QPointF CanvasEditor::offset() const
{
    const qreal unit = m_canvas.toViewport({0, 0, 1, 1}).width();
    const QPointF by = (m_at - m_from) / unit;
    return m_free ? by : QPointF(snapped(by.x()), snapped(by.y()));
}

QRectF CanvasEditor::changedFrame() const
{
    constexpr qreal smallest = 48;
    QRectF box = m_canvas.scene()->frames()[m_frame].box;
    const QPointF by = offset();
    if (m_drag == Drag::FrameMove) {
        return box.translated(by);
    }
    const bool atLeft = m_handle == 0 || m_handle == 6 || m_handle == 7;
    const bool atRight = m_handle >= 2 && m_handle <= 4;
    const bool atTop = m_handle >= 0 && m_handle <= 2;
    const bool atBottom = m_handle >= 4 && m_handle <= 6;
    if (atLeft) {
        box.setLeft(std::min(box.left() + by.x(), box.right() - smallest));
    }
    if (atRight) {
        box.setRight(std::max(box.right() + by.x(), box.left() + smallest));
    }
    if (atTop) {
        box.setTop(std::min(box.top() + by.y(), box.bottom() - smallest));
    }
    if (atBottom) {
        box.setBottom(std::max(box.bottom() + by.y(), box.top() + smallest));
    }
    return box;
}

bool CanvasEditor::release(QMouseEvent* event)
{
    if (m_drag == Drag::None) {
        return m_tool != Tool::Select;
    }
    m_at = event->position();
    const QRectF frame = m_drag == Drag::FrameMove || m_drag == Drag::FrameSize ? changedFrame() : QRectF();
    const auto number = m_frame;
    const Drag drag = std::exchange(m_drag, Drag::None);
    update();
    if ((drag == Drag::FrameMove || drag == Drag::FrameSize) && m_moved) {
        Q_EMIT frameChanged(number, frame);
    } else {
        finish(drag, event->position());
    }
    return true;
}

void CanvasEditor::finish(Drag drag, const QPointF& place)
{
    const auto node = m_node;
    const auto target = m_canvas.scene()->nodeAt(m_canvas.toScene(place));
    switch (drag) {
    case Drag::Nodes:
        m_node = GraphScene::none;
        if (m_moved && !m_by.isNull()) {
            Q_EMIT nodesMoved(m_by);
        } else if (!m_moved) {
            m_canvas.setCurrent(node); // of many it is this one
        }
        break;
    case Drag::Link:
        if (m_moved && target != GraphScene::none && target != node) {
            setTool(Tool::Select);
            m_node = GraphScene::none;
            Q_EMIT linked(node, target);
        } else if (m_tool == Tool::Select || m_moved) {
            setTool(Tool::Select);
            m_node = GraphScene::none;
            if (!m_moved) {
                m_canvas.setCurrent(node);
            }
        }
        break;
    case Drag::Area: {
        const QRectF area = QRectF(m_canvas.toScene(m_from), m_canvas.toScene(place)).normalized();
        setTool(Tool::Select);
        if (m_moved) {
            Q_EMIT areaDrawn(area);
        }
        break;
    }
    default:
        break;
    }
}

bool CanvasEditor::doubleClick(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || m_tool != Tool::Select) {
        return m_tool != Tool::Select;
    }
    const QPointF place = m_canvas.toScene(event->position());
    if (const auto node = m_canvas.scene()->nodeAt(place); node != GraphScene::none) {
        m_canvas.setCurrent(node);
        Q_EMIT renameRequested();
        return true;
    }
    if (const auto frame = m_canvas.scene()->frameAt(place); frame != GraphScene::none) {
        setFrame(frame);
        Q_EMIT renameRequested();
        return true;
    }
    return false;
}

} // namespace cupel::widgets
