// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell/menus.h"

#include "app/shell/actions.h"

#include <QtCore/QTimer>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QApplication>
#include <QtWidgets/QMainWindow>
#include <QtWidgets/QMenu>
#include <QtWidgets/QMenuBar>

namespace cupel::app {

Menus::Menus(Actions& actions, QMainWindow* window)
    : QObject(window)
    , m_window(window)
    , m_bar(window->menuBar())
{
    m_bar->setNativeMenuBar(false);
    m_bar->setAccessibleName(tr("Menu bar"));
    QMenu* menu = nullptr;
    const char* name = nullptr;
    for (const ActionInfo& info : actionTable()) {
        if (!name || qstrcmp(name, info.menu) != 0) {
            name = info.menu;
            menu = m_bar->addMenu(u'&' + actionText(name));
            connect(menu, &QMenu::aboutToHide, this, [this] { QTimer::singleShot(0, this, &Menus::hideIfIdle); });
        }
        menu->addAction(actions.at(QString::fromUtf8(info.id)));
    }
    m_bar->hide();
    qApp->installEventFilter(this);
}

void Menus::setPinned(bool pinned)
{
    m_pinned = pinned;
    m_bar->setVisible(pinned);
}

void Menus::reveal()
{
    m_bar->show();
    m_bar->setFocus(Qt::MenuBarFocusReason);
    m_bar->setActiveAction(m_bar->actions().value(0));
}

void Menus::hideIfIdle()
{
    if (!m_pinned && !m_bar->activeAction() && !QApplication::activePopupWidget()) {
        m_bar->hide();
    }
}

bool Menus::eventFilter(QObject* watched, QEvent* event)
{
    if (m_pinned || !watched->isWidgetType() || static_cast<QWidget*>(watched)->window() != m_window) {
        return false;
    }
    if (event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        m_altAlone = key->key() == Qt::Key_Alt && key->modifiers() == Qt::AltModifier;
        if (event->type() == QEvent::KeyPress && key->key() == Qt::Key_F10 && key->modifiers() == Qt::NoModifier) {
            reveal();
            return true;
        }
    } else if (event->type() == QEvent::KeyRelease) {
        const bool alt = static_cast<QKeyEvent*>(event)->key() == Qt::Key_Alt && m_altAlone;
        m_altAlone = false;
        if (alt) {
            m_bar->isVisible() ? m_bar->hide() : reveal();
            return true;
        }
    } else if (event->type() == QEvent::MouseButtonPress) {
        m_altAlone = false;
        if (watched != m_bar && m_bar->isVisible() && !m_bar->activeAction()) {
            m_bar->hide();
        }
    }
    return false;
}

} // namespace cupel::app
