// SPDX-License-Identifier: GPL-3.0-or-later
// A drawing of nodes and edges as arrays, with a grid that tells what lies where. Made by a worker, immutable from
// then on, shared between threads. Lengths are pixels at 100 %.
#pragma once

#include "analyzers/model/finding.h"

#include <QtCore/QPointF>
#include <QtCore/QRectF>
#include <QtCore/QString>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace cupel::widgets {

// Of two states that are compared: what is only in the later one, only in the earlier one, or not the same in both.
enum class SceneMark : std::uint8_t { None, Added, Removed, Changed };

enum class NodeShape : std::uint8_t { Code, Data, Model, Group };

struct SceneNode {
    QRectF box;
    NodeShape shape = NodeShape::Code;
    bool outside = false; // dashed: from elsewhere
    bool pinned = false; // somebody put it there
    QString title;
    QString detail; // second line; may be empty
    std::optional<Severity> sign; // the worst finding about it
    std::uint32_t number = 0; // the maker's own
    std::uint32_t frame = 0xFFFF'FFFF; // the innermost one around it; none
    SceneMark mark = SceneMark::None;
};

struct SceneEdge {
    std::uint32_t from = 0; // node
    std::uint32_t to = 0;
    std::uint32_t first = 0; // of its corners in GraphScene::points
    std::uint32_t corners = 0;
    QString label; // what flows; may be empty
    bool dashed = false; // only guessed
    std::optional<Severity> sign = {}; // the worst finding about it
    SceneMark mark = SceneMark::None;
};

// A container that stands open around its nodes.
struct SceneFrame {
    static constexpr qreal head = 36; // of its box: where the title stands
    QRectF box;
    QString title;
    std::uint32_t number = 0; // the maker's own
    bool inner = false; // stands in another frame
    SceneMark mark = SceneMark::None;
};

class GraphScene {
public:
    static constexpr std::uint32_t none = 0xFFFF'FFFF;

    // `rightwards`: edges lead to the right, not down. Frames: outer ones before what stands in them.
    GraphScene(std::vector<SceneNode> nodes, std::vector<SceneEdge> edges, std::vector<QPointF> points,
        const QSizeF& size, std::vector<SceneFrame> frames = {}, bool rightwards = false);

    [[nodiscard]] const std::vector<SceneNode>& nodes() const { return m_nodes; }
    [[nodiscard]] const std::vector<SceneEdge>& edges() const { return m_edges; }
    [[nodiscard]] const QPointF* corners(const SceneEdge& edge) const { return m_points.data() + edge.first; }
    [[nodiscard]] const std::vector<SceneFrame>& frames() const { return m_frames; }
    [[nodiscard]] bool rightwards() const { return m_rightwards; }
    [[nodiscard]] QSizeF size() const { return m_size; }
    [[nodiscard]] bool empty() const { return m_nodes.empty(); }

    // Edges that leave (or reach) a node.
    struct Range {
        const std::uint32_t* first;
        const std::uint32_t* last;
        [[nodiscard]] const std::uint32_t* begin() const { return first; }
        [[nodiscard]] const std::uint32_t* end() const { return last; }
        [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(last - first); }
    };
    [[nodiscard]] Range leaving(std::uint32_t node) const;
    [[nodiscard]] Range reaching(std::uint32_t node) const;

    // What touches `area`, in rising order; edges nearby may come along.
    void nodesIn(const QRectF& area, std::vector<std::uint32_t>& out) const;
    void edgesIn(const QRectF& area, std::vector<std::uint32_t>& out) const;
    [[nodiscard]] std::uint32_t nodeAt(const QPointF& place) const; // none
    [[nodiscard]] std::uint32_t edgeAt(const QPointF& place, qreal reach) const;
    [[nodiscard]] std::uint32_t frameAt(const QPointF& place) const; // whose title is there; none

    // One mark per node: itself and all that it depends on, or that depends on it.
    enum class Way : std::uint8_t { Up, Down };
    void spread(const std::vector<std::uint32_t>& from, Way way, std::vector<bool>& marks) const;
    // The nearest node one step along an edge, or beside it across the way of the edges (right of it, or below); none.
    [[nodiscard]] std::uint32_t along(std::uint32_t node, Way way) const;
    [[nodiscard]] std::uint32_t beside(std::uint32_t node, bool after) const;

private:
    struct Cells {
        std::vector<std::uint32_t> start;
        std::vector<std::uint32_t> items;
    };
    struct Span {
        int left, top, right, bottom; // cells, inclusive
    };
    [[nodiscard]] Span span(const QRectF& area) const;
    [[nodiscard]] Cells fill(const std::vector<std::pair<std::uint32_t, std::uint32_t>>& pairs) const;
    [[nodiscard]] bool mostOf(const QRectF& area) const;
    void query(const Cells& cells, const QRectF& area, std::vector<std::uint32_t>& out) const;
    void indexNodes();
    void indexEdges();

    std::vector<SceneNode> m_nodes;
    std::vector<SceneEdge> m_edges;
    std::vector<QPointF> m_points;
    std::vector<SceneFrame> m_frames;
    QSizeF m_size;
    bool m_rightwards = false;
    int m_columns = 1;
    int m_rows = 1;
    qreal m_cell = 512;
    Cells m_nodeCells;
    Cells m_edgeCells;
    std::vector<std::uint32_t> m_long; // edges that cross very many cells
    std::vector<std::uint32_t> m_outStart, m_out, m_inStart, m_in;
};

using GraphScenePtr = std::shared_ptr<const GraphScene>;

} // namespace cupel::widgets
