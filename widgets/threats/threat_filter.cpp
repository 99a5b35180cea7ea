// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/threats/threat_filter.h"

#include "widgets/common/severity.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QSignalBlocker>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QGridLayout>

#include <set>
#include <string>
#include <utility>

namespace cupel::widgets {

ThreatFilter::ThreatFilter(ThreatState& state, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
    , m_severity(new QComboBox(this))
    , m_zone(new QComboBox(this))
    , m_stride(new QComboBox(this))
    , m_assignee(new QComboBox(this))
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
    m_assignee->setAccessibleName(tr("Assignee of the threats"));
    auto* grid = new QGridLayout(this); // without a choice each says what it is about
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(6);
    int place = 0;
    for (QComboBox* one : {m_severity, m_zone, m_stride, m_assignee}) {
        one->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        one->setMinimumContentsLength(4);
        one->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        grid->addWidget(one, place / 2, place % 2);
        grid->setColumnStretch(place % 2, 1);
        ++place;
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
    if (const QVariant who = m_assignee->currentData(); who.isValid()) {
        narrow.assignee = who.toString().toStdString();
    }
    m_state.setNarrow(narrow);
}

// What is gone filters no more.
void ThreatFilter::update()
{
    const bool zone = fillZones();
    const bool who = fillPeople();
    if ((!zone || !who) && m_state.reading()) {
        send();
    }
}

bool ThreatFilter::fillZones()
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
    return again >= 0 || chosen.isEmpty();
}

bool ThreatFilter::fillPeople()
{
    constexpr std::size_t most = 500;
    const QSignalBlocker quiet(m_assignee);
    const QVariant chosen = m_assignee->currentData();
    m_assignee->clear();
    m_assignee->addItem(tr("Assignee"));
    m_assignee->addItem(tr("Mine"), m_state.me());
    m_assignee->addItem(tr("Nobody\u2019s"), QString());
    std::set<std::string> names;
    if (const auto& reading = m_state.reading()) {
        for (const auto& threat : reading->overlaid.model.threats) {
            if (!threat.assignee.empty() && threat.assignee != m_state.me().toStdString() && names.size() < most) {
                names.insert(threat.assignee);
            }
        }
    }
    for (const auto& name : names) {
        m_assignee->addItem(shownText(name), QString::fromStdString(name));
    }
    const int again = chosen.isValid() ? m_assignee->findData(chosen) : 0;
    m_assignee->setCurrentIndex(again < 0 ? 0 : again);
    return again >= 0;
}

} // namespace cupel::widgets
