// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/home/drop_zone.h"

#include "widgets/common/icons.h"
#include "widgets/common/paint.h"

#include <QtGui/QMouseEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QStyle>

namespace cupel::widgets {

namespace {

constexpr int padding = 24;
constexpr int iconSide = 28;
constexpr int textLeft = 68;

} // namespace

DropZone::DropZone(QWidget* parent)
    : QFrame(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setCursor(Qt::PointingHandCursor);
    setDragText({});
}

void DropZone::setDragText(const QString& text)
{
    m_dragText = text;
    setAccessibleName(title());
    update();
}

QString DropZone::title() const
{
    return m_dragText.isEmpty() ? tr("Drop files or folders anywhere in this window") : m_dragText;
}

QSize DropZone::sizeHint() const
{
    return {400, 2 * padding + 12 + lineHeight(TextRole::Base) + lineHeight(TextRole::Small) + 8};
}

QSize DropZone::minimumSizeHint() const
{
    return {200, sizeHint().height()};
}

void DropZone::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && rect().contains(event->position().toPoint())) {
        Q_EMIT clicked();
    }
}

void DropZone::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool dragging = !m_dragText.isEmpty();
    QPen pen(color(dragging ? Token::Accent : Token::ControlBorder), dragging ? 2.0 : 1.5);
    if (!dragging) {
        pen.setDashPattern({6 / pen.widthF(), 5 / pen.widthF()}); // in units of the pen's width
        pen.setCapStyle(Qt::FlatCap);
    }
    painter.setPen(pen);
    painter.setBrush(color(Token::Window));
    const qreal half = pen.widthF() / 2;
    painter.drawRoundedRect(QRectF(rect()).adjusted(half, half, -half, -half), radius::card, radius::card);

    const auto visual = [this](const QRect& box) { return style()->visualRect(layoutDirection(), rect(), box); };
    const auto side = static_cast<int>(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft)) | Qt::AlignVCenter;
    paintIcon(painter, visual({padding, (height() - iconSide) / 2, iconSide, iconSide}), QStringLiteral("download"),
        Token::Accent);
    const int first = lineHeight(TextRole::Base);
    const int second = lineHeight(TextRole::Small);
    const int width = this->width() - textLeft - padding;
    const int top = (height() - first - second - 4) / 2;
    painter.setFont(cupel::widgets::font(TextRole::Base, true));
    painter.setPen(color(Token::TextPrimary));
    painter.drawText(
        visual({textLeft, top, width, first}), side, painter.fontMetrics().elidedText(title(), Qt::ElideRight, width));
    painter.setFont(cupel::widgets::font(TextRole::Small));
    painter.setPen(color(Token::TextSecondary));
    const QString what =
        tr("Notebooks in all their shapes, scripts, text, model files and their archives, or folders of them.");
    painter.drawText(visual({textLeft, top + first + 4, width, second}), side,
        painter.fontMetrics().elidedText(what, Qt::ElideRight, width));
}

} // namespace cupel::widgets
