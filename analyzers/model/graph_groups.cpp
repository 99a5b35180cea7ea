// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/model/graph_groups.h"

#include "analyzers/model/graph_fold.h"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace cupel {

namespace {

constexpr std::size_t mostScopeDepth = 12;
constexpr std::size_t mostEnds = 8; // inputs, or outputs, that stand beside the groups one by one
constexpr std::size_t mostSteps = 4'000'000; // of searches for circles
constexpr std::uint32_t none = UINT32_MAX;

// Scopes as a tree, and the one each node stands in.
struct Scopes {
    struct Scope {
        std::string name; // the last part
        std::uint32_t around = 0;
        std::uint32_t depth = 0;
    };
    std::vector<Scope> all{{}}; // the first is that of no scope
    std::vector<std::uint32_t> of; // by node

    explicit Scopes(const ModelGraph& graph)
        : of(graph.nodes.size())
    {
        std::unordered_map<std::string, std::uint32_t> known;
        for (std::size_t node = 0; node < graph.nodes.size(); ++node) {
            const std::string scope = scopeOf(graph.nodes[node]);
            std::size_t begin = 0;
            for (std::size_t depth = 0; begin < scope.size() && depth < mostScopeDepth; ++depth) {
                const auto end = std::min(scope.find('/', begin), scope.size());
                const auto [found, fresh] = known.emplace(scope.substr(0, end), static_cast<std::uint32_t>(all.size()));
                if (fresh) {
                    all.push_back({scope.substr(begin, end - begin), of[node], static_cast<std::uint32_t>(depth + 1)});
                }
                of[node] = found->second;
                begin = end + 1;
            }
        }
    }
    // The scope below `around` that holds the node; `around` itself: it stands there directly.
    [[nodiscard]] std::uint32_t below(std::uint32_t around, std::uint32_t node) const
    {
        auto scope = of[node];
        while (all[scope].depth > all[around].depth + 1) {
            scope = all[scope].around;
        }
        return scope;
    }
};

// Children of a group while they are found.
struct Part {
    std::uint32_t scope = none; // none: no scope of its own
    GraphGroup::Kind kind = GraphGroup::Kind::Scope;
    bool single = false; // one node as it is
    std::vector<std::uint32_t> nodes; // in the order of work
    std::vector<std::uint32_t> next; // parts that read from it
};

// Gives the nodes of one group to parts, so that the parts make no circle.
class Parting {
public:
    Parting(const ModelGraph& graph, const GraphOrder& order, const Scopes& scopes)
        : m_graph(graph)
        , m_order(order)
        , m_scopes(scopes)
        , m_partOf(graph.nodes.size(), none)
    {
    }

    // Empty: the scopes are too entangled.
    std::vector<Part> part(const std::vector<std::uint32_t>& nodes, std::uint32_t scope, bool scoped)
    {
        begin(nodes, scope, scoped);
        const auto most = 2 * m_keys + 2 * runLength;
        for (const auto node : nodes) {
            const auto wanted = keyOf(node, scope, scoped);
            auto at = none;
            if (wanted != singles) {
                const auto known = m_latest.find(wanted);
                const bool room =
                    known != m_latest.end() && (wanted != runs || m_parts[known->second].nodes.size() < m_longestRun);
                at = room && !closesCircle(node, known->second) ? known->second : none;
            }
            if (at == none) {
                at = static_cast<std::uint32_t>(m_parts.size());
                m_parts.push_back({wanted < ends ? wanted : none, kindOf(wanted), wanted == singles, {}, {}});
                m_latest[wanted] = at;
            }
            m_parts[at].nodes.push_back(node);
            m_partOf[node] = at;
            join(node, at);
            if (m_parts.size() > most + (m_longestRun > 0 ? 0 : m_direct)) {
                m_parts.clear();
                break;
            }
        }
        for (const auto node : nodes) {
            m_partOf[node] = none;
        }
        return std::exchange(m_parts, {});
    }

private:
    static constexpr std::uint32_t ends = none - 8; // keys that are no scope
    static constexpr std::uint32_t inputs = none - 4;
    static constexpr std::uint32_t outputs = none - 3;
    static constexpr std::uint32_t runs = none - 2;
    static constexpr std::uint32_t singles = none - 1;

