// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/scene_maker.h"

#include "app/session/scene_frames.h"

#include <algorithm>
#include <cmath>

namespace cupel::app {

namespace {

constexpr float titleLetter = 8.2F; // widths at 100 %, about
constexpr float detailLetter = 6.6F;

} // namespace

graph::Size sizeOf(const widgets::SceneNode& node)
{
    const float words = std::max(
        static_cast<float>(node.title.size()) * titleLetter, static_cast<float>(node.detail.size()) * detailLetter);
    const float sign = node.mark == widgets::SceneMark::None ? 0 : 16; // its words are not cut for it
    return {std::clamp(std::ceil(words / 8) * 8 + 24 + sign, 88.0F, 208.0F), node.detail.isEmpty() ? 32.0F : 44.0F};
}

widgets::GraphScenePtr drawDown(ScenePlan plan, Budget& budget)
{
    graph::Graph shape;
    for (const auto& node : plan.nodes) {
        shape.nodes.push_back(sizeOf(node));
    }
    for (const auto& link : plan.links) {
        shape.edges.push_back({link.from, link.to});
    }
    const auto layout = graph::layOut(shape, {}, budget);
    if (!layout.complete) {
        return nullptr;
    }
    for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
        const auto size = shape.nodes[i];
        plan.nodes[i].box =
            QRectF(layout.nodes[i].x - size.width / 2, layout.nodes[i].y - size.height / 2, size.width, size.height);
    }
    std::vector<widgets::SceneEdge> edges;
    for (std::size_t i = 0; i < plan.links.size(); ++i) {
        auto& link = plan.links[i];
        const auto first = layout.routeStart[i];
        edges.push_back({link.from, link.to, first, layout.routeStart[i + 1] - first, std::move(link.label),
            link.dashed, {}, link.mark});
    }
    std::vector<QPointF> points;
    points.reserve(layout.routes.size());
    for (const auto& point : layout.routes) {
        points.emplace_back(point.x, point.y);
    }
    return std::make_shared<const widgets::GraphScene>(
        std::move(plan.nodes), std::move(edges), std::move(points), QSizeF(layout.size.width, layout.size.height));
}

widgets::GraphScenePtr drawRight(
    ScenePlan plan, Budget& budget, const widgets::SceneMemory* before, widgets::SceneMemory* memory)
{
    return SceneFrames(std::move(plan), budget, before, memory).run();
}

} // namespace cupel::app
