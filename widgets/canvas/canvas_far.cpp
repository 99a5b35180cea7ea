// SPDX-License-Identifier: GPL-3.0-or-later
// GraphCanvas below the zoom at which everything is drawn: boxes and lines as pixels, findings at their own size, and
// names for as long as they can be read.
#include "widgets/canvas/graph_canvas.h"

#include "widgets/canvas/scene_raster.h"
#include "widgets/common/paint.h"
#include "widgets/common/severity.h"

#include <QtGui/QFontMetricsF>
#include <QtGui/QPainter>
#include <QtWidgets/QScrollBar>

#include <algorithm>

namespace cupel::widgets {

namespace {

constexpr std::size_t mostSigns = 400; // that are seen from afar
constexpr std::size_t mostNames = 160; // more take longer than a frame has, and say less
constexpr qreal leastWidth = 34; // pixels: narrower boxes have no room for a word
constexpr int namePixels = 11;
constexpr std::size_t mostWays = 400; // lines and numbers of a way
constexpr qreal wayDisc = 16;

QRgb rgb(const QColor& ink)
{
    return ink.rgb() | 0xFF000000U;
}

RasterColors rasterColors(ThemeName theme)
{
    const QColor surface = color(Token::Surface, theme);
    const QColor border = color(Token::ControlBorder, theme);
    RasterColors out;
    out.background = rgb(surface);
    out.line = rgb(mixed(border, surface, 0.45));
    out.dimLine = rgb(mixed(border, surface, 0.8));
    out.pathLine = rgb(color(Token::Accent, theme));
    out.fill = rgb(mixed(border, surface, 0.7));
    out.border = rgb(border);
    out.dimFill = rgb(mixed(border, surface, 0.9));
    out.dimBorder = rgb(mixed(border, surface, 0.7));
    out.selected = rgb(color(Token::Accent, theme));
    out.group = rgb(mixed(border, surface, 0.5));
    out.frame = rgb(color(Token::Window, theme));
    out.innerFrame = rgb(color(Token::Third, theme));
    for (const SceneMark mark : {SceneMark::Added, SceneMark::Removed, SceneMark::Changed}) {
        const QColor ink = markColor(mark, theme);
        out.marks[static_cast<std::size_t>(mark)] = rgb(ink);
        out.markFills[static_cast<std::size_t>(mark)] = rgb(mixed(ink, surface, 0.8)); // names are read on it
    }
    return out;
}

// Ways stand out at any distance. Numbers that have no room beside one another leave the later one out.
void paintFarWay(QPainter& painter, const GraphCanvas& canvas, ThemeName theme)
{
    const auto& scene = *canvas.scene();
    std::vector<std::uint32_t> lines = canvas.path();
    for (std::uint32_t i = 0; i < canvas.along().size() && lines.size() < mostWays; ++i) {
        if (canvas.along()[i]) {
            lines.push_back(i);
        }
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(color(Token::Accent, theme), 2, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
    std::vector<QPointF> starts; // middle of each first piece
    for (const auto number : lines) {
        const auto& edge = scene.edges()[number];
        QPolygonF line;
        for (std::uint32_t k = 0; k < edge.corners; ++k) {
            line << canvas.toViewport({scene.corners(edge)[k], QSizeF(0, 0)}).topLeft();
        }
        painter.drawPolyline(line);
        starts.push_back(line.size() > 1 ? (line[0] + line[1]) / 2 : QPointF());
    }
    QFont small = nodeFont(true);
    small.setPixelSize(namePixels);
    painter.setFont(small);
    QRegion taken;
    for (std::size_t i = 0; i < std::min(canvas.path().size(), mostWays); ++i) {
        const QRectF box(starts[i] - QPointF(wayDisc, wayDisc) / 2, QSizeF(wayDisc, wayDisc));
        if (!taken.intersects(box.toAlignedRect())) {
            taken += box.toAlignedRect();
            painter.setPen(Qt::NoPen);
            painter.setBrush(color(Token::Accent, theme));
            painter.drawEllipse(box);
            painter.setPen(color(Token::TextOnAccent, theme));
            painter.drawText(box, Qt::AlignCenter, QString::number(i + 1));
        }
    }
}

} // namespace

void GraphCanvas::paintFar(QPainter& painter, const QRect& area)
{
    const qreal dots = devicePixelRatioF();
    QImage image(QSizeF(QSizeF(area.size()) * dots).toSize(), QImage::Format_RGB32);
    if (image.isNull()) {
        return;
    }
    rasterScene(image, *m_scene, {toScene(area.topLeft()), scale() * dots}, rasterColors(m_look.theme), m_look.shown,
        m_look.chosen);
    image.setDevicePixelRatio(dots);
    painter.drawImage(area.topLeft(), image);
    painter.setRenderHint(QPainter::Antialiasing, true);
    paintFarNames(painter, area);
    paintFarWay(painter, *this, m_look.theme);
    paintFarSigns(painter, area);
    if (m_look.current != GraphScene::none) {
        const QRectF box = toViewport(m_scene->nodes()[m_look.current].box).adjusted(-4, -4, 4, 4);
        paintFocusRing(painter, box.united(QRectF(box.center() - QPointF(6, 6), QSizeF(12, 12))), 6);
    }
}

// Findings are seen from any distance.
void GraphCanvas::paintFarSigns(QPainter& painter, const QRect& area)
{
    m_scene->nodesIn(
        {toScene(area.topLeft() - QPoint(16, 16)), QSizeF(area.size() + QSize(32, 32)) / scale()}, m_scratch);
    std::size_t painted = 0;
    for (const auto number : m_scratch) {
        SceneNode node;
        node.sign = m_scene->nodes()[number].sign;
        if (node.sign && m_look.lit(number) && ++painted <= mostSigns) {
            node.box = toViewport(m_scene->nodes()[number].box);
            paintSign(painter, node, 12, m_look.theme);
        }
        if (const auto mark = m_scene->nodes()[number].mark; mark != SceneMark::None && ++painted <= mostSigns) {
            paintMark(painter, toViewport(m_scene->nodes()[number].box), mark, 14, m_look.theme);
        }
    }
}

// In letters that do not shrink with the drawing, cut in the middle.
void GraphCanvas::paintFarNames(QPainter& painter, const QRect& area)
{
    QFont small = nodeFont(true);
    small.setPixelSize(std::max(namePixels, static_cast<int>(std::lround(namePixels * textZoom()))));
    const QFontMetricsF size(small);
    painter.setFont(small);
    const QRectF seen{toScene(area.topLeft()), QSizeF(area.size()) / scale()};
    for (const auto& frame : m_scene->frames()) {
        const QRectF box = toViewport(frame.box);
        if (frame.box.intersects(seen) && box.width() >= 2 * leastWidth && m_scene->frames().size() <= mostNames
            && SceneFrame::head * scale() >= size.height() * 0.8) {
            painter.setPen(color(Token::TextSecondary, m_look.theme));
            painter.drawText(QPointF(box.left() + 6, box.top() + size.ascent() + 2),
                size.elidedText(frame.title, Qt::ElideRight, box.width() - 12));
        }
    }
    m_scene->nodesIn(seen, m_scratch);
    if (m_scratch.size() > mostNames) {
        return;
    }
    for (const auto number : m_scratch) {
        const auto& node = m_scene->nodes()[number];
        const QRectF box = toViewport(node.box);
        if (box.width() < leastWidth || box.height() < size.height() * 0.7) {
            continue;
        }
        const bool chosen = m_look.isChosen(number); // its box is filled with the accent
        const QColor full = color(chosen ? Token::TextOnAccent : Token::TextPrimary, m_look.theme);
        painter.setPen(chosen || m_look.lit(number) ? full : mixed(full, color(Token::Surface, m_look.theme), 0.45));
        painter.drawText(
            box.adjusted(2, -4, -2, 4), Qt::AlignCenter, size.elidedText(node.title, Qt::ElideMiddle, box.width() - 5));
    }
}

} // namespace cupel::widgets
