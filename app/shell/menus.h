// SPDX-License-Identifier: GPL-3.0-or-later
// The menu bar made from the action table: hidden until Alt or F10, or pinned. UI thread.
#pragma once

#include <QtCore/QObject>

class QMainWindow;
class QMenuBar;

namespace cupel::app {

class Actions;

class Menus : public QObject {
    Q_OBJECT
public:
    Menus(Actions& actions, QMainWindow* window);
    void setPinned(bool pinned);
    void reveal(); // shows it and opens the first menu

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void hideIfIdle();
    QMainWindow* m_window;
    QMenuBar* m_bar;
    bool m_pinned = false;
    bool m_altAlone = false; // Alt is down and nothing else was pressed since
};

} // namespace cupel::app
