// SPDX-License-Identifier: GPL-3.0-or-later
// LineageState: what a search finds is shown one after the other, whatever it is folded into.
#include "widgets/models/lineage_fold.h"
#include "widgets/models/lineage_query.h"
#include "widgets/models/lineage_state.h"

#include <algorithm>

namespace cupel::widgets {

using lineage::none;

namespace {

// It has to be opened before what is in it can be seen.
bool isGroup(const LineageFoldNode& node)
{
    using Form = LineageFoldNode::Form;
    return node.form == Form::Folder || node.form == Form::More || (node.form == Form::File && node.count > 1);
}

} // namespace

void LineageState::showHit(bool forward)
{
    const auto query = parseQuery(m_search);
    if (!m_reading || query.empty()) {
        return;
    }
    const auto& graph = *m_reading->source->graph;
    std::vector<std::string> keys; // of cells and things: variables of one cell are one hit
    std::vector<bool> known(graph.nodes.size());
    for (const auto node : hits(*m_reading, query)) {
        const auto cell = cellOf(graph, node);
        const auto place = cell == none ? node : cell;
        if (!known[place]) {
            known[place] = true;
            keys.push_back(keyOf(graph.nodes[place]));
        }
    }
    if (keys.empty()) {
        return;
    }
    const auto last = keys.size() - 1;
    const auto at = static_cast<std::size_t>(std::find(keys.begin(), keys.end(), m_hit) - keys.begin());
    if (at > last) {
        m_hit = forward ? keys.front() : keys.back();
    } else {
        m_hit = keys[forward ? (at == last ? 0 : at + 1) : (at == 0 ? last : at - 1)];
    }
    m_opened.clear();
    m_following = true;
    followHit();
}

// Opens one group after the other, each with a new drawing, until the hit stands there itself.
void LineageState::followHit()
{
    if (!m_reading || !m_following) {
        return;
    }
    const auto nodes = nodesOf(*m_reading->source->graph, m_hit);
    const auto& fold = m_reading->fold;
    const auto shown =
        std::find_if(nodes.begin(), nodes.end(), [&fold](std::uint32_t node) { return fold.of[node] != none; });
    m_following = shown != nodes.end();
    if (!m_following) {
        return;
    }
    const auto unit = fold.of[*shown];
    const std::string key = fold.nodes[unit].key;
    if (isGroup(fold.nodes[unit]) && m_opened.insert(key).second) {
        const LineageWish before = m_wish;
        open(key, true);
        if (!(m_wish == before)) {
            return;
        }
    }
    m_following = false;
    select({unit});
    Q_EMIT revealWanted(unit);
}

} // namespace cupel::widgets
