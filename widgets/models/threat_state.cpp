// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/threat_state.h"

#include "widgets/models/shown_text.h"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <utility>

namespace cupel::widgets {

using threats::EvidenceState;
using threats::Threat;

void ThreatState::set(How how, ThreatReadingPtr reading)
{
    const bool other = m_reading != reading;
    m_reading = std::move(reading);
    m_how = how;
    if (other) {
        refill();
    }
    Q_EMIT changed();
    if (other) {
        Q_EMIT listChanged();
        Q_EMIT selectionChanged();
    }
}

void ThreatState::setShow(Show show)
{
    if (std::exchange(m_show, show) != show) {
        refill();
        Q_EMIT listChanged();
    }
}

void ThreatState::setSearch(const QString& words)
{
    if (std::exchange(m_search, words.trimmed().toLower()) != words.trimmed().toLower()) {
        refill();
        Q_EMIT listChanged();
    }
}

bool ThreatState::passes(const Threat& threat, Show show) const
{
    const bool decided =
        threat.decision != threats::Decision::Open || threat.applicability != threats::Applicability::Proposed;
    switch (show) {
    case Show::All:
        return true;
    case Show::Confirmed:
        return threat.evidence == EvidenceState::Confirmed;
    case Show::Undecided:
        return !decided;
    case Show::Decided:
        return decided;
    case Show::Flagged:
        return m_reading->overlaid.flags.contains(threat.id);
    }
    return true;
}

std::size_t ThreatState::count(Show show) const
{
    if (!m_reading) {
        return 0;
    }
    const auto& all = m_reading->overlaid.model.threats;
    return static_cast<std::size_t>(
        std::count_if(all.begin(), all.end(), [&](const Threat& threat) { return passes(threat, show); }));
}

void ThreatState::refill()
{
    m_shown.clear();
    if (!m_reading) {
        return;
    }
    const auto& all = m_reading->overlaid.model.threats;
    std::map<std::string, int> worst; // by part
    for (std::size_t i = 0; i < all.size(); ++i) {
        const QString words =
            shownText(all[i].title + ' ' + all[i].rule).toLower() + u' ' + nameOf(all[i].target).toLower();
        if (passes(all[i], m_show) && (m_search.isEmpty() || words.contains(m_search))) {
            m_shown.push_back(i);
            auto& risk = worst[all[i].target];
            risk = std::max(risk, all[i].likelihood * all[i].impact);
        }
    }
    std::stable_sort(m_shown.begin(), m_shown.end(), [&](std::size_t one, std::size_t other) {
        const auto rank = [&](std::size_t i) {
            return std::tuple(
                -worst[all[i].target], std::string_view(all[i].target), -all[i].likelihood * all[i].impact);
        };
        return rank(one) < rank(other);
    });
}

void ThreatState::selectThreat(const std::string& id)
{
    m_threat = id;
    const Threat* found = threat();
    m_part = found ? found->target : std::string();
    Q_EMIT selectionChanged();
}

void ThreatState::selectPart(const std::string& id)
{
    m_part = id;
    m_threat.clear();
    for (const auto i : m_shown) {
        const Threat& threat = m_reading->overlaid.model.threats[i];
        if (threat.target == id) {
            m_threat = threat.id;
            break;
        }
    }
    Q_EMIT selectionChanged();
}

const Threat* ThreatState::threat() const
{
    if (!m_reading || m_threat.empty()) {
        return nullptr;
    }
    const auto& all = m_reading->overlaid.model.threats;
    const auto found =
        std::find_if(all.begin(), all.end(), [this](const Threat& threat) { return threat.id == m_threat; });
    return found == all.end() ? nullptr : &*found;
}

void ThreatState::step(int by)
{
    if (m_shown.empty()) {
        return;
    }
    const auto& all = m_reading->overlaid.model.threats;
    const auto at = std::find_if(m_shown.begin(), m_shown.end(), [&](std::size_t i) { return all[i].id == m_threat; });
    auto next = at == m_shown.end() ? (by > 0 ? 0 : static_cast<int>(m_shown.size()) - 1)
                                    : static_cast<int>(at - m_shown.begin()) + by;
    next = std::clamp(next, 0, static_cast<int>(m_shown.size()) - 1);
    selectThreat(all[m_shown[static_cast<std::size_t>(next)]].id);
}

QString ThreatState::nameOf(const std::string& part) const
{
    if (part.empty() || !m_reading) {
        return tr("The whole system");
    }
    const auto& model = m_reading->overlaid.model;
    const auto named = [&part](const auto& list) {
        const auto found = std::find_if(list.begin(), list.end(), [&part](const auto& one) { return one.id == part; });
        return found == list.end() ? nullptr : &*found;
    };
    if (const auto* element = named(model.elements)) {
        return shownText(element->name.empty() ? element->id : element->name);
    }
    if (const auto* flow = named(model.flows)) {
        return tr("%1 to %2").arg(nameOf(flow->source), nameOf(flow->target));
    }
    const auto* zone = named(model.zones);
    return shownText(zone && !zone->name.empty() ? zone->name : part);
}

void ThreatState::answer(const ThreatAnswer& answer)
{
    if (const Threat* found = threat()) {
        Q_EMIT answered(found->id, answer);
    }
}

void ThreatState::setForeign(const ForeignDecisions& foreign)
{
    m_foreign = foreign;
    Q_EMIT foreignChanged();
}

void ThreatState::answerForeign(bool use)
{
    Q_EMIT foreignAnswered(use);
}

void ThreatState::openEvidence(const std::string& fingerprint)
{
    const auto found =
        m_reading ? m_reading->findings.find(fingerprint) : std::map<std::string, ThreatEvidence>::const_iterator();
    if (m_reading && found != m_reading->findings.end()) {
        Q_EMIT evidenceRequested(found->second.artifact, fingerprint);
    }
}

void ThreatState::stop()
{
    Q_EMIT stopRequested();
}

} // namespace cupel::widgets
