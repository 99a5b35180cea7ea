// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/style.h"

#include "widgets/common/accessibility.h"
#include "widgets/common/focus.h"
#include "widgets/common/icons.h"
#include "widgets/common/paint.h"
#include "widgets/common/style_parts.h"

#include <QtWidgets/QAbstractButton>
#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QAbstractSpinBox>
#include <QtWidgets/QApplication>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QMenu>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QSlider>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QToolTip>

#include <cmath>

namespace cupel::widgets {

namespace {

// Popups are windows: their round corners are cut by a mask, whose edge lies under the smooth border.
QRegion roundedRegion(const QRect& rect, int corner)
{
    QRegion region(rect);
    for (int row = 0; row < corner; ++row) {
        const double up = corner - row - 0.5;
        const int cut = static_cast<int>(std::floor(corner - std::sqrt(corner * corner - up * up)));
        for (const int y : {rect.top() + row, rect.bottom() - row}) {
            region -= QRect(rect.left(), y, cut, 1);
            region -= QRect(rect.right() - cut + 1, y, cut, 1);
        }
    }
    return region;
}

bool isPopup(const QWidget* widget)
{
    return qobject_cast<const QMenu*>(widget) || widget->inherits("QComboBoxPrivateContainer")
        || widget->inherits("QTipLabel");
}

bool wantsHover(const QWidget* widget)
{
    return qobject_cast<const QAbstractButton*>(widget) || qobject_cast<const QComboBox*>(widget)
        || qobject_cast<const QAbstractSpinBox*>(widget) || qobject_cast<const QScrollBar*>(widget)
        || qobject_cast<const QSlider*>(widget) || qobject_cast<const QTabBar*>(widget)
        || qobject_cast<const QHeaderView*>(widget);
}

} // namespace

Style::Style()
    : QProxyStyle(QStringLiteral("Fusion"))
{
}
Style::~Style() = default;

void Style::polish(QApplication* application)
{
    QProxyStyle::polish(application);
    if (!m_focus) {
        m_focus = new FocusTracker(this);
    }
}

void Style::polish(QWidget* widget)
{
    QProxyStyle::polish(widget);
    if (wantsHover(widget)) {
        widget->setAttribute(Qt::WA_Hover);
    }
    if (auto* header = qobject_cast<QHeaderView*>(widget); header && header->orientation() == Qt::Horizontal) {
        header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    }
    if (auto* tabs = qobject_cast<QTabBar*>(widget)) {
        tabs->setExpanding(false);
    }
    if (auto* view = qobject_cast<QAbstractItemView*>(widget)) {
        view->viewport()->setAttribute(Qt::WA_Hover);
    }
    if (isPopup(widget)) {
        widget->setAttribute(Qt::WA_TranslucentBackground);
        widget->setWindowFlag(Qt::NoDropShadowWindowHint);
    }
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const
{
    switch (metric) {
    case PM_DefaultFrameWidth:
        if (widget && widget->inherits("QComboBoxPrivateContainer")) {
            return 5;
        }
        return qobject_cast<const QAbstractScrollArea*>(widget) ? 0 : 1;
    case PM_ScrollBarExtent:
        return 14;
    case PM_ScrollBarSliderMin:
        return 28;
    case PM_SplitterWidth:
    case PM_MenuPanelWidth:
    case PM_TabBarBaseHeight:
    case PM_TextCursorWidth:
        return 1;
    case PM_ButtonDefaultIndicator:
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
    case PM_ScrollView_ScrollBarSpacing:
    case PM_ScrollView_ScrollBarOverlap:
    case PM_TabBarTabShiftHorizontal:
    case PM_TabBarTabShiftVertical:
    case PM_TabBarTabOverlap:
    case PM_TabBarBaseOverlap:
    case PM_MenuBarPanelWidth:
    case PM_ToolBarFrameWidth:
        return 0;
    case PM_LayoutLeftMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutBottomMargin:
        return 12;
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing:
    case PM_HeaderMargin:
    case PM_LineEditIconMargin:
        return 8;
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
    case PM_TabBarIconSize:
    case PM_ListViewIconSize:
    case PM_LineEditIconSize:
    case PM_ToolBarIconSize:
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
    case PM_SliderControlThickness:
    case PM_SliderLength:
        return 16;
    case PM_SliderThickness:
        return 20;
    case PM_FocusFrameHMargin:
        return qobject_cast<const QAbstractItemView*>(widget) ? 7 : 4; // in views: the padding of text, less one
    case PM_MenuHMargin:
    case PM_MenuVMargin:
    case PM_FocusFrameVMargin:
        return 4;
    case PM_ToolTipLabelFrameWidth:
        return 9;
    case PM_HeaderDefaultSectionSizeVertical:
        return lineHeight(TextRole::Base) + 16;
    case PM_TreeViewIndentation:
        return 16;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int Style::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget, QStyleHintReturn* data) const
{
    switch (hint) {
    case SH_EtchDisabledText:
    case SH_ComboBox_Popup:
    case SH_DialogButtonBox_ButtonsHaveIcons:
    case SH_Widget_Animate:
    case SH_Widget_Animation_Duration:
    case SH_ItemView_ActivateItemOnSingleClick:
    case SH_ItemView_ShowDecorationSelected:
    case SH_FocusFrame_Mask:
        return 0;
    case SH_FocusFrame_AboveWidget:
    case SH_ItemView_ArrowKeysNavigateIntoChildren:
    case SH_MenuBar_MouseTracking:
    case SH_Menu_MouseTracking:
        return 1;
    case SH_UnderlineShortcut:
        return focusVisible() ? 1 : 0;
    case SH_ToolTipLabel_Opacity:
        return 255;
    case SH_TabBar_Alignment:
        return Qt::AlignLeft;
    case SH_Menu_Mask:
    case SH_ToolTip_Mask:
        if (auto* mask = qstyleoption_cast<QStyleHintReturnMask*>(data); mask && option) {
            mask->region = roundedRegion(option->rect, static_cast<int>(radius::control));
        }
        return 1;
    default:
        return QProxyStyle::styleHint(hint, option, widget, data);
    }
}

QIcon Style::standardIcon(StandardPixmap pixmap, const QStyleOption* option, const QWidget* widget) const
{
    switch (pixmap) {
    case SP_LineEditClearButton:
    case SP_DialogCloseButton:
    case SP_TitleBarCloseButton:
        return icon(QStringLiteral("x"));
    case SP_MessageBoxInformation:
        return icon(QStringLiteral("info"));
    case SP_MessageBoxQuestion:
        return icon(QStringLiteral("circle-help"));
    case SP_MessageBoxWarning:
        return icon(QStringLiteral("triangle-alert"));
    case SP_MessageBoxCritical:
        return icon(QStringLiteral("circle-alert"));
    case SP_DirIcon:
    case SP_DirClosedIcon:
        return icon(QStringLiteral("folder"));
    case SP_DirOpenIcon:
        return icon(QStringLiteral("folder-open"));
    case SP_FileIcon:
        return icon(QStringLiteral("file"));
    case SP_ToolBarHorizontalExtensionButton:
        return icon(QStringLiteral("ellipsis"));
    default:
        return QProxyStyle::standardIcon(pixmap, option, widget);
    }
}

void installStyle(QApplication& application)
{
    application.setStyle(new Style);
    installAccessibility();
    loadFonts();
    setTheme(currentTheme());
}

void setInvalid(QLineEdit* edit, bool invalid)
{
    if (edit->property("invalid").toBool() != invalid) {
        edit->setProperty("invalid", invalid);
        edit->update();
    }
}

} // namespace cupel::widgets
