// SPDX-License-Identifier: GPL-3.0-or-later
// Shows a scene: panned, zoomed, selected and walked by mouse and keyboard, from the whole in one picture to the words
// of a node. One widget paints it all; there are no items. UI thread.
#pragma once

#include "widgets/canvas/scene_paint.h"
#include "widgets/canvas/scene_picture.h"
#include "widgets/models/graph_scene.h"

#include <QtWidgets/QAbstractScrollArea>

#include <functional>

class QRubberBand;

namespace cupel::widgets {

class CanvasEditor;
class GraphMinimap;

class GraphCanvas : public QAbstractScrollArea {
    Q_OBJECT
public:
    static constexpr qreal fullDetail = 0.5; // from this zoom on: words, bends, arrows

    explicit GraphCanvas(QWidget* parent = nullptr);

    // `keep`: a node of the old and one of the new scene that should stay where they are; none: everything is shown.
    void setScene(
        GraphScenePtr scene, std::uint32_t oldNode = GraphScene::none, std::uint32_t newNode = GraphScene::none);
    [[nodiscard]] const GraphScenePtr& scene() const { return m_scene; }

    [[nodiscard]] qreal zoom() const { return m_zoom; } // 1: 100 %
    void setZoom(qreal zoom); // around the middle
    void zoomAt(const QPointF& viewportPlace, qreal zoom);
    void fit(); // the whole, at most at 100 %
    [[nodiscard]] QRectF visibleArea() const; // of the scene
    void centerOn(const QPointF& scenePlace);
    void reveal(std::uint32_t node);

    [[nodiscard]] std::uint32_t current() const { return m_look.current; } // none
    void setCurrent(std::uint32_t node, bool extend = false);
    [[nodiscard]] std::vector<std::uint32_t> selection() const;
    void setSelection(const std::vector<std::uint32_t>& nodes);
    // All others are dimmed; empty: none is.
    void setShown(std::vector<bool> marks);
    [[nodiscard]] const std::vector<bool>& shown() const { return m_look.shown; }
    // Whoever marks what is shown takes the marks away too: a click on nothing and Esc leave them.
    void setKeepsShown(bool keeps) { m_keepsShown = keeps; }
    // Edges in the order of a way through the graph, numbered from 1. Those that are shown are no way of themselves
    // then.
    void setPath(std::vector<std::uint32_t> edges);
    [[nodiscard]] const std::vector<std::uint32_t>& path() const { return m_look.path; }
    void setAlong(std::vector<bool> marks); // by edge: ways without an order; empty: none
    [[nodiscard]] const std::vector<bool>& along() const { return m_look.along; }
    [[nodiscard]] std::vector<bool> pathNodes() const; // marks by node; empty: no path
    void setEdgeLabels(bool shown) { m_look.labels = shown; }
    void setPlainShown(bool plain); // edges that are shown are drawn as ever, without a path
    [[nodiscard]] bool isWhole() const { return m_whole; } // false: the last frame gave an idea, the next ones more
    void setReadable(qreal zoom) { m_readable = zoom; } // below it a new scene is not shown as a whole at first
    // What is said of an edge below the pointer, and of the one that the keyboard went along.
    void setEdgeWords(std::function<QString(std::uint32_t)> words) { m_edgeWords = std::move(words); }
    [[nodiscard]] QString walkedWords() const; // how the current node was reached; empty: not along an edge
    // From now on it can be worked on; the canvas owns what is given.
    CanvasEditor* makeEditable();
    void setMovesNodes(std::function<bool(std::uint32_t)> moves) { m_moves = std::move(moves); } // by dragging them
    void setChoosesEdges(bool chooses) { m_choosesEdges = chooses; } // a click on one
    [[nodiscard]] std::uint32_t currentEdge() const { return m_look.edge; } // none
    void setCurrentEdge(std::uint32_t edge);
    void showStream(GraphScene::Way way); // of the selection
    void showBetween(); // the first and the last selected one

    void setMinimapVisible(bool visible);
    [[nodiscard]] bool minimapVisible() const;

    [[nodiscard]] QPointF toScene(const QPointF& viewportPlace) const;
    [[nodiscard]] QRectF toViewport(const QRectF& sceneArea) const;
    // What a screen reader says of a node.
    [[nodiscard]] QString spoken(std::uint32_t node) const;
    [[nodiscard]] QSize sizeHint() const override { return {640, 400}; }

Q_SIGNALS:
    void currentChanged(std::uint32_t node); // none: no node
    void selectionChanged();
    void activated(std::uint32_t node); // double click, Enter
    void foldRequested(std::uint32_t node); // Backspace: the group around it
    void frameActivated(std::uint32_t frame); // double click on its title
    void moved(std::uint32_t node, const QPointF& centre); // by hand: it is drawn where it was until it comes anew
    void edgeChosen(std::uint32_t edge); // by a click
    void edgeActivated(std::uint32_t edge); // by a double click
    void edgeOpened(std::uint32_t edge); // by Enter
    void clearRequested(); // Esc: of what is shown, where it is kept
    void zoomChanged(qreal zoom);
    void viewChanged(); // another part is seen
    void findRequested(const QString& text); // typed
    void escaped(); // Esc, with nothing left to undo in here

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    bool viewportEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void changeEvent(QEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    [[nodiscard]] qreal scale() const; // viewport pixels for one of the scene
    void setScale(qreal scale, const QPointF& viewportPlace);
    void updateBars();
    void showFirst();
    void placeMinimap();
    void showMinimap(); // where something is out of sight
    void paintPart(QPainter& painter, const QRect& area, bool plain);
    [[nodiscard]] ScenePicture::Step slices(bool plain);
    void paintFar(QPainter& painter, const QRect& area);
    void paintFarSigns(QPainter& painter, const QRect& area);
    void paintFarNames(QPainter& painter, const QRect& area);
    void updateNode(std::uint32_t node);
    void hover(const QPointF& viewportPlace);
    [[nodiscard]] bool walk(int key, bool extend);
    [[nodiscard]] bool command(const QString& text);
    void endBand();
    bool dragTo(const QPoint& place);
    [[nodiscard]] QString edgeText(std::uint32_t edge) const;
    [[nodiscard]] QString tip(const QPointF& viewportPlace) const;
    [[nodiscard]] std::uint32_t edgeNear(const QPointF& viewportPlace) const;

    GraphScenePtr m_scene;
    SceneLook m_look;
    ScenePicture m_picture;
    qreal m_zoom = 1;
    bool m_fitted = true; // the whole is shown, and stays so when the size changes
    bool m_untouched = false; // nobody has moved it since it came
    bool m_space = false; // held: the left button pans
    QPoint m_panFrom;
    bool m_panning = false;
    bool m_moved = false;
    QPoint m_bandFrom;
    QRubberBand* m_band = nullptr;
    GraphMinimap* m_minimap = nullptr;
    CanvasEditor* m_editor = nullptr; // null: nothing can be changed here
    bool m_wantsMinimap = false;
    bool m_whole = true;
    qreal m_readable = 0.3;
    bool m_keepsShown = false;
    bool m_choosesEdges = false;
    std::function<bool(std::uint32_t)> m_moves; // empty: none can be moved
    std::uint32_t m_dragged = GraphScene::none;
    QPoint m_dragFrom;
    std::function<QString(std::uint32_t)> m_edgeWords; // empty: its ends and its label
    std::uint32_t m_walked = GraphScene::none; // edge
    std::vector<std::uint32_t> m_scratch;
};

} // namespace cupel::widgets
