// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/scene_paint.h"

#include "widgets/common/paint.h"
#include "widgets/common/severity.h"

#include <QtGui/QFontMetricsF>
#include <QtGui/QPainter>
#include <QtGui/QPainterPath>
#include <QtGui/QPolygonF>

#include <algorithm>
#include <cmath>

namespace cupel::widgets {

namespace {

constexpr qreal lineWidth = 1.5;
constexpr qreal pathWidth = 3;
constexpr qreal bend = 6; // radius
constexpr qreal arrow = 6;
constexpr qreal pathArrow = 11;
constexpr qreal disc = 18; // with the number of a step
constexpr double dimming = 0.65;
constexpr std::size_t many = 220; // nodes in sight: more are drawn plainer, with one line of words
constexpr std::size_t manyEdges = 260; // smooth bends of more take longer than a frame has

QPainterPath hexagon(const QRectF& box)
{
    const qreal tip = std::min(12.0, box.height() / 2);
    QPainterPath path(QPointF(box.left() + tip, box.top()));
    path.lineTo(box.right() - tip, box.top());
    path.lineTo(box.right(), box.center().y());
    path.lineTo(box.right() - tip, box.bottom());
    path.lineTo(box.left() + tip, box.bottom());
    path.lineTo(box.left(), box.center().y());
    path.closeSubpath();
    return path;
}

class ScenePainter {
public:
    ScenePainter(QPainter& painter, const GraphScene& scene, const SceneLook& look)
        : m_painter(painter)
        , m_scene(scene)
        , m_look(look)
        , m_titleFont(nodeFont(true))
        , m_detailFont(nodeFont(false))
        , m_titleSize(m_titleFont)
        , m_detailSize(m_detailFont)
        , m_surface(color(Token::Surface, look.theme))
        , m_border(color(Token::ControlBorder, look.theme))
        , m_onPath(look.path.empty() ? 0 : scene.nodes().size())
    {
        for (const auto edge : look.path) {
            m_onPath[scene.edges()[edge].from] = m_onPath[scene.edges()[edge].to] = true;
        }
    }

    void setPlain(bool plain) { m_plain = plain; }

    void edges(const std::vector<std::uint32_t>& list)
    {
        const bool rounded = !m_plain;
        m_painter.setRenderHint(QPainter::Antialiasing, rounded);
        const auto isPath = [this](std::uint32_t edge) {
            return m_look.isAlong(edge) || std::find(m_look.path.begin(), m_look.path.end(), edge) != m_look.path.end();
        };
        for (const bool lit : {false, true}) {
            for (const auto number : list) {
                const auto& edge = m_scene.edges()[number];
                const bool clear = m_look.lit(edge.from) && m_look.lit(edge.to)
                    && (m_look.path.empty() || m_look.plainShown || number == m_look.edge);
                if (clear == lit && !isPath(number)) {
                    paint(edge, number, lit, rounded);
                }
            }
        }
        for (const auto number : list) {
            if (m_look.isAlong(number)) {
                paint(m_scene.edges()[number], number, true, rounded);
            }
        }
        for (const auto number : m_look.path) {
            paint(m_scene.edges()[number], number, true, rounded);
        }
    }

    void frames(const QRectF& area)
    {
        m_painter.setRenderHint(QPainter::Antialiasing, true);
        m_painter.setFont(m_titleFont);
        for (const auto& frame : m_scene.frames()) {
            if (!frame.box.intersects(area)) {
                continue;
            }
            const bool marked = frame.mark != SceneMark::None;
            paintBox(m_painter, frame.box, radius::card,
                color(frame.inner ? Token::Third : Token::Window, m_look.theme),
                marked ? markColor(frame.mark, m_look.theme) : mixed(m_border, m_surface, 0.6));
            m_painter.setPen(color(Token::TextSecondary, m_look.theme));
            const qreal room = frame.box.width() - 24;
            m_painter.drawText(QPointF(frame.box.left() + 12, frame.box.top() + 21),
                m_titleSize.elidedText(
                    marked ? markSign(frame.mark) + u' ' + frame.title : frame.title, Qt::ElideMiddle, room));
        }
    }

