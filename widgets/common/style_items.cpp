// SPDX-License-Identifier: GPL-3.0-or-later
// Menus, tabs, rows, headers, scroll bars and panels.
#include "widgets/common/focus.h"
#include "widgets/common/icons.h"
#include "widgets/common/paint.h"
#include "widgets/common/style_parts.h"

#include <QtGui/QPainter>
#include <QtWidgets/QAbstractScrollArea>
#include <QtWidgets/QFrame>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QTableView>
#include <QtWidgets/QTreeView>

#include <algorithm>

namespace cupel::widgets::parts {

namespace {

constexpr int tabPadding = 10;
constexpr int menuText = 8 + iconSize + gap; // the icon column is kept also where there is no icon

// Rows of several columns share one rounded box: each cell paints its part of it.
QRectF partOfRow(const QRectF& cell, bool roundLeft, bool roundRight)
{
    return cell.adjusted(roundLeft ? 0 : -radius::control - 2, 0, roundRight ? 0 : radius::control + 2, 0);
}

void menuMark(QPainter& painter, const QStyleOptionMenuItem& option, const QRect& box, bool enabled)
{
    const bool checkable = option.checkType != QStyleOptionMenuItem::NotCheckable;
    if (checkable && option.checked) {
        paintIcon(painter, box, QStringLiteral("check"), enabled ? Token::TextPrimary : Token::TextMuted);
    } else if (!option.icon.isNull()) {
        option.icon.paint(&painter, box, Qt::AlignCenter, enabled ? QIcon::Normal : QIcon::Disabled);
    }
}

// Of a tab at either side; less where a bar puts its tabs closer together.
int tabPaddingOf(const QStyleOptionTab& option)
{
    const QFontMetrics metrics(font(TextRole::Base, true));
    const int word = metrics.size(Qt::TextSingleLine | Qt::TextShowMnemonic, option.text).width();
    const int sign = option.icon.isNull() ? 0 : iconSize + (option.text.isEmpty() ? 0 : gap);
    return std::clamp((option.rect.width() - word - sign) / 2, 0, tabPadding);
}

} // namespace

void menuItem(QPainter& painter, const QStyleOptionMenuItem& option)
{
    const QRect row = option.rect;
    if (option.menuItemType == QStyleOptionMenuItem::Separator) {
        painter.fillRect(row.left() + 8, row.center().y(), row.width() - 16, 1, color(Token::Hairline));
        return;
    }
    const bool enabled = option.state & QStyle::State_Enabled;
    if (option.state & QStyle::State_Selected && enabled) {
        paintBox(painter, row, radius::chip, color(Token::Selection));
    }
    const auto visual = [&](const QRect& box) { return QStyle::visualRect(option.direction, row, box); };
    const int top = row.center().y() - iconSize / 2 + 1;
    menuMark(painter, option, visual(QRect(row.left() + 8, top, iconSize, iconSize)), enabled);
    const QStringList texts = option.text.split(u'\t');
    const QRect body(row.left() + menuText, row.top(), row.width() - menuText - 8, row.height());
    painter.save();
    painter.setFont(option.font);
    painter.setPen(color(enabled ? Token::TextPrimary : Token::TextMuted));
    const auto start = QStyle::visualAlignment(option.direction, Qt::AlignLeft | Qt::AlignVCenter);
    painter.drawText(visual(body), static_cast<int>(start) | mnemonicFlag() | Qt::TextSingleLine, texts.constFirst());
    if (texts.size() > 1) {
        const auto end = QStyle::visualAlignment(option.direction, Qt::AlignRight | Qt::AlignVCenter);
        painter.setFont(font(TextRole::Small));
        painter.setPen(color(Token::TextSecondary));
        painter.drawText(visual(body), static_cast<int>(end) | Qt::TextSingleLine, texts[1]);
    }
    painter.restore();
    if (option.menuItemType == QStyleOptionMenuItem::SubMenu) {
        const bool mirrored = option.direction == Qt::RightToLeft;
        paintIcon(painter, visual(QRect(row.right() - iconSize - 4, top, iconSize, iconSize)),
            mirrored ? QStringLiteral("chevron-left") : QStringLiteral("chevron-right"));
    }
}

void menuBarItem(QPainter& painter, const QStyleOptionMenuItem& option)
{
    painter.fillRect(option.rect, color(Token::Window));
    const bool open = option.state & QStyle::State_Sunken;
    if (open || option.state & QStyle::State_Selected) {
        paintBox(painter, QRectF(option.rect).adjusted(0, 2, 0, -2), radius::chip,
            color(open ? Token::Selection : Token::Third));
    }
    painter.save();
    painter.setPen(color(option.state & QStyle::State_Enabled ? Token::TextPrimary : Token::TextMuted));
    painter.drawText(option.rect, Qt::AlignCenter | Qt::TextShowMnemonic | Qt::TextSingleLine, option.text);
    painter.restore();
}

void popupPanel(QPainter& painter, const QRect& rect)
{
    paintBox(painter, rect, radius::control, color(Token::Surface), color(Token::ControlBorder));
}

void tabShape(QPainter& painter, const QStyleOptionTab& option)
{
    const bool selected = option.state & QStyle::State_Selected;
    const bool hovered = option.state & QStyle::State_MouseOver && option.state & QStyle::State_Enabled;
    const int padding = tabPaddingOf(option);
    const QRect under(option.rect.left() + padding, option.rect.bottom() - 1, option.rect.width() - 2 * padding, 2);
    if (selected) {
        painter.fillRect(under, color(Token::Accent));
    } else if (hovered) { // a ground: a line under two tabs says that both are shown
        paintBox(painter, QRectF(option.rect).adjusted(3, 3, -3, -4), radius::control, color(Token::Third));
    }
    if (option.state & QStyle::State_HasFocus && focusVisible()) {
        paintFocusRing(painter, QRectF(option.rect).adjusted(3, 3, -3, -4), radius::control);
    }
}

void tabLabel(QPainter& painter, const QStyleOptionTab& option)
{
    const bool selected = option.state & QStyle::State_Selected;
    const bool enabled = option.state & QStyle::State_Enabled;
    const bool strong = selected || option.state & QStyle::State_MouseOver;
    const int padding = tabPaddingOf(option);
    QRect box = option.rect.adjusted(padding, 0, -padding, -1);
    painter.save();
    if (!option.icon.isNull()) {
        option.icon.paint(&painter, QRect(box.left(), box.center().y() - iconSize / 2 + 1, iconSize, iconSize));
        box.setLeft(box.left() + iconSize + gap);
    }
    painter.setFont(font(TextRole::Base, selected));
    painter.setPen(color(!enabled ? Token::TextMuted : strong ? Token::TextPrimary : Token::TextSecondary));
    painter.drawText(box, Qt::AlignCenter | Qt::TextSingleLine | mnemonicFlag(), option.text);
    painter.restore();
}

void tabBase(QPainter& painter, const QRect& rect)
{
    painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, color(Token::Hairline));
}

