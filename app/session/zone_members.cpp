// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/zone_members.h"

#include "widgets/models/graph_scene.h"

#include <algorithm>

namespace cupel::app {

namespace {

constexpr double inset = 14; // between the outline of a zone and what stands in it
constexpr double gap = 12; // between two members
constexpr int mostLooks = 200'000; // at members that stand

} // namespace

void settleMembers(const ZoneMembers& zone, std::vector<QRectF>& boxes, std::vector<bool>& placed)
{
    std::vector<QRectF> standing;
    for (const auto member : zone.members) {
        if (placed[member]) {
            standing.push_back(boxes[member].adjusted(-gap, -gap, gap, gap));
        }
    }
    const QPointF first(zone.box.left() + inset, zone.box.top() + widgets::SceneFrame::head);
    QPointF next = first;
    int looks = mostLooks;
    for (const auto member : zone.members) {
        if (placed[member]) {
            continue;
        }
        QRectF box(next, boxes[member].size());
        for (bool free = false; !free && looks > 0;) {
            if (box.right() > zone.box.right() - inset && box.left() > first.x()) { // the next row
                box.moveTopLeft({first.x(), box.bottom() + gap});
            }
            looks -= static_cast<int>(standing.size()) + 1;
            const auto hit = std::find_if(
                standing.begin(), standing.end(), [&box](const QRectF& one) { return one.intersects(box); });
            free = hit == standing.end();
            if (!free) {
                box.moveLeft(hit->right() + 0.5);
            }
        }
        boxes[member] = box;
        placed[member] = true;
        next = {box.right() + gap, box.top()};
    }
}

QRectF roomOf(const QRectF& member)
{
    return member.adjusted(-inset, -widgets::SceneFrame::head, inset, inset);
}

} // namespace cupel::app
