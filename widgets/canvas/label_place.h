// SPDX-License-Identifier: GPL-3.0-or-later
// Where the label of an edge stands: half way along the longest piece of its line, unless that covers the title of a
// frame or lies below a node. Pure.
#pragma once

#include "widgets/models/graph_scene.h"

#include <vector>

namespace cupel::widgets {

// `titles`: what has to stay readable. The edge has at least two corners.
[[nodiscard]] QRectF labelPlace(
    const GraphScene& scene, const SceneEdge& edge, const QSizeF& size, const std::vector<QRectF>& titles);

} // namespace cupel::widgets