void headerSection(QPainter& painter, const QStyleOptionHeader& option)
{
    painter.fillRect(option.rect, option.palette.color(QPalette::Base));
    if (option.orientation == Qt::Horizontal) {
        painter.fillRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1, color(Token::ControlBorder));
    }
}

void headerLabel(QPainter& painter, const QStyleOptionHeader& option)
{
    painter.save();
    painter.setFont(font(TextRole::Small, true));
    painter.setPen(color(Token::TextSecondary));
    const QRect box = option.rect; // without the arrow
    const auto start = QStyle::visualAlignment(option.direction, option.textAlignment | Qt::AlignVCenter);
    painter.drawText(box, static_cast<int>(start) | Qt::TextSingleLine,
        painter.fontMetrics().elidedText(option.text, Qt::ElideRight, box.width()));
    painter.restore();
}

void itemPanel(QPainter& painter, const QStyleOptionViewItem& option, const QWidget* widget)
{
    const bool selected = option.state & QStyle::State_Selected;
    const auto* table = qobject_cast<const QTableView*>(widget);
    const bool enabled = option.state & QStyle::State_Enabled;
    const bool hovered = enabled && !table && option.state & QStyle::State_MouseOver; // one cell of a row looks broken
    if (option.backgroundBrush.style() != Qt::NoBrush && !selected) {
        painter.fillRect(option.rect, option.backgroundBrush);
    }
    if (!selected && !hovered) {
        return;
    }
    using Item = QStyleOptionViewItem;
    bool left = option.viewItemPosition == Item::Invalid || option.viewItemPosition == Item::OnlyOne
        || option.viewItemPosition == Item::Beginning;
    bool right = option.viewItemPosition == Item::Invalid || option.viewItemPosition == Item::OnlyOne
        || option.viewItemPosition == Item::End;
    if (table && table->selectionBehavior() == QAbstractItemView::SelectRows) {
        const int place = table->horizontalHeader()->visualIndex(option.index.column());
        left = place == 0;
        right = place == table->horizontalHeader()->count() - 1;
    }
    if (const auto* tree = qobject_cast<const QTreeView*>(widget)) {
        left = left && option.rect.left() <= tree->columnViewportPosition(0); // else the branch has the round corner
    }
    painter.save();
    painter.setClipRect(option.rect, Qt::IntersectClip);
    paintBox(painter, partOfRow(option.rect, left, right), radius::control,
        color(selected ? Token::Selection : Token::Third));
    painter.restore();
}

