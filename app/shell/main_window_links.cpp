// SPDX-License-Identifier: GPL-3.0-or-later
// MainWindow: from a finding to the threats that it speaks for.
#include "app/shell/main_window.h"

#include "app/session/session.h"
#include "app/session/threats.h"
#include "app/shell/actions.h"
#include "app/shell/status_bar.h"
#include "widgets/findings/finding_inspector.h"
#include "widgets/findings/threat_links.h"
#include "widgets/threats/threat_inspector.h"
#include "widgets/threats/threat_view.h"

#include <utility>

namespace cupel::app {

void MainWindow::wireThreatLinks(ModePage* made)
{
    auto* inspector = qobject_cast<widgets::FindingInspector*>(made->parts().inspector);
    if (!inspector) {
        return;
    }
    auto* links = inspector->threats();
    links->setState(&m_session.threats().state());
    connect(links, &widgets::ThreatLinks::allRequested, this, &MainWindow::showThreatsOf);
    connect(links, &widgets::ThreatLinks::threatRequested, this, [this](const std::string& threat) {
        m_session.threats().state().setOnly({}, {});
        openThreat(threat);
    });
}

void MainWindow::showThreatsOfCurrent()
{
    const auto& current = m_session.review().current();
    const Finding* finding = current ? m_session.review().finding(*current) : nullptr;
    if (finding) {
        showThreatsOf(finding->fingerprint);
    } else {
        m_status->setNotice(tr("Choose a finding first."));
    }
}

// As soon as there is a model: it may have to be made first.
void MainWindow::showThreatsOf(const std::string& fingerprint)
{
    m_threatsWanted = fingerprint;
    showMode(QStringLiteral("threats"));
    followThreatsWanted();
}

void MainWindow::followThreatsWanted()
{
    widgets::ThreatState& state = m_session.threats().state();
    if (m_threatsWanted.empty() || !state.reading() || !m_session.threats().current()) {
        return;
    }
    const auto ids = widgets::threatsOf(state.reading()->overlaid.model, std::exchange(m_threatsWanted, {}));
    if (ids.empty()) {
        m_status->setNotice(tr("No threat of the model rests on this finding."));
        return;
    }
    if (auto* drawn = view<widgets::ThreatView>(QStringLiteral("threats"))) {
        drawn->setMapShown(false);
    }
    state.setOnly(ids, tr("Of one finding"));
    openThreat(ids.front());
}

void MainWindow::openThreat(const std::string& threat)
{
    if (m_mode != u"threats") {
        showMode(QStringLiteral("threats"));
    }
    m_session.threats().state().selectThreat(threat);
    ModePage* shown = page(QStringLiteral("threats"));
    shown->setInspectorShown(true);
    if (auto* card = qobject_cast<widgets::ThreatInspector*>(shown->parts().inspector)) {
        card->setPage(widgets::ThreatInspector::Page::Threat);
    }
}

// Threats that are shown beside findings follow them once there is a model at all.
bool MainWindow::threatsInUse() const
{
    return m_mode == u"threats" || (m_mode == u"review" && m_session.threats().state().reading());
}

} // namespace cupel::app
