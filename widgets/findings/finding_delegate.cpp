// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/findings/finding_delegate.h"

#include "widgets/common/focus.h"
#include "widgets/common/icons.h"
#include "widgets/common/paint.h"
#include "widgets/common/severity.h"
#include "widgets/models/finding_list_model.h"

#include <QtGui/QPainter>
#include <QtWidgets/QAbstractItemView>

#include <algorithm>

namespace cupel::widgets {

namespace {

constexpr int outside = 8; // between the region's edge and a row
constexpr int chevron = 16;
constexpr int groupTextStart = 36;

QFont captionCode()
{
    QFont font = cupel::widgets::font(TextRole::CodeSmall);
    font.setPointSizeF(cupel::widgets::font(TextRole::Caption).pointSizeF());
    return font;
}

bool hasKeyboard(const QStyleOptionViewItem& option, const QModelIndex& index)
{
    const auto* view = qobject_cast<const QAbstractItemView*>(option.widget);
    return view != nullptr && view->hasFocus() && focusVisible() && view->currentIndex() == index;
}

// Draws one line of text, elided, and returns its width.
int drawLine(QPainter& painter, const QStyleOptionViewItem& option, const QRect& box, const QFont& font, Token token,
    const QString& text)
{
    painter.setFont(font);
    painter.setPen(color(token));
    const QString shown = painter.fontMetrics().elidedText(text, Qt::ElideRight, box.width());
    painter.drawText(QStyle::visualRect(option.direction, option.rect, box),
        QStyle::visualAlignment(option.direction, Qt::AlignVCenter | Qt::AlignLeft) | Qt::TextSingleLine, shown);
    return painter.fontMetrics().horizontalAdvance(shown);
}

} // namespace

QSize FindingDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const
{
    if (index.data(FindingListModel::GroupRole).toBool()) {
        return {100, std::max(28, lineHeight(TextRole::Small) + 12)};
    }
    return {100, lineHeight(TextRole::Base) + lineHeight(TextRole::Small) + 16};
}

void FindingDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (index.data(FindingListModel::GroupRole).toBool()) {
        paintGroup(*painter, option, index);
    } else {
        paintFinding(*painter, option, index);
    }
    painter->restore();
}

void FindingDelegate::paintGroup(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index)
{
    const QRect& rect = option.rect;
    const bool hovered = option.state.testFlag(QStyle::State_MouseOver);
    paintRow(painter, QRectF(rect).adjusted(outside, 0, -outside, 0), false, hovered, hasKeyboard(option, index));
    const auto square = [&](int x, int size) {
        const QRect box(rect.left() + x, rect.top() + (rect.height() - size) / 2, size, size);
        return QRectF(QStyle::visualRect(option.direction, rect, box));
    };
    const bool open = option.state.testFlag(QStyle::State_Open);
    const bool mirrored = option.direction == Qt::RightToLeft;
    const QString closed = mirrored ? QStringLiteral("chevron-left") : QStringLiteral("chevron-right");
    paintIcon(painter, square(outside + 6, chevron), open ? QStringLiteral("chevron-down") : closed);
    QRect line = rect.adjusted(groupTextStart, 0, -outside - 8, 0);
    const QString name = index.data().toString();
    const int smallGlyph = zoomed(14);
    const int worst = index.data(FindingListModel::SeverityRole).toInt();
    // Severity groups have the sign in every row already.
    if (!index.data(FindingListModel::KeyRole).toString().startsWith(QLatin1String("severity:"))) {
        paintSeverity(painter, square(groupTextStart, smallGlyph), static_cast<Severity>(worst), false);
        line.setLeft(line.left() + smallGlyph + 6);
    }
    const int all = index.data(FindingListModel::CountRole).toInt();
    const int left = index.data(FindingListModel::OpenRole).toInt();
    const QString count = left == all ? QString::number(all) : FindingDelegate::tr("%1 open of %2").arg(left).arg(all);
    const QString note = index.data(FindingListModel::NoteRole).toString();
    const QFont small = font(TextRole::Small);
    const int countWidth = QFontMetrics(small).horizontalAdvance(count) + 8;
    QRect nameBox = line;
    nameBox.setWidth(std::max(0, line.width() - countWidth));
    int used = drawLine(painter, option, nameBox, font(TextRole::Small, true), Token::TextSecondary, name);
    if (!note.isEmpty() && nameBox.width() - used > 40) {
        const QRect noteBox(nameBox.left() + used + 6, line.top(), nameBox.width() - used - 6, line.height());
        used += 6 + drawLine(painter, option, noteBox, small, Token::TextMuted, note);
    }
    drawLine(painter, option, {line.left() + used + 6, line.top(), countWidth, line.height()}, small, Token::TextMuted,
        count);
}

