// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/scene_picture.h"

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

void ScenePicture::show(QPainter& painter, const SceneView& view, const SceneLook& look, const Paint& paint)
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
    painter.drawPixmap(0, 0, m_pixels); // as much as the viewport wants
}

} // namespace cupel::widgets
