// SPDX-License-Identifier: GPL-3.0-or-later
// Few crossings between neighbouring layers: sweeps by weighted medians and exchanges of neighbours (Gansner and
// others 1993), from several starts; crossings are counted with a tree of sums (Barth, Juenger, Mutzel 2002; Fenwick
// 1994).
#include "analyzers/graph/layered_parts.h"

#include <algorithm>
#include <array>
#include <utility>

namespace cupel::graph {

namespace {

// Steps over links, for one part: what is small has to come at once, what is large may not take for ever.
std::uint64_t workFor(std::uint64_t links)
{
    constexpr std::uint64_t small = 3'000;
    constexpr std::uint64_t least = 2'200'000;
    constexpr std::uint64_t most = 19'000'000;
    return std::min(most, least + (links > small ? (links - small) * 6'000 : 0));
}
constexpr unsigned firstSweeps = 6; // from each start
constexpr unsigned mostSweeps = 28; // from the best of them
constexpr unsigned patience = 14; // sweeps without a gain
constexpr std::uint32_t mostCompared = 24; // pairs of links: of more the ends are sorted
constexpr unsigned mostSifts = 6;
constexpr std::size_t siftReach = 60; // places to each side

using Order = std::vector<std::vector<Node>>;
struct Result {
    std::uint64_t crossings = 0;
    Order order;
};

// Of all links between two layers, by the positions of their ends.
class CrossingCounter {
public:
    explicit CrossingCounter(const Layers& layers)
        : m_layers(layers)
    {
    }

    std::uint64_t below(std::size_t rank)
    {
        const auto width = static_cast<std::uint32_t>(m_layers.order[rank + 1].size());
        m_tree.assign(std::size_t{width} + 1, 0);
        std::uint64_t crossings = 0;
        std::uint64_t seen = 0;
        for (const Node node : m_layers.order[rank]) {
            // Those that ended further right started further left.
            for (const auto* other = m_layers.below.begin(node); other != m_layers.below.end(node); ++other) {
                crossings += seen;
                for (auto at = m_layers.position[*other] + 1; at > 0; at &= at - 1) {
                    crossings -= m_tree[at];
                }
            }
            for (const auto* other = m_layers.below.begin(node); other != m_layers.below.end(node); ++other) {
                for (auto at = m_layers.position[*other] + 1; at <= width; at += at & (0 - at)) {
                    ++m_tree[at];
                }
            }
            seen += m_layers.below.size(node);
        }
        return crossings;
    }

    std::uint64_t all()
    {
        std::uint64_t crossings = 0;
        for (std::size_t rank = 0; rank + 1 < m_layers.order.size(); ++rank) {
            crossings += below(rank);
        }
        return crossings;
    }

private:
    const Layers& m_layers;
    std::vector<std::uint32_t> m_tree; // of sums (Fenwick 1994)
};

class Reducer {
public:
    Reducer(Layers& layers, Budget& budget)
        : m_layers(layers)
        , m_budget(budget)
        , m_counter(layers)
        , m_medians(layers.count())
        , m_dirty(layers.order.size(), true)
        , m_mostWork(workFor(layers.links.size()))
    {
    }

    bool run()
    {
        std::vector<Result> results;
        for (const auto start : {&Reducer::startFromAbove, &Reducer::startFromBelow, &Reducer::startByDepth}) {
            (this->*start)();
            m_best.crossings = std::numeric_limits<std::uint64_t>::max();
            keepIfBetter();
            if (!sweeps(firstSweeps)) {
                return false;
            }
            results.push_back(m_best);
            if (m_best.crossings == 0 || m_work > m_mostWork / 2) {
                break;
            }
        }
        std::stable_sort(
            results.begin(), results.end(), [](const Result& a, const Result& b) { return a.crossings < b.crossings; });
        Result best = results.front();
        for (const auto& result : results) { // the most promising first, as long as there is work left
            if (best.crossings == 0 || (m_work > m_mostWork * 2 / 3 && &result != &results.front())) {
                break;
            }
            m_best = result;
            adopt(m_best.order);
            m_stale = 0;
            if (!sweeps(mostSweeps)) {
                return false;
            }
            adopt(m_best.order);
            sift();
            keepIfBetter();
            best = m_best.crossings < best.crossings ? m_best : best;
        }
        adopt(best.order);
        return !m_budget.stopped();
    }

    void siftMarked(const std::vector<bool>& marked)
    {
        for (const auto& layer : m_layers.order) {
            setPositions(layer);
        }
        sift(&marked);
    }

private:
    void adopt(const Order& order)
    {
        m_layers.order = order;
        for (const auto& layer : order) {
            setPositions(layer);
        }
    }
    void setPositions(const std::vector<Node>& layer)
    {
        for (std::uint32_t i = 0; i < layer.size(); ++i) {
            m_layers.position[layer[i]] = i;
        }
    }

    void keepIfBetter()
    {
        const auto crossings = m_counter.all();
        m_work += m_layers.links.size();
        if (crossings < m_best.crossings) {
            m_best = {crossings, m_layers.order};
            m_stale = 0;
        } else {
            ++m_stale;
        }
    }

    // Breadth first, so that what hangs together comes to stand together.
    void start(bool down)
    {
        for (auto& layer : m_layers.order) {
            layer.clear();
        }
        const Lists& ahead = down ? m_layers.below : m_layers.above;
        const Lists& behind = down ? m_layers.above : m_layers.below;
        std::vector<bool> seen(m_layers.count());
        std::vector<Node> queue;
        const auto walk = [&](Node from) {
            queue.assign(1, from);
            seen[from] = true;
            for (std::size_t i = 0; i < queue.size(); ++i) {
                const Node node = queue[i];
                m_layers.order[m_layers.rank[node]].push_back(node);
                for (const auto* next = ahead.begin(node); next != ahead.end(node); ++next) {
                    if (!seen[*next]) {
                        seen[*next] = true;
                        queue.push_back(*next);
                    }
                }
            }
        };
        for (Node node = 0; node < m_layers.count(); ++node) {
            if (!seen[node] && behind.size(node) == 0) {
                walk(node);
            }
        }
        finishStart();
    }
    void startFromAbove() { start(true); }
    void startFromBelow() { start(false); }

    // Depth first in both directions from the first node on: near nodes of the input stay near.
    void startByDepth()
    {
        for (auto& layer : m_layers.order) {
            layer.clear();
        }
        std::vector<bool> seen(m_layers.count());
        std::vector<Node> stack;
        for (Node first = 0; first < m_layers.count(); ++first) {
            if (seen[first]) {
                continue;
            }
            stack.assign(1, first);
            while (!stack.empty()) {
                const Node node = stack.back();
                stack.pop_back();
                if (seen[node]) {
                    continue;
                }
                seen[node] = true;
                m_layers.order[m_layers.rank[node]].push_back(node);
                for (const auto* lists : {&m_layers.above, &m_layers.below}) {
                    for (const auto* other = lists->end(node); other != lists->begin(node);) {
                        stack.push_back(*--other);
                    }
                }
            }
        }
        finishStart();
    }

    void finishStart()
    {
        m_work += m_layers.links.size();
        for (const auto& layer : m_layers.order) {
            setPositions(layer);
        }
        std::fill(m_dirty.begin(), m_dirty.end(), true);
        m_stale = 0;
    }

    bool sweeps(unsigned most)
    {
        for (unsigned i = 0; i < most && m_best.crossings > 0 && m_stale < patience; ++i) {
            if (!m_budget.spend(m_layers.links.size())) {
                return false;
            }
            if (m_work > m_mostWork) {
                return true;
            }
            sweep(i % 2 == 0, i % 4 >= 2);
            exchange(i % 4 >= 2);
            keepIfBetter();
        }
        return true;
    }

    void sweep(bool down, bool backwards)
    {
        const auto count = m_layers.order.size();
        for (std::size_t i = 1; i < count; ++i) {
            sortByMedians(down ? i : count - 1 - i, down, backwards);
        }
        m_work += 2 * m_layers.links.size() + m_layers.count();
        std::fill(m_dirty.begin(), m_dirty.end(), true);
    }

    // Between two middle neighbours the median leans to the side where they stand closer.
    double median(Node node, bool fromAbove)
    {
        const Lists& lists = fromAbove ? m_layers.above : m_layers.below;
        const auto count = lists.size(node);
        if (count == 0) {
            return -1;
        }
        m_ends.clear();
        for (const auto* other = lists.begin(node); other != lists.end(node); ++other) {
            m_ends.push_back(m_layers.position[*other]);
        }
        if (count == 1) {
            return m_ends[0];
        }
        if (count == 2) {
            return (m_ends[0] + m_ends[1]) / 2.0;
        }
        std::sort(m_ends.begin(), m_ends.end());
        const auto middle = count / 2;
        if (count % 2 == 1) {
            return m_ends[middle];
        }
        const double left = m_ends[middle - 1] - m_ends.front();
        const double right = m_ends.back() - m_ends[middle];
        return left + right == 0 ? (m_ends[middle - 1] + m_ends[middle]) / 2.0
                                 : (m_ends[middle - 1] * right + m_ends[middle] * left) / (left + right);
    }

    void sortByMedians(std::size_t rank, bool fromAbove, bool backwards)
    {
        auto& layer = m_layers.order[rank];
        m_moving.clear();
        for (const Node node : layer) {
            m_medians[node] = median(node, fromAbove);
            if (m_medians[node] >= 0) {
                m_moving.push_back(node);
            }
        }
        if (backwards) {
            std::reverse(m_moving.begin(), m_moving.end()); // equal ones change places
        }
        std::stable_sort(
            m_moving.begin(), m_moving.end(), [this](Node a, Node b) { return m_medians[a] < m_medians[b]; });
        std::size_t next = 0;
        for (Node& place : layer) { // those without neighbours stay where they are
            if (m_medians[place] >= 0) {
                place = m_moving[next++];
            }
        }
        setPositions(layer);
    }

    // Crossings between the links of two neighbours on one side, as they stand, minus when exchanged.
    std::int64_t gain(Node left, Node right, const Lists& lists)
    {
        const auto a = lists.size(left);
        const auto b = lists.size(right);
        if (a == 0 || b == 0) {
            return 0;
        }
        m_work += a + b;
        const auto end = [this](Node node) { return m_layers.position[node]; };
        std::int64_t out = 0;
        if (std::uint64_t{a} * b <= mostCompared) {
            std::array<std::uint32_t, mostCompared> there; // NOLINT(cppcoreguidelines-pro-type-member-init): b are set
            std::transform(lists.begin(right), lists.end(right), there.begin(), end);
            for (const auto* one = lists.begin(left); one != lists.end(left); ++one) {
                const auto here = end(*one);
                for (std::uint32_t i = 0; i < b; ++i) {
                    out += static_cast<int>(here > there[i]) - static_cast<int>(here < there[i]);
                }
            }
            return out;
        }
        m_ends.clear();
        m_others.clear();
        std::transform(lists.begin(left), lists.end(left), std::back_inserter(m_ends), end);
        std::transform(lists.begin(right), lists.end(right), std::back_inserter(m_others), end);
        std::sort(m_ends.begin(), m_ends.end());
        std::sort(m_others.begin(), m_others.end());
        std::size_t less = 0;
        std::size_t notMore = 0;
        for (const auto here : m_ends) {
            while (less < m_others.size() && m_others[less] < here) {
                ++less;
            }
            while (notMore < m_others.size() && m_others[notMore] <= here) {
                ++notMore;
            }
            out += static_cast<std::int64_t>(less) - static_cast<std::int64_t>(m_others.size() - notMore);
        }
        return out;
    }

    // Neighbours change places while that pays; layers around a change are looked at again.
    void exchange(bool equalToo)
    {
        const auto count = m_layers.order.size();
        for (unsigned round = 0; round < 12 && m_work < m_mostWork; ++round) {
            bool better = false;
            for (std::size_t rank = 0; rank < count; ++rank) {
                if (!m_dirty[rank]) {
                    continue;
                }
                m_dirty[rank] = false;
                if (exchangeIn(rank, equalToo && round == 0)) {
                    better = true;
                    m_dirty[rank] = true;
                    m_dirty[rank > 0 ? rank - 1 : 0] = true;
                    m_dirty[std::min(rank + 1, count - 1)] = true;
                }
            }
            if (!better) {
                return;
            }
        }
    }

    bool exchangeIn(std::size_t rank, bool equalToo)
    {
        auto& layer = m_layers.order[rank];
        bool better = false;
        m_work += layer.size();
        for (std::size_t i = 0; i + 1 < layer.size(); ++i) {
            const auto won =
                gain(layer[i], layer[i + 1], m_layers.above) + gain(layer[i], layer[i + 1], m_layers.below);
            if (won > 0 || (won == 0 && equalToo)) {
                std::swap(layer[i], layer[i + 1]);
                m_layers.position[layer[i]] = static_cast<std::uint32_t>(i);
                m_layers.position[layer[i + 1]] = static_cast<std::uint32_t>(i + 1);
                better = better || won > 0;
            }
        }
        return better;
    }

    // Each node goes to the best place of its layer near it: finds what exchanges of neighbours cannot.
    void sift(const std::vector<bool>* marked = nullptr)
    {
        for (unsigned round = 0; round < mostSifts; ++round) {
            std::int64_t won = 0;
            for (auto& layer : m_layers.order) {
                m_moving = layer;
                for (const Node node : m_moving) {
                    if (marked && !(*marked)[node]) {
                        continue;
                    }
                    if (m_work > m_mostWork || !m_budget.spend(1)) {
                        return;
                    }
                    won += siftOne(layer, m_layers.position[node]);
                }
            }
            if (won == 0) {
                return;
            }
        }
    }

    std::int64_t siftOne(std::vector<Node>& layer, std::size_t at)
    {
        const auto both = [this](Node left, Node right) {
            return gain(left, right, m_layers.above) + gain(left, right, m_layers.below);
        };
        std::int64_t best = 0;
        auto target = at;
        std::int64_t sum = 0;
        for (auto i = at; i > 0 && at - i < siftReach; --i) {
            sum += both(layer[i - 1], layer[at]);
            if (sum > best) {
                best = sum;
                target = i - 1;
            }
        }
        sum = 0;
        for (auto i = at; i + 1 < layer.size() && i - at < siftReach; ++i) {
            sum += both(layer[at], layer[i + 1]);
            if (sum > best) {
                best = sum;
                target = i + 1;
            }
        }
        const auto from = layer.begin() + static_cast<std::ptrdiff_t>(at);
        const auto to = layer.begin() + static_cast<std::ptrdiff_t>(target);
        if (target < at) {
            std::rotate(to, from, from + 1);
        } else if (target > at) {
            std::rotate(from, from + 1, to + 1);
        }
        for (auto i = std::min(at, target); i <= std::max(at, target); ++i) {
            m_layers.position[layer[i]] = static_cast<std::uint32_t>(i);
        }
        return best;
    }

    Layers& m_layers;
    Budget& m_budget;
    CrossingCounter m_counter;
    std::vector<double> m_medians;
    std::vector<bool> m_dirty;
    Result m_best;
    unsigned m_stale = 0;
    std::uint64_t m_work = 0;
    std::uint64_t m_mostWork;
    std::vector<Node> m_moving;
    std::vector<std::uint32_t> m_ends;
    std::vector<std::uint32_t> m_others;
};

} // namespace

bool reduceCrossings(Layers& layers, Budget& budget)
{
    return Reducer(layers, budget).run();
}

void sift(Layers& layers, const std::vector<bool>& marked, Budget& budget)
{
    Reducer(layers, budget).siftMarked(marked);
}

std::uint64_t countCrossings(const Layers& layers)
{
    return CrossingCounter(layers).all();
}

} // namespace cupel::graph
