// SPDX-License-Identifier: GPL-3.0-or-later
// What a canvas shows of its scene, kept as pixels: while something is dragged above it nothing of it is painted again,
// and where it is moved only what comes into sight. It compares everything it was painted from with what is wanted now,
// so nobody has to tell it what changed. Belongs to its canvas, UI thread.
#pragma once

#include "widgets/canvas/scene_paint.h"

#include <QtGui/QFont>
#include <QtGui/QPixmap>
#include <QtGui/QRegion>

#include <functional>

namespace cupel::widgets {

// How a scene lies in the viewport, in pixels as widgets count them.
struct SceneView {
    GraphScenePtr scene;
    QSize size; // of the viewport
    QPoint shift; // of its corner, from the scene's
    qreal scale = 1; // pixels for one of the scene
    qreal dots = 1; // of the screen, for one pixel
    bool far = false; // painted from afar: no part of it may be painted alone
    bool plain = false;
    QFont letters = {};
};

class ScenePicture {
public:
    // Paints an area of the viewport, in its coordinates.
    using Paint = std::function<void(QPainter& painter, const QRect& area)>;
    // Paints on, all of the viewport, for as long as a frame has time; true: it is done.
    using Step = std::function<bool(QPainter& painter)>;
    using Begin = std::function<Step()>;

    // `begin`: where it takes longer than a frame has. Then what was shown before is shown larger or smaller until the
    // new one is there. False: it is not, so somebody has to ask again.
    [[nodiscard]] bool show(
        QPainter& painter, const SceneView& view, const SceneLook& look, const Paint& paint, const Begin& begin = {});
    void drop() // until it is wanted again
    {
        m_pixels = {};
        m_next = {};
    }

private:
    [[nodiscard]] bool isSame(const SceneView& view, const SceneLook& look);
    [[nodiscard]] bool isNear(const SceneView& view, const SceneLook& look) const;
    [[nodiscard]] bool goOn(const SceneView& view, const SceneLook& look, const Begin& begin);
    void paintAll(const SceneView& view, const SceneLook& look, const Paint& paint);
    void showZoomed(QPainter& painter, const SceneView& view) const;
    [[nodiscard]] QRegion moved(const SceneView& view);
    [[nodiscard]] static QRect around(const SceneView& view, std::uint32_t node);

    QPixmap m_pixels; // null: nothing was painted yet
    SceneView m_view;
    SceneLook m_look;
    struct Next { // what is being painted, a part at a time
        QPixmap pixels;
        SceneView view;
        SceneLook look;
        Step step; // empty: nothing is
    };
    Next m_next;
    int m_begun = 0; // times that it was begun since one was done
};

} // namespace cupel::widgets
