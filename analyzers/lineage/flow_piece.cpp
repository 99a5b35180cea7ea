// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/lineage/flow_piece.h"

#include "analyzers/lineage/words.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace cupel::lineage {

namespace {

constexpr std::size_t maxWork = 2'000'000; // edges looked at, over one file
constexpr std::size_t maxHops = 20'000;

// Bytes as they come; what pandas or a loader made of them is something else.
bool fetchesBytes(std::string_view api)
{
    constexpr std::string_view parts[] = {"urlretrieve", "urlopen", "requests.", "httpx.", "urllib3.", "wget", "curl",
        "gdown", "get_file", "hf_hub_download", "snapshot_download", "download", "pooch."};
    return std::any_of(std::begin(parts), std::end(parts), [api](auto part) { return has(api, part); });
}

bool isWeb(std::string_view locator)
{
    return locator.starts_with("http://") || locator.starts_with("https://") || locator.starts_with("ftp://");
}

bool isLocal(std::string_view locator)
{
    constexpr std::string_view hosts[] = {"://localhost", "://127.0.0.1", "://0.0.0.0"};
    return std::any_of(std::begin(hosts), std::end(hosts), [locator](auto host) { return has(locator, host); });
}

bool isPoint(const Node& node)
{
    const bool thing = node.kind == NodeKind::File || node.kind == NodeKind::ModelFile || node.kind == NodeKind::Remote
        || node.kind == NodeKind::Endpoint || (node.kind == NodeKind::Dataset && node.unpinned);
    return thing && node.locator != "*" && node.locator != ".";
}

bool carriesData(const Edge& edge)
{
    return edge.kind != EdgeKind::Imports && edge.kind != EdgeKind::Runs && edge.kind != EdgeKind::Validates
        && edge.kind != EdgeKind::Tests;
}

class PieceMaker {
public:
    PieceMaker(const LineageGraph& graph, Budget& budget)
        : m_graph(graph)
        , m_budget(budget)
        , m_into(graph.nodes.size())
        , m_points(graph.nodes.size(), none)
    {
        for (std::uint32_t i = 0; i < graph.edges.size(); ++i) {
            const auto& edge = graph.edges[i];
            if (carriesData(edge) && graph.nodes[edge.from].kind != NodeKind::Cell) {
                m_into[edge.to].push_back(i);
            }
        }
    }

    FlowPiece make(const std::vector<Place>& loads)
    {
        if (!m_graph.files.empty()) {
            m_out.file = m_graph.files.front().path;
        }
        for (const auto& place : loads) {
            addLoad(place);
        }
        for (std::uint32_t i = 0; i < m_graph.nodes.size(); ++i) {
            const auto& node = m_graph.nodes[i];
            if (isPoint(node) && m_out.hops.size() < maxHops) {
                addHops(i);
            }
            if (node.kind == NodeKind::Endpoint && m_into[i].empty()) {
                serveLoads(i);
            }
        }
        return std::move(m_out);
    }

private:
    std::uint32_t point(std::uint32_t index)
    {
        auto& known = m_points[index];
        if (known == none) {
            known = static_cast<std::uint32_t>(m_out.points.size());
            const auto& node = m_graph.nodes[index];
            FlowPoint made;
            made.id = node.id;
            made.label = node.locator.empty() ? node.label : node.locator;
            made.kind = node.kind;
            made.web = node.kind != NodeKind::Endpoint && isWeb(node.locator) && !isLocal(node.locator);
            made.unpinned = node.unpinned && node.kind != NodeKind::Endpoint && !isLocal(node.locator);
            m_out.points.push_back(std::move(made));
        }
        return known;
    }

    struct Walk {
        std::uint32_t node = none;
        std::uint32_t last = none; // edge that the walk began with
        bool learnt = false;
    };

