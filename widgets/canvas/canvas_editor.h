// SPDX-License-Identifier: GPL-3.0-or-later
// What makes a drawing one that is worked on: moving what is chosen, drawing a line from the edge of a node to another,
// putting something new somewhere, drawing, moving and resizing frames; all of it by mouse and by keyboard. It changes
// nothing itself: it says what is wished, and the drawing comes anew. Belongs to its canvas, UI thread.
#pragma once

#include "widgets/models/graph_scene.h"

#include <QtCore/QObject>

class QKeyEvent;
class QMouseEvent;
class QPainter;

namespace cupel::widgets {

class GraphCanvas;

class CanvasEditor : public QObject {
    Q_OBJECT
public:
    static constexpr qreal grid = 8; // steps of what is moved, in the scene

    explicit CanvasEditor(GraphCanvas& canvas);

    enum class Tool : std::uint8_t { Select, Place, Link, Area };
    void setTool(Tool tool);
    [[nodiscard]] Tool tool() const { return m_tool; }
    void startLink(); // from the current node, to the one that is chosen next
    [[nodiscard]] std::uint32_t frame() const { return m_frame; } // the chosen one; none
    void setFrame(std::uint32_t frame);
    [[nodiscard]] QRectF areaOfSelection() const; // with room around it; null: nothing is chosen

    // For the canvas. True: it is done, nobody else needs to look at it.
    bool press(QMouseEvent* event);
    bool move(QMouseEvent* event);
    bool release(QMouseEvent* event);
    bool doubleClick(QMouseEvent* event);
    bool key(QKeyEvent* event);
    [[nodiscard]] bool wants(const QKeyEvent* event) const; // before a shortcut of the window has it
    void paint(QPainter& painter) const; // in the viewport's coordinates, above the drawing
    void sceneChanged();

Q_SIGNALS:
    void toolChanged();
    void placed(const QPointF& place); // of the corner, in the scene
    void linked(std::uint32_t from, std::uint32_t to);
    void areaDrawn(const QRectF& area);
    void nodesMoved(const QPointF& by); // all that are chosen
    void frameChosen(std::uint32_t frame);
    void frameChanged(std::uint32_t frame, const QRectF& box);
    void renameRequested(); // of the chosen node or frame
    void removeRequested(); // of what is chosen
    void paletteRequested(); // something new is wished
    void copyRequested(); // of what is chosen
    void cutRequested();
    void pasteRequested();
    void duplicateRequested();

private:
    enum class Drag : std::uint8_t { None, Nodes, Link, Area, FrameMove, FrameSize };
    [[nodiscard]] bool atBorder(std::uint32_t node, const QPointF& place) const;
    [[nodiscard]] int handleAt(const QPointF& place) const; // of the chosen frame; -1: none
    [[nodiscard]] QRectF changedFrame() const;
    [[nodiscard]] static qreal snapped(qreal value); // to the grid
    [[nodiscard]] QPointF offset() const; // of what is dragged, snapped
    void snapTo(const QRectF& box, QPointF& by);
    bool pressSelect(QMouseEvent* event);
    bool pressLink(std::uint32_t node);
    void begin(Drag drag, const QMouseEvent* event);
    void finish(Drag drag, const QPointF& place);
    bool moveByKey(int key, bool resize);
    using Wish = void (CanvasEditor::*)();
    [[nodiscard]] static Wish copyOf(const QKeyEvent* event); // null: it is another key
    bool enter();
    void setCursor(const QPointF& place);
    void update();

    GraphCanvas& m_canvas;
    Tool m_tool = Tool::Select;
    Drag m_drag = Drag::None;
    bool m_moved = false; // far enough to be no click
    bool m_free = false; // Alt: no grid
    QPointF m_from; // in the viewport
    QPointF m_at;
    QPointF m_by; // of the nodes, snapped
    std::vector<qreal> m_guidesX; // in the scene: what lines up with others
    std::vector<qreal> m_guidesY;
    std::uint32_t m_node = GraphScene::none; // pressed; where a line starts
    std::uint32_t m_frame = GraphScene::none;
    int m_handle = -1;
};

} // namespace cupel::widgets