    static GraphGroup::Kind kindOf(std::uint32_t key)
    {
        return key == inputs ? GraphGroup::Kind::Inputs
            : key == outputs ? GraphGroup::Kind::Outputs
            : key < ends     ? GraphGroup::Kind::Scope
                             : GraphGroup::Kind::Run;
    }

    void begin(const std::vector<std::uint32_t>& nodes, std::uint32_t scope, bool scoped)
    {
        m_latest.clear();
        m_edges.clear();
        m_parts.clear();
        m_direct = 0;
        std::size_t in = 0;
        std::size_t out = 0;
        std::unordered_set<std::uint32_t> scopes;
        for (const auto node : nodes) {
            const auto below = scoped ? m_scopes.below(scope, node) : scope;
            const auto kind = m_graph.nodes[node].kind;
            if (below != scope) {
                scopes.insert(below);
            } else if (kind == GraphNode::Kind::Input) {
                ++in;
            } else if (kind == GraphNode::Kind::Output) {
                ++out;
            } else {
                ++m_direct;
            }
        }
        m_ownInputs = in > mostEnds;
        m_ownOutputs = out > mostEnds;
        m_endsApart = in < nodes.size() && out < nodes.size(); // else it is their group
        if (!m_endsApart) {
            m_direct = std::exchange(in, 0) + std::exchange(out, 0);
        }
        m_keys = scopes.size() + (m_ownInputs ? 1 : in) + (m_ownOutputs ? 1 : out);
        m_longestRun = 0;
        if (m_direct > runLength && m_direct + m_keys > 2 * runLength) {
            const auto wanted = std::min((m_direct + runLength - 1) / runLength, runLength);
            m_longestRun = (m_direct + wanted - 1) / wanted;
        }
    }

    std::uint32_t keyOf(std::uint32_t node, std::uint32_t scope, bool scoped) const
    {
        const auto below = scoped ? m_scopes.below(scope, node) : scope;
        if (below != scope) {
            return below;
        }
        const auto kind = m_graph.nodes[node].kind;
        if (m_endsApart && kind == GraphNode::Kind::Input) {
            return m_ownInputs ? inputs : singles;
        }
        if (m_endsApart && kind == GraphNode::Kind::Output) {
            return m_ownOutputs ? outputs : singles;
        }
        return m_longestRun > 0 ? runs : singles;
    }

    // Whether the node, added to the part, makes it reach itself through others.
    bool closesCircle(std::uint32_t node, std::uint32_t part)
    {
        m_asked.clear();
        for (auto i = m_order.firstSource[node]; i < m_order.firstSource[node + 1]; ++i) {
            const auto from = m_partOf[m_order.sources[i]];
            if (from != none && from != part && !m_edges.contains(edge(from, part))) {
                m_asked.insert(from);
            }
        }
        if (m_asked.empty()) {
            return false;
        }
        m_seen.assign(m_parts.size(), false);
        m_waiting.assign(1, part);
        while (!m_waiting.empty()) {
            const auto at = m_waiting.back();
            m_waiting.pop_back();
            for (const auto next : m_parts[at].next) {
                if (m_asked.contains(next) || ++m_steps > mostSteps) {
                    return true;
                }
                if (!m_seen[next]) {
                    m_seen[next] = true;
                    m_waiting.push_back(next);
                }
            }
        }
        return false;
    }

    void join(std::uint32_t node, std::uint32_t part)
    {
        for (auto i = m_order.firstSource[node]; i < m_order.firstSource[node + 1]; ++i) {
            const auto from = m_partOf[m_order.sources[i]];
            if (from != none && from != part && m_edges.insert(edge(from, part)).second) {
                m_parts[from].next.push_back(part);
            }
        }
    }

    static std::uint64_t edge(std::uint32_t from, std::uint32_t to) { return (std::uint64_t{from} << 32) | to; }

