// SPDX-License-Identifier: GPL-3.0-or-later
// Beside a control of the shelf: dragged onto an element of the drawing it is put in place there; a click or Enter puts
// it in place on the element of the chosen threat. It says where it was let go, and changes nothing itself. UI thread.
#pragma once

#include "widgets/common/buttons.h"

#include <QtCore/QPoint>

namespace cupel::widgets {

class ControlGrip : public IconButton {
    Q_OBJECT
public:
    explicit ControlGrip(const QString& title, QWidget* parent = nullptr);

Q_SIGNALS:
    void dropped(const QPoint& globalPlace);

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    QPoint m_from;
    bool m_dragging = false;
};

} // namespace cupel::widgets
