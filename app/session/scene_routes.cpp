// SPDX-License-Identifier: GPL-3.0-or-later
// SceneFrames: its lines, from cell to cell, and the scene that comes of it.
#include "app/session/scene_frames.h"

#include <algorithm>
#include <cmath>

namespace cupel::app {

namespace {

constexpr std::uint32_t none = ScenePlan::none;
constexpr double exitGap = 6;
constexpr std::uint32_t mostExits = 4; // beside each other; there is room for these

void addCorner(std::vector<QPointF>& out, const QPointF& next)
{
    constexpr double near = 0.5;
    if (!out.empty() && std::abs(out.back().x() - next.x()) < near && std::abs(out.back().y() - next.y()) < near) {
        return;
    }
    if (out.size() >= 2) { // no corner where the line goes on straight
        const QPointF a = out[out.size() - 2];
        const QPointF b = out.back();
        if ((std::abs(a.x() - b.x()) < near && std::abs(b.x() - next.x()) < near)
            || (std::abs(a.y() - b.y()) < near && std::abs(b.y() - next.y()) < near)) {
            out.back() = next;
            return;
        }
    }
    out.push_back(next);
}

} // namespace

std::vector<QPointF> SceneFrames::port(std::uint32_t node, bool right) const
{
    const QRectF& placed = m_plan.nodes[node].box;
    const auto group = m_plan.groupOf[node];
    if (group == none || m_plan.groups[group].column) {
        return {QPointF(right ? placed.right() : placed.left(), placed.center().y())};
    }
    return {QPointF(placed.center().x(), placed.bottom()), QPointF(placed.center().x(), placed.bottom() + leave)};
}

std::vector<QPointF> SceneFrames::route(std::size_t link) const
{
    const auto& one = m_plan.links[link];
    if (const auto flow = m_flowRoutes.find(link); flow != m_flowRoutes.end()) {
        auto points = flow->second;
        for (auto& point : points) {
            point += m_groupBox[m_plan.groupOf[one.from]].topLeft();
        }
        return points;
    }
    return m_unit[one.from] == m_unit[one.to] ? routeInColumn(link) : routeOutside(link);
}

std::vector<QPointF> SceneFrames::routeInColumn(std::size_t link) const
{
    const auto& one = m_plan.links[link];
    const QRectF& from = m_plan.nodes[one.from].box;
    const QRectF& to = m_plan.nodes[one.to].box;
    const bool plain = m_plan.groupOf[one.from] == m_root[one.from] && m_plan.groupOf[one.to] == m_root[one.to];
    if (plain && to.top() > from.bottom() && to.top() - from.bottom() < rowGap + 1) { // the next one
        return {QPointF(from.center().x(), from.bottom()), QPointF(to.center().x(), to.top())};
    }
    const auto group = m_root[one.from];
    const auto track = m_tracks.find({group, one.from});
    const double x =
        m_groupBox[group].left() + (track == m_tracks.end() ? m_groupBox[group].width() - inset / 2 : track->second);
    std::vector<QPointF> out;
    for (const auto& point : port(one.from, true)) {
        addCorner(out, point);
    }
    auto end = port(one.to, true);
    addCorner(out, {x, out.back().y()});
    addCorner(out, {x, end.back().y()});
    std::reverse(end.begin(), end.end());
    for (const auto& point : end) {
        addCorner(out, point);
    }
    return out;
}

std::vector<QPointF> SceneFrames::routeOutside(std::size_t link) const
{
    const auto& one = m_plan.links[link];
    auto points = m_routes.at({m_unit[one.from], m_unit[one.to]});
    if (points.size() < 2) {
        return {};
    }
    const auto& fromUnit = m_units[m_unit[one.from]];
    const QRectF from = fromUnit.group ? m_groupBox[fromUnit.index] : m_plan.nodes[fromUnit.index].box;
    const bool rightwards = points.front().x() > from.center().x(); // edges that were turned round leave at the left
    const auto start = port(one.from, rightwards);
    auto end = port(one.to, !rightwards);
    if (points.size() == 2) {
        const double middle = (points.front().x() + points.back().x()) / 2;
        points = {points.front(), {middle, 0}, {middle, 0}, points.back()};
    }
    const auto exit = m_exit.find(one.from);
    if (exit != m_exit.end() && points.size() > 3 && points[1].x() == points[2].x()) { // lines of two cells stay two
        const double shift = (rightwards ? -1 : 1) * exitGap * static_cast<double>(exit->second % mostExits);
        points[1].rx() += shift;
        points[2].rx() += shift;
    }
    points[0].setY(start.back().y());
    points[1].setY(start.back().y());
    points[points.size() - 1].setY(end.back().y());
    points[points.size() - 2].setY(end.back().y());
    std::vector<QPointF> out;
    for (const auto& point : start) {
        addCorner(out, point);
    }
    for (const auto& point : points) {
        addCorner(out, point);
    }
    std::reverse(end.begin(), end.end());
    for (const auto& point : end) {
        addCorner(out, point);
    }
    return out;
}

// The layout knows frames as wholes and gives all that leaves one the same track.
void SceneFrames::countExits()
{
    std::map<std::uint32_t, std::uint32_t> next; // by unit
    for (const auto& link : m_plan.links) {
        const auto unit = m_unit[link.from];
        if (m_root[link.from] != none && unit != m_unit[link.to] && !m_exit.contains(link.from)) {
            m_exit[link.from] = next[unit]++;
        }
    }
}

// What somebody put elsewhere goes there, with its lines; nobody else makes room for it.
void SceneFrames::pin(std::vector<widgets::SceneEdge>& edges, std::vector<QPointF>& points, QSizeF& size)
{
    for (std::size_t i = 0; i < m_plan.keys.size() && i < m_plan.nodes.size() && !m_plan.pins.empty(); ++i) {
        const auto pinned = m_plan.pins.find(m_plan.keys[i]);
        if (pinned != m_plan.pins.end() && m_plan.groupOf[i] == none) {
            QRectF& placed = m_plan.nodes[i].box;
            placed.moveCenter(
                {std::max(pinned->second.x(), placed.width() / 2), std::max(pinned->second.y(), placed.height() / 2)});
            size = size.expandedTo({placed.right(), placed.bottom()});
            m_plan.nodes[i].pinned = true;
        }
    }
    for (auto& edge : edges) {
        const auto& from = m_plan.nodes[edge.from];
        const auto& to = m_plan.nodes[edge.to];
        if (!from.pinned && !to.pinned) {
            continue;
        }
        const bool right = to.box.center().x() >= from.box.center().x();
        const auto start = port(edge.from, right);
        auto end = port(edge.to, !right);
        const double middle = (start.back().x() + end.back().x()) / 2;
        std::vector<QPointF> line;
        for (const auto& point : start) {
            addCorner(line, point);
        }
        addCorner(line, {middle, start.back().y()});
        addCorner(line, {middle, end.back().y()});
        std::reverse(end.begin(), end.end());
        for (const auto& point : end) {
            addCorner(line, point);
        }
        edge.first = static_cast<std::uint32_t>(points.size());
        edge.corners = static_cast<std::uint32_t>(line.size());
        points.insert(points.end(), line.begin(), line.end());
    }
}

widgets::GraphScenePtr SceneFrames::finish()
{
    countExits();
    std::vector<QPointF> points;
    std::vector<widgets::SceneEdge> edges;
    QRectF all;
    for (std::size_t i = 0; i < m_plan.links.size(); ++i) {
        if (!m_budget.spend(4'096)) {
            return nullptr;
        }
        const auto line = route(i);
        auto& link = m_plan.links[i];
        edges.push_back({link.from, link.to, static_cast<std::uint32_t>(points.size()),
            static_cast<std::uint32_t>(line.size()), std::move(link.label), link.dashed, {}, link.mark});
        points.insert(points.end(), line.begin(), line.end());
        for (const auto& point : line) {
            all |= QRectF(point, QSizeF(1, 1));
        }
    }
    for (const auto& unit : m_units) {
        all |= box(unit);
    }
    std::vector<widgets::SceneFrame> frames;
    for (std::uint32_t i = 0; i < m_plan.groups.size(); ++i) {
        frames.push_back(
            {m_groupBox[i].translated(-all.topLeft()), m_plan.groups[i].title, i, m_plan.groups[i].parent != none});
    }
    for (std::size_t i = 0; i < m_plan.nodes.size(); ++i) {
        m_plan.nodes[i].box.translate(-all.topLeft());
        m_plan.nodes[i].frame = m_plan.groupOf[i];
    }
    for (auto& point : points) {
        point -= all.topLeft();
    }
    QSizeF size = all.size();
    pin(edges, points, size);
    return std::make_shared<const widgets::GraphScene>(
        std::move(m_plan.nodes), std::move(edges), std::move(points), size, std::move(frames), true);
}

} // namespace cupel::app
