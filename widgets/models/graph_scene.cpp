// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/graph_scene.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

namespace cupel::widgets {

namespace {

constexpr int mostCells = 256; // along each side
constexpr int manyCells = 96; // of one edge

QRectF segment(const QPointF& a, const QPointF& b)
{
    return QRectF(QPointF(std::min(a.x(), b.x()), std::min(a.y(), b.y())),
        QPointF(std::max(a.x(), b.x()), std::max(a.y(), b.y())));
}

bool touches(const QRectF& a, const QRectF& b) // also when one of them has no width
{
    return a.left() <= b.right() && b.left() <= a.right() && a.top() <= b.bottom() && b.top() <= a.bottom();
}

qreal distance(const QPointF& place, const QPointF& a, const QPointF& b)
{
    const QPointF line = b - a;
    const qreal length = QPointF::dotProduct(line, line);
    const qreal at = length == 0 ? 0 : std::clamp(QPointF::dotProduct(place - a, line) / length, 0.0, 1.0);
    const QPointF off = place - (a + at * line);
    return std::hypot(off.x(), off.y());
}

} // namespace

GraphScene::GraphScene(std::vector<SceneNode> nodes, std::vector<SceneEdge> edges, std::vector<QPointF> points,
    const QSizeF& size, std::vector<SceneFrame> frames, bool rightwards)
    : m_nodes(std::move(nodes))
    , m_edges(std::move(edges))
    , m_points(std::move(points))
    , m_frames(std::move(frames))
    , m_size(size)
    , m_rightwards(rightwards)
{
    m_cell = std::max({256.0, size.width() / mostCells, size.height() / mostCells});
    m_columns = std::max(1, static_cast<int>(std::ceil(size.width() / m_cell)));
    m_rows = std::max(1, static_cast<int>(std::ceil(size.height() / m_cell)));
    indexNodes();
    indexEdges();
}

GraphScene::Span GraphScene::span(const QRectF& area) const
{
    const auto cell = [this](qreal at, int count) {
        return static_cast<int>(std::clamp(std::floor(at / m_cell), 0.0, static_cast<qreal>(count - 1)));
    };
    return {cell(area.left(), m_columns), cell(area.top(), m_rows), cell(area.right(), m_columns),
        cell(area.bottom(), m_rows)};
}

GraphScene::Cells GraphScene::fill(const std::vector<std::pair<std::uint32_t, std::uint32_t>>& pairs) const
{
    Cells cells;
    cells.start.assign(static_cast<std::size_t>(m_columns) * static_cast<std::size_t>(m_rows) + 1, 0);
    for (const auto& [cell, item] : pairs) {
        ++cells.start[cell + 1];
    }
    for (std::size_t i = 1; i < cells.start.size(); ++i) {
        cells.start[i] += cells.start[i - 1];
    }
    cells.items.resize(pairs.size());
    auto next = cells.start;
    for (const auto& [cell, item] : pairs) {
        cells.items[next[cell]++] = item;
    }
    return cells;
}

void GraphScene::indexNodes()
{
    std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
    for (std::uint32_t i = 0; i < m_nodes.size(); ++i) {
        const Span cells = span(m_nodes[i].box);
        for (int row = cells.top; row <= cells.bottom; ++row) {
            for (int column = cells.left; column <= cells.right; ++column) {
                pairs.emplace_back(static_cast<std::uint32_t>(row * m_columns + column), i);
            }
        }
    }
    m_nodeCells = fill(pairs);
}

void GraphScene::indexEdges()
{
    std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
    m_outStart.assign(m_nodes.size() + 1, 0);
    m_inStart.assign(m_nodes.size() + 1, 0);
    for (std::uint32_t i = 0; i < m_edges.size(); ++i) {
        const auto& edge = m_edges[i];
        ++m_outStart[edge.from + 1];
        ++m_inStart[edge.to + 1];
        const auto before = pairs.size();
        const auto* corner = corners(edge);
        for (std::uint32_t k = 0; k + 1 < edge.corners && pairs.size() - before <= manyCells; ++k) {
            const Span cells = span(segment(corner[k], corner[k + 1]));
            for (int row = cells.top; row <= cells.bottom && pairs.size() - before <= manyCells; ++row) {
                for (int column = cells.left; column <= cells.right; ++column) {
                    pairs.emplace_back(static_cast<std::uint32_t>(row * m_columns + column), i);
                }
            }
        }
        if (pairs.size() - before > manyCells) {
            pairs.resize(before);
            m_long.push_back(i);
        }
    }
    m_edgeCells = fill(pairs);
    for (std::size_t i = 1; i < m_outStart.size(); ++i) {
        m_outStart[i] += m_outStart[i - 1];
        m_inStart[i] += m_inStart[i - 1];
    }
    m_out.resize(m_edges.size());
    m_in.resize(m_edges.size());
    auto nextOut = m_outStart;
    auto nextIn = m_inStart;
    for (std::uint32_t i = 0; i < m_edges.size(); ++i) {
        m_out[nextOut[m_edges[i].from]++] = i;
        m_in[nextIn[m_edges[i].to]++] = i;
    }
}

GraphScene::Range GraphScene::leaving(std::uint32_t node) const
{
    return {m_out.data() + m_outStart[node], m_out.data() + m_outStart[node + 1]};
}

GraphScene::Range GraphScene::reaching(std::uint32_t node) const
{
    return {m_in.data() + m_inStart[node], m_in.data() + m_inStart[node + 1]};
}

void GraphScene::query(const Cells& cells, const QRectF& area, std::vector<std::uint32_t>& out) const
{
    const Span range = span(area);
    for (int row = range.top; row <= range.bottom; ++row) {
        const auto first = static_cast<std::size_t>(row * m_columns + range.left);
        const auto last = static_cast<std::size_t>(row * m_columns + range.right);
        out.insert(out.end(), cells.items.begin() + cells.start[first], cells.items.begin() + cells.start[last + 1]);
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
}

// Where most of it is asked for, all of it is given: sorting would cost more than what is given too much.
bool GraphScene::mostOf(const QRectF& area) const
{
    const QRectF seen = area.intersected(QRectF(QPointF(), m_size));
    return seen.width() * seen.height() * 3 > m_size.width() * m_size.height();
}

void GraphScene::nodesIn(const QRectF& area, std::vector<std::uint32_t>& out) const
{
    out.clear();
    if (mostOf(area)) {
        out.resize(m_nodes.size());
        std::iota(out.begin(), out.end(), 0U);
        out.erase(std::remove_if(
                      out.begin(), out.end(), [&](std::uint32_t node) { return !touches(m_nodes[node].box, area); }),
            out.end());
        return;
    }
    query(m_nodeCells, area, out);
    out.erase(
        std::remove_if(out.begin(), out.end(), [&](std::uint32_t node) { return !touches(m_nodes[node].box, area); }),
        out.end());
}

void GraphScene::edgesIn(const QRectF& area, std::vector<std::uint32_t>& out) const
{
    out.clear();
    if (mostOf(area)) {
        out.resize(m_edges.size());
        std::iota(out.begin(), out.end(), 0U);
        return;
    }
    for (const auto edge : m_long) {
        const auto* corner = corners(m_edges[edge]);
        for (std::uint32_t k = 0; k + 1 < m_edges[edge].corners; ++k) {
            if (touches(segment(corner[k], corner[k + 1]), area)) {
                out.push_back(edge);
                break;
            }
        }
    }
    query(m_edgeCells, area, out);
}

std::uint32_t GraphScene::nodeAt(const QPointF& place) const
{
    std::vector<std::uint32_t> near;
    nodesIn(QRectF(place, place), near);
    return near.empty() ? none : near.back();
}

std::uint32_t GraphScene::edgeAt(const QPointF& place, qreal reach) const
{
    std::vector<std::uint32_t> near;
    edgesIn(QRectF(place, place).adjusted(-reach, -reach, reach, reach), near);
    std::uint32_t best = none;
    qreal least = reach;
    for (const auto edge : near) {
        const auto* corner = corners(m_edges[edge]);
        for (std::uint32_t k = 0; k + 1 < m_edges[edge].corners; ++k) {
            if (const qreal here = distance(place, corner[k], corner[k + 1]); here <= least) {
                least = here;
                best = edge;
            }
        }
    }
    return best;
}

std::uint32_t GraphScene::frameAt(const QPointF& place) const
{
    for (auto i = m_frames.size(); i-- > 0;) {
        const QRectF& box = m_frames[i].box;
        if (QRectF(box.topLeft(), QSizeF(box.width(), SceneFrame::head)).contains(place)) {
            return static_cast<std::uint32_t>(i);
        }
    }
    return none;
}

void GraphScene::spread(const std::vector<std::uint32_t>& from, Way way, std::vector<bool>& marks) const
{
    marks.resize(m_nodes.size());
    std::vector<bool> seen(m_nodes.size());
    std::vector<std::uint32_t> open = from;
    while (!open.empty()) {
        const auto node = open.back();
        open.pop_back();
        if (seen[node]) {
            continue;
        }
        seen[node] = true;
        marks[node] = true;
        for (const auto edge : way == Way::Up ? reaching(node) : leaving(node)) {
            open.push_back(way == Way::Up ? m_edges[edge].from : m_edges[edge].to);
        }
    }
}

std::uint32_t GraphScene::along(std::uint32_t node, Way way) const
{
    std::uint32_t best = none;
    qreal least = std::numeric_limits<qreal>::max();
    const QPointF here = m_nodes[node].box.center();
    for (const auto edge : way == Way::Up ? reaching(node) : leaving(node)) {
        const auto other = way == Way::Up ? m_edges[edge].from : m_edges[edge].to;
        const QPointF off = m_nodes[other].box.center() - here;
        const qreal far = std::abs(off.x()) + std::abs(off.y());
        if (other != node && far < least) {
            least = far;
            best = other;
        }
    }
    return best;
}

std::uint32_t GraphScene::beside(std::uint32_t node, bool after) const
{
    const QRectF& box = m_nodes[node].box;
    std::vector<std::uint32_t> row;
    const QRectF strip = m_rightwards
        ? QRectF(box.left(), after ? box.bottom() : 0, box.width(), after ? m_size.height() - box.bottom() : box.top())
        : QRectF(after ? box.right() : 0, box.top(), after ? m_size.width() - box.right() : box.left(), box.height());
    nodesIn(strip, row);
    std::uint32_t best = none;
    qreal least = std::numeric_limits<qreal>::max();
    for (const auto other : row) {
        const QPointF off = m_nodes[other].box.center() - box.center();
        const qreal far = std::abs(m_rightwards ? off.y() : off.x());
        if (other != node && far < least) {
            least = far;
            best = other;
        }
    }
    return best;
}

} // namespace cupel::widgets