    // What flows, half way along the longest piece of its line.
    void labels(const std::vector<std::uint32_t>& list)
    {
        constexpr qreal high = 20;
        constexpr qreal wide = 132;
        constexpr qreal glyph = 14;
        m_painter.setRenderHint(QPainter::Antialiasing, true);
        m_painter.setFont(m_detailFont);
        for (const auto number : list) {
            const auto& edge = m_scene.edges()[number];
            if ((edge.label.isEmpty() && !edge.sign && edge.mark == SceneMark::None) || edge.corners < 2) {
                continue;
            }
            const QString label =
                edge.mark == SceneMark::None ? edge.label : (markSign(edge.mark) + u' ' + edge.label).trimmed();
            const QPointF* corner = m_scene.corners(edge);
            std::uint32_t longest = 0;
            const auto lengthOf = [corner](std::uint32_t k) {
                const QPointF off = corner[k + 1] - corner[k];
                return std::hypot(off.x(), off.y());
            };
            for (std::uint32_t k = 1; k + 1 < edge.corners; ++k) {
                longest = lengthOf(k) > lengthOf(longest) + 0.5 ? k : longest;
            }
            const qreal sign = edge.sign ? glyph + (label.isEmpty() ? 0 : 4) : 0;
            const QString shown = m_detailSize.elidedText(label, Qt::ElideRight, wide - sign);
            const QSizeF size(m_detailSize.horizontalAdvance(shown) + sign + 10, high);
            QRectF box(QPointF(), size);
            box.moveCenter((corner[longest] + corner[longest + 1]) / 2);
            const bool lit = m_look.lit(edge.from) && m_look.lit(edge.to);
            paintBox(m_painter, box, 4, m_surface,
                number == m_look.edge              ? color(Token::Accent, m_look.theme)
                    : edge.mark != SceneMark::None ? markColor(edge.mark, m_look.theme)
                                                   : mixed(m_border, m_surface, 0.4));
            if (edge.sign) {
                paintSeverity(m_painter, QRectF(box.left() + 5, box.center().y() - glyph / 2, glyph, glyph), *edge.sign,
                    false, m_look.theme);
            }
            const QColor ink = color(Token::TextSecondary, m_look.theme);
            m_painter.setPen(lit ? ink : mixed(ink, m_surface, 0.45));
            m_painter.drawText(QPointF(box.left() + 5 + sign, box.center().y() + m_detailSize.ascent() / 2 - 1), shown);
        }
    }

    // The numbers of a way, above everything: half way along the first piece of an edge that has room for it.
    void steps()
    {
        m_painter.setRenderHint(QPainter::Antialiasing, true);
        QFont small = nodeFont(true);
        small.setPixelSize(11);
        m_painter.setFont(small);
        for (std::size_t i = 0; i < m_look.path.size(); ++i) {
            const QRectF box = discOf(m_scene.edges()[m_look.path[i]]);
            m_painter.setPen(QPen(m_surface, 2));
            m_painter.setBrush(color(Token::Accent, m_look.theme));
            m_painter.drawEllipse(box.adjusted(-1, -1, 1, 1));
            m_painter.setPen(color(Token::TextOnAccent, m_look.theme));
            m_painter.drawText(box, Qt::AlignCenter, QString::number(i + 1));
        }
    }

