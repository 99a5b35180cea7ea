// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/fixes/edit_delegate.h"

#include "widgets/common/focus.h"
#include "widgets/common/icons.h"
#include "widgets/common/paint.h"
#include "widgets/common/severity.h"
#include "widgets/fixes/edit_model.h"
#include "widgets/fixes/switch_mark.h"

#include <QtGui/QKeyEvent>
#include <QtGui/QMouseEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QAbstractItemView>

#include <algorithm>

namespace cupel::widgets {

namespace {

constexpr int outside = 8;

QRect switchBox(const QRect& row)
{
    const int size = zoomed(16);
    return {row.left() + 2 * outside, row.top() + (row.height() - size) / 2, size, size};
}

} // namespace

QSize EditDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return {100, std::max(52, lineHeight(TextRole::Base) + lineHeight(TextRole::Small) + 16)};
}

void EditDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const auto* view = qobject_cast<const QAbstractItemView*>(option.widget);
    const bool current = view != nullptr && view->currentIndex() == index;
    const bool ring = current && view->hasFocus() && focusVisible();
    paintRow(*painter, QRectF(option.rect).adjusted(outside, 0, -outside, 0), current,
        option.state.testFlag(QStyle::State_MouseOver), ring);
    const QRect mark = switchBox(option.rect);
    paintSwitch(*painter, mark, static_cast<Qt::CheckState>(index.data(Qt::CheckStateRole).toInt()));
    const int glyph = zoomed(16);
    const QRect sign(mark.right() + 10, option.rect.top() + (option.rect.height() - glyph) / 2, glyph, glyph);
    paintSeverity(*painter, sign, static_cast<Severity>(index.data(EditModel::SeverityRole).toInt()), false);

    const int count = index.data(EditModel::CountRole).toInt();
    const bool asked = index.data(EditModel::OptionalRole).toBool(); // it is made only when somebody asks for it
    const bool refused = index.data(EditModel::RefusedRole).toInt() > 0;
    const QString chipText = refused                          ? EditModel::tr("left out")
        : asked && index.data(EditModel::NeededRole).toBool() ? EditModel::tr("needed")
        : asked                                               ? EditModel::tr("optional")
        : count > 1                                           ? EditModel::tr("%n edit(s)", nullptr, count)
                                                              : QString();
    int right = option.rect.right() - 2 * outside;
    if (!chipText.isEmpty()) {
        const ChipLook chip{chipText, {}, Token::TextMuted, false, false, false};
        const QSize size = chipSize(chip);
        paintChip(*painter,
            QRectF(right - size.width(), option.rect.center().y() - size.height() / 2.0, size.width(), size.height()),
            chip);
        right -= size.width() + 8;
    }
    const int titleHeight = lineHeight(TextRole::Base);
    const int noteHeight = lineHeight(TextRole::Small);
    const int left = sign.right() + 10;
    const int top = option.rect.top() + (option.rect.height() - titleHeight - noteHeight) / 2;
    const auto line = [&](int y, int height, const QFont& font, Token token, const QString& text) {
        painter->setFont(font);
        painter->setPen(color(token));
        const QRect box(left, y, std::max(0, right - left), height);
        painter->drawText(box, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
            painter->fontMetrics().elidedText(text, Qt::ElideRight, box.width()));
    };
    line(top, titleHeight, font(TextRole::Base, current), Token::TextPrimary, index.data().toString());
    line(top + titleHeight, noteHeight, font(TextRole::Small), current ? Token::TextSecondary : Token::TextMuted,
        index.data(EditModel::NoteRole).toString());
    painter->restore();
}

bool EditDelegate::editorEvent(
    QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option, const QModelIndex& index)
{
    bool toggles = false;
    if (event->type() == QEvent::MouseButtonRelease) {
        const auto* mouse = static_cast<QMouseEvent*>(event);
        // A generous box: the switch is small, and a click beside it means it.
        const auto box = switchBox(option.rect).adjusted(-8, -8, 6, 8);
        toggles = mouse->button() == Qt::LeftButton && box.contains(mouse->position().toPoint());
    } else if (event->type() == QEvent::KeyPress) {
        toggles = static_cast<QKeyEvent*>(event)->key() == Qt::Key_Space;
    }
    if (!toggles) {
        return false;
    }
    const bool on = index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
    return model->setData(index, on ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
}

} // namespace cupel::widgets
