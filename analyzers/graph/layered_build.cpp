// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/graph/layered_parts.h"

#include <algorithm>
#include <numeric>

namespace cupel::graph {

Lists makeLists(std::uint32_t count, const std::vector<std::uint32_t>& keys, const std::vector<std::uint32_t>& items)
{
    Lists lists;
    lists.start.assign(count + 1, 0);
    for (const auto key : keys) {
        ++lists.start[key + 1];
    }
    std::partial_sum(lists.start.begin(), lists.start.end(), lists.start.begin());
    lists.items.resize(keys.size());
    auto next = lists.start;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        lists.items[next[keys[i]]++] = items[i];
    }
    return lists;
}

namespace {

// Turning points are bounded: the longest edges beyond that are drawn straight.
std::size_t mostTurns(const Part& part)
{
    return 20'000 + 6 * part.sizes.size();
}

// With many of them, edges of one node share their way: a chain which each leaves where it has to.
std::size_t worthSharing(const Part& part)
{
    return 1'000 + 3 * part.sizes.size();
}

class Builder {
public:
    Builder(const Part& part, const std::vector<std::uint32_t>& ranks)
        : m_part(part)
    {
        m_layers.real = static_cast<std::uint32_t>(part.sizes.size());
        m_layers.rank = ranks;
    }

    Layers run()
    {
        std::vector<std::uint32_t> owners; // arc, once for each of its links
        std::vector<std::uint32_t> links;
        std::vector<std::uint32_t> arcs(m_part.arcs.size());
        std::iota(arcs.begin(), arcs.end(), 0U);
        std::stable_sort(arcs.begin(), arcs.end(), [this](std::uint32_t a, std::uint32_t b) {
            return m_part.arcs[a].from != m_part.arcs[b].from ? m_part.arcs[a].from < m_part.arcs[b].from
                                                              : span(a) < span(b);
        });
        const auto longest = longestSpan();
        const bool share = m_turns > worthSharing(m_part);
        for (std::size_t i = 0; i < arcs.size();) {
            const Node from = m_part.arcs[arcs[i]].from;
            m_chain.assign(1, from);
            m_chainLinks.clear();
            for (; i < arcs.size() && m_part.arcs[arcs[i]].from == from; ++i) {
                if (!share) {
                    m_chain.resize(1);
                    m_chainLinks.clear();
                }
                if (span(arcs[i]) > longest) {
                    continue;
                }
                extend(span(arcs[i]) - 1);
                const Node last = m_chain[span(arcs[i]) - 1];
                for (std::uint32_t k = 0; k + 1 < span(arcs[i]); ++k) {
                    owners.push_back(arcs[i]);
                    links.push_back(m_chainLinks[k]);
                }
                owners.push_back(arcs[i]);
                links.push_back(link(last, m_part.arcs[arcs[i]].to));
            }
        }
        m_layers.path = makeLists(static_cast<std::uint32_t>(m_part.arcs.size()), owners, links);
        finish();
        return std::move(m_layers);
    }

private:
    [[nodiscard]] std::uint32_t span(std::uint32_t arc) const
    {
        return m_layers.rank[m_part.arcs[arc].to] - m_layers.rank[m_part.arcs[arc].from];
    }

    // Longer ones have no turning points.
    [[nodiscard]] std::uint32_t longestSpan()
    {
        std::vector<std::uint64_t> bySpan;
        for (std::uint32_t i = 0; i < m_part.arcs.size(); ++i) {
            bySpan.resize(std::max<std::size_t>(bySpan.size(), span(i) + 1));
            ++bySpan[span(i)];
        }
        for (std::uint32_t length = 1; length < bySpan.size(); ++length) {
            m_turns += bySpan[length] * (length - 1);
            if (m_turns > mostTurns(m_part)) {
                return std::max(1U, length - 1);
            }
        }
        return none;
    }

    void extend(std::uint32_t turns)
    {
        while (m_chain.size() <= turns) {
            const auto node = m_layers.count();
            m_layers.rank.push_back(m_layers.rank[m_chain.back()] + 1);
            m_chainLinks.push_back(link(m_chain.back(), node));
            m_chain.push_back(node);
        }
    }

    std::uint32_t link(Node from, Node to)
    {
        m_layers.links.push_back({from, to, 1});
        return static_cast<std::uint32_t>(m_layers.links.size() - 1);
    }

    void finish()
    {
        std::vector<std::uint32_t> from;
        std::vector<std::uint32_t> to;
        for (const auto& one : m_layers.links) {
            from.push_back(one.from);
            to.push_back(one.to);
        }
        m_layers.below = makeLists(m_layers.count(), from, to);
        m_layers.above = makeLists(m_layers.count(), to, from);
        const auto deepest = *std::max_element(m_layers.rank.begin(), m_layers.rank.end());
        m_layers.order.resize(deepest + 1);
        m_layers.position.resize(m_layers.count());
        for (Node node = 0; node < m_layers.count(); ++node) {
            auto& layer = m_layers.order[m_layers.rank[node]];
            m_layers.position[node] = static_cast<std::uint32_t>(layer.size());
            layer.push_back(node);
        }
    }

    const Part& m_part;
    Layers m_layers;
    std::vector<Node> m_chain; // the node, then its turning points by distance
    std::vector<std::uint32_t> m_chainLinks;
    std::uint64_t m_turns = 0; // if nothing is shared
};

} // namespace

Layers makeLayers(const Part& part, const std::vector<std::uint32_t>& ranks)
{
    return Builder(part, ranks).run();
}

} // namespace cupel::graph
