// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/threats/reason_field.h"

#include <QtGui/QKeyEvent>
#include <QtWidgets/QApplication>
#include <QtWidgets/QScrollArea>

namespace cupel::widgets {

ReasonField::ReasonField(QWidget* parent)
    : QLineEdit(parent)
{
    setPlaceholderText(tr("Reason"));
    setAccessibleName(tr("Reason of the decision"));
    connect(this, &QLineEdit::returnPressed, this, &ReasonField::enter);
}

bool ReasonField::isNeeded(const Answer& answer)
{
    return answer.first == threats::Applicability::NotApplicable || answer.second == threats::Decision::Accepted;
}

void ReasonField::ask(const Answer& answer)
{
    m_asked = answer;
    QWidget* from = QApplication::focusWidget();
    m_from = from == this ? m_from.data() : from;
    Q_EMIT wanted();
    setFocus(Qt::ShortcutFocusReason);
    for (QWidget* around = parentWidget(); around; around = around->parentWidget()) {
        if (auto* area = qobject_cast<QScrollArea*>(around)) {
            area->ensureWidgetVisible(this);
        }
    }
}

bool ReasonField::taken()
{
    return std::exchange(m_asked, std::nullopt).has_value();
}

void ReasonField::forget()
{
    if (std::exchange(m_asked, std::nullopt)) {
        Q_EMIT told({});
    }
}

void ReasonField::enter()
{
    if (!m_asked) {
        Q_EMIT told(tr("Now say what is decided, with one of the buttons below."));
        return;
    }
    if (!blank() || isNeeded(*m_asked)) {
        Q_EMIT entered(*m_asked);
    } else {
        forget();
    }
    if (!m_asked) { // the next key is one for the next threat
        leave();
    }
}

void ReasonField::leave()
{
    if (m_from) {
        m_from->setFocus(Qt::OtherFocusReason);
    }
}

bool ReasonField::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride && m_asked
        && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    return QLineEdit::event(event);
}

void ReasonField::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && m_asked) {
        forget();
        leave();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

} // namespace cupel::widgets