    // All points behind a node, without those behind them.
    template <typename Found> void walkBack(std::uint32_t start, const Found& found)
    {
        std::unordered_set<std::uint32_t> seen{start};
        std::vector<Walk> open{{start, none, false}};
        while (!open.empty() && m_work < maxWork) {
            const auto at = open.back();
            open.pop_back();
            for (const auto index : m_into[at.node]) {
                const auto& edge = m_graph.edges[index];
                ++m_work;
                const auto last = at.last == none ? index : at.last;
                const bool learnt = at.learnt || edge.kind == EdgeKind::Trains;
                if (isPoint(m_graph.nodes[edge.from])) {
                    found(edge.from, index, last, learnt);
                } else if (seen.insert(edge.from).second) {
                    open.push_back({edge.from, last, learnt});
                }
            }
        }
        if (m_work >= maxWork || !m_budget.spend(seen.size())) {
            m_work = maxWork;
        }
    }

    // Of one pair the way that keeps the bytes, if there is one.
    void addHops(std::uint32_t target)
    {
        std::unordered_map<std::uint32_t, std::size_t> known;
        walkBack(target, [&](std::uint32_t from, std::uint32_t first, std::uint32_t last, bool learnt) {
            FlowHop hop;
            const auto& node = m_graph.nodes[from];
            hop.from = point(from);
            hop.to = point(target);
            hop.leaves = m_graph.edges[first].place;
            hop.arrives = m_graph.edges[last].place;
            hop.raw = !learnt && (first == last || fetchesBytes(node.api)) && node.kind != NodeKind::Endpoint;
            hop.learnt = learnt;
            const auto [at, fresh] = known.try_emplace(from, m_out.hops.size());
            if (fresh) {
                m_out.hops.push_back(hop);
            } else if (hop.raw && !m_out.hops[at->second].raw) {
                m_out.hops[at->second] = hop;
            } else if (learnt) {
                m_out.hops[at->second].learnt = true;
            }
        });
    }

    // What a call reads: the source at its place; a file that was opened before comes by its handle.
    void addLoad(const Place& place)
    {
        FlowLoad load;
        load.place = place;
        for (const auto& source : m_graph.sources) {
            const bool here = source.place.bytes.start < place.bytes.end && place.bytes.start < source.place.bytes.end
                && source.place.file == 0;
            if (here && source.node != none && isPoint(m_graph.nodes[source.node])) {
                load.from.push_back(point(source.node));
            }
        }
        if (load.from.empty()) {
            std::unordered_set<std::uint32_t> targets;
            for (const auto& edge : m_graph.edges) {
                const bool here = edge.place.file == 0 && edge.place.codeCell == place.codeCell
                    && edge.place.line == place.line && m_graph.nodes[edge.to].kind == NodeKind::Variable;
                if (here && targets.insert(edge.to).second) {
                    walkBack(edge.to, [&](std::uint32_t from, std::uint32_t, std::uint32_t, bool) {
                        load.from.push_back(point(from));
                    });
                }
            }
        }
        std::sort(load.from.begin(), load.from.end());
        load.from.erase(std::unique(load.from.begin(), load.from.end()), load.from.end());
        if (!load.from.empty()) {
            m_out.loads.push_back(std::move(load));
        }
    }

    // A handler uses what its file loaded, by names that nobody hands over.
    void serveLoads(std::uint32_t endpoint)
    {
        for (const auto& load : m_out.loads) {
            for (const auto from : load.from) {
                m_out.hops.push_back({from, point(endpoint), load.place, m_graph.nodes[endpoint].place, false, false});
            }
        }
        for (std::uint32_t i = 0; i < m_graph.nodes.size(); ++i) {
            const auto& node = m_graph.nodes[i];
            const bool hub = node.kind == NodeKind::ModelFile && node.unpinned;
            if (hub && m_out.hops.size() < maxHops) {
                m_out.hops.push_back({point(i), point(endpoint), node.place, m_graph.nodes[endpoint].place});
            }
        }
    }

    const LineageGraph& m_graph;
    Budget& m_budget;
    FlowPiece m_out;
    std::vector<std::vector<std::uint32_t>> m_into; // by node: edges
    std::vector<std::uint32_t> m_points; // by node
    std::size_t m_work = 0;
};

} // namespace

FlowPiece flowPiece(const LineageGraph& graph, const std::vector<Place>& loads, Budget& budget)
{
    return PieceMaker(graph, budget).make(loads);
}

} // namespace cupel::lineage
