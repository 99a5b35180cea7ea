// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/fixes/switch_mark.h"

#include "widgets/common/icons.h"
#include "widgets/common/paint.h"
#include "widgets/common/theme.h"

#include <QtGui/QPainter>

namespace cupel::widgets {

void paintSwitch(QPainter& painter, const QRectF& box, Qt::CheckState state)
{
    const bool on = state != Qt::Unchecked;
    paintBox(painter, box.adjusted(0.5, 0.5, -0.5, -0.5), radius::chip, color(on ? Token::Accent : Token::Surface),
        color(on ? Token::Accent : Token::ControlBorder));
    if (on) {
        paintIcon(painter, box.adjusted(2, 2, -2, -2),
            state == Qt::Checked ? QStringLiteral("check") : QStringLiteral("minus"), Token::TextOnAccent);
    }
}

} // namespace cupel::widgets
