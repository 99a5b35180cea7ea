// SPDX-License-Identifier: GPL-3.0-or-later
// Ranks by the network simplex method of Gansner, Koutsofios, North and Vo (1993). The cut value of an edge of the
// tree is the sum, over the nodes behind it, of what leaves them minus what enters them: arcs inside cancel out.
#include "analyzers/graph/layered_parts.h"

#include <algorithm>
#include <queue>
#include <utility>

namespace cupel::graph {

namespace {

constexpr std::uint64_t mostWork = 3'000'000; // steps over nodes; what is reached by then is kept
constexpr std::uint32_t searched = 40; // candidates that are compared before one leaves the tree

class Ranker {
public:
    Ranker(const Part& part, Budget& budget)
        : m_arcs(part.arcs)
        , m_count(static_cast<std::uint32_t>(part.sizes.size()))
        , m_budget(budget)
    {
        std::vector<std::uint32_t> from;
        std::vector<std::uint32_t> to;
        std::vector<std::uint32_t> numbers;
        for (std::uint32_t i = 0; i < m_arcs.size(); ++i) {
            from.push_back(m_arcs[i].from);
            to.push_back(m_arcs[i].to);
            numbers.push_back(i);
        }
        m_out = makeLists(m_count, from, numbers);
        m_in = makeLists(m_count, to, numbers);
    }

    std::vector<std::uint32_t> run()
    {
        longestPaths();
        if (m_count > 1 && growTree()) {
            number(0, 0);
            while (pivot()) { }
        }
        normalise();
        spread();
        return {m_rank.begin(), m_rank.end()};
    }

private:
    [[nodiscard]] std::int64_t slack(const Arc& arc) const { return m_rank[arc.to] - m_rank[arc.from] - 1; }

    void longestPaths()
    {
        m_rank.assign(m_count, 0);
        std::vector<std::uint32_t> open(m_count);
        std::vector<Node> ready;
        for (Node node = 0; node < m_count; ++node) {
            open[node] = m_in.size(node);
            if (open[node] == 0) {
                ready.push_back(node);
            }
        }
        for (std::size_t i = 0; i < ready.size(); ++i) {
            const Node node = ready[i];
            for (const auto* arc = m_out.begin(node); arc != m_out.end(node); ++arc) {
                const Node to = m_arcs[*arc].to;
                m_rank[to] = std::max(m_rank[to], m_rank[node] + 1);
                if (--open[to] == 0) {
                    ready.push_back(to);
                }
            }
        }
    }

    // A tree of arcs without slack over all nodes. What is in the tree moves as one: `moved` is added to its ranks when
    // it is done, so an arc's slack is its key minus or plus `moved`.
    bool growTree()
    {
        using Candidate = std::pair<std::int64_t, std::uint32_t>; // key, arc
        using Heap = std::priority_queue<Candidate, std::vector<Candidate>, std::greater<>>;
        Heap leaving;
        Heap entering;
        std::vector<bool> inTree(m_count);
        m_tree.assign(m_count, {});
        std::int64_t moved = 0;
        std::uint32_t size = 0;
        const auto join = [&](Node node) {
            inTree[node] = true;
            m_rank[node] -= moved;
            ++size;
            for (const auto* arc = m_out.begin(node); arc != m_out.end(node); ++arc) {
                if (!inTree[m_arcs[*arc].to]) {
                    leaving.emplace(m_rank[m_arcs[*arc].to] - m_rank[node] - 1, *arc);
                }
            }
            for (const auto* arc = m_in.begin(node); arc != m_in.end(node); ++arc) {
                if (!inTree[m_arcs[*arc].from]) {
                    entering.emplace(m_rank[node] - m_rank[m_arcs[*arc].from] - 1, *arc);
                }
            }
        };
        join(0);
        while (size < m_count) {
            while (!leaving.empty() && inTree[m_arcs[leaving.top().second].to]) {
                leaving.pop();
            }
            while (!entering.empty() && inTree[m_arcs[entering.top().second].from]) {
                entering.pop();
            }
            if (leaving.empty() && entering.empty()) {
                return false; // not connected: nobody calls it so
            }
            const auto far = std::numeric_limits<std::int64_t>::max();
            const auto down = leaving.empty() ? far : leaving.top().first - moved;
            const auto up = entering.empty() ? far : entering.top().first + moved;
            const bool goesDown = down <= up;
            const auto arc = goesDown ? leaving.top().second : entering.top().second;
            moved += goesDown ? down : -up;
            addToTree(arc);
            join(goesDown ? m_arcs[arc].to : m_arcs[arc].from);
        }
        return true; // all ranks are `moved` too low: the same for every node
    }

