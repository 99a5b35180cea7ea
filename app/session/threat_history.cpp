// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/threat_history.h"

#include "analyzers/threats/assess.h"
#include "analyzers/threats/work/risk.h"
#include "analyzers/threats/work/team_history.h"
#include "app/session/session.h"
#include "app/session/threat_scene.h"
#include "app/session/triage.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

namespace cupel::app {

namespace {

using threats::PartChange;
using widgets::SceneMark;
using widgets::ThreatComparison;

threats::Overlaid stateAt(const HistoryRequest& request, std::size_t events, std::size_t& vague)
{
    const auto past = threats::teamAt(request.team, events);
    vague = past.vague;
    const auto& derived = request.source->derived;
    auto out = threats::overlay(derived.model, past.team);
    threats::assess(out.model, derived.evidence, request.rules ? *request.rules : threats::builtInRules(),
        threats::builtInEvidence(), {.decided = threats::decidedThreats(out, past.team)});
    threats::decide(out, past.team, request.today);
    return out;
}

// Controls are no part of a threat itself, but what they leave of its risk is what people want to see.
void addRisks(const threats::Overlaid& before, const threats::Overlaid& after, threats::ModelDiff& diff)
{
    std::map<std::string_view, const threats::Threat*> earlier;
    for (const auto& threat : before.model.threats) {
        earlier.emplace(threat.id, &threat);
    }
    std::map<std::string_view, std::size_t> changes;
    for (std::size_t i = 0; i < diff.changes.size(); ++i) {
        if (diff.changes[i].kind == "threat") {
            changes.emplace(diff.changes[i].id, i);
        }
    }
    const auto riskOf = [](const threats::Overlaid& overlaid, const threats::Threat& threat) {
        const auto value = threats::riskOf(threat, threats::controlsOf(overlaid, threat.id)).now();
        return std::to_string(std::llround(value));
    };
    std::vector<PartChange> more;
    for (const auto& threat : after.model.threats) {
        const auto was = earlier.find(threat.id);
        if (was == earlier.end()) {
            continue;
        }
        threats::FactChange fact{"risk", riskOf(before, *was->second), riskOf(after, threat)};
        if (fact.before == fact.after) {
            continue;
        }
        const auto found = changes.find(threat.id);
        if (found == changes.end()) {
            more.push_back({PartChange::What::Changed, "threat", threat.id, threat.title, {std::move(fact)}});
            diff.unchanged -= std::min<std::size_t>(diff.unchanged, 1);
        } else {
            diff.changes[found->second].facts.push_back(std::move(fact));
        }
    }
    diff.changes.insert(diff.changes.end(), more.begin(), more.end());
}

SceneMark markOf(PartChange::What what)
{
    return what == PartChange::What::Added  ? SceneMark::Added
        : what == PartChange::What::Removed ? SceneMark::Removed
                                            : SceneMark::Changed;
}

template <typename Parts>
void addRemoved(const Parts& before, const SceneMarks& marks, const std::set<std::string>& there, Parts& out)
{
    std::copy_if(before.begin(), before.end(), std::back_inserter(out), [&](const auto& part) {
        const auto found = marks.find(part.id);
        return found != marks.end() && found->second == SceneMark::Removed && !there.contains(part.id);
    });
}

// The later state with what it has lost, where that was.
threats::Overlaid bothOf(const threats::Overlaid& before, threats::Overlaid after, const SceneMarks& marks)
{
    std::set<std::string> there;
    const auto remember = [&there](const auto& parts) {
        for (const auto& part : parts) {
            there.insert(part.id);
        }
    };
    remember(after.model.zones);
    remember(after.model.elements);
    remember(after.model.flows);
    addRemoved(before.model.zones, marks, there, after.model.zones);
    addRemoved(before.model.elements, marks, there, after.model.elements);
    addRemoved(before.model.flows, marks, there, after.model.flows);
    after.drawn.insert(before.drawn.begin(), before.drawn.end());
    return after;
}

// A part whose threats changed is not the same either.
SceneMarks marksOf(const threats::ModelDiff& diff, const std::map<std::string, std::string>& targets)
{
    SceneMarks out;
    for (const auto& change : diff.changes) {
        if (change.kind != "threat") {
            out.emplace(change.id, markOf(change.what));
        }
    }
    for (const auto& change : diff.changes) {
        if (const auto target = targets.find(change.id); change.kind == "threat" && target != targets.end()) {
            out.emplace(target->second, SceneMark::Changed);
        }
    }
    return out;
}

void nameAll(const threats::ThreatModel& model, ThreatComparison& out)
{
    const auto name = [&out](const auto& part) { out.names.emplace(part.id, part.name.empty() ? part.id : part.name); };
    std::for_each(model.elements.begin(), model.elements.end(), name);
    std::for_each(model.zones.begin(), model.zones.end(), name);
    for (const auto& flow : model.flows) {
        const auto end = [&out](const std::string& id) {
            const auto found = out.names.find(id);
            return found == out.names.end() ? id : found->second;
        };
        out.names.emplace(flow.id, end(flow.source) + " \u2192 " + end(flow.target));
    }
    for (const auto& threat : model.threats) {
        out.names.emplace(threat.id, threat.title);
        out.targets.emplace(threat.id, threat.target);
    }
}

} // namespace

widgets::ThreatComparisonPtr compareMoments(const HistoryRequest& request, const std::stop_token& stop)
{
    Budget budget(Limits{}, stop);
    auto out = std::make_shared<ThreatComparison>();
    std::size_t older = 0;
    std::size_t newer = 0;
    const auto before = stateAt(request, request.span.from, older);
    const auto after = stateAt(request, request.span.to, newer);
    out->vague = older - std::min(older, newer); // those that lie behind both say nothing about either
    out->diff = threats::differences(before.model, after.model);
    addRisks(before, after, out->diff);
    out->before = threats::remainsOf(before);
    out->after = threats::remainsOf(after);
    nameAll(after.model, *out);
    nameAll(before.model, *out);
    const SceneMarks marks = marksOf(out->diff, out->targets);
    const auto both = bothOf(before, after, marks);
    auto drawing = drawThreats(both, request.source->derived.model, request.sceneMemory, budget, marks);
    if (!drawing.scene || stop.stop_requested()) {
        return nullptr;
    }
    out->scene = std::move(drawing.scene);
    for (const auto element : drawing.elements) {
        out->nodes.push_back(both.model.elements[element].id);
    }
    for (const auto flow : drawing.flows) {
        out->edges.push_back(both.model.flows[flow].id);
    }
    return out;
}

ThreatHistory::ThreatHistory(Session& session, widgets::HistoryState& state)
    : m_state(state)
    , m_worker(session, compareMoments, [this](widgets::ThreatComparisonPtr made) {
        if (made) {
            m_state.setComparison(std::move(made));
        }
    })
{
    connect(&state, &widgets::HistoryState::spanChanged, this, &ThreatHistory::compare);
}

void ThreatHistory::set(
    ThreatSourcePtr source, threats::TeamModel team, widgets::SceneMemoryPtr sceneMemory, AskedRules rules)
{
    m_rules = std::move(rules);
    m_source = std::move(source);
    m_team = std::move(team);
    m_sceneMemory = std::move(sceneMemory);
    compare();
}

void ThreatHistory::compare()
{
    const auto& span = m_state.span();
    if (!span || !m_source || span->to > m_team.events.size()) {
        m_worker.cancel();
        m_state.setComparison(nullptr);
        return;
    }
    m_worker.request(
        {m_source, m_team, *span, m_sceneMemory, Triage::today().toString(Qt::ISODate).toStdString(), m_rules});
}

} // namespace cupel::app
