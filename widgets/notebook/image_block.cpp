// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/notebook/image_block.h"

#include "widgets/models/picture_paint.h"
#include "widgets/notebook/cell_text.h"

#include <QtGui/QPainter>

#include <algorithm>
#include <cmath>
#include <utility>

namespace cupel::widgets {

ImageBlock::ImageBlock(PictureRequest request, QString name, PictureSource* source)
    : m_request(std::move(request))
    , m_name(std::move(name))
    , m_source(source)
{
}

qreal ImageBlock::layout(qreal width)
{
    const auto& size = m_request.size;
    const auto scale = std::min(1.0, width / std::max(1, size.width()));
    const QSizeF shown(
        std::max(1.0, std::round(size.width() * scale)), std::max(1.0, std::round(size.height() * scale)));
    if (shown != m_shown) {
        m_decoded = false;
        m_shown = shown;
    }
    return m_shown.height();
}

const Picture* ImageBlock::picture(qreal devicePixelRatio)
{
    m_request.wanted = (m_shown * devicePixelRatio).toSize().expandedTo(QSize(1, 1)).boundedTo(m_request.size);
    if (m_source) {
        return m_source->find(m_request);
    }
    if (!std::exchange(m_decoded, true)) {
        m_own = decodePicture(m_request);
    }
    return &m_own;
}

void ImageBlock::paint(QPainter& painter, const PaintState& /*state*/)
{
    paintPicture(
        painter, QRectF(QPointF(), m_shown), picture(painter.device() ? painter.device()->devicePixelRatioF() : 1.0));
}

QString ImageBlock::spoken() const
{
    return CellText::tr("Picture %1, %2 x %3 pixels")
        .arg(m_name)
        .arg(m_request.size.width())
        .arg(m_request.size.height());
}

} // namespace cupel::widgets
