// SPDX-License-Identifier: GPL-3.0-or-later
// Places along the layers by the method of Brandes and Koepf (2001): four drawings, each with chains as straight as
// they can be when aligned to one corner; the middle of the four. Blocks are compacted over the graph of neighbours,
// which has no trouble with the classes that the erratum of 2020 mends.
#include "analyzers/graph/layered_parts.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace cupel::graph {

namespace {

// Neighbours of each node in the layer the alignment comes from, in their order, with the number of the link.
struct Sides {
    Lists nodes;
    Lists links;
};

class Placer {
public:
    Placer(const Layers& layers, const std::vector<Size>& sizes, const LayoutOptions& options)
        : m_layers(layers)
        , m_options(options)
        , m_half(layers.count())
        , m_marked(layers.links.size())
    {
        const bool down = options.direction == Direction::Down;
        for (Node node = 0; node < layers.real; ++node) {
            m_half[node] = (down ? sizes[node].width : sizes[node].height) / 2.0;
        }
        m_above = sides(true);
        m_below = sides(false);
        markConflicts();
    }

    std::vector<double> run(Budget& budget)
    {
        std::array<std::vector<double>, 4> drawings;
        std::array<double, 4> least{};
        std::array<double, 4> most{};
        std::size_t narrowest = 0;
        for (std::size_t i = 0; i < 4; ++i) {
            if (!budget.spend(m_layers.links.size() + m_layers.count())) {
                return {};
            }
            const bool fromAbove = i < 2;
            const bool leftToRight = i % 2 == 0;
            align(fromAbove, leftToRight);
            drawings[i] = compact(leftToRight);
            least[i] = std::numeric_limits<double>::max();
            most[i] = std::numeric_limits<double>::lowest();
            for (Node node = 0; node < m_layers.count(); ++node) {
                least[i] = std::min(least[i], drawings[i][node] - m_half[node]);
                most[i] = std::max(most[i], drawings[i][node] + m_half[node]);
            }
            if (most[i] - least[i] < most[narrowest] - least[narrowest]) {
                narrowest = i;
            }
        }
        for (std::size_t i = 0; i < 4; ++i) {
            const double shift = i % 2 == 0 ? least[narrowest] - least[i] : most[narrowest] - most[i];
            for (auto& x : drawings[i]) {
                x += shift;
            }
        }
        std::vector<double> middle(m_layers.count());
        for (Node node = 0; node < m_layers.count(); ++node) {
            std::array<double, 4> four{};
            for (std::size_t i = 0; i < 4; ++i) {
                four[i] = drawings[i][node];
            }
            std::sort(four.begin(), four.end());
            middle[node] = (four[1] + four[2]) / 2;
        }
        return middle;
    }

private:
    [[nodiscard]] double apart(Node left, Node right) const
    {
        const bool line = m_layers.isTurn(left) || m_layers.isTurn(right);
        return m_half[left] + m_half[right] + static_cast<double>(line ? m_options.lineGap : m_options.nodeGap);
    }

    [[nodiscard]] Sides sides(bool above) const
    {
        std::vector<std::uint32_t> links(m_layers.links.size());
        std::iota(links.begin(), links.end(), 0U);
        std::stable_sort(links.begin(), links.end(), [&](std::uint32_t a, std::uint32_t b) {
            const auto end = [&](std::uint32_t link) {
                return m_layers.position[above ? m_layers.links[link].from : m_layers.links[link].to];
            };
            return end(a) < end(b);
        });
        std::vector<std::uint32_t> keys;
        std::vector<std::uint32_t> others;
        for (const auto link : links) {
            const auto& one = m_layers.links[link];
            keys.push_back(above ? one.to : one.from);
            others.push_back(above ? one.from : one.to);
        }
        return {makeLists(m_layers.count(), keys, others), makeLists(m_layers.count(), keys, links)};
    }

    // Long edges stay straight: what crosses a piece between two turning points is not aligned along.
    void markConflicts()
    {
        for (std::size_t rank = 1; rank < m_layers.order.size(); ++rank) {
            const auto& layer = m_layers.order[rank];
            std::int64_t left = -1;
            std::size_t done = 0;
            for (std::size_t i = 0; i < layer.size(); ++i) {
                const Node turn = innerAbove(layer[i]);
                if (turn == none && i + 1 < layer.size()) {
                    continue;
                }
                const std::int64_t right = turn == none ? static_cast<std::int64_t>(m_layers.order[rank - 1].size())
                                                        : static_cast<std::int64_t>(m_layers.position[turn]);
                for (; done <= i; ++done) {
                    const Node node = layer[done];
                    for (std::uint32_t k = 0; k < m_above.nodes.size(node); ++k) {
                        const Node other = m_above.nodes.begin(node)[k];
                        const auto at = static_cast<std::int64_t>(m_layers.position[other]);
                        const bool inner = m_layers.isTurn(node) && m_layers.isTurn(other);
                        if (!inner && (at < left || at > right)) {
                            m_marked[m_above.links.begin(node)[k]] = true;
                        }
                    }
                }
                left = std::max(left, right);
            }
        }
    }

