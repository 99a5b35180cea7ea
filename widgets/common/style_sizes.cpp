// SPDX-License-Identifier: GPL-3.0-or-later
// Where things are and how large: sizes of contents, elements and parts of composed controls.
#include "widgets/common/style.h"
#include "widgets/common/style_parts.h"
#include "widgets/common/theme.h"

#include <QtGui/QFontMetrics>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QProgressBar>

#include <algorithm>

namespace cupel::widgets {

namespace {

using namespace parts;

constexpr int spinButtons = 22; // px, the column of both arrows

QSize pushButtonSize(const QStyleOptionButton& option, const QWidget* widget)
{
    const bool small = isSmall(widget);
    const QFontMetrics metrics(font(small ? TextRole::Small : TextRole::Base, true)); // room for the primary one
    const QString keys = keyHint(widget);
    const bool primary = option.features & QStyleOptionButton::DefaultButton;
    const QFontMetrics plain(font(small ? TextRole::Small : TextRole::Base));
    int width = (primary ? metrics : plain).horizontalAdvance(shownText(option.text)) + 2;
    width += option.icon.isNull() ? 0 : iconSize + (option.text.isEmpty() ? 0 : gap);
    width += keys.isEmpty() ? 0 : gap + QFontMetrics(font(TextRole::Small)).horizontalAdvance(keys);
    width += option.features & QStyleOptionButton::HasMenu ? gap / 2 + iconSize : 0;
    const int height = controlHeight(small) + (widget && widget->property("large").toBool() ? 4 : 0);
    return {std::max(width + 2 * (small ? smallPadding : sidePadding), height), height};
}

QSize toolButtonSize(const QStyleOptionToolButton& option, const QSize& contents, const QWidget* widget)
{
    const int least = controlHeight(isSmall(widget));
    const bool iconOnly = option.toolButtonStyle == Qt::ToolButtonIconOnly || option.text.isEmpty();
    int width = iconOnly ? least : contents.width() + 2 * smallPadding;
    const bool menu = option.features & QStyleOptionToolButton::HasMenu;
    if (!iconOnly && option.toolButtonStyle == Qt::ToolButtonTextBesideIcon) { // as toolButtonWords() paints it
        const int words = option.fontMetrics.size(Qt::TextShowMnemonic, option.text).width() + 1;
        const int icon = option.icon.isNull() ? 0 : option.iconSize.width() + gap;
        width = 2 * smallPadding + icon + words + (menu ? gap / 2 + iconSize : 0);
        return {width, std::max(least, contents.height() + gap)};
    }
    width += menu && !(option.features & QStyleOptionToolButton::MenuButtonPopup) ? 12 : 0;
    return {std::max(width, contents.width() + gap), std::max(least, contents.height() + gap)};
}

QSize menuItemSize(const QStyleOptionMenuItem& option, const QSize& contents)
{
    if (option.menuItemType == QStyleOptionMenuItem::Separator) {
        return {contents.width(), 9};
    }
    const QString text = option.text.section(u'\t', 0, 0);
    const int words = QFontMetrics(option.font).horizontalAdvance(shownText(text));
    const int end = option.menuItemType == QStyleOptionMenuItem::SubMenu ? iconSize + gap : gap;
    const int spaceBeforeKeys = option.text.contains(u'\t') ? 24 : 0;
    return {8 + iconSize + gap + words + spaceBeforeKeys + end + 4, controlHeight(true)};
}

QSize tabSize(const QStyleOptionTab& option)
{
    int width = QFontMetrics(font(TextRole::Base, true)).horizontalAdvance(shownText(option.text)) + 20;
    width += option.icon.isNull() ? 0 : iconSize + (option.text.isEmpty() ? 0 : gap);
    width += option.leftButtonSize.width() + option.rightButtonSize.width();
    return {width, lineHeight(TextRole::Base) + 16};
}

// Place of the thumb along a bar of `length` px.
QRect thumbRect(const QStyleOptionSlider& option)
{
    const bool horizontal = option.orientation == Qt::Horizontal;
    const int length = horizontal ? option.rect.width() : option.rect.height();
    int thumb = length;
    if (option.maximum > option.minimum) {
        const qint64 range = static_cast<qint64>(option.maximum) - option.minimum;
        const qint64 share =
            static_cast<qint64>(option.pageStep) * length / std::max<qint64>(1, range + option.pageStep);
        thumb = static_cast<int>(std::clamp<qint64>(share, std::min(28, length), length));
    }
    const int start = QStyle::sliderPositionFromValue(
        option.minimum, option.maximum, option.sliderPosition, length - thumb, option.upsideDown);
    const QRect box = horizontal ? QRect(option.rect.left() + start, option.rect.top(), thumb, option.rect.height())
                                 : QRect(option.rect.left(), option.rect.top() + start, option.rect.width(), thumb);
    return horizontal ? QStyle::visualRect(option.direction, option.rect, box) : box;
}

QRect scrollBarRect(const QStyleOptionSlider& option, QStyle::SubControl sub)
{
    const bool horizontal = option.orientation == Qt::Horizontal;
    const QRect thumb = thumbRect(option);
    QRect rest = option.rect;
    switch (sub) {
    case QStyle::SC_ScrollBarSlider:
        return thumb;
    case QStyle::SC_ScrollBarGroove:
        return rest;
    case QStyle::SC_ScrollBarSubPage:
        horizontal ? rest.setRight(thumb.left() - 1) : rest.setBottom(thumb.top() - 1);
        return rest;
    case QStyle::SC_ScrollBarAddPage:
        horizontal ? rest.setLeft(thumb.right() + 1) : rest.setTop(thumb.bottom() + 1);
        return rest;
    default:
        return {}; // no arrows
    }
}

QRect comboRect(const QStyleOptionComboBox& option, QStyle::SubControl sub)
{
    const int arrow = sidePadding + iconSize + 4;
    QRect box = option.rect;
    if (sub == QStyle::SC_ComboBoxEditField) {
        box.adjust(option.editable ? 8 : 10, 1, -arrow, -1);
    } else if (sub == QStyle::SC_ComboBoxArrow) {
        box.setLeft(box.right() - arrow + 1);
    }
    return QStyle::visualRect(option.direction, option.rect, box);
}

QRect spinBoxRect(const QStyleOptionSpinBox& option, QStyle::SubControl sub)
{
    QRect box = option.rect;
    const bool none = option.buttonSymbols == QAbstractSpinBox::NoButtons;
    switch (sub) {
    case QStyle::SC_SpinBoxUp:
    case QStyle::SC_SpinBoxDown:
        if (none) {
            return {};
        }
        box.setLeft(box.right() - spinButtons);
        sub == QStyle::SC_SpinBoxUp ? box.setBottom(box.center().y()) : box.setTop(box.center().y() + 1);
        break;
    case QStyle::SC_SpinBoxEditField:
        box.adjust(6, 2, none ? -6 : -spinButtons, -2);
        break;
    default:
        break;
    }
    return QStyle::visualRect(option.direction, option.rect, box);
}

} // namespace

QSize Style::sizeFromContents(
    ContentsType type, const QStyleOption* option, const QSize& size, const QWidget* widget) const
{
    const QSize base = QProxyStyle::sizeFromContents(type, option, size, widget);
    switch (type) {
    case CT_PushButton:
        if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option)) {
            return pushButtonSize(*button, widget);
        }
        break;
    case CT_ToolButton:
        if (const auto* button = qstyleoption_cast<const QStyleOptionToolButton*>(option)) {
            return toolButtonSize(*button, size, widget);
        }
        break;
    case CT_MenuItem:
        if (const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option)) {
            return menuItemSize(*item, size);
        }
        break;
    case CT_TabBarTab:
        if (const auto* tab = qstyleoption_cast<const QStyleOptionTab*>(option)) {
            return tabSize(*tab);
        }
        break;
    case CT_ComboBox:
        return {size.width() + 10 + sidePadding + iconSize + 8, controlHeight(isSmall(widget))};
    case CT_LineEdit:
        return {base.width() + smallPadding, controlHeight(isSmall(widget))};
    case CT_SpinBox:
        return {size.width() + 2 * smallPadding + spinButtons, controlHeight(isSmall(widget))};
    case CT_CheckBox:
    case CT_RadioButton:
        return {base.width() + 4, std::max(base.height(), lineHeight(TextRole::Base) + 4)}; // a target of 24
    case CT_ItemViewItem:
        return {base.width(), std::max(base.height(), controlHeight(true))};
    case CT_HeaderSection:
        return {base.width() + gap, lineHeight(TextRole::Base) + 16};
    case CT_MenuBarItem:
        return {size.width() + 2 * smallPadding, controlHeight(true)};
    case CT_ProgressBar:
        return {base.width(), 4};
    default:
        break;
    }
    return base;
}

