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
    , m_names(threats)
{
    connect(&threats, &ThreatState::changed, this, [this] {
        m_names.read();
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
    const auto* threat = m_names.threat(what);
    return threat && threat->target == m_filter.about;
}

bool HistoryState::passes(const threats::Event& event) const
{
    if ((m_filter.who && event.who != *m_filter.who) || (!m_filter.about.empty() && !isAbout(event.what))) {
        return false;
    }
    return m_filter.search.isEmpty()
        || (changeOf(event) + u' ' + nameOf(event.what) + u' ' + partNameOf(event.what) + u' '
            + shownText(event.note + ' ' + event.who))
               .toLower()
               .contains(m_filter.search);
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
    const QString today = m_names.of(id);
    if (m_comparison && today == shownText(id)) {
        if (const auto found = m_comparison->names.find(id); found != m_comparison->names.end()) {
            return shownText(found->second);
        }
    }
    return today;
}

QString HistoryState::partNameOf(const std::string& threat) const
{
    const std::string part = m_names.partOf(threat);
    return part.empty() ? QString() : nameOf(part);
}

QString HistoryState::changeOf(const threats::Event& event) const
{
    return changeWords(event, [this](const std::string& id) { return nameOf(id); });
}

QString HistoryState::factOf(const threats::FactChange& fact) const
{
    return factWords(fact, [this](const std::string& id) { return nameOf(id); });
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
