// SPDX-License-Identifier: GPL-3.0-or-later
// Places along a layer that are as near as can be to wanted ones (pool adjacent violators), and sweeps with them that
// draw the ends of lines together, long lines first, as long as fewer straight lines cross.
#include "analyzers/graph/layered_parts.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace cupel::graph {

namespace {

constexpr std::size_t mostStraightened = 4'000; // arcs: more are not read one by one
constexpr int rounds = 6;

// Crossings of straight lines between the ends of arcs, layers at equal distances.
class StraightCounter {
public:
    StraightCounter(const Layers& layers, const std::vector<Arc>& arcs)
        : m_layers(layers)
        , m_arcs(arcs)
        , m_order(arcs.size())
    {
        std::iota(m_order.begin(), m_order.end(), 0U);
        std::stable_sort(m_order.begin(), m_order.end(), [this](std::uint32_t a, std::uint32_t b) {
            return m_layers.rank[m_arcs[a].from] < m_layers.rank[m_arcs[b].from];
        });
    }

    [[nodiscard]] std::uint64_t count(const std::vector<double>& along) const
    {
        std::uint64_t crossings = 0;
        for (std::size_t i = 0; i < m_order.size(); ++i) {
            const Arc& a = m_arcs[m_order[i]];
            const auto end = m_layers.rank[a.to];
            for (std::size_t k = i + 1; k < m_order.size(); ++k) {
                const Arc& b = m_arcs[m_order[k]];
                if (m_layers.rank[b.from] >= end) {
                    break;
                }
                crossings += cross(a, b, along) ? 1U : 0U;
            }
        }
        return crossings;
    }

private:
    // Arc b starts at or below the start of a, and above its end.
    [[nodiscard]] bool cross(const Arc& a, const Arc& b, const std::vector<double>& along) const
    {
        if (a.from == b.from || a.to == b.to || a.from == b.to || a.to == b.from) {
            return false;
        }
        const double top = m_layers.rank[b.from];
        const double bottom = std::min(m_layers.rank[a.to], m_layers.rank[b.to]);
        const double above = at(a, top, along) - along[b.from];
        const double below = at(a, bottom, along) - at(b, bottom, along);
        return above * below < 0;
    }
    [[nodiscard]] double at(const Arc& arc, double rank, const std::vector<double>& along) const
    {
        const double first = m_layers.rank[arc.from];
        const double last = m_layers.rank[arc.to];
        return along[arc.from] + (along[arc.to] - along[arc.from]) * (rank - first) / (last - first);
    }

    const Layers& m_layers;
    const std::vector<Arc>& m_arcs;
    std::vector<std::uint32_t> m_order; // arcs by the rank they start in
};

} // namespace

Settler::Settler(const Layers& layers, const std::vector<Size>& sizes, const LayoutOptions& options)
    : m_layers(layers)
    , m_options(options)
    , m_half(layers.count())
{
    const bool down = options.direction == Direction::Down;
    for (Node node = 0; node < layers.real; ++node) {
        m_half[node] = (down ? sizes[node].width : sizes[node].height) / 2.0;
    }
}

void Settler::settle(
    std::size_t rank, const std::vector<double>& wanted, const std::vector<double>& weight, std::vector<double>& along)
{
    const auto& layer = m_layers.order[rank];
    m_shift.assign(layer.size(), 0);
    for (std::size_t i = 1; i < layer.size(); ++i) {
        const bool line = m_layers.isTurn(layer[i - 1]) || m_layers.isTurn(layer[i]);
        m_shift[i] = m_shift[i - 1] + m_half[layer[i - 1]] + m_half[layer[i]]
            + static_cast<double>(line ? m_options.lineGap : m_options.nodeGap);
    }
    m_blocks.clear();
    for (std::size_t i = 0; i < layer.size(); ++i) {
        m_blocks.push_back({(wanted[layer[i]] - m_shift[i]) * weight[layer[i]], weight[layer[i]], i});
        while (m_blocks.size() > 1) {
            const Block last = m_blocks.back();
            Block& before = m_blocks[m_blocks.size() - 2];
            if (before.sum * last.weight <= last.sum * before.weight) {
                break;
            }
            before = {before.sum + last.sum, before.weight + last.weight, last.last};
            m_blocks.pop_back();
        }
    }
    std::size_t i = 0;
    for (const Block& block : m_blocks) {
        for (; i <= block.last; ++i) {
            along[layer[i]] = block.sum / block.weight + m_shift[i];
        }
    }
}

void straighten(const Layers& layers, const std::vector<Arc>& arcs, Settler& settler, std::vector<double>& along)
{
    if (arcs.size() > mostStraightened || layers.order.size() < 2) {
        return;
    }
    const StraightCounter counter(layers, arcs);
    auto best = counter.count(along);
    auto now = along;
    std::vector<double> wanted(layers.count());
    std::vector<double> weight(layers.count());
    const auto pull = [&](Node node, Node other) {
        const double force = layers.isTurn(node) && layers.isTurn(other) ? 16
            : layers.isTurn(node) || layers.isTurn(other)                ? 4
                                                                         : 1;
        wanted[node] += force * now[other];
        weight[node] += force;
    };
    for (int round = 0; round < rounds && best > 0; ++round) {
        for (std::size_t i = 0; i < layers.order.size(); ++i) {
            const auto rank = round % 2 == 0 ? i : layers.order.size() - 1 - i;
            for (const Node node : layers.order[rank]) {
                wanted[node] = weight[node] = 0;
                for (const auto* other = layers.above.begin(node); other != layers.above.end(node); ++other) {
                    pull(node, *other);
                }
                for (const auto* other = layers.below.begin(node); other != layers.below.end(node); ++other) {
                    pull(node, *other);
                }
                wanted[node] = weight[node] > 0 ? wanted[node] / weight[node] : now[node];
                weight[node] = std::max(weight[node], 1.0);
            }
            settler.settle(rank, wanted, weight, now);
        }
        if (const auto count = round % 2 == 1 ? counter.count(now) : best; count < best) { // counting costs most
            best = count;
            along = now;
        }
    }
}

} // namespace cupel::graph
