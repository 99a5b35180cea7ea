// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/threats/control_grip.h"

#include <QtGui/QMouseEvent>
#include <QtWidgets/QApplication>

#include <utility>

namespace cupel::widgets {

ControlGrip::ControlGrip(const QString& title, QWidget* parent)
    : IconButton(QStringLiteral("shield-check"),
          tr("Put in place on the whole element, or drag onto another one: %1").arg(title), parent)
{
    setFocusPolicy(Qt::StrongFocus);
}

void ControlGrip::mousePressEvent(QMouseEvent* event)
{
    m_from = event->position().toPoint();
    m_dragging = false;
    IconButton::mousePressEvent(event);
}

void ControlGrip::mouseMoveEvent(QMouseEvent* event)
{
    const int way = (event->position().toPoint() - m_from).manhattanLength();
    if ((event->buttons() & Qt::LeftButton) && !m_dragging && way >= QApplication::startDragDistance()) {
        m_dragging = true;
        setCursor(Qt::DragCopyCursor);
    }
    IconButton::mouseMoveEvent(event);
}

void ControlGrip::mouseReleaseEvent(QMouseEvent* event)
{
    const bool outside = !rect().contains(event->position().toPoint());
    unsetCursor();
    IconButton::mouseReleaseEvent(event); // outside it is no click
    if (std::exchange(m_dragging, false) && outside) {
        Q_EMIT dropped(event->globalPosition().toPoint());
    }
}

} // namespace cupel::widgets