    [[nodiscard]] Node innerAbove(Node node) const
    {
        if (m_layers.isTurn(node) && m_above.nodes.size(node) > 0 && m_layers.isTurn(*m_above.nodes.begin(node))) {
            return *m_above.nodes.begin(node);
        }
        return none;
    }

    // Each node is hung under (or over) one of its middle neighbours; a chain of them is a block.
    void align(bool fromAbove, bool leftToRight)
    {
        const auto count = m_layers.count();
        m_root.resize(count);
        m_next.resize(count);
        std::iota(m_root.begin(), m_root.end(), 0U);
        std::iota(m_next.begin(), m_next.end(), 0U);
        const Sides& from = fromAbove ? m_above : m_below;
        const auto ranks = m_layers.order.size();
        for (std::size_t r = 1; r < ranks; ++r) {
            const auto& layer = m_layers.order[fromAbove ? r : ranks - 1 - r];
            std::int64_t border = -1; // nothing is aligned to this position, nor beyond
            bool first = true;
            for (std::size_t k = 0; k < layer.size(); ++k) {
                const Node node = layer[leftToRight ? k : layer.size() - 1 - k];
                const auto size = from.nodes.size(node);
                for (std::uint32_t half = 0; size > 0 && half < 2; ++half) {
                    const auto low = (size - 1) / 2;
                    const auto high = size / 2;
                    const auto place = (half == 0) == leftToRight ? low : high;
                    const Node other = from.nodes.begin(node)[place];
                    const auto at = static_cast<std::int64_t>(m_layers.position[other]);
                    const bool free = first || (leftToRight ? at > border : at < border);
                    if (m_next[node] == node && !m_marked[from.links.begin(node)[place]] && free) {
                        m_next[other] = node;
                        m_root[node] = m_root[other];
                        m_next[node] = m_root[node];
                        border = at;
                        first = false;
                    }
                }
            }
        }
    }

    // Blocks as far left (or right) as their neighbours let them, then back as far as that shortens nothing else.
    std::vector<double> compact(bool leftToRight)
    {
        const auto count = m_layers.count();
        std::vector<std::uint32_t> keys;
        std::vector<std::uint32_t> others;
        std::vector<std::uint32_t> open(count);
        std::vector<double> gaps;
        for (const auto& layer : m_layers.order) {
            for (std::size_t i = 0; i + 1 < layer.size(); ++i) {
                const Node left = m_root[layer[i]];
                const Node right = m_root[layer[i + 1]];
                keys.push_back(leftToRight ? left : right);
                others.push_back(leftToRight ? right : left);
                gaps.push_back(apart(layer[i], layer[i + 1]));
                ++open[others.back()];
            }
        }
        std::vector<std::uint32_t> numbers(keys.size());
        std::iota(numbers.begin(), numbers.end(), 0U);
        const Lists after = makeLists(count, keys, numbers);
        std::vector<Node> sorted;
        sorted.reserve(count);
        for (Node node = 0; node < count; ++node) {
            if (m_root[node] == node && open[node] == 0) {
                sorted.push_back(node);
            }
        }
        std::vector<double> x(count);
        for (std::size_t i = 0; i < sorted.size(); ++i) {
            const Node node = sorted[i];
            for (const auto* edge = after.begin(node); edge != after.end(node); ++edge) {
                const Node other = others[*edge];
                x[other] = std::max(x[other], x[node] + gaps[*edge]);
                if (--open[other] == 0) {
                    sorted.push_back(other);
                }
            }
        }
        for (std::size_t i = sorted.size(); i-- > 0;) {
            const Node node = sorted[i];
            double least = std::numeric_limits<double>::max();
            for (const auto* edge = after.begin(node); edge != after.end(node); ++edge) {
                least = std::min(least, x[others[*edge]] - gaps[*edge]);
            }
            if (least < std::numeric_limits<double>::max()) {
                x[node] = std::max(x[node], least);
            }
        }
        for (Node node = 0; node < count; ++node) {
            x[node] = x[m_root[node]];
        }
        if (!leftToRight) {
            std::transform(x.begin(), x.end(), x.begin(), [](double one) { return -one; });
        }
        return x;
    }

    const Layers& m_layers;
    const LayoutOptions& m_options;
    std::vector<double> m_half; // of the extent along the layer
    std::vector<bool> m_marked; // by link
    Sides m_above;
    Sides m_below;
    std::vector<Node> m_root; // of the block
    std::vector<Node> m_next; // in the block, the last leads to the first
};

} // namespace

std::vector<double> place(
    const Layers& layers, const std::vector<Size>& sizes, const LayoutOptions& options, Budget& budget)
{
    return Placer(layers, sizes, options).run(budget);
}

} // namespace cupel::graph
