// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/fixes/change_delegate.h"

#include "widgets/common/focus.h"
#include "widgets/common/paint.h"
#include "widgets/common/severity.h"
#include "widgets/fixes/compare_model.h"

#include <QtGui/QPainter>
#include <QtWidgets/QAbstractItemView>

#include <algorithm>

namespace cupel::widgets {

namespace {

constexpr int outside = 8;

} // namespace

QSize ChangeDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return {100, std::max(52, lineHeight(TextRole::Base) + lineHeight(TextRole::Small) + 16)};
}

void ChangeDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    using Kind = review::FindingChange::Kind;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const auto* view = qobject_cast<const QAbstractItemView*>(option.widget);
    const bool current = view != nullptr && view->currentIndex() == index;
    paintRow(*painter, QRectF(option.rect).adjusted(outside, 0, -outside, 0), current,
        option.state.testFlag(QStyle::State_MouseOver), current && view->hasFocus() && focusVisible());
    const auto kind = static_cast<Kind>(index.data(ChangeModel::KindRole).toInt());
    const int box = zoomed(18);
    const QRect sign(option.rect.left() + 2 * outside, option.rect.center().y() - box / 2, box, box);
    paintBox(*painter, QRectF(sign).adjusted(0.5, 0.5, -0.5, -0.5), radius::chip,
        color(kind == Kind::Fresh || kind == Kind::Changed ? Token::DiffRemoved
                : kind == Kind::Gone                       ? Token::DiffAdded
                                                           : Token::Third),
        color(Token::ControlBorder));
    painter->setFont(font(TextRole::Code, true));
    painter->setPen(color(Token::TextPrimary));
    painter->drawText(sign, Qt::AlignCenter,
        kind == Kind::Fresh         ? QStringLiteral("+")
            : kind == Kind::Changed ? QStringLiteral("~")
            : kind == Kind::Gone    ? QStringLiteral("\u2212")
                                    : QStringLiteral("="));
    const int glyph = zoomed(16);
    const QRect shape(sign.right() + 8, option.rect.center().y() - glyph / 2, glyph, glyph);
    paintSeverity(*painter, shape, static_cast<Severity>(index.data(ChangeModel::SeverityRole).toInt()), false);
    const int titleHeight = lineHeight(TextRole::Base);
    const int noteHeight = lineHeight(TextRole::Small);
    const int left = shape.right() + 10;
    const int right = option.rect.right() - 2 * outside;
    const int top = option.rect.top() + (option.rect.height() - titleHeight - noteHeight) / 2;
    const auto line = [&](int y, int height, const QFont& font, Token token, const QString& text) {
        painter->setFont(font);
        painter->setPen(color(token));
        const QRect room(left, y, std::max(0, right - left), height);
        painter->drawText(room, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
            painter->fontMetrics().elidedText(text, Qt::ElideRight, room.width()));
    };
    line(top, titleHeight, font(TextRole::Base, current),
        kind == Kind::Same && !current ? Token::TextSecondary : Token::TextPrimary, index.data().toString());
    line(top + titleHeight, noteHeight, font(TextRole::Small), current ? Token::TextSecondary : Token::TextMuted,
        word(kind) + QStringLiteral(" · ") + index.data(ChangeModel::NoteRole).toString());
    painter->restore();
}

} // namespace cupel::widgets
