// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/focus.h"

#include <QtGui/QFocusEvent>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QAbstractButton>
#include <QtWidgets/QApplication>
#include <QtWidgets/QFocusFrame>

namespace cupel::widgets {

namespace {

bool visibleNow = false;

bool isModifier(int key)
{
    return key == Qt::Key_Shift || key == Qt::Key_Control || key == Qt::Key_Alt || key == Qt::Key_Meta
        || key == Qt::Key_AltGr || key == Qt::Key_CapsLock;
}

// Buttons carry the ring outside of their own rectangle, so it needs a widget of its own. Everything else paints its
// ring itself; a button that does so too says it by the property "innerFocus".
bool wantsFrame(const QWidget* widget)
{
    return qobject_cast<const QAbstractButton*>(widget) && !widget->property("innerFocus").toBool();
}

} // namespace

bool focusVisible()
{
    return visibleNow;
}

bool hasFocusIn(const QWidget* part)
{
    const QWidget* now = QApplication::focusWidget();
    return now && part->isAncestorOf(now);
}

FocusTracker::FocusTracker(QObject* parent)
    : QObject(parent)
{
    qApp->installEventFilter(this);
    connect(qApp, &QApplication::focusChanged, this, &FocusTracker::update);
}

FocusTracker::~FocusTracker()
{
    delete m_frame;
}

bool FocusTracker::eventFilter(QObject* watched, QEvent* event)
{
    switch (event->type()) {
    case QEvent::KeyPress:
        if (!isModifier(static_cast<QKeyEvent*>(event)->key())) {
            setVisible(true);
        }
        break;
    case QEvent::FocusIn: {
        const auto reason = static_cast<QFocusEvent*>(event)->reason();
        if (reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason || reason == Qt::ShortcutFocusReason) {
            setVisible(true);
        }
        break;
    }
    case QEvent::MouseButtonPress:
        setVisible(false);
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

void FocusTracker::setVisible(bool visible)
{
    if (visibleNow == visible) {
        return;
    }
    visibleNow = visible;
    update();
    if (QWidget* widget = QApplication::focusWidget()) {
        widget->update();
    }
}

void FocusTracker::update()
{
    QWidget* widget = visibleNow ? QApplication::focusWidget() : nullptr;
    if (!widget || widget->isWindow() || !wantsFrame(widget)) {
        if (m_frame) {
            m_frame->setWidget(nullptr);
        }
        return;
    }
    if (!m_frame) {
        m_frame = new QFocusFrame(widget->parentWidget());
    }
    m_frame->setWidget(widget);
}

} // namespace cupel::widgets
