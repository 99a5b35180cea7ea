// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/notebook/image_block.h"

#include "widgets/common/theme.h"
#include "widgets/notebook/cell_text.h"

#include <QtCore/QBuffer>
#include <QtGui/QImageReader>
#include <QtGui/QPainter>

#include <algorithm>
#include <cmath>

namespace cupel::widgets {

namespace {

constexpr int longestSide = 20'000;
constexpr qint64 mostPixels = 60'000'000;
constexpr int allocationLimit = 256; // MiB, for the decoder
constexpr qsizetype mostBase64 = 64 << 20;

// Only formats whose decoders read pixels and nothing else: no SVG, no PDF, no icon containers.
QByteArray formatOf(const QByteArray& data)
{
    if (data.startsWith("\x89PNG\r\n\x1a\n")) {
        return "png";
    }
    if (data.startsWith("\xff\xd8\xff")) {
        return "jpeg";
    }
    if (data.startsWith("GIF8")) {
        return "gif";
    }
    if (data.startsWith("RIFF") && data.mid(8, 4) == "WEBP") {
        return "webp";
    }
    return data.startsWith("BM") ? QByteArray("bmp") : QByteArray();
}

} // namespace

PictureInfo readPicture(const QByteArray& base64)
{
    PictureInfo info;
    if (base64.size() > mostBase64) {
        info.refusal = CellText::tr("This picture is %1 MB large and is not shown.").arg(base64.size() >> 20);
        return info;
    }
    const auto data = QByteArray::fromBase64(base64);
    const auto format = formatOf(data);
    if (format.isEmpty()) {
        info.refusal = CellText::tr("This picture is in a form that is not shown.");
        return info;
    }
    QBuffer buffer;
    buffer.setData(data);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer, format);
    reader.setAutoDetectImageFormat(false);
    info.size = reader.size();
    const auto pixels = qint64(info.size.width()) * info.size.height();
    if (!info.size.isValid() || info.size.isEmpty()) {
        info.refusal = CellText::tr("This picture is broken and cannot be shown.");
    } else if (info.size.width() > longestSide || info.size.height() > longestSide || pixels > mostPixels) {
        info.refusal = CellText::tr("This picture says it is %1 x %2 pixels large and is not shown.")
                           .arg(info.size.width())
                           .arg(info.size.height());
    } else {
        info.data = data;
    }
    return info;
}

ImageBlock::ImageBlock(PictureInfo info, QString name)
    : m_info(std::move(info))
    , m_name(std::move(name))
{
}

qreal ImageBlock::layout(qreal width)
{
    const auto scale = std::min(1.0, width / std::max(1, m_info.size.width()));
    const QSizeF shown(std::max(1.0, std::round(m_info.size.width() * scale)),
        std::max(1.0, std::round(m_info.size.height() * scale)));
    if (shown != m_shown) {
        m_image = {};
        m_shown = shown;
    }
    return m_shown.height();
}

void ImageBlock::decode(qreal devicePixelRatio)
{
    QBuffer buffer(&m_info.data);
    buffer.open(QIODevice::ReadOnly);
    QImageReader::setAllocationLimit(allocationLimit);
    QImageReader reader(&buffer, formatOf(m_info.data));
    reader.setAutoDetectImageFormat(false);
    const auto wanted = (m_shown * devicePixelRatio).toSize();
    if (wanted.width() < m_info.size.width()) {
        reader.setScaledSize(wanted);
    }
    m_image = reader.read();
    m_failed = m_image.isNull();
}

void ImageBlock::paint(QPainter& painter, const PaintState& /*state*/)
{
    const QRectF box(QPointF(), m_shown);
    if (m_image.isNull() && !m_failed) {
        decode(painter.device() ? painter.device()->devicePixelRatioF() : 1.0);
    }
    if (m_failed) {
        painter.setPen(color(Token::TextMuted));
        painter.setFont(font(TextRole::Small));
        painter.drawText(
            box, Qt::AlignCenter | Qt::TextWordWrap, CellText::tr("This picture is broken and cannot be shown."));
        return;
    }
    if (m_image.hasAlphaChannel()) {
        painter.fillRect(box, color(Token::Surface, ThemeName::Light)); // plots are drawn for white paper
    }
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(box, m_image);
}

QString ImageBlock::spoken() const
{
    return CellText::tr("Picture %1, %2 x %3 pixels").arg(m_name).arg(m_info.size.width()).arg(m_info.size.height());
}

} // namespace cupel::widgets
