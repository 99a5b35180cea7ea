// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/threats/part_count.h"

#include <QtCore/QEvent>

#include <algorithm>

namespace cupel::widgets {

PartCount::PartCount(QWidget* parent)
    : Label({}, TextRole::Small, Token::TextMuted, false, parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void PartCount::setModel(const threats::ThreatModel& model)
{
    m_texts.clear();
    if (!model.elements.empty() || !model.zones.empty()) {
        const QString elements = tr("%n element(s)", nullptr, static_cast<int>(model.elements.size()));
        const QString flows = tr("%n flow(s)", nullptr, static_cast<int>(model.flows.size()));
        const QString zones = tr("%n zone(s)", nullptr, static_cast<int>(model.zones.size()));
        m_texts = {tr("%1, %2, %3").arg(elements, flows, zones), tr("%1, %2").arg(elements, flows), elements};
    }
    setAccessibleName(m_texts.value(0));
    updateGeometry();
    fit();
}

QSize PartCount::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(m_texts.value(0)) + 1, Label::sizeHint().height()};
}

QSize PartCount::minimumSizeHint() const
{
    return {0, Label::minimumSizeHint().height()};
}

void PartCount::fit()
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

void PartCount::resizeEvent(QResizeEvent* event)
{
    Label::resizeEvent(event);
    fit();
}

void PartCount::changeEvent(QEvent* event)
{
    Label::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        fit();
    }
}

} // namespace cupel::widgets
