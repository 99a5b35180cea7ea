// SPDX-License-Identifier: GPL-3.0-or-later
// The whole scene in a corner of its canvas, with the part that is seen; a click or a drag goes there. UI thread.
#pragma once

#include <QtGui/QPixmap>
#include <QtWidgets/QWidget>

namespace cupel::widgets {

class GraphCanvas;

class GraphMinimap : public QWidget {
    Q_OBJECT
public:
    explicit GraphMinimap(GraphCanvas& canvas);
    void sceneChanged(); // or its colours
    [[nodiscard]] QSize sizeHint() const override { return {200, 132}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;

private:
    void render();
    void go(const QPointF& place);
    [[nodiscard]] qreal scale() const;
    [[nodiscard]] QPointF origin() const; // of the scene, in here

    GraphCanvas& m_canvas;
    QPixmap m_picture;
};

} // namespace cupel::widgets
