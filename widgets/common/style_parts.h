// SPDX-License-Identifier: GPL-3.0-or-later
// The drawings behind Style, one function per part. Used by the style*.cpp files only.
#pragma once

#include <QtWidgets/QStyleOption>

class QPainter;
class QWidget;

namespace cupel::widgets::parts {

// Sizes at text zoom 1: icons, gaps and paddings inside of controls.
constexpr int iconSize = 16;
constexpr int gap = 8;
constexpr int sidePadding = 12;
constexpr int smallPadding = 8;

[[nodiscard]] int controlHeight(bool small = false); // 32 or 28, grows with the text zoom
[[nodiscard]] bool isSmall(const QWidget* widget);
[[nodiscard]] QString keyHint(const QWidget* widget);
[[nodiscard]] QString shownText(const QString& text); // without the & of mnemonics
[[nodiscard]] int mnemonicFlag(); // Qt::TextShowMnemonic or Qt::TextHideMnemonic

void pushButton(QPainter& painter, const QStyleOptionButton& option, const QWidget* widget);
void toolButtonPanel(QPainter& painter, const QStyleOptionToolButton& option);
void toolButtonWords(QPainter& painter, const QStyleOptionToolButton& option, bool menu);
void checkIndicator(QPainter& painter, const QStyleOption& option);
void radioIndicator(QPainter& painter, const QStyleOption& option);
void toggleLabel(QPainter& painter, const QStyleOptionButton& option);
void inputFrame(QPainter& painter, const QStyleOption& option, const QWidget* widget);
void comboBox(QPainter& painter, const QStyleOptionComboBox& option, const QWidget* widget);
void comboBoxLabel(QPainter& painter, const QStyleOptionComboBox& option, const QRect& field);
void slider(QPainter& painter, const QStyleOptionSlider& option, const QRect& groove, const QRect& handle);

void menuItem(QPainter& painter, const QStyleOptionMenuItem& option);
void menuBarItem(QPainter& painter, const QStyleOptionMenuItem& option);
void popupPanel(QPainter& painter, const QRect& rect);
void tabShape(QPainter& painter, const QStyleOptionTab& option);
void tabLabel(QPainter& painter, const QStyleOptionTab& option);
void tabBase(QPainter& painter, const QRect& rect);
void headerSection(QPainter& painter, const QStyleOptionHeader& option);
void headerLabel(QPainter& painter, const QStyleOptionHeader& option);
void itemPanel(QPainter& painter, const QStyleOptionViewItem& option, const QWidget* widget);
void branchPanel(QPainter& painter, const QStyleOptionViewItem& option, const QWidget* widget);
void branch(QPainter& painter, const QStyleOption& option);
void itemFocus(QPainter& painter, const QStyleOption& option);
void scrollBar(QPainter& painter, const QStyleOptionSlider& option, const QRect& slider, const QWidget* widget);
void progressGroove(QPainter& painter, const QRect& rect);
void progressContents(QPainter& painter, const QStyleOptionProgressBar& option);
void frame(QPainter& painter, const QStyleOption& option, const QWidget* widget);
void arrow(QPainter& painter, const QStyleOption& option, const QString& icon);

} // namespace cupel::widgets::parts