void branchPanel(QPainter& painter, const QStyleOptionViewItem& option, const QWidget* widget)
{
    if (!qobject_cast<const QTreeView*>(widget)) {
        return; // other views ask for whole rows, whose cells paint themselves
    }
    if (!(option.state & QStyle::State_Selected) || option.rect.isEmpty()) {
        return;
    }
    painter.save();
    painter.setClipRect(option.rect, Qt::IntersectClip);
    const bool mirrored = option.direction == Qt::RightToLeft;
    paintBox(painter, partOfRow(option.rect, !mirrored, mirrored), radius::control, color(Token::Selection));
    painter.restore();
}

void branch(QPainter& painter, const QStyleOption& option)
{
    if (!(option.state & QStyle::State_Children)) {
        return;
    }
    const bool mirrored = option.direction == Qt::RightToLeft;
    const QString closed = mirrored ? QStringLiteral("chevron-left") : QStringLiteral("chevron-right");
    const QRectF box(QRectF(option.rect).center() - QPointF(7, 7), QSizeF(14, 14));
    paintIcon(painter, box, option.state & QStyle::State_Open ? QStringLiteral("chevron-down") : closed);
}

void itemFocus(QPainter& painter, const QStyleOption& option)
{
    if (focusVisible()) {
        paintFocusRing(painter, option.rect, radius::control);
    }
}

void scrollBar(QPainter& painter, const QStyleOptionSlider& option, const QRect& slider, const QWidget* widget)
{
    QColor ground = option.palette.color(QPalette::Window);
    const QWidget* container = widget ? widget->parentWidget() : nullptr;
    const auto* area = container ? qobject_cast<const QAbstractScrollArea*>(container->parentWidget()) : nullptr;
    if (area) { // of one that lets through what lies behind it: that
        const QWidget* filled = area->viewport();
        while (!filled->autoFillBackground() && !filled->testAttribute(Qt::WA_OpaquePaintEvent) && !filled->isWindow()
            && filled->parentWidget()) {
            filled = filled->parentWidget();
        }
        ground = filled->palette().color(filled->backgroundRole());
    }
    painter.fillRect(option.rect, ground);
    if (option.maximum <= option.minimum) {
        return;
    }
    const bool held = option.state & QStyle::State_Sunken && option.activeSubControls & QStyle::SC_ScrollBarSlider;
    const bool hovered = option.state & QStyle::State_MouseOver;
    const Token thumb = held ? Token::TextMuted : hovered ? Token::ControlBorder : Token::Hairline;
    const bool upright = option.orientation == Qt::Vertical;
    paintBox(painter, QRectF(slider).adjusted(upright ? 2 : 0, upright ? 0 : 2, upright ? -2 : 0, upright ? 0 : -2), 5,
        color(thumb));
}

void progressGroove(QPainter& painter, const QRect& rect)
{
    // In the contrast themes a hairline is as strong as the accent: there the groove is an outline.
    const bool strong = currentTheme() == ThemeName::ContrastLight || currentTheme() == ThemeName::ContrastDark;
    paintBox(painter, QRectF(rect.left(), rect.center().y() - 1, rect.width(), 4), 2,
        color(strong ? Token::Surface : Token::Hairline), strong ? color(Token::Hairline) : QColor());
}

void progressContents(QPainter& painter, const QStyleOptionProgressBar& option)
{
    const QRectF line(option.rect.left(), option.rect.center().y() - 1, option.rect.width(), 4);
    QRectF done = line;
    if (option.maximum <= option.minimum) {
        // Unknown length: a part in the middle, which cannot be read as an amount.
        done = QRectF(line.left() + line.width() * 0.3, line.top(), line.width() * 0.4, line.height());
    } else {
        const double all = static_cast<double>(option.maximum) - option.minimum;
        const double part = (static_cast<double>(option.progress) - option.minimum) / all;
        done.setWidth(line.width() * std::clamp(part, 0.0, 1.0));
        if (option.direction == Qt::RightToLeft) {
            done.moveRight(line.right());
        }
    }
    if (done.width() >= 1) {
        paintBox(painter, done, 2, color(Token::Accent));
    }
}

void frame(QPainter& painter, const QStyleOption& option, const QWidget* widget)
{
    if (widget && widget->inherits("QComboBoxPrivateContainer")) {
        popupPanel(painter, option.rect);
        return;
    }
    if (qobject_cast<const QAbstractScrollArea*>(widget)) {
        return; // regions are set apart by tone, not by frames
    }
    paintBox(painter, option.rect, radius::control, {}, color(Token::Hairline));
}

void arrow(QPainter& painter, const QStyleOption& option, const QString& name)
{
    const bool enabled = option.state & QStyle::State_Enabled;
    const qreal side =
        std::min({static_cast<qreal>(option.rect.width()), static_cast<qreal>(option.rect.height()), 14.0});
    const QRectF box(QRectF(option.rect).center() - QPointF(side / 2, side / 2), QSizeF(side, side));
    paintIcon(painter, box, name, enabled ? Token::TextSecondary : Token::TextMuted);
}

} // namespace cupel::widgets::parts
