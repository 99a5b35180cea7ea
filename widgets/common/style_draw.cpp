// SPDX-License-Identifier: GPL-3.0-or-later
// Which part is drawn by which function of style_parts.h.
#include "widgets/common/icons.h"
#include "widgets/common/paint.h"
#include "widgets/common/style.h"
#include "widgets/common/style_parts.h"

#include <QtGui/QPainter>
#include <QtWidgets/QAbstractButton>
#include <QtWidgets/QFocusFrame>

namespace cupel::widgets {

namespace {

QString arrowIcon(QStyle::PrimitiveElement element)
{
    switch (element) {
    case QStyle::PE_IndicatorArrowUp:
    case QStyle::PE_IndicatorSpinUp:
        return QStringLiteral("chevron-up");
    case QStyle::PE_IndicatorArrowLeft:
        return QStringLiteral("chevron-left");
    case QStyle::PE_IndicatorArrowRight:
        return QStringLiteral("chevron-right");
    default:
        return QStringLiteral("chevron-down");
    }
}

bool drawIndicator(QStyle::PrimitiveElement element, const QStyleOption& option, QPainter& painter)
{
    switch (element) {
    case QStyle::PE_IndicatorCheckBox:
    case QStyle::PE_IndicatorItemViewItemCheck:
    case QStyle::PE_IndicatorMenuCheckMark:
        parts::checkIndicator(painter, option);
        return true;
    case QStyle::PE_IndicatorRadioButton:
        parts::radioIndicator(painter, option);
        return true;
    case QStyle::PE_IndicatorBranch:
        parts::branch(painter, option);
        return true;
    case QStyle::PE_IndicatorArrowUp:
    case QStyle::PE_IndicatorArrowDown:
    case QStyle::PE_IndicatorArrowLeft:
    case QStyle::PE_IndicatorArrowRight:
    case QStyle::PE_IndicatorSpinUp:
    case QStyle::PE_IndicatorSpinDown:
        parts::arrow(painter, option, arrowIcon(element));
        return true;
    case QStyle::PE_IndicatorHeaderArrow:
        if (const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(&option)) {
            const bool up = header->sortIndicator == QStyleOptionHeader::SortUp;
            parts::arrow(painter, option, up ? QStringLiteral("chevron-up") : QStringLiteral("chevron-down"));
        }
        return true;
    case QStyle::PE_IndicatorTabClose:
        parts::arrow(painter, option, QStringLiteral("x"));
        return true;
    default:
        return false;
    }
}

} // namespace

void Style::drawPrimitive(
    PrimitiveElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const
{
    switch (element) {
    case PE_FrameFocusRect:
        if (!qobject_cast<const QAbstractButton*>(widget)) { // those have a frame around them
            parts::itemFocus(*painter, *option);
        }
        return;
    case PE_PanelLineEdit:
        if (const auto* box = qstyleoption_cast<const QStyleOptionFrame*>(option); box && box->lineWidth > 0) {
            parts::inputFrame(*painter, *option, widget);
        }
        return;
    case PE_Frame:
    case PE_FrameGroupBox:
    case PE_FrameWindow:
        parts::frame(*painter, *option, widget);
        return;
    case PE_PanelMenu:
    case PE_PanelTipLabel:
        parts::popupPanel(*painter, option->rect);
        return;
    case PE_FrameLineEdit:
    case PE_FrameMenu:
    case PE_FrameTabWidget:
    case PE_FrameStatusBarItem:
    case PE_FrameDockWidget:
    case PE_FrameDefaultButton:
    case PE_PanelStatusBar:
        return;
    case PE_FrameTabBarBase:
        parts::tabBase(*painter, option->rect);
        return;
    case PE_PanelItemViewItem:
        if (const auto* item = qstyleoption_cast<const QStyleOptionViewItem*>(option)) {
            parts::itemPanel(*painter, *item, widget);
        }
        return;
    case PE_PanelItemViewRow:
        if (const auto* item = qstyleoption_cast<const QStyleOptionViewItem*>(option)) {
            parts::branchPanel(*painter, *item, widget);
        }
        return;
    case PE_PanelButtonTool:
        if (const auto* button = qstyleoption_cast<const QStyleOptionToolButton*>(option)) {
            parts::toolButtonPanel(*painter, *button);
        }
        return;
    default:
        if (!drawIndicator(element, *option, *painter)) {
            QProxyStyle::drawPrimitive(element, option, painter, widget);
        }
    }
}

// As the common style does it, but with the places of this one: that asks nobody for them.
void Style::drawHeader(const QStyleOptionHeader& header, QPainter& painter, const QWidget* widget) const
{
    painter.save();
    painter.setClipRect(header.rect, Qt::IntersectClip);
    drawControl(CE_HeaderSection, &header, &painter, widget);
    QStyleOptionHeader part = header;
    part.rect = subElementRect(SE_HeaderLabel, &header, widget);
    drawControl(CE_HeaderLabel, &part, &painter, widget);
    if (header.sortIndicator != QStyleOptionHeader::None) {
        part.rect = subElementRect(SE_HeaderArrow, &header, widget);
        drawPrimitive(PE_IndicatorHeaderArrow, &part, &painter, widget);
    }
    painter.restore();
}

void Style::drawControl(
    ControlElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const
{
    if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option)) {
        if (element == CE_PushButton) {
            return parts::pushButton(*painter, *button, widget);
        }
        if (element == CE_CheckBoxLabel || element == CE_RadioButtonLabel) {
            return parts::toggleLabel(*painter, *button);
        }
    } else if (const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option)) {
        if (element == CE_MenuItem) {
            return parts::menuItem(*painter, *item);
        }
        if (element == CE_MenuBarItem) {
            return parts::menuBarItem(*painter, *item);
        }
    } else if (const auto* tab = qstyleoption_cast<const QStyleOptionTab*>(option)) {
        if (element == CE_TabBarTabShape) {
            return parts::tabShape(*painter, *tab);
        }
        if (element == CE_TabBarTabLabel) {
            return parts::tabLabel(*painter, *tab);
        }
    } else if (const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option)) {
        if (element == CE_Header && header->orientation == Qt::Horizontal) {
            return drawHeader(*header, *painter, widget);
        }
        if (element == CE_HeaderSection) {
            return parts::headerSection(*painter, *header);
        }
        if (element == CE_HeaderLabel) {
            return parts::headerLabel(*painter, *header);
        }
    } else if (const auto* combo = qstyleoption_cast<const QStyleOptionComboBox*>(option)) {
        if (element == CE_ComboBoxLabel) {
            return parts::comboBoxLabel(
                *painter, *combo, subControlRect(CC_ComboBox, combo, SC_ComboBoxEditField, widget));
        }
    } else if (const auto* bar = qstyleoption_cast<const QStyleOptionProgressBar*>(option)) {
        if (element == CE_ProgressBarContents) {
            return parts::progressContents(*painter, *bar);
        }
        if (element == CE_ProgressBarLabel) {
            return;
        }
        if (element == CE_ProgressBarGroove) {
            return parts::progressGroove(*painter, option->rect);
        }
    }
    drawOtherControl(element, option, painter, widget);
}

