// SPDX-License-Identifier: GPL-3.0-or-later
// Threats: rules that users add, tried on the open model and kept in packs of the folder; and how far it is folded.
#include "app/session/threats.h"

#include "analyzers/threats/assess.h"
#include "analyzers/threats/work/fold_choice.h"
#include "app/session/rule_pack_store.h"
#include "app/session/session.h"
#include "app/session/trust_keeper.h"

#include <utility>

namespace cupel::app {

namespace {

// As a scan would ask it, of the model as it is shown.
widgets::RuleTrial tried(threats::ThreatModel model, const threats::Evidence& evidence, threats::RuleDraft draft,
    const std::stop_token& stop)
{
    widgets::RuleTrial out;
    draft.id = "own-trial";
    draft.title = "trial";
    auto rule = threats::ruleOf(draft);
    if (!rule) {
        out.trouble = QString::fromStdString(rule.error().detail);
        return out;
    }
    constexpr std::size_t all = 1'000'000;
    model.threats.clear();
    threats::assess(model, evidence, {std::move(rule).value()}, threats::builtInEvidence(), {all});
    for (auto& threat : model.threats) {
        if (stop.stop_requested()) {
            break;
        }
        out.hits.push_back({threat.target, threat.assumed, threat.evidence, std::move(threat.why)});
    }
    for (const auto& folded : model.folded) { // the scan refutes it there
        out.hits.push_back({folded.target, false, threats::EvidenceState::Refuted, {}});
    }
    return out;
}

} // namespace

void Threats::wireBench()
{
    connect(&m_bench, &widgets::RuleBench::trialWanted, this, &Threats::tryRule);
    connect(&m_bench, &widgets::RuleBench::addWanted, this, &Threats::addOwnRule);
    connect(&m_bench, &widgets::RuleBench::useWanted, this, &Threats::usePack);
}

void Threats::tryRule(const threats::RuleDraft& draft)
{
    if (!m_state.reading() || !m_source) {
        return;
    }
    if (!m_trier) {
        m_trier = std::make_unique<SessionWorker<TrialRequest, widgets::RuleTrial>>(
            m_session,
            [](const TrialRequest& request, const std::stop_token& stop) {
                return tried(request.reading->overlaid.model, request.source->derived.evidence, request.draft, stop);
            },
            [this](widgets::RuleTrial trial) { m_bench.setTrial(std::move(trial)); });
    }
    m_trier->request({m_state.reading(), m_source, draft});
}

void Threats::addOwnRule(const threats::RuleDraft& draft, const QString& pack)
{
    if (m_folder.isEmpty() || !m_open.isEmpty()) {
        Q_EMIT told(tr("Rules are asked about the model of a folder: open one, or leave the file of another tool."));
        return;
    }
    auto& trust = m_session.trust().trust();
    const AddedRule added = addRule(m_folder, pack, draft, trust);
    if (!added.trouble.isEmpty()) {
        Q_EMIT told(added.trouble);
        return;
    }
    trust.set(packFolder(m_folder), added.key, DecisionTrust::Answer::Own);
    m_session.trust().save();
    m_packStamp = packStamp(m_folder);
    Q_EMIT told(tr("The rule %1 is in .cupel/threat-rules and is asked from now on.").arg(added.rule));
    Q_EMIT m_bench.added(added.rule);
    read(false);
    watchFile();
}

// What came with the folder, as it is now: another content waits again.
void Threats::usePack(const QString& name)
{
    for (const auto& pack : m_bench.packs()) {
        if (pack.name == name && !pack.key.isEmpty()) {
            m_session.trust().trust().set(packFolder(m_folder), pack.key, DecisionTrust::Answer::Used);
            m_session.trust().save();
            read(false);
        }
    }
}

bool Threats::isFoldedOtherwise() const
{
    return m_source && m_loaded && m_open.isEmpty() && threats::foldOf(m_team.answers) != m_source->fold
        && threats::foldOf(counted().answers) != m_source->fold;
}

// Of the file as well: what came out of a fold does not wait as something new.
void Threats::rememberUnfolded(const ThreatSource& before)
{
    threats::TeamModel was;
    was.seen = m_team.seen;
    if (!threats::seeUnfolded(m_team, before.derived, m_source->derived)) {
        return;
    }
    threats::TeamModel is;
    is.seen = m_team.seen;
    if (trustOwn(was, is, m_session.trust().trust(), teamPath(m_folder))) {
        m_session.trust().save();
    }
    save();
}

} // namespace cupel::app
