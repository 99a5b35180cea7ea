// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/history_state.h"

#include "analyzers/threats/work/team_history.h"
#include "widgets/models/shown_text.h"

#include <algorithm>
#include <set>
#include <utility>

namespace cupel::widgets {

HistoryState::HistoryState(ThreatState& threats)
    : m_threats(threats)
{
    connect(&threats, &ThreatState::changed, this, [this] {
        indexThreats();
        refill();
        const auto count = events().size();
        if (m_span && (m_span->from >= count || !m_threats.reading())) { // another folder
            setSpan({});
        } else if (m_span && (m_untilNow || m_span->to > count)) {
            setSpan(Span{m_span->from, count});
        }
        Q_EMIT listChanged();
    });
}

const threats::EventList& HistoryState::events() const
{
    static const threats::EventList none;
    const auto& reading = m_threats.reading();
    return reading && reading->events ? *reading->events : none;
}

void HistoryState::setFilter(const Filter& filter)
{
    if (!(m_filter == filter)) {
        m_filter = filter;
        refill();
        Q_EMIT listChanged();
    }
}

bool HistoryState::isAbout(const std::string& what) const
{
    if (what == m_filter.about || what.ends_with('@' + m_filter.about)) {
        return true;
    }
    const auto found = m_threatAt.find(what);
    return found != m_threatAt.end()
        && m_threats.reading()->overlaid.model.threats[found->second].target == m_filter.about;
}

bool HistoryState::passes(const threats::Event& event) const
{
    if ((m_filter.who && event.who != *m_filter.who) || (!m_filter.about.empty() && !isAbout(event.what))) {
        return false;
    }
    return m_filter.search.isEmpty()
        || (changeWords(event) + u' ' + nameOf(event.what) + u' ' + shownText(event.note + ' ' + event.who))
               .toLower()
               .contains(m_filter.search);
}

void HistoryState::indexThreats()
{
    m_threatAt.clear();
    const auto& reading = m_threats.reading();
    for (std::size_t i = 0; reading && i < reading->overlaid.model.threats.size(); ++i) {
        m_threatAt.emplace(reading->overlaid.model.threats[i].id, i);
    }
}

void HistoryState::refill()
{
    constexpr std::size_t mostLooked = 10'000; // in one turn, when words are looked for
    m_shown.clear();
    m_lookedAtAll = true;
    if (!m_threats.reading()) {
        return;
    }
    const auto& all = events();
    const bool plain = m_filter == Filter();
    for (auto i = all.size(); i-- > 0;) {
        if (!plain && all.size() - i > mostLooked) {
            m_lookedAtAll = false;
            break;
        }
        if (passes(all[i])) {
            m_shown.push_back(i);
        }
    }
}

std::vector<std::string> HistoryState::authors() const
{
    constexpr std::size_t most = 500;
    std::set<std::string> names;
    for (const auto& event : events()) {
        if (names.size() < most) {
            names.insert(event.who);
        }
    }
    return {names.begin(), names.end()};
}

QString HistoryState::nameOf(const std::string& id) const
{
    if (m_comparison) {
        if (const auto found = m_comparison->names.find(id); found != m_comparison->names.end()) {
            return shownText(found->second);
        }
    }
    if (const auto found = m_threatAt.find(id); found != m_threatAt.end() && m_threats.reading()) {
        return shownText(m_threats.reading()->overlaid.model.threats[found->second].title);
    }
    const auto sign = id.find('@'); // a threat that is gone: its part says more than its rule
    return m_threats.nameOf(sign == std::string::npos ? id : id.substr(sign + 1));
}

void HistoryState::compareFrom(std::size_t event)
{
    const auto from = threats::stepBegin(events(), event);
    const bool later = m_span && !m_untilNow && m_span->to > from;
    m_untilNow = !later;
    setSpan(Span{from, later ? m_span->to : events().size()});
}

void HistoryState::compareTo(std::size_t event)
{
    const auto to = threats::stepEnd(events(), event);
    m_untilNow = to == events().size();
    setSpan(Span{m_span && m_span->from < to ? m_span->from : 0, to});
}

void HistoryState::compareAll()
{
    m_untilNow = true;
    setSpan(Span{0, events().size()});
}

void HistoryState::end()
{
    m_untilNow = true;
    setSpan({});
}

void HistoryState::setSpan(std::optional<Span> span)
{
    if (span && span->to == 0) { // nobody did anything
        span.reset();
    }
    if (m_span == span) {
        return;
    }
    m_span = span;
    if (!span) {
        m_selected.clear();
        setComparison(nullptr);
    }
    Q_EMIT spanChanged();
}

void HistoryState::setComparison(ThreatComparisonPtr comparison)
{
    if (std::exchange(m_comparison, std::move(comparison)) || m_comparison) {
        Q_EMIT compared();
    }
}

void HistoryState::select(const std::string& part)
{
    if (std::exchange(m_selected, part) != part) {
        Q_EMIT selectionChanged();
    }
}

QString HistoryState::spanWords() const
{
    if (!m_span) {
        return {};
    }
    const auto& all = events();
    const QString from = m_span->from == 0 ? tr("the beginning") : momentWords(all[m_span->from].at);
    const QString to = m_span->to >= all.size() ? tr("now") : momentWords(all[m_span->to - 1].at);
    return tr("%1 to %2").arg(from, to);
}

} // namespace cupel::widgets
