// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/scene_picture.h"

#include "widgets/common/theme.h"

#include <QtGui/QPainter>

#include <algorithm>
#include <cmath>
#include <utility>

namespace cupel::widgets {

namespace {

constexpr int reach = 24; // pixels that signs and rings stand out of a node, at 100 %

bool isWhole(qreal value)
{
    return std::abs(value - std::round(value)) < 1e-6;
}

} // namespace

// But for where it lies, and which node is below the pointer.
bool ScenePicture::isSame(const SceneView& view, const SceneLook& look)
{
    const auto hovered = std::exchange(m_look.hovered, look.hovered);
    const bool same = m_look == look;
    m_look.hovered = hovered;
    return same && !m_pixels.isNull() && m_view.scene == view.scene && m_view.size == view.size
        && m_view.scale == view.scale && m_view.dots == view.dots && m_view.far == view.far
        && m_view.plain == view.plain && m_view.letters == view.letters;
}

// What has to be painted anew when the same drawing lies elsewhere.
QRegion ScenePicture::moved(const SceneView& view)
{
    const QRect whole(QPoint(), view.size);
    const QPoint by = m_view.shift - view.shift;
    if (by.isNull()) {
        return {};
    }
    if (view.far || !isWhole(by.x() * view.dots) || !isWhole(by.y() * view.dots)) {
        return whole;
    }
    m_pixels.scroll(static_cast<int>(std::lround(by.x() * view.dots)),
        static_cast<int>(std::lround(by.y() * view.dots)), m_pixels.rect());
    return QRegion(whole).subtracted(whole.translated(by));
}

QRect ScenePicture::around(const SceneView& view, std::uint32_t node)
{
    if (node >= view.scene->nodes().size()) {
        return {};
    }
    const QRectF& box = view.scene->nodes()[node].box;
    const qreal out = reach * std::max(1.0, view.scale);
    return QRectF(box.topLeft() * view.scale - view.shift, box.size() * view.scale)
        .adjusted(-out, -out, out, out)
        .toAlignedRect();
}

// The same drawing at another zoom or place, or with something else chosen: the last picture gives an idea of it.
bool ScenePicture::isNear(const SceneView& view, const SceneLook& look) const
{
    return m_look.theme == look.theme && !m_pixels.isNull() && m_view.scene == view.scene && m_view.size == view.size
        && m_view.dots == view.dots;
}

// True: it is done, for where the view was when it was begun.
bool ScenePicture::goOn(const SceneView& view, const SceneLook& look, const Begin& begin)
{
    constexpr int most = 8; // in a row: who zooms on and on sees something whole now and then
    const bool on = m_next.step && m_next.look == look && m_next.view.scale == view.scale
        && m_next.view.letters == view.letters && m_next.view.scene == view.scene && m_next.view.size == view.size
        && m_next.view.dots == view.dots;
    if (!on) {
        ++m_begun;
        m_next.pixels = QPixmap((QSizeF(view.size) * view.dots).toSize());
        m_next.pixels.setDevicePixelRatio(view.dots);
        m_next.view = view;
        m_next.look = look;
        m_next.step = begin();
    }
    for (bool done = false; !done;) {
        QPainter into(&m_next.pixels);
        done = m_next.step(into);
        if (!done && m_begun <= most) {
            return false;
        }
    }
    m_pixels = std::exchange(m_next.pixels, {});
    m_view = m_next.view;
    m_look = m_next.look;
    m_next = {};
    m_begun = 0;
    return true;
}

void ScenePicture::showZoomed(QPainter& painter, const SceneView& view) const
{
    const QRect whole(QPoint(), view.size);
    painter.fillRect(whole, color(Token::Surface));
    const qreal factor = view.scale / m_view.scale;
    const QPointF corner = QPointF(m_view.shift) * factor - view.shift;
    painter.save();
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
    painter.drawPixmap(QRectF(corner, QSizeF(m_view.size) * factor), m_pixels, QRectF(m_pixels.rect()));
    painter.restore();
}

void ScenePicture::paintAll(const SceneView& view, const SceneLook& look, const Paint& paint)
{
    const QRect whole(QPoint(), view.size);
    QRegion stale;
    if (isSame(view, look)) {
        stale = moved(view);
        if (m_look.hovered != look.hovered && !view.far) {
            stale += around(view, m_look.hovered);
            stale += around(view, look.hovered);
        }
    } else {
        const QSize pixels = (QSizeF(view.size) * view.dots).toSize();
        if (m_pixels.size() != pixels) {
            m_pixels = QPixmap(pixels);
        }
        m_pixels.setDevicePixelRatio(view.dots);
        m_look = look;
        stale = whole;
    }
    m_view = view;
    m_look.hovered = look.hovered;
    for (const QRect& part : stale.intersected(whole)) {
        QPainter into(&m_pixels);
        into.setClipRect(part);
        paint(into, part);
    }
}

bool ScenePicture::show(
    QPainter& painter, const SceneView& view, const SceneLook& look, const Paint& paint, const Begin& begin)
{
    const bool slow = begin && !isSame(view, look) && isNear(view, look);
    if (slow && !goOn(view, look, begin)) {
        showZoomed(painter, view);
        return false;
    }
    if (!slow) {
        m_next = {};
        m_begun = 0; // something whole is seen
    }
    paintAll(view, look, paint);
    painter.drawPixmap(0, 0, m_pixels); // as much as the viewport wants
    return true;
}

} // namespace cupel::widgets
