// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/enter_key.h"

#include <QtGui/QKeyEvent>
#include <QtWidgets/QApplication>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QDialog>
#include <QtWidgets/QRadioButton>

namespace cupel::widgets {

namespace {

// What is chosen among fields leaves Enter to their form, and dialogs know their own default button.
bool isPressed(const QAbstractButton& button)
{
    return button.isEnabled() && button.hasFocus() && !qobject_cast<const QCheckBox*>(&button)
        && !qobject_cast<const QRadioButton*>(&button) && !qobject_cast<const QDialog*>(button.window());
}

} // namespace

EnterKey::EnterKey(QObject* parent)
    : QObject(parent)
{
    qApp->installEventFilter(this);
}

bool EnterKey::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        const bool plain = (key->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
        auto* button = enter && plain ? qobject_cast<QAbstractButton*>(watched) : nullptr;
        if (button && isPressed(*button)) {
            if (!key->isAutoRepeat()) { // a key that is held presses once
                button->click();
            }
            return true;
        }
    }
    return QObject::eventFilter(watched, event);
}

} // namespace cupel::widgets
