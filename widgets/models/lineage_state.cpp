// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/lineage_state.h"

#include "widgets/models/lineage_query.h"
#include "widgets/models/lineage_words.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QStringList>

#include <algorithm>
#include <utility>

namespace cupel::widgets {

using lineage::none;

namespace {

std::uint32_t unitOf(const LineageReading& reading, const std::string& key)
{
    const auto& nodes = reading.fold.nodes;
    const auto at = std::find_if(nodes.begin(), nodes.end(), [&key](const auto& node) { return node.key == key; });
    return at == nodes.end() ? none : static_cast<std::uint32_t>(at - nodes.begin());
}

QString escaped(QString text) // for Markdown
{
    for (const char16_t sign : {u'\\', u'`', u'*', u'_', u'[', u']', u'<', u'|'}) {
        text.replace(QChar(sign), QStringLiteral("\\") + QChar(sign));
    }
    return text;
}

} // namespace

void LineageState::set(How how, LineageReadingPtr reading)
{
    const auto before = std::exchange(m_reading, std::move(reading));
    m_how = how;
    if (m_reading != before) {
        keep(before);
    }
    if (how == How::Ready && m_reading && !showsOrder()) { // it was stopped on the way to the other one
        m_recorded = !m_recorded;
        m_order = orderOf(*m_reading->source->graph, m_recorded);
    }
    Q_EMIT changed();
    if (m_reading != before) {
        Q_EMIT selectionChanged();
        Q_EMIT pathChanged();
        Q_EMIT litChanged();
        followHit();
    }
}

// What was chosen stays chosen, where it is still there.
void LineageState::keep(const LineageReadingPtr& before)
{
    std::vector<std::uint32_t> selection;
    for (std::size_t i = 0; before && m_reading && i < m_selection.size(); ++i) {
        if (const auto unit = unitOf(*m_reading, before->fold.nodes[m_selection[i]].key); unit != none) {
            selection.push_back(unit);
        }
    }
    m_selection = std::move(selection);
    m_edge = none;
    m_path.clear();
    m_around = {};
    if (m_reading && !m_pathFrom.empty() && m_pathTo.empty()) {
        m_around = aroundOf(*m_reading, unitOf(*m_reading, m_pathFrom));
    } else if (m_reading && !m_pathFrom.empty()) {
        m_path = wayBetween(*m_reading, unitOf(*m_reading, m_pathFrom), unitOf(*m_reading, m_pathTo));
    }
    if (!m_reading) {
        m_wish = {};
        m_search.clear();
        m_pathFrom.clear();
        m_pathTo.clear();
        m_order = {};
        m_recorded = false;
        m_steps = 0;
    } else if (!before || before->source != m_reading->source) {
        m_order = orderOf(*m_reading->source->graph, m_recorded);
        m_steps = m_order.cells.size();
    }
}

void LineageState::stop()
{
    if (m_how == How::Reading) {
        Q_EMIT stopRequested();
        set(m_reading ? How::Ready : How::Stopped, m_reading);
    }
}

void LineageState::setWish(const LineageWish& wish)
{
    if (m_reading && !(wish == m_wish)) {
        m_wish = wish;
        Q_EMIT wanted();
    }
}

void LineageState::open(const std::string& key, bool open)
{
    LineageWish wish = m_wish;
    (open ? wish.folded : wish.open).erase(key);
    (open ? wish.open : wish.folded).insert(key);
    setWish(wish);
}

void LineageState::setLevel(LineageWish::Level level)
{
    LineageWish wish = m_wish;
    wish.level = level;
    wish.open.clear();
    wish.folded.clear();
    setWish(wish);
}

void LineageState::select(std::vector<std::uint32_t> units)
{
    std::erase_if(units, [this](std::uint32_t unit) { return !m_reading || unit >= m_reading->fold.nodes.size(); });
    const bool edge = std::exchange(m_edge, none) != none;
    if (std::exchange(m_selection, units) != units || edge) {
        Q_EMIT selectionChanged();
    }
}

std::uint32_t LineageState::current() const
{
    return m_selection.empty() ? none : m_selection.back();
}

void LineageState::selectEdge(std::uint32_t edge)
{
    const auto now = m_reading && edge < m_reading->fold.edges.size() ? edge : none;
    if (std::exchange(m_edge, now) != now) {
        Q_EMIT selectionChanged();
    }
}

bool LineageState::trace()
{
    if (!m_reading || m_selection.empty()) {
        return false;
    }
    LineagePath way;
    LineageAround around;
    if (m_selection.size() > 1) {
        way = wayBetween(*m_reading, m_selection.front(), m_selection.back());
    } else {
        around = aroundOf(*m_reading, m_selection.front());
    }
    if (way.empty() && around.empty()) {
        return false;
    }
    m_path = std::move(way);
    m_around = std::move(around);
    const auto nodes = pathNodes();
    const auto& units = m_reading->fold.nodes;
    m_pathFrom = units[nodes.empty() ? m_around.unit : nodes.front()].key;
    m_pathTo = nodes.empty() ? std::string() : units[nodes.back()].key;
    Q_EMIT pathChanged();
    Q_EMIT litChanged();
    return true;
}

void LineageState::clearPath()
{
    const bool any = traced();
    m_pathFrom.clear();
    m_pathTo.clear();
    m_path.clear();
    m_around = {};
    if (any) {
        Q_EMIT pathChanged();
        Q_EMIT litChanged();
    }
}

std::vector<std::uint32_t> LineageState::pathNodes() const
{
    std::vector<std::uint32_t> out;
    for (const auto& step : m_path) {
        const auto& edge = m_reading->fold.edges[step.edge];
        if (out.empty()) {
            out.push_back(edge.from);
        }
        out.push_back(edge.to);
    }
    return out;
}

QString LineageState::pathTitle() const
{
    if (!m_around.empty()) {
        return tr("Around %1").arg(titleOf(*m_reading->source, m_reading->fold.nodes[m_around.unit]));
    }
    const auto nodes = pathNodes();
    return nodes.empty() ? QString()
                         : tr("%1 to %2")
                               .arg(titleOf(*m_reading->source, m_reading->fold.nodes[nodes.front()]),
                                   titleOf(*m_reading->source, m_reading->fold.nodes[nodes.back()]));
}

QString LineageState::pathMarkdown() const
{
    QStringList lines{QStringLiteral("**%1**").arg(escaped(pathTitle())), QString()};
    const auto& graph = *m_reading->source->graph;
    for (const auto& [head, units] :
        {std::pair(tr("Depends on"), &m_around.above), std::pair(tr("Affects"), &m_around.below)}) {
        for (const auto unit : *units) {
            const auto& node = m_reading->fold.nodes[unit];
            lines +=
                QStringLiteral("- %1: %2 (%3)")
                    .arg(head, escaped(titleOf(*m_reading->source, node)), escaped(kindText(*m_reading->source, node)));
        }
    }
    for (std::size_t i = 0; i < m_path.size(); ++i) {
        const auto& edge = m_reading->fold.edges[m_path[i].edge];
        QString line =
            tr("%1. %2: %3 (%4)")
                .arg(QString::number(i + 1), escaped(titleOf(*m_reading->source, m_reading->fold.nodes[edge.to])),
                    escaped(whatFlows(*m_reading->source, edge)), word(edge.certainty));
        if (const auto cause = m_path[i].cause; cause != none) {
            const QString place = placeText(graph, graph.edges[cause].place);
            line += place.isEmpty() ? QString() : QStringLiteral(", ") + escaped(place);
        }
        lines += line;
    }
    return lines.join(u'\n') + u'\n';
}

bool LineageState::slice()
{
    if (!m_reading || m_selection.size() < 2) {
        return false;
    }
    LineageWish wish = m_wish;
    wish.from = m_reading->fold.nodes[m_selection.front()].key;
    wish.to = m_reading->fold.nodes[m_selection.back()].key;
    setWish(wish);
    return true;
}

void LineageState::setSearch(const QString& words)
{
    if (const QString now = words.trimmed().toLower(); now != m_search) {
        m_search = now;
        m_hit.clear();
        m_following = false;
        Q_EMIT litChanged();
    }
}

std::vector<bool> LineageState::found() const
{
    if (!m_reading || m_search.isEmpty()) {
        return {};
    }
    const LineageQuery query = parseQuery(m_search);
    return query.empty() ? std::vector<bool>() : matches(*m_reading, query);
}

void LineageState::setOrder(bool recorded, std::size_t steps)
{
    if (std::exchange(m_recorded, recorded) != recorded && m_reading) {
        if (!showsOrder() || m_how == How::Reading) { // what is shown stays until the other one is there
            Q_EMIT wanted();
            Q_EMIT litChanged();
            return;
        }
        m_order = orderOf(*m_reading->source->graph, recorded);
    }
    m_steps = std::min(steps, m_order.cells.size());
    Q_EMIT litChanged();
}

bool LineageState::showsOrder() const
{
    const auto& wanted = m_reading->sources.of(m_recorded);
    return wanted ? wanted == m_reading->source : !m_recorded;
}

std::vector<bool> LineageState::lit() const
{
    if (!m_reading) {
        return {};
    }
    std::vector<bool> out = found();
    const auto both = [&out](const std::vector<bool>& other) {
        if (out.empty()) {
            out = other;
        }
        for (std::size_t i = 0; i < other.size(); ++i) {
            out[i] = out[i] && other[i];
        }
    };
    both(madeBy(*m_reading, m_order, m_steps));
    if (traced() && m_search.isEmpty()) {
        std::vector<bool> way(m_reading->fold.nodes.size());
        if (!m_around.empty()) {
            way[m_around.unit] = true;
        }
        for (const auto* units : {&m_around.above, &m_around.below}) {
            for (const auto unit : *units) {
                way[unit] = true;
            }
        }
        for (const auto node : pathNodes()) {
            way[node] = true;
        }
        both(way);
    }
    return out;
}

const lineage::Place* LineageState::placeOf(std::uint32_t unit) const
{
    if (!m_reading || unit >= m_reading->fold.nodes.size()) {
        return nullptr;
    }
    const auto& node = m_reading->fold.nodes[unit];
    const auto& place = m_reading->source->graph->nodes[node.first].place;
    return node.form == LineageFoldNode::Form::Folder || node.form == LineageFoldNode::Form::More
            || place.file >= m_reading->source->artifacts.size()
        ? nullptr
        : &place;
}

void LineageState::goTo(const lineage::Place& place)
{
    if (m_reading && place.file < m_reading->source->artifacts.size()) {
        Q_EMIT placeRequested(QString::fromStdString(m_reading->source->artifacts[place.file]), place.cell, place.line);
    }
}

void LineageState::setKept(const LineageKept& kept)
{
    if (!(kept == m_kept)) {
        const bool pins = kept.pins != m_kept.pins;
        m_kept = kept;
        Q_EMIT keptChanged();
        if (pins && m_reading) {
            Q_EMIT wanted();
        }
    }
}

bool LineageState::canMove(std::uint32_t unit) const
{
    return m_reading && unit < m_reading->fold.nodes.size() && m_reading->fold.nodes[unit].group == none;
}

void LineageState::move(std::uint32_t unit, const QPointF& centre)
{
    if (canMove(unit)) {
        LineageKept kept = m_kept;
        kept.pins[m_reading->fold.nodes[unit].key] = {std::max(0.0, centre.x()), std::max(0.0, centre.y())};
        Q_EMIT keptWanted(kept, tr("Move %1").arg(titleOf(*m_reading->source, m_reading->fold.nodes[unit])));
    }
}

void LineageState::letGo()
{
    LineageKept kept = m_kept;
    for (const auto unit : m_selection) {
        kept.pins.erase(m_reading->fold.nodes[unit].key);
    }
    if (m_selection.empty()) {
        kept.pins.clear();
    }
    if (kept.pins.size() != m_kept.pins.size()) {
        Q_EMIT keptWanted(kept, tr("Let nodes go"));
    }
}

void LineageState::saveView(const QString& name)
{
    if (!name.trimmed().isEmpty() && m_reading) {
        LineageKept kept = m_kept;
        std::erase_if(kept.views, [&name](const LineageSavedView& one) { return one.name == name.trimmed(); });
        kept.views.push_back({name.trimmed(), m_wish, m_search});
        Q_EMIT keptWanted(kept, tr("Save the view %1").arg(name.trimmed()));
    }
}

void LineageState::showView(std::size_t view)
{
    if (view < m_kept.views.size()) {
        const LineageSavedView chosen = m_kept.views[view];
        setSearch(chosen.search);
        setWish(chosen.wish);
    }
}

void LineageState::removeView(std::size_t view)
{
    if (view < m_kept.views.size()) {
        LineageKept kept = m_kept;
        kept.views.erase(kept.views.begin() + static_cast<std::ptrdiff_t>(view));
        Q_EMIT keptWanted(kept, tr("Remove the view %1").arg(m_kept.views[view].name));
    }
}

} // namespace cupel::widgets
