// SPDX-License-Identifier: GPL-3.0-or-later
// How much of a scene is in sight: whether there is time for all that is on it.
#include "widgets/canvas/scene_paint.h"

namespace cupel::widgets {

namespace {

constexpr std::size_t many = 220; // nodes in sight: more are drawn plainer, with one line of words
constexpr std::size_t some = 100; // nodes or edges: fewer take no frame, with all that is on them
constexpr std::size_t manyEdges = 260; // smooth bends of more take longer than a frame has

bool holdsMore(const GraphScene& scene, const QRectF& area, std::size_t nodes, std::size_t edges)
{
    std::vector<std::uint32_t> list;
    scene.nodesIn(area, list);
    if (list.size() > nodes) {
        return true;
    }
    scene.edgesIn(area, list);
    return list.size() > edges;
}

} // namespace

bool isCrowded(const GraphScene& scene, const QRectF& area)
{
    return holdsMore(scene, area, many, manyEdges);
}

bool takesLong(const GraphScene& scene, const QRectF& area)
{
    return holdsMore(scene, area, some, some);
}

} // namespace cupel::widgets