    void node(std::uint32_t number)
    {
        const auto& node = m_scene.nodes()[number];
        const bool lit = m_look.lit(number);
        const bool chosen = m_look.isChosen(number);
        const bool marked = chosen || number == m_look.current || onPath(number);
        const QColor fill = chosen                                       ? color(Token::Selection, m_look.theme)
            : node.mark == SceneMark::Added                              ? color(Token::DiffAdded, m_look.theme)
            : node.mark == SceneMark::Removed                            ? color(Token::DiffRemoved, m_look.theme)
            : node.shape == NodeShape::Group || number == m_look.hovered ? color(Token::Third, m_look.theme)
                                                                         : m_surface;
        const bool differs = node.mark != SceneMark::None;
        const QColor border = marked ? color(Token::Accent, m_look.theme)
            : differs                ? markColor(node.mark, m_look.theme)
                                     : m_border;
        QPen pen(lit || chosen ? border : dimmed(border), marked || differs ? 2 : 1);
        if (node.outside || node.mark == SceneMark::Removed) { // as long on the screen at every zoom: short gaps close
                                                               // when they are made smaller
            const qreal shrink = std::min(1.0, m_painter.transform().m11());
            pen.setWidthF(pen.widthF() / std::max(0.5, shrink));
            const qreal unit = pen.widthF() * std::max(0.1, shrink);
            pen.setCapStyle(Qt::FlatCap);
            pen.setDashPattern({5 / unit, 4 / unit});
        }
        m_painter.setPen(pen);
        m_painter.setBrush(lit || chosen ? fill : m_surface);
        shape(node, pen);
        words(node, lit, m_look.path.empty() || marked);
        if (differs) {
            paintMark(m_painter, node.box, node.mark, disc, m_look.theme);
        }
        if (node.pinned) { // a needle at the other corner than findings
            const QPointF tip(node.box.left() + 3, node.box.top() + 5);
            m_painter.setPen(QPen(color(Token::TextSecondary, m_look.theme), 1.5));
            m_painter.setBrush(color(Token::Accent, m_look.theme));
            m_painter.drawLine(tip, tip - QPointF(3, 5));
            m_painter.drawEllipse(tip - QPointF(5, 8), 4, 4);
        }
        if (node.sign) {
            m_painter.setOpacity(lit ? 1 : 0.6);
            paintSign(m_painter, node, 18, m_look.theme);
            m_painter.setOpacity(1);
        }
        if (m_look.ring && number == m_look.current) {
            paintFocusRing(m_painter, node.box.adjusted(-5, -5, 5, 5), 8);
        }
    }

private:
    [[nodiscard]] QColor dimmed(const QColor& ink) const { return mixed(ink, m_surface, dimming); }
    [[nodiscard]] bool onPath(std::uint32_t node) const { return !m_onPath.empty() && m_onPath[node]; }

    [[nodiscard]] QRectF discOf(const SceneEdge& edge) const
    {
        const QPointF* corner = m_scene.corners(edge);
        QPointF at = edge.corners > 0 ? corner[0] : QPointF();
        qreal best = 0;
        for (std::uint32_t k = 0; k + 1 < edge.corners && best < disc + pathArrow; ++k) {
            const QPointF off = corner[k + 1] - corner[k];
            if (const qreal length = std::hypot(off.x(), off.y()); length > best) {
                best = length;
                const bool last = k + 2 == edge.corners; // its end has the arrow
                at = corner[k] + off * (last ? std::max(0.0, length - pathArrow) / (2 * length) : 0.5);
            }
        }
        return {at.x() - disc / 2, at.y() - disc / 2, disc, disc};
    }

