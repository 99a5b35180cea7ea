// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/fix_state.h"

#include <algorithm>

namespace cupel::widgets {

FixState::FixState(QObject* parent)
    : QObject(parent)
    , m_profiles(review::builtInProfiles())
{
}

void FixState::setOwnProfiles(std::vector<review::Profile> own, std::vector<ProfileTrouble> troubles)
{
    if (own.empty() && troubles.empty() && m_troubles.empty()
        && m_profiles.size() == review::builtInProfiles().size()) {
        return; // as it was
    }
    const bool wasOwn = isOwn(m_profile);
    const std::string name = profile().name;
    auto all = review::builtInProfiles();
    const std::size_t first = all.size();
    for (auto& one : own) {
        all.push_back(std::move(one));
    }
    // Own ones may have the name of one that comes with Cupel: looked for on its own side.
    const auto from = all.begin() + static_cast<std::ptrdiff_t>(wasOwn ? first : 0);
    const auto at = std::find_if(from, all.end(), [&name](const review::Profile& one) { return one.name == name; });
    m_profile = at == all.end() ? 0 : static_cast<std::size_t>(at - all.begin());
    m_troubles = std::move(troubles);
    m_profiles = std::move(all);
    Q_EMIT profileChanged();
    if (wasOwn) { // what it asks for may be something else now
        request();
    }
}

bool FixState::isOwn(std::size_t profile) const
{
    return profile >= review::builtInProfiles().size();
}

void FixState::setProfile(std::size_t index)
{
    if (index >= m_profiles.size() || index == m_profile) {
        return;
    }
    m_profile = index;
    m_choices.clear();
    Q_EMIT profileChanged();
    request();
}

void FixState::setDecisions(review::DecisionSetPtr decisions)
{
    m_decisions = std::move(decisions);
    if (m_analysis) {
        request();
    }
}

void FixState::setAnalysis(AnalysisPtr analysis)
{
    if (analysis == m_analysis) {
        return;
    }
    const bool otherFile = !analysis || !m_analysis || analysis->artifact.path != m_analysis->artifact.path;
    m_analysis = std::move(analysis);
    if (otherFile) {
        m_choices.clear();
        m_current = 0;
    }
    m_outcome = nullptr;
    Q_EMIT outcomeChanged();
    request();
}

void FixState::request()
{
    m_working = m_analysis != nullptr;
    Q_EMIT requested();
}

void FixState::setOutcome(FixOutcomePtr outcome)
{
    if (!outcome || outcome->before != m_analysis) {
        return;
    }
    m_outcome = std::move(outcome);
    m_working = false;
    const auto count = m_outcome->plan.edits.size();
    m_current = count == 0 ? 0 : std::min(m_current, count - 1);
    Q_EMIT outcomeChanged();
}

bool FixState::meets() const
{
    return m_outcome && m_outcome->problems.empty() && m_outcome->verdictAfter.meets();
}

std::size_t FixState::reasonsLeft() const
{
    std::size_t sum = 0;
    for (std::size_t i = 0; m_outcome && i < m_outcome->verdictAfter.gates.size(); ++i) {
        sum += m_outcome->verdictAfter.gates[i].blocking.size() + m_outcome->verdictAfter.gates[i].unread.size();
    }
    return sum;
}

std::size_t FixState::blockingOff() const
{
    std::size_t sum = 0;
    for (std::size_t i = 0; m_outcome && i < m_outcome->plan.edits.size(); ++i) {
        const auto& finding = m_outcome->before->findings[m_outcome->plan.edits[i].finding];
        const bool blocks = std::any_of(profile().gates.begin(), profile().gates.end(),
            [&finding](const review::Gate& gate) { return review::blocks(gate, finding); });
        sum += blocks && !m_outcome->on[i] && !(m_decisions && m_decisions->settles(finding)) ? 1 : 0;
    }
    return sum;
}

std::size_t FixState::credentialsOut() const
{
    std::size_t sum = 0;
    for (std::size_t i = 0; m_outcome && i < m_outcome->plan.edits.size(); ++i) {
        const auto& finding = m_outcome->before->findings[m_outcome->plan.edits[i].finding];
        sum += m_outcome->on[i] && finding.family == Family::Secret ? 1 : 0;
    }
    return sum;
}

std::string FixState::keyOf(const fixes::Plan& plan, std::size_t edit)
{
    const auto& planned = plan.edits[edit];
    return planned.kind + ' ' + plan.analysis->findings[planned.finding].fingerprint;
}

bool FixState::wants(const fixes::Plan& plan, std::size_t edit, const review::Profile& profile,
    const std::map<std::string, bool>& choices, const review::DecisionSet* decisions)
{
    if (const auto choice = choices.find(keyOf(plan, edit)); choice != choices.end()) {
        return choice->second;
    }
    const auto& finding = plan.analysis->findings[plan.edits[edit].finding];
    const bool stops = std::any_of(profile.gates.begin(), profile.gates.end(),
        [&finding](const review::Gate& gate) { return review::blocks(gate, finding); });
    return stops && !(decisions && decisions->settles(finding)) && fixes::isOnByDefault(plan.edits[edit]);
}

bool FixState::isOn(std::size_t edit) const
{
    return m_outcome && edit < m_outcome->plan.edits.size()
        && wants(m_outcome->plan, edit, profile(), m_choices, m_decisions.get());
}

void FixState::setOn(std::size_t edit, bool on)
{
    if (!m_outcome || edit >= m_outcome->plan.edits.size() || isOn(edit) == on) {
        return;
    }
    m_choices[keyOf(m_outcome->plan, edit)] = on;
    request();
}

void FixState::setAllOn(bool on)
{
    if (!m_outcome) {
        return;
    }
    for (std::size_t i = 0; i < m_outcome->plan.edits.size(); ++i) {
        m_choices[keyOf(m_outcome->plan, i)] = on;
    }
    request();
}

void FixState::reset()
{
    m_choices.clear();
    request();
}

std::size_t FixState::onCount() const
{
    std::size_t count = 0;
    for (std::size_t i = 0; m_outcome && i < m_outcome->plan.edits.size(); ++i) {
        count += isOn(i) ? 1 : 0;
    }
    return count;
}

void FixState::setCurrentEdit(std::size_t edit)
{
    if (!m_outcome || edit >= m_outcome->plan.edits.size() || edit == m_current) {
        return;
    }
    m_current = edit;
    Q_EMIT currentEditChanged();
}

} // namespace cupel::widgets