    const ModelGraph& m_graph;
    const GraphOrder& m_order;
    const Scopes& m_scopes;
    std::vector<std::uint32_t> m_partOf; // by node
    std::vector<Part> m_parts;
    std::unordered_map<std::uint32_t, std::uint32_t> m_latest; // part by key
    std::unordered_set<std::uint64_t> m_edges;
    std::unordered_set<std::uint32_t> m_asked;
    std::vector<bool> m_seen;
    std::vector<std::uint32_t> m_waiting;
    std::size_t m_keys = 0;
    std::size_t m_direct = 0;
    std::size_t m_longestRun = 0; // 0: nodes stand there one by one
    std::size_t m_steps = 0;
    bool m_ownInputs = false;
    bool m_ownOutputs = false;
    bool m_endsApart = true;
};

// Parts in an order in which each comes behind those it reads from.
std::vector<std::uint32_t> orderOfParts(const std::vector<Part>& parts)
{
    std::vector<std::uint32_t> waitsFor(parts.size(), 0);
    for (const auto& one : parts) {
        for (const auto next : one.next) {
            ++waitsFor[next];
        }
    }
    std::vector<std::uint32_t> out;
    std::set<std::uint32_t> ready;
    for (std::uint32_t i = 0; i < parts.size(); ++i) {
        if (waitsFor[i] == 0) {
            ready.insert(i);
        }
    }
    while (!ready.empty()) {
        const auto at = *ready.begin();
        ready.erase(ready.begin());
        out.push_back(at);
        for (const auto next : parts[at].next) {
            if (--waitsFor[next] == 0) {
                ready.insert(next);
            }
        }
    }
    return out;
}

class Grouping {
public:
    Grouping(const ModelGraph& graph, const GraphOrder& order)
        : m_graph(graph)
        , m_order(order)
        , m_scopes(graph)
        , m_parting(graph, order, m_scopes)
    {
    }

    std::vector<GraphGroup> make()
    {
        m_groups.emplace_back();
        m_waiting.push_back({0, 0, true, m_order.nodes});
        while (!m_waiting.empty()) {
            const auto work = std::move(m_waiting.back());
            m_waiting.pop_back();
            split(work);
        }
        count();
        return std::move(m_groups);
    }

private:
    struct Work {
        std::uint32_t group;
        std::uint32_t scope;
        bool scoped; // else its nodes are taken as they follow each other
        std::vector<std::uint32_t> nodes;
    };

    void split(const Work& work)
    {
        auto parts = m_parting.part(work.nodes, work.scope, work.scoped);
        if (parts.empty() && work.scoped) {
            parts = m_parting.part(work.nodes, work.scope, false);
        }
        if (parts.empty()) { // cannot be: what follows each other makes no circle
            m_groups[work.group].nodes = work.nodes;
            return;
        }
        std::unordered_map<std::uint32_t, std::uint32_t> total; // groups that a scope is
        for (const auto& one : parts) {
            total[one.scope] += one.single ? 0 : 1;
        }
        std::unordered_map<std::uint32_t, std::uint32_t> made;
        const auto order = orderOfParts(parts);
        for (const auto& [around, from, to] : chunks(work.group, order.size())) {
            for (auto i = from; i < to; ++i) {
                auto& one = parts[order[i]];
                if (one.single) {
                    m_groups[around].nodes.push_back(one.nodes.front());
                } else {
                    addPart(work, around, one, ++made[one.scope], total[one.scope]);
                }
            }
        }
    }

    struct Chunk {
        std::uint32_t around;
        std::size_t from;
        std::size_t to;
    };