void Style::drawOtherControl(
    ControlElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const
{
    switch (element) {
    case CE_Splitter:
        painter->fillRect(option->rect, color(Token::Hairline));
        return;
    case CE_MenuBarEmptyArea:
    case CE_HeaderEmptyArea:
        painter->fillRect(option->rect,
            element == CE_MenuBarEmptyArea ? color(Token::Window) : option->palette.color(QPalette::Base));
        return;
    case CE_ShapedFrame:
        if (const auto* line = qstyleoption_cast<const QStyleOptionFrame*>(option);
            line && (line->frameShape == QFrame::HLine || line->frameShape == QFrame::VLine)) {
            const QPoint middle = option->rect.center();
            const bool lying = line->frameShape == QFrame::HLine;
            painter->fillRect(lying ? QRect(option->rect.left(), middle.y(), option->rect.width(), 1)
                                    : QRect(middle.x(), option->rect.top(), 1, option->rect.height()),
                color(Token::Hairline));
            return;
        }
        break;
    case CE_FocusFrame: {
        const auto* ring = qobject_cast<const QFocusFrame*>(widget);
        const QVariant corner = ring && ring->widget() ? ring->widget()->property("focusRadius") : QVariant();
        paintFocusRing(*painter, option->rect, corner.isValid() ? corner.toReal() : radius::control + 2);
        return;
    }
    case CE_ItemViewItem:
        if (const auto* item = qstyleoption_cast<const QStyleOptionViewItem*>(option);
            item && item->state & State_Selected && item->index.column() <= 0) {
            QStyleOptionViewItem strong(*item);
            strong.font.setWeight(QFont::DemiBold);
            QProxyStyle::drawControl(element, &strong, painter, widget);
            return;
        }
        break;
    case CE_SizeGrip:
        return;
    default:
        break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void Style::drawComplexControl(
    ComplexControl control, const QStyleOptionComplex* option, QPainter* painter, const QWidget* widget) const
{
    const auto* slider = qstyleoption_cast<const QStyleOptionSlider*>(option);
    if (control == CC_ScrollBar && slider) {
        return parts::scrollBar(
            *painter, *slider, subControlRect(CC_ScrollBar, slider, SC_ScrollBarSlider, widget), widget);
    }
    if (control == CC_Slider && slider) {
        return parts::slider(*painter, *slider, subControlRect(CC_Slider, slider, SC_SliderGroove, widget),
            subControlRect(CC_Slider, slider, SC_SliderHandle, widget));
    }
    if (const auto* combo = qstyleoption_cast<const QStyleOptionComboBox*>(option); control == CC_ComboBox && combo) {
        return parts::comboBox(*painter, *combo, widget);
    }
    if (const auto* spin = qstyleoption_cast<const QStyleOptionSpinBox*>(option); control == CC_SpinBox && spin) {
        parts::inputFrame(*painter, *spin, widget);
        for (const auto& [sub, element] :
            {std::pair{SC_SpinBoxUp, PE_IndicatorSpinUp}, std::pair{SC_SpinBoxDown, PE_IndicatorSpinDown}}) {
            QStyleOption arrow(*spin);
            arrow.rect = subControlRect(CC_SpinBox, spin, sub, widget);
            arrow.state.setFlag(State_Enabled,
                spin->stepEnabled
                    & (sub == SC_SpinBoxUp ? QAbstractSpinBox::StepUpEnabled : QAbstractSpinBox::StepDownEnabled));
            if (!arrow.rect.isEmpty()) {
                drawPrimitive(element, &arrow, painter, widget);
            }
        }
        return;
    }
    if (const auto* tool = qstyleoption_cast<const QStyleOptionToolButton*>(option); control == CC_ToolButton && tool) {
        return drawToolButton(*tool, *painter, widget);
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

void Style::drawToolButton(const QStyleOptionToolButton& option, QPainter& painter, const QWidget* widget) const
{
    parts::toolButtonPanel(painter, option);
    QStyleOptionToolButton label(option);
    const bool menu = option.features & QStyleOptionToolButton::HasMenu;
    if (option.toolButtonStyle == Qt::ToolButtonTextBesideIcon && !option.text.isEmpty()) {
        parts::toolButtonWords(painter, option, menu);
        return;
    }
    if (menu) {
        QStyleOption chevron(option);
        const int width = 16;
        const QRect end(option.rect.right() - width - 1, option.rect.top(), width, option.rect.height());
        chevron.rect = visualRect(option.direction, option.rect, end);
        parts::arrow(painter, chevron, QStringLiteral("chevron-down"));
        label.rect = visualRect(option.direction, option.rect, option.rect.adjusted(0, 0, -width, 0));
        label.features &= ~QStyleOptionToolButton::HasMenu;
    }
    label.palette.setColor(
        QPalette::ButtonText, color(option.state & State_Enabled ? Token::TextPrimary : Token::TextMuted));
    drawControl(CE_ToolButtonLabel, &label, &painter, widget);
}

} // namespace cupel::widgets
