// SPDX-License-Identifier: GPL-3.0-or-later
// Paints nodes and edges of a scene with everything on them: for the screen from 50 % on, for pictures, in the colours
// of a theme.
#pragma once

#include "widgets/common/theme.h"
#include "widgets/models/graph_scene.h"

#include <cstddef>
#include <functional>
#include <vector>

class QPainter;

namespace cupel::widgets {

struct SceneLook {
    ThemeName theme = ThemeName::Light;
    std::vector<bool> shown; // by node: not dimmed; empty: all
    std::vector<bool> chosen; // by node; empty: none
    std::uint32_t current = GraphScene::none;
    std::uint32_t hovered = GraphScene::none;
    std::uint32_t edge = GraphScene::none; // the chosen one
    std::vector<std::uint32_t> path; // edges, numbered in this order
    std::vector<bool> along; // by edge: ways without an order; empty: none
    bool plainShown = false; // what is not dimmed is no way through the graph
    bool labels = false; // on edges that have one, or a finding
    bool ring = false; // around the current node: the canvas has the keyboard

    [[nodiscard]] bool lit(std::uint32_t node) const { return shown.empty() || shown[node]; }
    [[nodiscard]] bool isChosen(std::uint32_t node) const { return !chosen.empty() && chosen[node]; }
    [[nodiscard]] bool isAlong(std::uint32_t edge_) const { return edge_ < along.size() && along[edge_]; }
    friend bool operator==(const SceneLook&, const SceneLook&) = default;
};

// The painter has the scene's coordinates; nothing outside of `area` needs to be painted. `plain`: less of each.
void paintScene(
    QPainter& painter, const GraphScene& scene, const QRectF& area, const SceneLook& look, bool plain = false);

// The same, a part at a time: many parts make the very same picture as one. The scene outlives it.
class SceneSlices {
public:
    SceneSlices(const GraphScene& scene, const QRectF& area, SceneLook look, bool plain);
    // True: all of it is painted. `enough` is asked after each edge, label and node.
    [[nodiscard]] bool paint(QPainter& painter, const std::function<bool()>& enough);

private:
    const GraphScene& m_scene;
    SceneLook m_look;
    bool m_plain;
    QRectF m_area;
    std::vector<std::uint32_t> m_nodes;
    std::vector<std::uint32_t> m_edges;
    std::vector<std::uint32_t> m_order; // of the edges as they are painted
    std::size_t m_edge = 0; // the next one
    std::size_t m_label = 0;
    std::size_t m_node = 0;
    bool m_begun = false;
};
// So much is in sight that a frame has only time for the plain drawing.
[[nodiscard]] bool isCrowded(const GraphScene& scene, const QRectF& area);
// So much is in sight that it may take longer than a frame has, plain or not.
[[nodiscard]] bool takesLong(const GraphScene& scene, const QRectF& area);
// The sign of a node's finding, `size` wide in the painter's coordinates.
void paintSign(QPainter& painter, const SceneNode& node, qreal size, ThemeName theme);
// Of what differs between two states; white for none.
[[nodiscard]] QColor markColor(SceneMark mark, ThemeName theme);
[[nodiscard]] QString markSign(SceneMark mark); // "+"; empty: none
// At the corner of a node that neither findings nor the needle take.
void paintMark(QPainter& painter, const QRectF& node, SceneMark mark, qreal size, ThemeName theme);
// The shape alone, small, for legends and lists.
void paintShape(QPainter& painter, const QRectF& box, NodeShape shape, bool outside, const QColor& border);
[[nodiscard]] QFont nodeFont(bool title); // at 100 %

} // namespace cupel::widgets
