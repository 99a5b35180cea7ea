// SPDX-License-Identifier: GPL-3.0-or-later
// Draws a part of a scene from far away, straight into pixels: boxes and lines of a pixel's width, without text. A
// painter needs several times as long for tens of thousands of lines.
#pragma once

#include "widgets/models/graph_scene.h"

#include <QtGui/QImage>

#include <array>

namespace cupel::widgets {

struct RasterColors {
    QRgb background = 0;
    QRgb line = 0;
    QRgb dimLine = 0;
    QRgb pathLine = 0;
    QRgb fill = 0;
    QRgb border = 0;
    QRgb dimFill = 0;
    QRgb dimBorder = 0;
    QRgb selected = 0;
    QRgb group = 0;
    QRgb frame = 0;
    QRgb innerFrame = 0;
    std::array<QRgb, 4> marks{}; // lines and borders by SceneMark; of None none
    std::array<QRgb, 4> markFills{};
};

struct RasterView {
    QPointF origin; // the scene's point at the image's top left corner
    qreal scale = 1; // pixels of the image for one of the scene
};

// Marks by node, or empty: `shown` those that are not dimmed, `chosen` the selected ones.
void rasterScene(QImage& image, const GraphScene& scene, const RasterView& view, const RasterColors& colors,
    const std::vector<bool>& shown, const std::vector<bool>& chosen);

} // namespace cupel::widgets
