// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/findings/threat_links.h"

#include "widgets/common/buttons.h"
#include "widgets/common/icons.h"
#include "widgets/common/labels.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QLocale>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>
#include <utility>

namespace cupel::widgets {

namespace {

constexpr std::size_t mostWays = 3; // the others are behind "Threats: 7"

} // namespace

ThreatLinks::ThreatLinks(QWidget* parent)
    : QWidget(parent)
    , m_all(new QPushButton(this))
    , m_list(new QWidget(this))
{
    setSmall(m_all);
    m_all->setIcon(icon(QStringLiteral("shield-alert")));
    m_all->setToolTip(plainToolTip(tr("Go to the threats that this finding speaks for (Shift+O)")));
    connect(m_all, &QPushButton::clicked, this, [this] { Q_EMIT allRequested(m_fingerprint); });
    auto* rows = new QVBoxLayout(m_list);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(2);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(m_all, 0, Qt::AlignLeft);
    column->addWidget(m_list);
    hide();
}

void ThreatLinks::setState(ThreatState* state)
{
    m_state = state;
    connect(state, &ThreatState::changed, this, &ThreatLinks::update);
    update();
}

void ThreatLinks::show(const std::string& fingerprint)
{
    m_fingerprint = fingerprint;
    update();
}

void ThreatLinks::index()
{
    if (std::exchange(m_reading, m_state->reading()) == m_state->reading()) {
        return;
    }
    m_byFinding.clear();
    if (m_reading) {
        for (const auto& threat : m_reading->overlaid.model.threats) {
            for (const auto& finding : threat.findings) {
                m_byFinding[finding].push_back(&threat);
            }
        }
    }
}

void ThreatLinks::update()
{
    qDeleteAll(std::exchange(m_ways, {}));
    setVisible(m_state && !m_fingerprint.empty());
    if (isHidden()) {
        return;
    }
    index();
    const auto found = m_byFinding.find(m_fingerprint);
    const std::size_t count = found == m_byFinding.end() ? 0 : found->second.size();
    m_all->setText(!m_reading ? tr("Threats: make the threat model")
            : count == 0      ? tr("Threats: none")
                              : tr("Threats: %1").arg(QLocale().toString(static_cast<qulonglong>(count))));
    m_all->setEnabled(!m_reading || count > 0);
    for (std::size_t i = 0; i < std::min(count, mostWays); ++i) {
        const auto& threat = *found->second[i];
        auto* way = new QPushButton(m_list);
        setSmall(way);
        way->setFlat(true);
        const QString name = tr("%1, at %2").arg(shownText(threat.title), m_state->nameOf(threat.target));
        way->setProperty("whole", name);
        way->setAccessibleName(name);
        way->setToolTip(plainToolTip(name));
        m_list->layout()->addWidget(way);
        m_ways.push_back(way);
        connect(way, &QPushButton::clicked, this, [this, id = threat.id] { Q_EMIT threatRequested(id); });
    }
    m_list->setVisible(!m_ways.empty());
    fitWays();
}

// A long title ends with dots; its tip and what is spoken have it whole.
void ThreatLinks::fitWays()
{
    constexpr int around = 28;
    for (auto* way : m_ways) {
        way->setMinimumWidth(0);
        way->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        way->setText(way->fontMetrics().elidedText(
            way->property("whole").toString(), Qt::ElideRight, std::max(40, width() - around)));
    }
}

void ThreatLinks::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fitWays();
}

std::vector<std::string> threatsOf(const threats::ThreatModel& model, const std::string& fingerprint)
{
    std::vector<std::string> out;
    for (const auto& threat : model.threats) {
        if (std::find(threat.findings.begin(), threat.findings.end(), fingerprint) != threat.findings.end()) {
            out.push_back(threat.id);
        }
    }
    return out;
}

} // namespace cupel::widgets
