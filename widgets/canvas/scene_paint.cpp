// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/scene_paint.h"

#include "widgets/canvas/label_place.h"
#include "widgets/common/paint.h"
#include "widgets/common/severity.h"

#include <QtGui/QFontMetricsF>
#include <QtGui/QPainter>
#include <QtGui/QPainterPath>
#include <QtGui/QPolygonF>

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

namespace cupel::widgets {

namespace {

constexpr qreal lineWidth = 1.5;
constexpr qreal pathWidth = 3;
constexpr qreal bend = 6; // radius
constexpr qreal arrow = 6;
constexpr qreal pathArrow = 11;
constexpr qreal disc = 18; // with the number of a step
constexpr double dimming = 0.65;
constexpr qreal narrow = 64; // boxes have no room for a word
constexpr qreal belowWidth = 116; // of the words below one
constexpr qreal titleInset = 12; // of a frame's title
constexpr std::size_t mostTitles = 64; // that labels keep clear of

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

    // In the order they are painted: what is dimmed lies below, a way above.
    [[nodiscard]] std::vector<std::uint32_t> edgeOrder(const std::vector<std::uint32_t>& list) const
    {
        std::vector<std::uint32_t> out;
        const std::set<std::uint32_t> path(m_look.path.begin(), m_look.path.end());
        for (const bool lit : {false, true}) {
            for (const auto number : list) {
                if (isClear(number) == lit && !m_look.isAlong(number) && !path.contains(number)) {
                    out.push_back(number);
                }
            }
        }
        for (const auto number : list) {
            if (m_look.isAlong(number) && !path.contains(number)) {
                out.push_back(number);
            }
        }
        out.insert(out.end(), m_look.path.begin(), m_look.path.end());
        return out;
    }

    void edge(std::uint32_t number)
    {
        m_painter.setRenderHint(QPainter::Antialiasing, !m_plain);
        paint(m_scene.edges()[number], number, onWay(number) || isClear(number), !m_plain);
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
            m_painter.drawText(QPointF(frame.box.left() + titleInset, frame.box.top() + 21), titleOf(frame));
        }
    }

