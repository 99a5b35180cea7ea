// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/threats/kind_menu.h"

#include <QtGui/QKeyEvent>

namespace cupel::widgets {

namespace {

constexpr qint64 pause = 1'200; // ms after which a new word begins

} // namespace

QAction* KindMenu::find(const QString& typed) const
{
    QAction* inside = nullptr; // a later word begins so
    for (QAction* action : actions()) {
        const QString text = action->text();
        if (text.startsWith(typed, Qt::CaseInsensitive)) {
            return action;
        }
        if (!inside && text.contains(u' ' + typed, Qt::CaseInsensitive)) {
            inside = action;
        }
    }
    return inside;
}

void KindMenu::keyPressEvent(QKeyEvent* event)
{
    const QString text = event->text();
    const bool plain = event->modifiers() == Qt::NoModifier || event->modifiers() == Qt::ShiftModifier;
    if (m_since.isValid() && m_since.elapsed() > pause) {
        m_typed.clear();
    }
    if (!plain || text.size() != 1 || !text.front().isPrint() || (text == u" " && m_typed.isEmpty())) {
        m_typed.clear(); // it moved by arrows, or was chosen
        QMenu::keyPressEvent(event);
        return;
    }
    m_since.start();
    QAction* found = find(m_typed + text);
    m_typed = found ? m_typed + text : text;
    if (!found) {
        found = find(text);
    }
    if (found) {
        setActiveAction(found);
    }
    event->accept();
}

} // namespace cupel::widgets
