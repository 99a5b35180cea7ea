// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/graph_minimap.h"

#include "widgets/canvas/graph_canvas.h"
#include "widgets/canvas/scene_raster.h"
#include "widgets/common/paint.h"

#include <QtGui/QMouseEvent>
#include <QtGui/QPainter>

#include <algorithm>

namespace cupel::widgets {

namespace {

constexpr qreal inset = 6;

} // namespace

GraphMinimap::GraphMinimap(GraphCanvas& canvas)
    : QWidget(&canvas)
    , m_canvas(canvas)
{
    setAccessibleName(tr("Overview of the graph"));
    setToolTip(tr("Overview: click to go there"));
    setCursor(Qt::PointingHandCursor);
    connect(&canvas, &GraphCanvas::viewChanged, this, qOverload<>(&QWidget::update));
}

void GraphMinimap::sceneChanged()
{
    m_picture = {};
    update();
}

qreal GraphMinimap::scale() const
{
    const QSizeF size = m_canvas.scene()->size();
    return std::min(
        (width() - 2 * inset) / std::max(size.width(), 1.0), (height() - 2 * inset) / std::max(size.height(), 1.0));
}

QPointF GraphMinimap::origin() const
{
    const QSizeF size = m_canvas.scene()->size() * scale();
    return {(width() - size.width()) / 2, (height() - size.height()) / 2};
}

void GraphMinimap::render()
{
    const qreal dots = devicePixelRatioF();
    QImage image((QSizeF(size()) * dots).toSize(), QImage::Format_RGB32);
    const ThemeName theme = currentTheme();
    const QColor back = color(Token::Window, theme);
    const QColor border = color(Token::ControlBorder, theme);
    RasterColors colors;
    colors.background = back.rgb();
    colors.line = colors.dimLine = mixed(border, back, 0.75).rgb();
    colors.fill = colors.border = colors.group = mixed(border, back, 0.35).rgb();
    colors.dimFill = colors.dimBorder = mixed(border, back, 0.75).rgb();
    colors.frame = colors.innerFrame = color(Token::Third, theme).rgb();
    colors.pathLine = colors.selected = color(Token::Accent, theme).rgb();
    rasterScene(image, *m_canvas.scene(), {-origin() / scale(), scale() * dots}, colors, m_canvas.shown(),
        m_canvas.pathNodes());
    image.setDevicePixelRatio(dots);
    m_picture = QPixmap::fromImage(image);
}

void GraphMinimap::paintEvent(QPaintEvent*)
{
    if (m_picture.isNull() || m_picture.deviceIndependentSize().toSize() != size()) {
        render();
    }
    QPainter painter(this);
    painter.drawPixmap(0, 0, m_picture);
    painter.setRenderHint(QPainter::Antialiasing, true);
    const QRectF seen = m_canvas.visibleArea();
    const QRectF frame(origin() + seen.topLeft() * scale(), seen.size() * scale());
    painter.setPen(QPen(color(Token::Accent), 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(frame.intersected(QRectF(rect()).adjusted(2, 2, -2, -2)), 3, 3);
    paintBox(painter, rect(), radius::control, {}, color(Token::ControlBorder));
}

void GraphMinimap::go(const QPointF& place)
{
    m_canvas.centerOn((place - origin()) / scale());
}

void GraphMinimap::mousePressEvent(QMouseEvent* event)
{
    go(event->position());
}

void GraphMinimap::mouseMoveEvent(QMouseEvent* event)
{
    if (event->buttons() & Qt::LeftButton) {
        go(event->position());
    }
}

} // namespace cupel::widgets
