// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/wheel_guard.h"

#include <QtCore/QEvent>
#include <QtWidgets/QAbstractSpinBox>
#include <QtWidgets/QApplication>
#include <QtWidgets/QComboBox>

namespace cupel::widgets {

namespace {

class WheelGuard : public QObject {
public:
    using QObject::QObject;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        const bool wheel = event->type() == QEvent::Wheel;
        if (!wheel && event->type() != QEvent::Polish) {
            return false;
        }
        auto* field = qobject_cast<QWidget*>(watched);
        if (!qobject_cast<QComboBox*>(field) && !qobject_cast<QAbstractSpinBox*>(field)) {
            return false;
        }
        if (wheel) {
            event->ignore(); // whatever it stands in scrolls
        } else if (field->focusPolicy() == Qt::WheelFocus) {
            field->setFocusPolicy(Qt::StrongFocus);
        }
        return wheel;
    }
};

} // namespace

void guardWheel(QApplication& application)
{
    application.installEventFilter(new WheelGuard(&application));
}

} // namespace cupel::widgets
