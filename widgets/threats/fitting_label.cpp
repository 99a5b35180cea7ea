// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/threats/fitting_label.h"

#include <QtCore/QEvent>

#include <algorithm>

namespace cupel::widgets {

FittingLabel::FittingLabel(TextRole role, Token color, QWidget* parent)
    : Label({}, role, color, false, parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void FittingLabel::setTexts(const QStringList& texts)
{
    m_texts = texts;
    setAccessibleName(m_texts.value(0));
    updateGeometry();
    fit();
}

QSize FittingLabel::sizeHint() const
{
    const QMargins around = contentsMargins();
    return {fontMetrics().horizontalAdvance(m_texts.value(0)) + around.left() + around.right() + 1,
        Label::sizeHint().height()};
}

QSize FittingLabel::minimumSizeHint() const
{
    return {0, Label::minimumSizeHint().height()};
}

void FittingLabel::fit()
{
    const int room = contentsRect().width();
    const auto fits = [&](const QString& text) { return fontMetrics().horizontalAdvance(text) <= room; };
    const auto found = std::find_if(m_texts.begin(), m_texts.end(), fits);
    const QString shown = found == m_texts.end() ? QString() : *found;
    if (shown != text()) {
        setText(shown);
    }
    setToolTip(shown == m_texts.value(0) ? QString() : m_texts.value(0));
}

void FittingLabel::resizeEvent(QResizeEvent* event)
{
    Label::resizeEvent(event);
    fit();
}

void FittingLabel::changeEvent(QEvent* event)
{
    Label::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        fit();
    }
}

} // namespace cupel::widgets
