// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/picture_paint.h"

#include "widgets/common/icons.h"
#include "widgets/common/paint.h"

#include <QtGui/QPainter>

#include <algorithm>

namespace cupel::widgets {

namespace {

void paintSign(QPainter& painter, const QRectF& box, const QString& name)
{
    const qreal side = std::min({24.0, box.width(), box.height()});
    paintIcon(painter, QRectF(box.center() - QPointF(side / 2, side / 2), QSizeF(side, side)), name, Token::TextMuted);
}

} // namespace

void paintPicture(QPainter& painter, const QRectF& box, const Picture* picture)
{
    if (picture && !picture->image.isNull()) {
        if (picture->image.hasAlphaChannel()) {
            painter.fillRect(box, color(Token::Surface, ThemeName::Light)); // plots are drawn for white paper
        }
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.drawImage(box, picture->image);
        return;
    }
    painter.fillRect(box, color(Token::Third));
    if (!picture) {
        paintSign(painter, box, QStringLiteral("image"));
        return;
    }
    painter.setPen(color(Token::TextSecondary));
    painter.setFont(font(TextRole::Small));
    const QRectF inside = box.adjusted(8, 8, -8, -8);
    const int flags = Qt::AlignCenter | Qt::TextWordWrap;
    const QRectF words = painter.boundingRect(inside, flags, picture->refusal);
    if (words.height() > inside.height()) { // no room for words: whoever shows it says them beside it
        paintSign(painter, box, QStringLiteral("ban"));
    } else {
        painter.drawText(inside, flags, picture->refusal);
    }
}

} // namespace cupel::widgets
