// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/style.h"

#include "widgets/common/accessibility.h"
#include "widgets/common/enter_key.h"
#include "widgets/common/focus.h"
#include "widgets/common/icons.h"
#include "widgets/common/paint.h"
#include "widgets/common/style_parts.h"
#include "widgets/common/wheel_guard.h"

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

#include <algorithm>
#include <cmath>
#include <iterator>

namespace cupel::widgets {

namespace {

struct Metric {
    QStyle::PixelMetric metric;
    int pixels;
};

constexpr Metric fixedMetrics[] = {
    {QStyle::PM_ScrollBarSliderMin, 28},
    {QStyle::PM_SliderThickness, 20},
    {QStyle::PM_SmallIconSize, 16},
    {QStyle::PM_ButtonIconSize, 16},
    {QStyle::PM_TabBarIconSize, 16},
    {QStyle::PM_ListViewIconSize, 16},
    {QStyle::PM_LineEditIconSize, 16},
    {QStyle::PM_ToolBarIconSize, 16},
    {QStyle::PM_IndicatorWidth, 16},
    {QStyle::PM_IndicatorHeight, 16},
    {QStyle::PM_ExclusiveIndicatorWidth, 16},
    {QStyle::PM_ExclusiveIndicatorHeight, 16},
    {QStyle::PM_SliderControlThickness, 16},
    {QStyle::PM_SliderLength, 16},
    {QStyle::PM_TreeViewIndentation, 16},
    {QStyle::PM_ScrollBarExtent, 14},
    {QStyle::PM_LayoutLeftMargin, 12},
    {QStyle::PM_LayoutTopMargin, 12},
    {QStyle::PM_LayoutRightMargin, 12},
    {QStyle::PM_LayoutBottomMargin, 12},
    {QStyle::PM_ToolTipLabelFrameWidth, 9},
    {QStyle::PM_LayoutHorizontalSpacing, 8},
    {QStyle::PM_LayoutVerticalSpacing, 8},
    {QStyle::PM_CheckBoxLabelSpacing, 8},
    {QStyle::PM_RadioButtonLabelSpacing, 8},
    {QStyle::PM_HeaderMargin, 8},
    {QStyle::PM_LineEditIconMargin, 8},
    {QStyle::PM_MenuHMargin, 4},
    {QStyle::PM_MenuVMargin, 4},
    {QStyle::PM_FocusFrameVMargin, 4},
    {QStyle::PM_SplitterWidth, 1},
    {QStyle::PM_MenuPanelWidth, 1},
    {QStyle::PM_TabBarBaseHeight, 1},
    {QStyle::PM_TextCursorWidth, 1},
    {QStyle::PM_ButtonDefaultIndicator, 0},
    {QStyle::PM_ButtonShiftHorizontal, 0},
    {QStyle::PM_ButtonShiftVertical, 0},
    {QStyle::PM_ScrollView_ScrollBarSpacing, 0},
    {QStyle::PM_ScrollView_ScrollBarOverlap, 0},
    {QStyle::PM_TabBarTabShiftHorizontal, 0},
    {QStyle::PM_TabBarTabShiftVertical, 0},
    {QStyle::PM_TabBarTabOverlap, 0},
    {QStyle::PM_TabBarBaseOverlap, 0},
    {QStyle::PM_MenuBarPanelWidth, 0},
    {QStyle::PM_ToolBarFrameWidth, 0},
};

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
        new EnterKey(this);
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
        if (widget->inherits("QComboBoxPrivateContainer")) { // nobody asks for its mask
            widget->installEventFilter(this);
        }
    }
}

bool Style::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Resize || event->type() == QEvent::Show) {
        if (auto* popup = qobject_cast<QWidget*>(watched); popup && popup->isWindow()) {
            popup->setMask(roundedRegion(popup->rect(), static_cast<int>(radius::control)));
        }
    }
    return QProxyStyle::eventFilter(watched, event);
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const
{
    switch (metric) {
    case PM_DefaultFrameWidth:
        if (widget && widget->inherits("QComboBoxPrivateContainer")) {
            return 5;
        }
        return qobject_cast<const QAbstractScrollArea*>(widget) ? 0 : 1;
    case PM_FocusFrameHMargin:
        return qobject_cast<const QAbstractItemView*>(widget) ? 7 : 4; // in views: the padding of text, less one
    case PM_HeaderDefaultSectionSizeVertical:
        return lineHeight(TextRole::Base) + 16;
    default:
        break;
    }
    const auto* fixed = std::find_if(std::begin(fixedMetrics), std::end(fixedMetrics),
        [metric](const Metric& entry) { return entry.metric == metric; });
    return fixed != std::end(fixedMetrics) ? fixed->pixels : QProxyStyle::pixelMetric(metric, option, widget);
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
    guardWheel(application);
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
