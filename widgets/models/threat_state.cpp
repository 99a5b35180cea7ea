// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/threat_state.h"

#include "analyzers/threats/contested.h"
#include "widgets/models/history_state.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QUuid>

#include <algorithm>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

namespace cupel::widgets {

namespace {

template <typename Parts>
std::uint32_t indexOf(const std::vector<std::uint32_t>& drawn, const Parts& parts, const std::string& id)
{
    const auto found = std::find_if(
        drawn.begin(), drawn.end(), [&](std::uint32_t index) { return index < parts.size() && parts[index].id == id; });
    return found == drawn.end() ? GraphScene::none : static_cast<std::uint32_t>(found - drawn.begin());
}

} // namespace

using threats::EvidenceState;
using threats::Threat;

std::uint32_t ThreatReading::nodeOf(const std::string& element) const
{
    return indexOf(elements, overlaid.model.elements, element);
}

std::uint32_t ThreatReading::edgeOf(const std::string& flow) const
{
    return indexOf(flows, overlaid.model.flows, flow);
}

std::uint32_t ThreatReading::frameOf(const std::string& zone) const
{
    return indexOf(zones, overlaid.model.zones, zone);
}

ThreatState::ThreatState(QObject* parent)
    : QObject(parent)
    , m_history(std::make_unique<HistoryState>(*this))
{
}

ThreatState::~ThreatState() = default;

void ThreatState::set(How how, ThreatReadingPtr reading)
{
    const bool other = m_reading != reading;
    m_reading = std::move(reading);
    m_how = how;
    if (other) {
        index();
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

void ThreatState::setOnly(std::vector<std::string> ids, const QString& why)
{
    std::sort(ids.begin(), ids.end());
    m_only = std::move(ids);
    m_onlyWhy = why;
    refill();
    Q_EMIT listChanged();
    if (!m_onlyWhy.isEmpty() && !m_shown.empty()) {
        selectThreat(m_reading->overlaid.model.threats[m_shown.front()].id);
    }
}

void ThreatState::setSearch(const QString& words)
{
    if (std::exchange(m_search, words.trimmed().toLower()) != words.trimmed().toLower()) {
        refill();
        Q_EMIT listChanged();
    }
}

void ThreatState::setNarrow(const Narrow& narrow)
{
    if (!(m_narrow == narrow)) {
        m_narrow = narrow;
        refill();
        Q_EMIT listChanged();
    }
}

bool ThreatState::liesIn(const std::string& part, const std::string& zone) const
{
    const auto found = m_places.find(part);
    if (found == m_places.end()) {
        return false;
    }
    const auto& model = m_reading->overlaid.model;
    const auto index = found->second.index;
    switch (found->second.list) {
    case Place::List::Elements:
        return model.elements[index].zone == zone;
    case Place::List::Flows: // its ends are elements or zones, never flows
        for (const std::string& end : {model.flows[index].source, model.flows[index].target}) {
            const auto at = m_places.find(end);
            if (end == zone
                || (at != m_places.end() && at->second.list == Place::List::Elements
                    && model.elements[at->second.index].zone == zone)) {
                return true;
            }
        }
        return false;
    case Place::List::Zones:
        return part == zone;
    }
    return false;
}

bool ThreatState::isNarrowed(const Threat& threat) const
{
    return (m_narrow.severity && threat.severity != m_narrow.severity)
        || (m_narrow.stride != '\0' && threat.stride.find(m_narrow.stride) == std::string::npos)
        || (m_narrow.assignee && threat.assignee != *m_narrow.assignee)
        || (!m_narrow.zone.empty() && !liesIn(threat.target, m_narrow.zone));
}

bool ThreatState::passes(const Threat& threat, Show show) const
{
    const bool decided =
        threat.decision != threats::Decision::Open || threat.applicability != threats::Applicability::Proposed;
    switch (show) {
    case Show::All:
        return true;
    case Show::Confirmed:
        return threats::findingsConfirm(threat);
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
    return static_cast<std::size_t>(std::count_if(
        all.begin(), all.end(), [&](const Threat& threat) { return !isNarrowed(threat) && passes(threat, show); }));
}

// All that a threat may be looked for by, in small letters.
QString ThreatState::wordsOf(const Threat& threat) const
{
    std::string words = threat.title + ' ' + threat.rule + ' ' + threat.assignee;
    for (const auto* list : {&threat.references, &threat.controls, &threat.places}) {
        for (const auto& one : *list) {
            words += ' ' + one;
        }
    }
    return shownText(words).toLower() + u' ' + nameOf(threat.target).toLower();
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
        if (!m_onlyWhy.isEmpty() && !std::binary_search(m_only.begin(), m_only.end(), all[i].id)) {
            continue;
        }
        if (!isNarrowed(all[i]) && passes(all[i], m_show)
            && (m_search.isEmpty() || wordsOf(all[i]).contains(m_search))) {
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
    ++m_choices;
    m_threat = id;
    m_threatChosen = true;
    const Threat* found = threat();
    m_part = found ? found->target : std::string();
    Q_EMIT selectionChanged();
}

void ThreatState::selectPart(const std::string& id)
{
    ++m_choices;
    m_part = id;
    m_threatChosen = false;
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
    const auto found = m_places.find(part);
    if (found == m_places.end()) {
        const auto& hidden = m_reading->overlaid.hidden;
        const auto away =
            std::find_if(hidden.begin(), hidden.end(), [&part](const auto& one) { return one.id == part; });
        return shownText(away == hidden.end() || away->name.empty() ? part : away->name);
    }
    const auto& model = m_reading->overlaid.model;
    const auto index = found->second.index;
    const auto named = [](const auto& one) { return shownText(one.name.empty() ? one.id : one.name); };
    switch (found->second.list) {
    case Place::List::Elements:
        return named(model.elements[index]);
    case Place::List::Flows: { // a flow is no end of another
        const auto end = [&](const std::string& id) {
            const auto at = m_places.find(id);
            return at == m_places.end()                    ? shownText(id)
                : at->second.list == Place::List::Elements ? named(model.elements[at->second.index])
                : at->second.list == Place::List::Zones    ? named(model.zones[at->second.index])
                                                           : shownText(id);
        };
        return tr("%1 to %2").arg(end(model.flows[index].source), end(model.flows[index].target));
    }
    case Place::List::Zones:
        return named(model.zones[index]);
    }
    return {};
}

void ThreatState::index()
{
    m_places.clear();
    if (!m_reading) {
        return;
    }
    const auto add = [this](const auto& parts, Place::List list) {
        for (std::size_t i = 0; i < parts.size(); ++i) {
            m_places.emplace(parts[i].id, Place{list, i});
        }
    };
    const auto& model = m_reading->overlaid.model;
    add(model.elements, Place::List::Elements);
    add(model.flows, Place::List::Flows);
    add(model.zones, Place::List::Zones);
}

void ThreatState::answer(const ThreatAnswer& answer)
{
    if (const Threat* found = threat()) {
        Q_EMIT answered(found->id, answer);
    }
}

QStringList ThreatState::people() const
{
    constexpr std::size_t most = 500;
    std::set<QString> names;
    for (const auto& threat : m_reading ? m_reading->overlaid.model.threats : std::vector<Threat>()) {
        for (const auto* name : {&threat.assignee, &threat.author}) {
            if (!name->empty() && names.size() < most) {
                names.insert(shownText(*name));
            }
        }
    }
    names.erase(m_me);
    QStringList out(names.begin(), names.end());
    if (!m_me.isEmpty()) {
        out.prepend(m_me);
    }
    return out;
}

void ThreatState::edit(const QString& step, threats::TeamEdit edit)
{
    Q_EMIT edited(step, edit);
}

std::string ThreatState::newId() const
{
    return "own-" + QUuid::createUuid().toString(QUuid::Id128).left(16).toStdString();
}

void ThreatState::setForeign(const ForeignDecisions& foreign)
{
    m_foreign = foreign;
    Q_EMIT foreignChanged();
}

void ThreatState::setFile(std::optional<File> file)
{
    if (file != m_file) {
        m_file = std::move(file);
        Q_EMIT fileChanged();
    }
}

void ThreatState::setTask(std::optional<Task> task)
{
    if (task != m_task) {
        m_task = std::move(task);
        Q_EMIT taskChanged();
    }
}

void ThreatState::stopTask()
{
    Q_EMIT taskStopRequested();
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

void ThreatState::openSeen(const std::string& seen)
{
    if (m_reading && m_reading->places.contains(seen)) {
        const threats::SeenAt& place = m_reading->places.at(seen);
        Q_EMIT placeRequested(place.artifact, place.cell, place.line);
    }
}

void ThreatState::stop()
{
    Q_EMIT stopRequested();
}

} // namespace cupel::widgets