    void addToTree(std::uint32_t arc)
    {
        m_tree[m_arcs[arc].from].push_back(arc);
        m_tree[m_arcs[arc].to].push_back(arc);
    }

    void removeFromTree(std::uint32_t arc)
    {
        for (const Node node : {m_arcs[arc].from, m_arcs[arc].to}) {
            auto& list = m_tree[node];
            list.erase(std::find(list.begin(), list.end(), arc));
        }
    }

    [[nodiscard]] std::int64_t ownFlow(Node node) const
    {
        std::int64_t flow = 0;
        for (const auto* arc = m_out.begin(node); arc != m_out.end(node); ++arc) {
            flow += m_arcs[*arc].weight;
        }
        for (const auto* arc = m_in.begin(node); arc != m_in.end(node); ++arc) {
            flow -= m_arcs[*arc].weight;
        }
        return flow;
    }

    // Numbers the nodes below `root` in postorder from `first` on, with their flows. Parent and place of the root stay.
    void number(Node root, std::uint32_t first)
    {
        if (m_lim.empty()) {
            m_lim.assign(m_count, 0);
            m_low.assign(m_count, 0);
            m_parent.assign(m_count, none);
            m_flow.assign(m_count, 0);
            m_byLim.assign(m_count, 0);
            m_own.resize(m_count);
            for (Node node = 0; node < m_count; ++node) {
                m_own[node] = ownFlow(node);
            }
        }
        auto next = first;
        m_stack.assign(1, {root, 0});
        m_low[root] = next;
        m_flow[root] = m_own[root];
        while (!m_stack.empty()) {
            const Node node = m_stack.back().first;
            auto& list = m_tree[node];
            if (m_stack.back().second < list.size()) {
                const auto arc = list[m_stack.back().second++];
                if (arc == m_parent[node]) {
                    continue;
                }
                const Node child = m_arcs[arc].from == node ? m_arcs[arc].to : m_arcs[arc].from;
                m_parent[child] = arc;
                m_low[child] = next;
                m_flow[child] = m_own[child];
                m_stack.emplace_back(child, 0);
                continue;
            }
            m_lim[node] = next;
            m_byLim[next++] = node;
            m_stack.pop_back();
            if (!m_stack.empty()) {
                m_flow[m_stack.back().first] += m_flow[node];
            }
        }
        m_work += next - first;
    }

    [[nodiscard]] Node lowerEnd(std::uint32_t arc) const
    {
        return m_parent[m_arcs[arc].from] == arc ? m_arcs[arc].from : m_arcs[arc].to;
    }

    // The node above whose arc the tree should be cut; `none`: the ranks are best.
    Node leaving()
    {
        Node best = none;
        std::int64_t worst = 0;
        std::uint32_t seen = 0;
        for (std::uint32_t i = 0; i < m_count && seen < searched; ++i) {
            const Node node = m_next;
            m_next = m_next + 1 == m_count ? 0 : m_next + 1;
            const auto arc = m_parent[node];
            if (arc == none) {
                continue;
            }
            const auto cut = m_arcs[arc].from == node ? m_flow[node] : -m_flow[node];
            if (cut < 0) {
                ++seen;
                if (cut < worst) {
                    worst = cut;
                    best = node;
                }
            }
        }
        m_work += 8;
        return best;
    }

    // The arc with the least slack that joins both sides again, in the other direction.
    std::uint32_t joining(Node below, bool intoBelow)
    {
        const auto low = m_low[below];
        const auto lim = m_lim[below];
        const auto inside = [&](Node node) { return m_lim[node] >= low && m_lim[node] <= lim; };
        std::uint32_t best = none;
        std::int64_t least = std::numeric_limits<std::int64_t>::max();
        const auto look = [&](std::uint32_t place, bool fromHere) {
            const Node node = m_byLim[place];
            const Lists& lists = fromHere ? m_out : m_in;
            m_work += lists.size(node);
            for (const auto* arc = lists.begin(node); arc != lists.end(node); ++arc) {
                const Node other = fromHere ? m_arcs[*arc].to : m_arcs[*arc].from;
                if (inside(other) != inside(node)) {
                    const auto here = slack(m_arcs[*arc]);
                    if (here < least || (here == least && *arc < best)) {
                        least = here;
                        best = *arc;
                    }
                }
            }
        };
        const auto size = lim - low + 1;
        if (size <= m_count / 2) {
            for (auto place = low; place <= lim; ++place) {
                look(place, !intoBelow);
            }
        } else {
            for (std::uint32_t place = 0; place < m_count; place = place + 1 == low ? lim + 1 : place + 1) {
                if (place < low || place > lim) {
                    look(place, intoBelow);
                }
            }
        }
        m_work += std::min(size, m_count - size);
        return best;
    }

