// SPDX-License-Identifier: GPL-3.0-or-later
// Tells whether focus should be seen: rings appear for the keyboard, not for the mouse. One tracker per application,
// installed by the style; UI thread only.
#pragma once

#include <QtCore/QObject>
#include <QtCore/QPointer>

class QFocusFrame;
class QWidget;

namespace cupel::widgets {

// True when the last input that moved or used focus was the keyboard.
[[nodiscard]] bool focusVisible();

// Whether something inside of it has the keyboard.
[[nodiscard]] bool hasFocusIn(const QWidget* part);

class FocusTracker : public QObject {
    Q_OBJECT
public:
    explicit FocusTracker(QObject* parent = nullptr);
    ~FocusTracker() override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void setVisible(bool visible);
    void update();
    QPointer<QFocusFrame> m_frame; // owned by the window it is in
};

} // namespace cupel::widgets
