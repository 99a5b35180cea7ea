// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/findings/candidate_list.h"

#include "widgets/common/paint.h"
#include "widgets/common/theme.h"

#include <QtGui/QPainter>

#include <algorithm>

namespace cupel::widgets {

namespace {
constexpr int padding = 8;
}

CandidateList::CandidateList(QWidget* parent)
    : QListView(parent)
{
    setAccessibleName(tr("What fits here"));
    setEditTriggers(NoEditTriggers);
    setMouseTracking(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
}

void CandidateDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool hovered = option.state.testFlag(QStyle::State_MouseOver);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    paintRow(*painter, QRectF(option.rect).adjusted(4, 0, -4, 0), selected, hovered, false);
    QRect inner = option.rect.adjusted(4 + padding, 0, -4 - padding, 0);
    const QFont code = font(TextRole::Code);
    const QFontMetrics metrics(code);
    const QString word = index.data().toString();
    const QString note = index.data(CandidateList::NoteRole).toString();
    const int wordWidth = std::min(metrics.horizontalAdvance(word) + 1, inner.width());
    const auto visual = [&](const QRect& box) { return QStyle::visualRect(option.direction, option.rect, box); };
    painter->setFont(code);
    painter->setPen(color(Token::TextPrimary));
    painter->drawText(visual({inner.left(), inner.top(), wordWidth, inner.height()}), Qt::AlignVCenter | Qt::AlignLeft,
        metrics.elidedText(word, Qt::ElideMiddle, wordWidth));
    inner.setLeft(inner.left() + wordWidth + 12);
    if (!note.isEmpty() && inner.width() > 24) {
        painter->setFont(font(TextRole::Small));
        painter->setPen(color(selected ? Token::TextSecondary : Token::TextMuted));
        painter->drawText(visual(inner), Qt::AlignVCenter | Qt::AlignLeft,
            painter->fontMetrics().elidedText(note, Qt::ElideRight, inner.width()));
    }
    painter->restore();
}

QSize CandidateDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return {100, lineHeight(TextRole::Code) + 8};
}

} // namespace cupel::widgets