namespace {

// The arrow takes its own width and no more, so that a narrow column keeps its title.
QRect sortedHeaderRect(const QStyleOptionHeader& header, bool arrow)
{
    constexpr int margin = 8;
    constexpr int size = 14;
    const QRect& box = header.rect;
    const int left = box.right() - 4 - size;
    return QStyle::visualRect(header.direction, box,
        arrow ? QRect(left, box.center().y() - size / 2, size, size)
              : QRect(box.left() + margin, box.top(), left - 2 - box.left() - margin, box.height()));
}

} // namespace

QRect Style::subElementRect(SubElement element, const QStyleOption* option, const QWidget* widget) const
{
    switch (element) {
    case SE_LineEditContents:
        return widget && widget->parentWidget() && qobject_cast<QComboBox*>(widget->parentWidget())
            ? option->rect
            : option->rect.adjusted(6, 0, -6, 0); // QLineEdit adds 2 itself
    case SE_ProgressBarGroove:
    case SE_ProgressBarContents:
        return option->rect;
    case SE_ProgressBarLabel:
        return {}; // words stand beside the bar
    case SE_HeaderLabel:
    case SE_HeaderArrow:
        if (const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option)) {
            if (header->orientation == Qt::Horizontal && header->sortIndicator != QStyleOptionHeader::None) {
                return sortedHeaderRect(*header, element == SE_HeaderArrow);
            }
        }
        return QProxyStyle::subElementRect(element, option, widget);
    default:
        return QProxyStyle::subElementRect(element, option, widget);
    }
}

QRect Style::subControlRect(
    ComplexControl control, const QStyleOptionComplex* option, SubControl sub, const QWidget* widget) const
{
    if (control == CC_ScrollBar) {
        if (const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option)) {
            return scrollBarRect(*bar, sub);
        }
    } else if (control == CC_ComboBox) {
        if (const auto* box = qstyleoption_cast<const QStyleOptionComboBox*>(option)) {
            return comboRect(*box, sub);
        }
    } else if (control == CC_SpinBox) {
        if (const auto* box = qstyleoption_cast<const QStyleOptionSpinBox*>(option)) {
            return spinBoxRect(*box, sub);
        }
    }
    return QProxyStyle::subControlRect(control, option, sub, widget);
}

} // namespace cupel::widgets
