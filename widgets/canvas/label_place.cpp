// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/label_place.h"

#include <algorithm>
#include <cmath>

namespace cupel::widgets {

namespace {

constexpr std::uint32_t mostPieces = 12; // of a line that are tried

qreal lengthOf(const QPointF* corner, std::uint32_t piece)
{
    const QPointF off = corner[piece + 1] - corner[piece];
    return std::hypot(off.x(), off.y());
}

QRectF boxAt(const QPointF* corner, std::uint32_t piece, qreal part, const QSizeF& size)
{
    QRectF out(QPointF(), size);
    out.moveCenter(corner[piece] + (corner[piece + 1] - corner[piece]) * part);
    return out;
}

} // namespace

QRectF labelPlace(const GraphScene& scene, const SceneEdge& edge, const QSizeF& size, const std::vector<QRectF>& titles)
{
    const QPointF* corner = scene.corners(edge);
    std::uint32_t longest = 0;
    for (std::uint32_t k = 1; k + 1 < edge.corners; ++k) {
        longest = lengthOf(corner, k) > lengthOf(corner, longest) + 0.5 ? k : longest;
    }
    const auto readable = [&titles](const QRectF& box) {
        return std::none_of(
            titles.begin(), titles.end(), [&box](const QRectF& title) { return title.intersects(box); });
    };
    std::vector<std::uint32_t> nodes; // which are painted above it
    const auto free = [&](const QRectF& box) {
        scene.nodesIn(box, nodes);
        return nodes.empty() && readable(box);
    };
    const QRectF first = boxAt(corner, longest, 0.5, size);
    if (free(first)) {
        return first;
    }
    std::vector<QRectF> others;
    for (const qreal part : {0.35, 0.65, 0.2, 0.8}) {
        others.push_back(boxAt(corner, longest, part, size));
    }
    for (std::uint32_t k = 0; k + 1 < std::min(edge.corners, mostPieces); ++k) {
        others.push_back(boxAt(corner, k, 0.5, size));
    }
    const QPointF along = corner[longest + 1] - corner[longest];
    const bool flat = std::abs(along.x()) >= std::abs(along.y());
    for (const qreal beside : {-22, 22, -44, 44}) { // its line: between two that stand close there is no room
        others.push_back(first.translated(flat ? 0 : beside, flat ? beside : 0));
    }
    const auto best = std::find_if(others.begin(), others.end(), free);
    if (best != others.end()) {
        return *best;
    }
    const auto good = readable(first) ? others.end() : std::find_if(others.begin(), others.end(), readable);
    return good == others.end() ? first : *good;
}

} // namespace cupel::widgets
