// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/review_state.h"

#include "analyzers/formats/notebook/notebook_facts.h"
#include "widgets/models/finding_groups.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <tuple>

namespace cupel::widgets {

namespace {

// Of the cell that holds it; empty: in none, or cells of this file have no ids.
std::string cellId(const Analysis& analysis, const Finding& finding)
{
    const auto* notebook = formats::notebookFacts(analysis.facts);
    const auto& cell = finding.location.cell;
    return notebook && cell && *cell < notebook->cells.size() ? notebook->cells[*cell].id : std::string();
}

} // namespace

ReviewState::ReviewState(QObject* parent)
    : QObject(parent)
{
}

void ReviewState::clear()
{
    const bool hadCurrent = m_current.has_value();
    const bool hadArtifact = !m_artifact.empty();
    m_workspace = {};
    m_total = 0;
    m_matches.clear();
    m_standings.clear();
    m_settled = 0;
    m_decided = 0;
    m_visible.clear();
    m_ordered = true;
    m_current.reset();
    m_filteredAway.reset();
    m_artifact.clear();
    Q_EMIT workspaceChanged();
    Q_EMIT visibleChanged();
    if (hadArtifact) {
        Q_EMIT currentArtifactChanged();
    }
    if (hadCurrent) {
        Q_EMIT currentChanged();
    }
}

void ReviewState::setRoots(std::vector<std::string> roots)
{
    m_workspace.roots = std::move(roots);
    Q_EMIT workspaceChanged();
}

void ReviewState::insert(const std::vector<AnalysisPtr>& analyses)
{
    if (analyses.empty()) {
        return;
    }
    const std::optional<FindingRef> current = m_current;
    const AnalysisPtr holder = current ? analysis(current->artifact) : nullptr; // keeps `before` alive
    const Finding* before = current ? finding(*current) : nullptr;
    for (const AnalysisPtr& added : analyses) {
        if (!added) {
            continue;
        }
        const std::string& path = added->artifact.path;
        AnalysisPtr& slot = m_workspace.analyses[path];
        m_total += added->findings.size() - (slot ? slot->findings.size() : 0);
        slot = added;
        weigh(path);
        match(path);
    }
    m_ordered = false;
    const bool first = m_artifact.empty() && !m_workspace.analyses.empty();
    if (first) {
        const auto at = std::find_if(m_workspace.analyses.begin(), m_workspace.analyses.end(),
            [](const auto& entry) { return entry.second->facts.scannable; });
        m_artifact = (at == m_workspace.analyses.end() ? m_workspace.analyses.begin() : at)->first;
    }
    // Before any signal: nobody may see the old index with the new findings.
    const bool moved = before != nullptr && analysis(current->artifact) != holder;
    if (moved) {
        keepCurrent(*holder, *before);
    }
    Q_EMIT workspaceChanged();
    Q_EMIT visibleChanged();
    if (first) {
        Q_EMIT currentArtifactChanged();
    }
    if (moved) {
        Q_EMIT currentChanged();
    }
}

// After a new scan of its file the current finding is the same one in the same cell, else the one with the same
// fingerprint, or none.
void ReviewState::keepCurrent(const Analysis& holder, const Finding& before)
{
    const AnalysisPtr now = analysis(m_current->artifact);
    const std::string cell = cellId(holder, before);
    const auto alike = [&](const Analysis& analysis, bool inCell) {
        std::vector<std::size_t> found;
        for (std::size_t i = 0; i < analysis.findings.size(); ++i) {
            const Finding& finding = analysis.findings[i];
            const bool same = inCell ? finding.context == before.context && cellId(analysis, finding) == cell
                                     : finding.fingerprint == before.fingerprint;
            if (same && finding.rule == before.rule) {
                found.push_back(i);
            }
        }
        return found;
    };
    bool inCell = !cell.empty();
    auto here = inCell ? alike(*now, true) : std::vector<std::size_t>();
    if (here.empty()) {
        inCell = false;
        here = alike(*now, false);
    }
    if (here.empty()) {
        m_current.reset();
        return;
    }
    // The third of those that look alike stays the third.
    const auto then = alike(holder, inCell);
    const auto self = static_cast<std::size_t>(&before - holder.findings.data());
    const auto nth = static_cast<std::size_t>(std::find(then.begin(), then.end(), self) - then.begin());
    m_current->index = here[std::min(nth, here.size() - 1)];
}

void ReviewState::remove(const std::vector<std::string>& paths)
{
    const auto count = m_workspace.analyses.size();
    for (const std::string& path : paths) {
        if (const auto at = m_workspace.analyses.find(path); at != m_workspace.analyses.end()) {
            m_total -= at->second->findings.size();
            forget(path);
            m_workspace.analyses.erase(at);
            m_matches.erase(path);
        }
    }
    if (m_workspace.analyses.size() == count) {
        return;
    }
    m_ordered = false;
    const bool hadCurrent = m_current && !analysis(m_current->artifact);
    if (hadCurrent) {
        m_current.reset();
    }
    const bool hadArtifact = !m_artifact.empty() && !analysis(m_artifact);
    if (hadArtifact) {
        m_artifact = m_workspace.analyses.empty() ? std::string() : m_workspace.analyses.begin()->first;
    }
    Q_EMIT workspaceChanged();
    Q_EMIT visibleChanged();
    if (hadArtifact) {
        Q_EMIT currentArtifactChanged();
    }
    if (hadCurrent) {
        Q_EMIT currentChanged();
    }
}

void ReviewState::setOutcome(bool cancelled, bool timedOut)
{
    if (m_workspace.cancelled != cancelled || m_workspace.timedOut != timedOut) {
        m_workspace.cancelled = cancelled;
        m_workspace.timedOut = timedOut;
        Q_EMIT workspaceChanged();
    }
}

void ReviewState::setScanning(bool scanning)
{
    if (m_scanning != scanning) {
        m_scanning = scanning;
        Q_EMIT workspaceChanged();
    }
}

AnalysisPtr ReviewState::analysis(const std::string& path) const
{
    const auto at = m_workspace.analyses.find(path);
    return at == m_workspace.analyses.end() ? nullptr : at->second;
}

const Finding* ReviewState::finding(const FindingRef& ref) const
{
    const auto at = m_workspace.analyses.find(ref.artifact);
    if (at == m_workspace.analyses.end() || ref.index >= at->second->findings.size()) {
        return nullptr;
    }
    return &at->second->findings[ref.index];
}

void ReviewState::setDecisions(review::DecisionSetPtr decisions)
{
    m_decisions = std::move(decisions);
    for (const auto& [path, analysis] : m_workspace.analyses) {
        weigh(path);
    }
    const bool others = m_filter.asksStanding();
    if (others) {
        matchAll();
    }
    Q_EMIT decisionsChanged();
    if (others) {
        Q_EMIT visibleChanged();
    }
}

const std::vector<FindingDecision>* ReviewState::standings(const std::string& artifact) const
{
    const auto at = m_standings.find(artifact);
    return at == m_standings.end() ? nullptr : &at->second;
}

FindingDecision ReviewState::standing(const FindingRef& ref) const
{
    const auto* known = standings(ref.artifact);
    return known && ref.index < known->size() ? (*known)[ref.index] : FindingDecision();
}

review::DecisionState ReviewState::decisionState(const FindingRef& ref) const
{
    return standing(ref).state;
}

const review::Decision* ReviewState::decision(const FindingRef& ref) const
{
    return standing(ref).decision;
}

void ReviewState::forget(const std::string& path)
{
    const auto at = m_standings.find(path);
    if (at == m_standings.end()) {
        return;
    }
    for (const auto& one : at->second) {
        m_settled -= one.state == review::DecisionState::Active ? 1 : 0;
        m_decided -= one.state != review::DecisionState::None ? 1 : 0;
    }
    m_standings.erase(at);
}

// Which findings of a file are decided.
void ReviewState::weigh(const std::string& path)
{
    forget(path);
    if (!m_decisions || m_decisions->empty()) {
        return;
    }
    const auto& findings = m_workspace.analyses.at(path)->findings;
    std::vector<FindingDecision> states;
    states.reserve(findings.size());
    std::size_t any = 0;
    for (const Finding& one : findings) {
        const auto [state, decision] = m_decisions->look(one);
        states.push_back({state, decision});
        m_settled += state == review::DecisionState::Active ? 1 : 0;
        any += state != review::DecisionState::None ? 1 : 0;
    }
    m_decided += any;
    if (any > 0) {
        m_standings.emplace(path, std::move(states));
    }
}

std::size_t ReviewState::equalsOf(const std::vector<FindingRef>& refs) const
{
    std::set<std::pair<std::string_view, std::string_view>> prints; // and values: a decision holds for the same ones
    for (const auto& ref : refs) {
        if (const auto* one = finding(ref)) {
            prints.emplace(one->fingerprint, one->values);
        }
    }
    std::size_t all = 0;
    for (const auto& [path, analysis] : m_workspace.analyses) {
        all += static_cast<std::size_t>(std::count_if(analysis->findings.begin(), analysis->findings.end(),
            [&prints](const Finding& one) { return prints.contains({one.fingerprint, one.values}); }));
    }
    return all - std::min(all, refs.size());
}

std::size_t ReviewState::total() const
{
    return m_total;
}

void ReviewState::setQuery(const QString& query)
{
    if (query == m_query) {
        return;
    }
    m_query = query;
    m_filter = FindingQuery::parse(query);
    m_queryEcho = m_filter.echo();
    m_queryError = m_filter.problem().text;
    matchAll();
    Q_EMIT visibleChanged();
    followVisible();
}

// What a filter hides is not current any more: the inspector would explain what nobody sees. It is again as soon as it
// is shown again, unless somebody chose another one meanwhile.
void ReviewState::followVisible()
{
    if (m_filteredAway && isVisible(*m_filteredAway)) {
        setCurrent(FindingRef(*m_filteredAway));
        return;
    }
    if (!m_current || isVisible(*m_current)) {
        return;
    }
    const auto before = m_filteredAway ? m_filteredAway : m_current;
    const auto& refs = visible();
    const auto same = std::find_if(
        refs.begin(), refs.end(), [&](const FindingRef& ref) { return ref.artifact == m_current->artifact; });
    setCurrent(same != refs.end() ? std::optional(*same) : refs.empty() ? std::nullopt : std::optional(refs.front()));
    m_filteredAway = before;
}

void ReviewState::showArtifact(const std::string& path)
{
    setCurrentArtifact(path);
    if (m_artifact != path || (m_current && m_current->artifact == path)) {
        return;
    }
    const auto& refs = visible();
    const auto first =
        std::find_if(refs.begin(), refs.end(), [&path](const FindingRef& ref) { return ref.artifact == path; });
    setCurrent(first == refs.end() ? std::nullopt : std::optional(*first));
}

void ReviewState::setGrouping(Grouping grouping)
{
    if (grouping == m_grouping) {
        return;
    }
    m_grouping = grouping;
    m_ordered = false;
    Q_EMIT visibleChanged();
}

const std::vector<FindingRef>& ReviewState::visible() const
{
    if (!m_ordered) {
        order();
    }
    return m_visible;
}

bool ReviewState::isVisible(const FindingRef& ref) const
{
    const auto at = m_matches.find(ref.artifact);
    return at != m_matches.end() && std::binary_search(at->second.begin(), at->second.end(), ref.index);
}

std::optional<std::size_t> ReviewState::position(const FindingRef& ref) const
{
    const auto& refs = visible();
    const auto at = std::find(refs.begin(), refs.end(), ref);
    return at == refs.end() ? std::nullopt : std::optional(static_cast<std::size_t>(at - refs.begin()));
}

std::size_t ReviewState::count(const FindingQuery& query) const
{
    std::size_t sum = 0;
    if (query.isEmpty()) {
        return m_total;
    }
    for (const auto& [path, analysis] : m_workspace.analyses) {
        const auto* known = standings(path);
        for (std::size_t i = 0; i < analysis->findings.size(); ++i) {
            const auto state = known ? (*known)[i].state : review::DecisionState::None;
            sum += query.matches(analysis->findings[i], state) ? 1 : 0;
        }
    }
    return sum;
}

void ReviewState::setCurrent(std::optional<FindingRef> ref)
{
    if (ref && finding(*ref) == nullptr) {
        ref.reset();
    }
    m_filteredAway.reset();
    if (ref == m_current) {
        return;
    }
    m_current = std::move(ref);
    if (m_current) {
        setCurrentArtifact(m_current->artifact);
    }
    Q_EMIT currentChanged();
}

void ReviewState::setCurrentArtifact(const std::string& path)
{
    if (path == m_artifact || (!path.empty() && !analysis(path))) {
        return;
    }
    m_artifact = path;
    Q_EMIT currentArtifactChanged();
}

bool ReviewState::next()
{
    return step(1);
}
bool ReviewState::previous()
{
    return step(-1);
}

bool ReviewState::step(int direction)
{
    const auto& refs = visible();
    if (refs.empty()) {
        return false;
    }
    const auto last = refs.size() - 1;
    const auto at = m_current ? position(*m_current) : std::nullopt;
    if (at) {
        const bool wraps = direction > 0 ? *at == last : *at == 0;
        const std::size_t to = direction > 0 ? (wraps ? 0 : *at + 1) : (wraps ? last : *at - 1);
        setCurrent(FindingRef(refs[to]));
        return wraps;
    }
    if (!m_current) {
        setCurrent(FindingRef(direction > 0 ? refs.front() : refs.back()));
        return false;
    }
    // The current finding was filtered away: go on from where it stands in the files.
    const auto place = [](const FindingRef& ref) { return std::tie(ref.artifact, ref.index); };
    const FindingRef* best = nullptr;
    for (const FindingRef& ref : refs) {
        const bool beyond = direction > 0 ? place(*m_current) < place(ref) : place(ref) < place(*m_current);
        const bool nearer = best == nullptr || (direction > 0 ? place(ref) < place(*best) : place(*best) < place(ref));
        if (beyond && nearer) {
            best = &ref;
        }
    }
    const bool wraps = best == nullptr;
    setCurrent(FindingRef(wraps ? (direction > 0 ? refs.front() : refs.back()) : *best));
    return wraps;
}

void ReviewState::match(const std::string& path)
{
    const auto& findings = m_workspace.analyses.at(path)->findings;
    std::vector<std::size_t>& matches = m_matches[path];
    matches.clear();
    const auto* known = standings(path);
    for (std::size_t i = 0; i < findings.size(); ++i) {
        if (m_filter.matches(findings[i], known ? (*known)[i].state : review::DecisionState::None)) {
            matches.push_back(i);
        }
    }
}

void ReviewState::matchAll()
{
    for (const auto& [path, analysis] : m_workspace.analyses) {
        match(path);
    }
    m_ordered = false;
}

void ReviewState::order() const
{
    m_visible.clear();
    for (const auto& [path, indices] : m_matches) {
        for (const std::size_t index : indices) {
            m_visible.push_back({path, index});
        }
    }
    sortFindings(m_visible, m_workspace, m_grouping);
    m_ordered = true;
}

} // namespace cupel::widgets