    bool pivot()
    {
        if (m_work > mostWork || !m_budget.spend(64)) {
            return false;
        }
        const Node below = leaving();
        if (below == none) {
            return false;
        }
        const auto old = m_parent[below];
        const bool intoBelow = m_arcs[old].from == below; // what comes back has to point the other way
        const auto fresh = joining(below, intoBelow);
        if (fresh == none) {
            return false;
        }
        shift(below, intoBelow ? -slack(m_arcs[fresh]) : slack(m_arcs[fresh]));
        // Both arcs lie below the nearest node that is above both ends of the new one.
        Node top = m_arcs[fresh].from;
        const auto holds = [this](Node node, Node other) {
            return m_low[node] <= m_lim[other] && m_lim[other] <= m_lim[node];
        };
        while (!holds(top, m_arcs[fresh].to)) {
            const auto arc = m_parent[top];
            top = m_arcs[arc].from == top ? m_arcs[arc].to : m_arcs[arc].from;
            ++m_work;
        }
        removeFromTree(old);
        addToTree(fresh);
        number(top, m_low[top]);
        return true;
    }

    void shift(Node below, std::int64_t by)
    {
        const auto low = m_low[below];
        const auto lim = m_lim[below];
        if (lim - low + 1 <= m_count / 2) {
            for (auto place = low; place <= lim; ++place) {
                m_rank[m_byLim[place]] += by;
            }
            return;
        }
        for (std::uint32_t place = 0; place < m_count; ++place) {
            if (place < low || place > lim) {
                m_rank[m_byLim[place]] -= by;
            }
        }
    }

    void normalise()
    {
        const auto least = *std::min_element(m_rank.begin(), m_rank.end());
        for (auto& one : m_rank) {
            one -= least;
        }
    }

    // A node that may stand in several ranks at the same cost goes where the fewest are.
    void spread()
    {
        std::vector<std::uint32_t> crowd(static_cast<std::size_t>(*std::max_element(m_rank.begin(), m_rank.end())) + 1);
        for (const auto one : m_rank) {
            ++crowd[static_cast<std::size_t>(one)];
        }
        for (Node node = 0; node < m_count; ++node) {
            if (m_in.size(node) == 0 || m_out.size(node) == 0 || ownFlow(node) != 0) {
                continue;
            }
            auto first = std::numeric_limits<std::int64_t>::min();
            auto last = std::numeric_limits<std::int64_t>::max();
            for (const auto* arc = m_in.begin(node); arc != m_in.end(node); ++arc) {
                first = std::max(first, m_rank[m_arcs[*arc].from] + 1);
            }
            for (const auto* arc = m_out.begin(node); arc != m_out.end(node); ++arc) {
                last = std::min(last, m_rank[m_arcs[*arc].to] - 1);
            }
            last = std::min(last, first + 200);
            auto best = m_rank[node];
            for (auto place = first; place <= last; ++place) {
                if (crowd[static_cast<std::size_t>(place)] + 1 < crowd[static_cast<std::size_t>(best)]) {
                    best = place;
                }
            }
            --crowd[static_cast<std::size_t>(m_rank[node])];
            ++crowd[static_cast<std::size_t>(best)];
            m_rank[node] = best;
        }
    }

    const std::vector<Arc>& m_arcs;
    std::uint32_t m_count;
    Budget& m_budget;
    Lists m_out;
    Lists m_in;
    std::vector<std::int64_t> m_rank;
    std::vector<std::vector<std::uint32_t>> m_tree; // arcs of the tree, by node
    std::vector<std::uint32_t> m_lim; // number in postorder
    std::vector<std::uint32_t> m_low; // the least below
    std::vector<std::uint32_t> m_parent; // arc to the node above
    std::vector<Node> m_byLim;
    std::vector<std::int64_t> m_own;
    std::vector<std::int64_t> m_flow; // of all below
    std::vector<std::pair<Node, std::uint32_t>> m_stack;
    Node m_next = 0;
    std::uint64_t m_work = 0;
};

} // namespace

std::vector<std::uint32_t> rank(const Part& part, Budget& budget)
{
    return Ranker(part, budget).run();
}

} // namespace cupel::graph
