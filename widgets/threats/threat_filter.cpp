// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/threats/threat_filter.h"

#include "widgets/common/flow_layout.h"
#include "widgets/common/severity.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QSignalBlocker>
#include <QtWidgets/QComboBox>

#include <utility>

namespace cupel::widgets {

ThreatFilter::ThreatFilter(ThreatState& state, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
    , m_severity(new QComboBox(this))
    , m_zone(new QComboBox(this))
    , m_stride(new QComboBox(this))
{
    m_severity->setAccessibleName(tr("Severity of the threats"));
    m_severity->addItem(tr("Severity"));
    for (const Severity one : {Severity::Critical, Severity::High, Severity::Medium, Severity::Low, Severity::Info}) {
        m_severity->addItem(word(one), static_cast<int>(one));
    }
    m_zone->setAccessibleName(tr("Zone of the threats"));
    m_stride->setAccessibleName(tr("STRIDE category of the threats"));
    m_stride->addItem(tr("STRIDE"));
    for (const auto& [letter, text] : {std::pair{u'S', tr("Spoofing")}, {u'T', tr("Tampering")},
             {u'R', tr("Repudiation")}, {u'I', tr("Information disclosure")}, {u'D', tr("Denial of service")},
             {u'E', tr("Elevation of privilege")}}) {
        m_stride->addItem(text, QString(QChar(letter)));
    }
    auto* flow = new FlowLayout(6, false, this); // without a choice each says what it is about
    for (QComboBox* one : {m_severity, m_zone, m_stride}) {
        one->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        one->setMinimumContentsLength(4);
        flow->addWidget(one);
        connect(one, &QComboBox::activated, this, &ThreatFilter::send);
    }
    connect(&state, &ThreatState::changed, this, &ThreatFilter::update);
    update();
}

void ThreatFilter::send()
{
    ThreatState::Narrow narrow;
    if (const QVariant severity = m_severity->currentData(); severity.isValid()) {
        narrow.severity = static_cast<Severity>(severity.toInt());
    }
    narrow.zone = m_zone->currentData().toString().toStdString();
    const QString letter = m_stride->currentData().toString();
    narrow.stride = letter.isEmpty() ? '\0' : letter.front().toLatin1();
    m_state.setNarrow(narrow);
}

// A zone that is gone filters no more.
void ThreatFilter::update()
{
    const QSignalBlocker quiet(m_zone);
    const QString chosen = m_zone->currentData().toString();
    m_zone->clear();
    m_zone->addItem(tr("Zone"), QString());
    if (const auto& reading = m_state.reading()) {
        for (const auto& zone : reading->overlaid.model.zones) {
            m_zone->addItem(shownText(zone.name.empty() ? zone.id : zone.name), QString::fromStdString(zone.id));
        }
    }
    const int again = m_zone->findData(chosen);
    m_zone->setCurrentIndex(again < 0 ? 0 : again);
    if (again < 0 && !chosen.isEmpty() && m_state.reading()) {
        send();
    }
}

} // namespace cupel::widgets