void FindingDelegate::paintFinding(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index)
{
    const QRect& rect = option.rect;
    const bool current = index.data(FindingListModel::CurrentRole).toBool();
    const bool hovered = option.state.testFlag(QStyle::State_MouseOver);
    const bool selected = current || option.state.testFlag(QStyle::State_Selected);
    const bool settled = index.data(FindingListModel::SettledRole).toBool();
    paintRow(painter, QRectF(rect).adjusted(outside, 0, -outside, 0), selected, hovered, hasKeyboard(option, index));
    const int glyph = zoomed(20);
    const int textStart = 2 * outside + glyph + 10;
    const QRect sign(rect.left() + 2 * outside, rect.top() + (rect.height() - glyph) / 2, glyph, glyph);
    painter.setOpacity(settled ? 0.45 : 1); // the word in the second line says it too
    paintSeverity(painter, QRectF(QStyle::visualRect(option.direction, rect, sign)),
        static_cast<Severity>(index.data(FindingListModel::SeverityRole).toInt()));
    painter.setOpacity(1);
    const Token quiet = selected ? Token::TextSecondary : Token::TextMuted;
    const int titleHeight = lineHeight(TextRole::Base);
    const int noteHeight = lineHeight(TextRole::Small);
    const int top = rect.top() + (rect.height() - titleHeight - noteHeight) / 2;
    const QRect title(rect.left() + textStart, top, std::max(0, rect.width() - textStart - 2 * outside), titleHeight);
    drawLine(painter, option, title, font(TextRole::Base, current), settled ? quiet : Token::TextPrimary,
        index.data().toString());
    paintNote(painter, option, {title.left(), top + titleHeight, title.width(), noteHeight}, index, quiet);
}

// The second line: what was decided, the rule, the place.
void FindingDelegate::paintNote(
    QPainter& painter, const QStyleOptionViewItem& option, const QRect& room, const QModelIndex& index, Token quiet)
{
    QRect line = room;
    const QFont small = font(TextRole::Small);
    constexpr int gap = 8;
    if (const QString decision = index.data(FindingListModel::DecisionRole).toString(); !decision.isEmpty()) {
        const bool settled = index.data(FindingListModel::SettledRole).toBool();
        const int size = zoomed(12);
        const QRect box(line.left(), line.top() + (line.height() - size) / 2, size, size);
        paintIcon(painter, QRectF(QStyle::visualRect(option.direction, option.rect, box)),
            settled ? QStringLiteral("circle-check") : QStringLiteral("clock"), quiet);
        line.setLeft(line.left() + size + 4);
        line.setLeft(line.left() + drawLine(painter, option, line, small, Token::TextSecondary, decision) + gap);
    }

    const QString rule = index.data(FindingListModel::RuleRole).toString();
    const QString place = index.data(FindingListModel::PlaceRole).toString();
    const QFont code = captionCode();
    const int ruleWidth = QFontMetrics(code).horizontalAdvance(rule) + 1;
    const int placeWidth = QFontMetrics(small).horizontalAdvance(place) + 1;
    // The place is what one looks for: the id, which the inspector shows whole, gives way first. Less of it than this
    // many letters tells nothing.
    const int leastRule = QFontMetrics(code).averageCharWidth() * 14;
    const int ruleRoom = std::min(ruleWidth, line.width() - gap - placeWidth);
    line.setWidth(std::max(0, ruleRoom));
    if (!rule.isEmpty() && ruleRoom >= std::min(ruleWidth, leastRule)) {
        line.setLeft(line.left() + drawLine(painter, option, line, code, Token::TextSecondary, rule) + gap);
    }
    line.setRight(room.right());
    drawLine(painter, option, line, small, quiet, place);
}

} // namespace cupel::widgets
