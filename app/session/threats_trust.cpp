// SPDX-License-Identifier: GPL-3.0-or-later
// Threats: what of the file counts, and what follows a file that was moved.
#include "analyzers/threats/work/fold_choice.h"
#include "analyzers/threats/work/team_fixes.h"
#include "app/session/session.h"
#include "app/session/threats.h"
#include "app/session/trust_keeper.h"

#include <algorithm>
#include <utility>

namespace cupel::app {

threats::TeamModel Threats::counted() const
{
    return m_open.isEmpty() ? sortTeam(m_team, m_session.trust().trust(), teamPath(m_folder)).counted : m_team;
}

threats::TeamModel Threats::countedTeam() const
{
    return tellable(m_team, counted());
}

// From the first decision on it is known what was there, and at each what is in it: by that a file is known again.
void Threats::rememberSeen(const threats::TeamModel& before)
{
    if (!m_source) {
        return;
    }
    const auto& model = m_source->derived.model;
    threats::TeamModel known;
    known.seen = m_team.seen;
    if (m_team.seen.empty()) {
        threats::markSeen(m_team, model);
    } else {
        threats::seeTouched(before, m_team, model);
        threats::refreshSeen(m_team, model);
    }
    threats::TeamModel after;
    after.seen = m_team.seen;
    if (trustOwn(known, after, m_session.trust().trust(), teamPath(m_folder))) {
        m_session.trust().save();
    }
}

void Threats::noteFixes(std::vector<std::string> fixed)
{
    std::erase_if(fixed, [this](const std::string& id) { // somebody may have decided again meanwhile
        const auto found = m_team.threats.find(id);
        return found == m_team.threats.end() || found->second.evidence != threats::EvidenceState::Confirmed;
    });
    if (!fixed.empty() && m_writable) {
        threats::noteFixed(m_team, fixed, now());
        save();
    }
}

bool Threats::followMoves(const threats::TeamModel& counted)
{
    const auto& model = m_source->derived.model;
    const threats::Moves moves = threats::findMoves(counted, model, m_digests);
    for (const auto& element : model.elements) {
        if (!element.digest.empty()) {
            m_digests[element.id] = element.digest;
        }
    }
    if (moves.empty() || !m_writable) {
        return false;
    }
    const threats::TeamModel before = m_team;
    const auto renamed = threats::follow(m_team, moves, now(), {});
    auto& trust = m_session.trust().trust();
    carryTrust(before, m_team, renamed, trust, teamPath(m_folder));
    m_session.trust().save();
    for (const auto& [was, is] : renamed) {
        for (auto& [oldest, current] : m_renamed) {
            current = current == was ? is : current;
        }
        m_renamed.erase(is); // it has this id again
        m_renamed.insert_or_assign(was, is);
    }
    const auto moved = std::count_if(
        moves.elements.begin(), moves.elements.end(), [](const threats::Move& move) { return move.newKind.empty(); });
    Q_EMIT told(moved > 0
            ? tr("%n file(s) were moved: what was decided about them follows.", nullptr, static_cast<int>(moved))
            : tr("%n file(s) became something else: what was decided about them follows.", nullptr,
                  static_cast<int>(moves.elements.size())));
    save();
    read(false);
    return true;
}

bool Threats::counts(const std::string& threat) const
{
    if (!m_open.isEmpty()) {
        return true;
    }
    threats::TeamModel one;
    one.threats.emplace(threat, m_team.threats.at(threat));
    return !sortTeam(one, m_session.trust().trust(), teamPath(m_folder)).counted.threats.empty();
}

void Threats::answerForeign(DecisionTrust::Answer answer)
{
    for (const QString& key : std::exchange(m_waitingKeys, {})) {
        m_session.trust().trust().set(teamPath(m_folder), key, answer);
    }
    m_session.trust().save();
    m_state.setForeign({});
    Q_EMIT told(answer == DecisionTrust::Answer::Used
            ? tr("The decisions of this folder count from now on.")
            : tr("The decisions of this folder are ignored. The menu Review can ask again."));
    if (m_source) {
        read(false);
    }
}

void Threats::askAgain()
{
    if (!m_folder.isEmpty() && m_open.isEmpty()) {
        m_session.trust().trust().forgetAnswers(teamPath(m_folder));
        m_session.trust().save();
        if (m_source) {
            read(false);
        }
    }
}

} // namespace cupel::app