    // Children that follow each other are put together where there are too many.
    std::vector<Chunk> chunks(std::uint32_t group, std::size_t count)
    {
        std::vector<Chunk> out;
        std::vector<Chunk> waiting{{group, 0, count}};
        while (!waiting.empty()) {
            const auto one = waiting.back();
            waiting.pop_back();
            const auto size = one.to - one.from;
            if (size <= 3 * runLength) { // a hundred scopes, and what stands beside them
                out.push_back(one);
                continue;
            }
            const auto wanted = std::min((size + runLength - 1) / runLength, runLength);
            for (auto i = wanted; i-- > 0;) { // the first is looked at next
                const auto from = one.from + size * i / wanted;
                const auto& path = m_groups[one.around].path;
                waiting.push_back({add(one.around, path + "/##" + std::to_string(from), GraphGroup::Kind::Run), from,
                    one.from + size * (i + 1) / wanted});
            }
        }
        return out;
    }

    void addPart(const Work& work, std::uint32_t around, Part& one, std::uint32_t part, std::uint32_t parts)
    {
        const bool scope = one.kind == GraphGroup::Kind::Scope;
        std::string path = m_groups[work.group].path;
        path +=
            scope ? (path.empty() ? "" : "/") + m_scopes.all[one.scope].name : "/#" + std::to_string(one.nodes.front());
        path += scope && part > 1 ? '#' + std::to_string(part) : std::string();
        const auto made = add(around, std::move(path), one.kind);
        if (scope) {
            m_groups[made].scope = scopeName(one.scope);
            m_groups[made].part = part;
            m_groups[made].parts = parts;
        }
        if (scope || one.nodes.size() > 2 * runLength) {
            m_waiting.push_back({made, scope ? one.scope : work.scope, scope, std::move(one.nodes)});
        } else {
            m_groups[made].nodes = std::move(one.nodes);
        }
    }

    std::uint32_t add(std::uint32_t around, std::string path, GraphGroup::Kind kind)
    {
        const auto made = static_cast<std::uint32_t>(m_groups.size());
        m_groups.emplace_back();
        m_groups.back().path = std::move(path);
        m_groups.back().kind = kind;
        m_groups.back().around = around;
        m_groups[around].groups.push_back(made);
        return made;
    }

    std::string scopeName(std::uint32_t scope) const
    {
        std::string out = m_scopes.all[scope].name;
        for (auto at = m_scopes.all[scope].around; at != 0; at = m_scopes.all[at].around) {
            out = m_scopes.all[at].name + '/' + out;
        }
        return out;
    }

    void count()
    {
        std::vector<std::uint32_t> operation(m_graph.nodes.size(), 0);
        std::uint32_t counted = 0;
        for (const auto node : m_order.nodes) {
            operation[node] = m_graph.nodes[node].kind == GraphNode::Kind::Operator ? ++counted : 0;
        }
        std::vector<std::uint32_t> firstPlace(m_groups.size(), none);
        for (auto i = m_groups.size(); i-- > 0;) {
            auto& group = m_groups[i];
            for (const auto node : group.nodes) {
                firstPlace[i] = std::min(firstPlace[i], m_order.place[node]);
                ++group.count;
                if (const auto number = operation[node]; number > 0) {
                    ++group.operations;
                    take(group, number, number);
                }
            }
            for (const auto child : group.groups) {
                const auto& inside = m_groups[child];
                firstPlace[i] = std::min(firstPlace[i], firstPlace[child]);
                group.count += inside.count;
                group.operations += inside.operations;
                if (inside.operations > 0) {
                    take(group, inside.firstOperation, inside.lastOperation);
                }
            }
            group.first = firstPlace[i] == none ? 0 : m_order.nodes[firstPlace[i]];
        }
    }

    static void take(GraphGroup& group, std::uint32_t first, std::uint32_t last)
    {
        group.firstOperation = group.firstOperation == 0 ? first : std::min(group.firstOperation, first);
        group.lastOperation = std::max(group.lastOperation, last);
    }

    const ModelGraph& m_graph;
    const GraphOrder& m_order;
    const Scopes m_scopes;
    Parting m_parting;
    std::vector<GraphGroup> m_groups;
    std::vector<Work> m_waiting;
};

} // namespace

std::vector<GraphGroup> groupsOf(const ModelGraph& graph, const GraphOrder& order)
{
    return Grouping(graph, order).make();
}

} // namespace cupel
