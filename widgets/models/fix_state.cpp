// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/fix_state.h"

#include "widgets/models/shown_text.h"

#include <algorithm>
#include <numeric>
#include <set>
#include <string_view>
#include <utility>

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
    m_profile = index; // what was switched by hand stays so: whoever wants the profile's own choice has Reset
    Q_EMIT profileChanged();
    request();
}

void FixState::chooseProfile(std::size_t index)
{
    const FixChoices before = given();
    setProfile(index);
    tell(before, tr("Share with %1").arg(QString::fromStdString(profile().title)));
}

FixChoices FixState::given() const
{
    return {m_analysis ? m_analysis->artifact.path : std::string(), profile().name, isOwn(m_profile), m_choices};
}

void FixState::restore(const FixChoices& choices)
{
    bool changed = false;
    for (std::size_t i = 0; i < m_profiles.size(); ++i) {
        if (m_profiles[i].name == choices.profile && isOwn(i) == choices.own && i != m_profile) {
            m_profile = i;
            changed = true;
            Q_EMIT profileChanged();
            break;
        }
    }
    if (!m_analysis || m_analysis->artifact.path != choices.file) {
        m_kept[choices.file] = choices.edits;
    } else if (m_choices != choices.edits) {
        m_choices = choices.edits;
        changed = true;
    }
    if (changed) {
        request();
    }
}

QString FixState::fileName() const
{
    return m_analysis ? shownFileName(m_analysis->artifact.path) : QString();
}

void FixState::tell(const FixChoices& before, const QString& what)
{
    if (given() != before) {
        Q_EMIT chosen(before, what);
    }
}

void FixState::setDecisions(review::DecisionSetPtr decisions)
{
    m_decisions = std::move(decisions);
    again();
}

void FixState::again()
{
    if (m_analysis) {
        request();
    }
}

void FixState::setAnalysis(AnalysisPtr analysis)
{
    if (analysis == m_analysis) {
        return;
    }
    const std::string before = m_analysis ? m_analysis->artifact.path : std::string();
    const std::string now = analysis ? analysis->artifact.path : std::string();
    m_analysis = std::move(analysis);
    if (now.empty() || now != before) {
        if (!m_choices.empty()) {
            m_kept[before] = std::exchange(m_choices, {});
        } else {
            m_kept.erase(before);
        }
        if (const auto kept = m_kept.find(now); kept != m_kept.end()) {
            m_choices = kept->second;
        }
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

// One finding may be in the way at several gates of a profile; it is mended once.
std::size_t FixState::reasonsLeft() const
{
    std::set<std::size_t> findings;
    std::set<std::string_view> unread;
    for (std::size_t i = 0; m_outcome && i < m_outcome->verdictAfter.gates.size(); ++i) {
        const auto& gate = m_outcome->verdictAfter.gates[i];
        for (const auto& ref : gate.blocking) {
            findings.insert(ref.index); // all are of one file
        }
        unread.insert(gate.unread.begin(), gate.unread.end());
    }
    return findings.size() + unread.size();
}

std::size_t FixState::personLeft() const
{
    if (!m_outcome) {
        return 0;
    }
    std::set<std::size_t> withEdit;
    for (const auto& edit : m_outcome->plan.edits) {
        withEdit.insert(edit.finding);
    }
    std::size_t sum = 0;
    const auto& findings = m_outcome->after->findings;
    for (std::size_t i = 0; i < findings.size(); ++i) {
        const auto& stamps = m_outcome->stamps;
        const bool listed = i < stamps.size() && stamps[i].before && withEdit.contains(*stamps[i].before);
        sum += m_outcome->isOpen(findings[i]) && !listed ? 1 : 0;
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
        sum += blocks && !m_outcome->on[i] && !isRefused(i) && !(m_decisions && m_decisions->settles(finding)) ? 1 : 0;
    }
    return sum;
}

std::size_t FixState::credentialsOut() const
{
    std::size_t sum = 0;
    for (std::size_t i = 0; m_outcome && i < m_outcome->plan.edits.size(); ++i) {
        const auto& finding = m_outcome->before->findings[m_outcome->plan.edits[i].finding];
        sum += m_outcome->on[i] && finding.family == Family::Secret && !finding.arguments.contains("revocable") ? 1 : 0;
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
    return review::stops(profile, *plan.analysis, finding) && !(decisions && decisions->settles(finding))
        && fixes::isOnByDefault(plan.edits[edit]);
}

bool FixState::isOn(std::size_t edit) const
{
    return m_outcome && edit < m_outcome->plan.edits.size()
        && wants(m_outcome->plan, edit, profile(), m_choices, m_decisions.get());
}

bool FixState::isRefused(std::size_t edit) const
{
    return m_outcome && std::binary_search(m_outcome->refused.begin(), m_outcome->refused.end(), edit) && isOn(edit);
}

std::size_t FixState::refusedCount() const
{
    return m_outcome ? static_cast<std::size_t>(std::count_if(m_outcome->refused.begin(), m_outcome->refused.end(),
                           [this](std::size_t edit) { return isRefused(edit); }))
                     : 0;
}

QString FixState::refusedWords(std::size_t edits)
{
    return tr("%n edit(s) left out: judged again, the file still shows such values. Take these out by hand.", nullptr,
        static_cast<int>(edits));
}

// An edit that is as the profile has it is no choice: it follows the next profile, and there is nothing to reset.
bool FixState::put(const std::vector<std::size_t>& edits, bool on)
{
    bool changed = false;
    for (const auto edit : edits) {
        if (!m_outcome || edit >= m_outcome->plan.edits.size() || isOn(edit) == on) {
            continue;
        }
        changed = true;
        m_choices.erase(keyOf(m_outcome->plan, edit));
        if (isOn(edit) != on) {
            m_choices[keyOf(m_outcome->plan, edit)] = on;
        }
    }
    return changed;
}

void FixState::setOn(const std::vector<std::size_t>& edits, bool on)
{
    const FixChoices before = given();
    if (put(edits, on)) {
        request();
        const auto count = static_cast<int>(edits.size());
        tell(before,
            on ? tr("Switch %n edit(s) of %1 on", nullptr, count).arg(fileName())
               : tr("Switch %n edit(s) of %1 off", nullptr, count).arg(fileName()));
    }
}

void FixState::setAllOn(bool on)
{
    if (!m_outcome) {
        return;
    }
    const FixChoices before = given();
    std::vector<std::size_t> all(m_outcome->plan.edits.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    if (put(all, on)) {
        request();
        tell(before,
            on ? tr("Switch all edits of %1 on").arg(fileName()) : tr("Switch all edits of %1 off").arg(fileName()));
    }
}

void FixState::reset()
{
    const FixChoices before = given();
    if (!m_choices.empty()) {
        m_choices.clear();
        request();
        tell(before, tr("Reset the edits of %1").arg(fileName()));
    }
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