    void paint(const SceneEdge& edge, std::uint32_t number, bool lit, bool rounded)
    {
        const bool onWay =
            m_look.isAlong(number) || std::find(m_look.path.begin(), m_look.path.end(), number) != m_look.path.end();
        const bool path = onWay || (lit && !m_look.shown.empty() && m_look.path.empty() && !m_look.plainShown);
        const bool touched =
            onWay || number == m_look.edge || (lit && (m_look.isChosen(edge.from) || m_look.isChosen(edge.to)));
        const bool differs = edge.mark != SceneMark::None;
        const QColor ink = path || touched ? color(Token::Accent, m_look.theme)
            : differs                      ? markColor(edge.mark, m_look.theme)
                                           : m_border;
        const QColor seen = lit ? ink : dimmed(m_border);
        m_painter.setPen(QPen(seen,
            (path || differs) && !touched ? 2
                : touched                 ? pathWidth
                                          : lineWidth,
            edge.dashed || edge.mark == SceneMark::Removed ? Qt::DashLine : Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
        m_painter.setBrush(Qt::NoBrush);
        const QPointF* corner = m_scene.corners(edge);
        if (edge.corners < 2) {
            return;
        }
        if (rounded && edge.corners > 2) {
            QPainterPath line(corner[0]);
            for (std::uint32_t k = 1; k + 1 < edge.corners; ++k) {
                bendAt(line, corner[k - 1], corner[k], corner[k + 1]);
            }
            line.lineTo(corner[edge.corners - 1]);
            m_painter.drawPath(line);
        } else {
            m_painter.drawPolyline(corner, static_cast<int>(edge.corners));
        }
        head(corner[edge.corners - 2], corner[edge.corners - 1], seen, onWay ? pathArrow : arrow);
    }

    static void bendAt(QPainterPath& line, const QPointF& before, const QPointF& at, const QPointF& after)
    {
        const auto part = [&at](const QPointF& other) {
            const QPointF off = other - at;
            const qreal length = std::hypot(off.x(), off.y());
            return length == 0 ? at : at + off * (std::min(bend, length / 2) / length);
        };
        line.lineTo(part(before));
        line.quadTo(at, part(after));
    }

    void head(const QPointF& from, const QPointF& to, const QColor& ink, qreal reach)
    {
        const QPointF off = to - from;
        const qreal length = std::hypot(off.x(), off.y());
        if (length < 1) {
            return;
        }
        const QPointF ahead = off / length;
        const QPointF side(-ahead.y(), ahead.x());
        const QPointF points[] = {
            to, to - ahead * reach + side * (reach * 0.6), to - ahead * reach - side * (reach * 0.6)};
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(ink);
        m_painter.drawPolygon(points, 3);
    }

    void shape(const SceneNode& node, const QPen& pen)
    {
        const QRectF box = node.box.adjusted(0.5, 0.5, -0.5, -0.5);
        switch (node.shape) {
        case NodeShape::Data:
            m_painter.drawRoundedRect(box, box.height() / 3, box.height() / 3);
            m_painter.setBrush(Qt::NoBrush);
            m_painter.setPen(pen.style() == Qt::SolidLine ? QPen(pen.color(), 1) : pen);
            m_painter.drawRoundedRect(box.adjusted(3, 3, -3, -3), box.height() / 3 - 3, box.height() / 3 - 3);
            break;
        case NodeShape::Model:
            m_painter.drawPath(hexagon(box));
            break;
        case NodeShape::Group: // a second edge looks out: there is more below
            m_painter.drawRoundedRect(box.translated(3, 3), radius::control, radius::control);
            m_painter.drawRoundedRect(box, radius::control, radius::control);
            break;
        case NodeShape::Code:
            if (m_plain) {
                m_painter.drawRect(box);
            } else {
                m_painter.drawRoundedRect(box, 3, 3);
            }
            break;
        }
    }

    void words(const SceneNode& node, bool lit, bool strong)
    {
        const QRectF inside = node.box.adjusted(10, 0, -10, 0);
        const auto ink = [&](Token token) {
            const QColor full = color(token, m_look.theme);
            return lit ? full : mixed(full, m_surface, 0.45);
        };
        const bool two = !node.detail.isEmpty() && !m_plain;
        const qreal height = m_titleSize.height() + (two ? m_detailSize.height() : 0);
        qreal top = inside.center().y() - height / 2;
        QFont title = m_titleFont;
        if (!strong) {
            title.setWeight(QFont::Normal);
        }
        m_painter.setFont(title);
        m_painter.setPen(ink(Token::TextPrimary));
        line(node.title, m_titleSize, inside, top);
        if (two) {
            top += m_titleSize.height();
            m_painter.setFont(m_detailFont);
            m_painter.setPen(ink(Token::TextMuted));
            line(node.detail, m_detailSize, inside, top);
        }
    }

    void line(const QString& text, const QFontMetricsF& size, const QRectF& inside, qreal top)
    {
        qreal width = size.horizontalAdvance(text);
        QString shown = text;
        if (width > inside.width()) {
            shown = size.elidedText(text, Qt::ElideMiddle, inside.width());
            width = size.horizontalAdvance(shown);
        }
        m_painter.drawText(QPointF(inside.center().x() - width / 2, top + size.ascent()), shown);
    }

    QPainter& m_painter;
    const GraphScene& m_scene;
    const SceneLook& m_look;
    QFont m_titleFont;
    QFont m_detailFont;
    QFontMetricsF m_titleSize;
    QFontMetricsF m_detailSize;
    QColor m_surface;
    QColor m_border;
    std::vector<bool> m_onPath; // by node; empty: no path
    bool m_plain = false;
};

} // namespace

QFont nodeFont(bool title)
{
    QFont made = font(TextRole::Small, title);
    made.setPixelSize(title ? 13 : 12);
    return made;
}

QColor markColor(SceneMark mark, ThemeName theme)
{
    switch (mark) {
    case SceneMark::Added:
        return color(Token::Ok, theme);
    case SceneMark::Removed:
        return color(Token::Critical, theme);
    case SceneMark::Changed:
        return color(Token::Medium, theme);
    case SceneMark::None:
        break;
    }
    return Qt::white;
}

QString markSign(SceneMark mark)
{
    static constexpr char16_t signs[] = {u' ', u'+', u'\u2212', u'~'};
    return mark == SceneMark::None ? QString() : QString(QChar(signs[static_cast<std::size_t>(mark)]));
}

void paintMark(QPainter& painter, const QRectF& node, SceneMark mark, qreal size, ThemeName theme)
{
    const QColor surface = color(Token::Surface, theme);
    QFont bold = nodeFont(true);
    bold.setPixelSize(qRound(size * 0.8));
    const QRectF box(node.left() - size / 4, node.bottom() - size * 0.75, size, size);
    painter.setPen(QPen(surface, 1.5));
    painter.setBrush(markColor(mark, theme));
    painter.drawEllipse(box);
    painter.setFont(bold);
    painter.setPen(surface);
    painter.drawText(box, Qt::AlignCenter, markSign(mark));
}

void paintShape(QPainter& painter, const QRectF& box, NodeShape shape, bool outside, const QColor& border)
{
    const QRectF inside = box.adjusted(0.75, 0.75, -0.75, -0.75);
    painter.setRenderHint(QPainter::Antialiasing, true);
    painter.setPen(QPen(border, 1.25, outside ? Qt::DashLine : Qt::SolidLine));
    painter.setBrush(Qt::NoBrush);
    if (outside) {
        QPen pen(border, 1.25);
        pen.setCapStyle(Qt::FlatCap);
        pen.setDashPattern({2.4, 2.4});
        painter.setPen(pen);
    }
    if (shape == NodeShape::Model) {
        const qreal tip = inside.width() / 4;
        painter.drawPolygon(QPolygonF({{inside.left() + tip, inside.top()}, {inside.right() - tip, inside.top()},
            {inside.right(), inside.center().y()}, {inside.right() - tip, inside.bottom()},
            {inside.left() + tip, inside.bottom()}, {inside.left(), inside.center().y()}}));
    } else if (shape == NodeShape::Data && !outside) {
        painter.drawRoundedRect(inside, inside.height() / 2, inside.height() / 2);
        painter.drawRoundedRect(inside.adjusted(3, 3, -3, -3), inside.height() / 2 - 3, inside.height() / 2 - 3);
    } else {
        painter.drawRoundedRect(inside, 2, 2);
    }
}

void paintSign(QPainter& painter, const SceneNode& node, qreal size, ThemeName theme)
{
    const QPointF corner(node.box.right() - size * 0.25, node.box.top() + size * 0.25);
    paintSeverity(
        painter, QRectF(corner.x() - size / 2, corner.y() - size / 2, size, size), *node.sign, size >= 18, theme);
}

bool isCrowded(const GraphScene& scene, const QRectF& area)
{
    std::vector<std::uint32_t> list;
    scene.nodesIn(area, list);
    if (list.size() > many) {
        return true;
    }
    scene.edgesIn(area, list);
    return list.size() > manyEdges;
}

void paintScene(QPainter& painter, const GraphScene& scene, const QRectF& area, const SceneLook& look, bool plain)
{
    constexpr qreal tall = 24; // arrows, signs and rings reach beyond
    constexpr qreal wide = 72; // and half a label
    ScenePainter paints(painter, scene, look);
    std::vector<std::uint32_t> nodes;
    std::vector<std::uint32_t> list;
    const QRectF around = area.adjusted(-wide, -tall, wide, tall);
    scene.nodesIn(around, nodes);
    scene.edgesIn(around, list);
    paints.setPlain(plain);
    paints.frames(around);
    paints.edges(list);
    if (look.labels && !plain) {
        paints.labels(list);
    }
    painter.setRenderHint(QPainter::Antialiasing, !plain);
    for (const auto node : nodes) {
        paints.node(node);
    }
    paints.steps();
}

} // namespace cupel::widgets
