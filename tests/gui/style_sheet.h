// SPDX-License-Identifier: GPL-3.0-or-later
// One window with every standard control and shared widget in its states, to look at and to measure.
#pragma once

#include <QtWidgets/QWidget>

class QVBoxLayout;

namespace cupel::widgets {

class StyleSheetWindow : public QWidget {
public:
    StyleSheetWindow();

private:
    QWidget* signsColumn();
    QWidget* inputsColumn();
    QWidget* statesColumn();
};

} // namespace cupel::widgets