    // What flows.
    void label(std::uint32_t number)
    {
        constexpr qreal high = 20;
        constexpr qreal wide = 132;
        constexpr qreal glyph = 14;
        m_painter.setRenderHint(QPainter::Antialiasing, true);
        m_painter.setFont(m_detailFont);
        if (!m_titles) {
            m_titles = titleBoxes();
        }
        const auto& edge = m_scene.edges()[number];
        if ((edge.label.isEmpty() && !edge.sign && edge.mark == SceneMark::None) || edge.corners < 2) {
            return;
        }
        const QString label =
            edge.mark == SceneMark::None ? edge.label : (markSign(edge.mark) + u' ' + edge.label).trimmed();
        const qreal sign = edge.sign ? glyph + (label.isEmpty() ? 0 : 4) : 0;
        const QString shown = m_detailSize.elidedText(label, Qt::ElideRight, wide - sign);
        const QSizeF size(m_detailSize.horizontalAdvance(shown) + sign + 10, high);
        const QRectF box = labelPlace(m_scene, edge, size, *m_titles);
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
        m_painter.setRenderHint(QPainter::Antialiasing, !m_plain);
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
        if (node.outside || node.mark == SceneMark::Removed) { // as long at every zoom: short gaps close when small
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
    [[nodiscard]] QString titleOf(const SceneFrame& frame) const
    {
        const bool marked = frame.mark != SceneMark::None;
        return m_titleSize.elidedText(marked ? markSign(frame.mark) + u' ' + frame.title : frame.title, Qt::ElideMiddle,
            frame.box.width() - 2 * titleInset);
    }

    // Where the words of frames stand; of more frames than anybody reads none.
    [[nodiscard]] std::vector<QRectF> titleBoxes() const
    {
        std::vector<QRectF> out;
        for (const auto& frame : m_scene.frames()) {
            if (m_scene.frames().size() <= mostTitles) {
                out.emplace_back(frame.box.left() + titleInset, frame.box.top() + 21 - m_titleSize.ascent(),
                    m_titleSize.horizontalAdvance(titleOf(frame)), m_titleSize.height());
            }
        }
        return out;
    }
    [[nodiscard]] bool onWay(std::uint32_t edge) const
    {
        return m_look.isAlong(edge) || std::find(m_look.path.begin(), m_look.path.end(), edge) != m_look.path.end();
    }
    [[nodiscard]] bool isClear(std::uint32_t number) const
    {
        const auto& edge = m_scene.edges()[number];
        return m_look.lit(edge.from) && m_look.lit(edge.to)
            && (m_look.path.empty() || m_look.plainShown || number == m_look.edge);
    }
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
        const bool onWay = this->onWay(number);
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

    // In as many lines as it takes and there is room for.
    [[nodiscard]] QStringList titleLines(const SceneNode& node, qreal width, qreal height) const
    {
        const int most = m_plain ? 1 : std::clamp(static_cast<int>(height / m_titleSize.height()), 1, 3);
        QStringList out{node.title};
        while (out.size() < most && m_titleSize.horizontalAdvance(out.last()) > width) {
            const QString rest = out.last();
            qsizetype end = -1;
            for (auto at = rest.indexOf(u' '); at > 0 && m_titleSize.horizontalAdvance(rest.left(at)) <= width;
                at = rest.indexOf(u' ', at + 1)) {
                end = at;
            }
            if (end < 0) { // one long word
                break;
            }
            out.last() = rest.left(end);
            out += rest.mid(end + 1);
        }
        return out;
    }

    void words(const SceneNode& node, bool lit, bool strong)
    {
        QRectF inside = node.box.adjusted(10, 0, -10, 0);
        if (node.box.width() < narrow) {
            const qreal high = m_titleSize.height() + (m_plain ? 0 : m_detailSize.height());
            inside = QRectF(node.box.center().x() - belowWidth / 2, node.box.bottom() + 1, belowWidth, high);
        }
        const auto ink = [&](Token token) {
            const QColor full = color(token, m_look.theme);
            return lit ? full : mixed(full, m_surface, 0.45);
        };
        const bool two = !node.detail.isEmpty() && !m_plain;
        const qreal detail = two ? m_detailSize.height() : 0;
        const QStringList lines = titleLines(node, inside.width(), inside.height() - detail - 4);
        qreal top = inside.center().y() - (static_cast<qreal>(lines.size()) * m_titleSize.height() + detail) / 2;
        if (node.box.width() < narrow) { // lines that pass there do not strike them out
            QColor plate = m_surface;
            plate.setAlphaF(0.85F);
            m_painter.fillRect(inside, plate);
        }
        QFont title = m_titleFont;
        if (!strong) {
            title.setWeight(QFont::Normal);
        }
        m_painter.setFont(title);
        m_painter.setPen(ink(Token::TextPrimary));
        for (const QString& one : lines) {
            line(one, m_titleSize, inside, top);
            top += m_titleSize.height();
        }
        if (two) {
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
    std::optional<std::vector<QRectF>> m_titles; // once somebody asked
    bool m_plain = false;
};

} // namespace

QFont nodeFont(bool title)
{
    QFont made = font(TextRole::Small, title);
    made.setPixelSize(title ? 13 : 12);
    return made;
}

SceneSlices::SceneSlices(const GraphScene& scene, const QRectF& area, SceneLook look, bool plain)
    : m_scene(scene)
    , m_look(std::move(look))
    , m_plain(plain)
{
    constexpr qreal tall = 44; // arrows, signs, rings and words below reach beyond
    constexpr qreal wide = 72; // and half a label
    m_area = area.adjusted(-wide, -tall, wide, tall);
    m_scene.nodesIn(m_area, m_nodes);
    m_scene.edgesIn(m_area, m_edges);
    std::stable_partition( // what is chosen lies above what covers it
        m_nodes.begin(), m_nodes.end(), [this](std::uint32_t node) { return !m_look.isChosen(node); });
}

bool SceneSlices::paint(QPainter& painter, const std::function<bool()>& enough)
{
    ScenePainter paints(painter, m_scene, m_look);
    paints.setPlain(m_plain);
    if (!m_begun) {
        paints.frames(m_area);
        m_order = paints.edgeOrder(m_edges);
        m_begun = true;
    }
    while (m_edge < m_order.size()) {
        paints.edge(m_order[m_edge++]);
        if (enough()) {
            return false;
        }
    }
    while (m_look.labels && !m_plain && m_label < m_edges.size()) {
        paints.label(m_edges[m_label++]);
        if (enough()) {
            return false;
        }
    }
    while (m_node < m_nodes.size()) {
        paints.node(m_nodes[m_node++]);
        if (enough()) {
            return false;
        }
    }
    paints.steps();
    return true;
}

void paintScene(QPainter& painter, const GraphScene& scene, const QRectF& area, const SceneLook& look, bool plain)
{
    static_cast<void>(SceneSlices(scene, area, look, plain).paint(painter, [] { return false; }));
}

} // namespace cupel::widgets
