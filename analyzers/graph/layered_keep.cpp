// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/graph/layered_keep.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace cupel::graph {

namespace {

constexpr std::size_t mostFresh = 256; // edges that are looked at one by one for a cycle
constexpr std::int64_t open = std::numeric_limits<std::int64_t>::min(); // no rank yet
constexpr double freshWeight = 0.05; // what is new makes room, not what was there
constexpr float grid = 256;

double middle(std::vector<double>& values)
{
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

// Boxes that were placed, by the squares of a grid they touch.
class Room {
public:
    [[nodiscard]] bool taken(float left, float top, float right, float bottom) const
    {
        bool hit = false;
        each(left, top, right, bottom, [&](std::uint64_t square) {
            const auto list = m_boxes.find(square);
            for (std::size_t i = 0; !hit && list != m_boxes.end() && i < list->second.size(); ++i) {
                const Box& box = list->second[i];
                hit = left < box.right && box.left < right && top < box.bottom && box.top < bottom;
            }
        });
        return hit;
    }
    void add(float left, float top, float right, float bottom)
    {
        each(left, top, right, bottom,
            [&](std::uint64_t square) { m_boxes[square].push_back({left, top, right, bottom}); });
    }

private:
    struct Box {
        float left, top, right, bottom;
    };
    template <typename Visit> static void each(float left, float top, float right, float bottom, const Visit& visit)
    {
        const auto square = [](float at) { return static_cast<std::int32_t>(std::floor(at / grid)); };
        for (auto x = square(left); x <= square(right); ++x) {
            for (auto y = square(top); y <= square(bottom); ++y) {
                visit(std::uint64_t{static_cast<std::uint32_t>(x)} << 32U | static_cast<std::uint32_t>(y));
            }
        }
    }
    std::unordered_map<std::uint64_t, std::vector<Box>> m_boxes;
};

} // namespace

Keeper::Keeper(
    const Graph& graph, const LayoutOptions& options, const Before& before, const std::vector<std::uint32_t>& was)
    : m_graph(graph)
    , m_options(options)
    , m_before(before)
    , m_was(was)
    , m_down(options.direction == Direction::Down)
{
    const auto& layout = before.layout;
    if (was.size() != graph.nodes.size() || !layout.complete || layout.nodes.size() != before.graph.nodes.size()
        || layout.routeStart.size() != before.graph.edges.size() + 1) {
        return;
    }
    std::size_t kept = 0;
    for (Node node = 0; node < was.size(); ++node) {
        kept += old(node) ? 1U : 0U;
    }
    if (kept * 2 < was.size() || kept * 2 < before.graph.nodes.size() || kept == 0) {
        return;
    }
    for (std::uint32_t i = 0; i < before.graph.edges.size(); ++i) {
        m_oldEdges.emplace(key(before.graph.edges[i].from, before.graph.edges[i].to), i);
    }
    findOldParts();
    findRows();
    m_worth = orient();
}

void Keeper::findOldParts()
{
    const auto count = static_cast<std::uint32_t>(m_before.graph.nodes.size());
    m_oldPart.resize(count);
    std::iota(m_oldPart.begin(), m_oldPart.end(), 0U);
    const auto find = [this](Node node) {
        while (m_oldPart[node] != node) {
            node = m_oldPart[node] = m_oldPart[m_oldPart[node]];
        }
        return node;
    };
    for (const auto& edge : m_before.graph.edges) {
        if (edge.from < count && edge.to < count) {
            const Node a = find(edge.from);
            const Node b = find(edge.to);
            m_oldPart[std::max(a, b)] = std::min(a, b);
        }
    }
    for (Node node = 0; node < count; ++node) {
        m_oldPart[node] = find(node);
    }
}

void Keeper::findRows()
{
    for (Node node = 0; node < m_oldPart.size(); ++node) {
        m_rows.emplace(key(m_oldPart[node], m_before.layout.ranks[node]), across(m_before.layout.nodes[node]));
    }
}

// Edges go the way they went. Of the new ones those are turned that would close a cycle.
bool Keeper::orient()
{
    const auto count = static_cast<std::uint32_t>(m_graph.nodes.size());
    m_turned.assign(m_graph.edges.size(), false);
    std::vector<std::vector<Node>> below(count);
    std::vector<std::uint32_t> fresh;
    for (std::uint32_t i = 0; i < m_graph.edges.size(); ++i) {
        const Edge& edge = m_graph.edges[i];
        if (edge.from >= count || edge.to >= count || edge.from == edge.to) {
            continue;
        }
        if (!old(edge.from) || !old(edge.to) || !m_oldEdges.contains(key(m_was[edge.from], m_was[edge.to]))) {
            fresh.push_back(i);
            continue;
        }
        m_turned[i] = m_before.layout.ranks[m_was[edge.from]] > m_before.layout.ranks[m_was[edge.to]];
        below[m_turned[i] ? edge.to : edge.from].push_back(m_turned[i] ? edge.from : edge.to);
    }
    if (fresh.size() > mostFresh) {
        return false;
    }
    std::vector<std::uint32_t> seen(count, none);
    std::vector<Node> stack;
    for (const auto number : fresh) {
        const Edge& edge = m_graph.edges[number];
        stack.assign(1, edge.to);
        bool back = false;
        while (!stack.empty() && !back) {
            const Node node = stack.back();
            stack.pop_back();
            back = node == edge.from;
            if (seen[node] != number) {
                seen[node] = number;
                stack.insert(stack.end(), below[node].begin(), below[node].end());
            }
        }
        m_turned[number] = back;
        below[back ? edge.to : edge.from].push_back(back ? edge.from : edge.to);
    }
    return true;
}

bool Keeper::knows(const std::vector<Node>& members) const
{
    const auto kept = std::count_if(members.begin(), members.end(), [this](Node node) { return old(node); });
    return static_cast<std::size_t>(kept) * 2 >= members.size();
}

// Ranks from those of before; who has to make room goes down, or up: then all of it is turned upside down.
std::vector<std::int64_t> Keeper::pushed(
    const Part& part, const std::vector<Node>& members, const Offsets& offsets, bool down, std::size_t& moved) const
{
    const auto count = static_cast<std::uint32_t>(members.size());
    std::vector<std::uint32_t> from;
    std::vector<std::uint32_t> to;
    for (const Arc& arc : part.arcs) {
        from.push_back(down ? arc.from : arc.to);
        to.push_back(down ? arc.to : arc.from);
    }
    const Lists below = makeLists(count, from, to);
    const Lists above = makeLists(count, to, from);
    const std::int64_t sign = down ? 1 : -1;
    std::vector<std::int64_t> ranks(count, open);
    std::vector<std::uint32_t> waiting(count);
    std::vector<Node> order;
    for (Node node = 0; node < count; ++node) {
        waiting[node] = above.size(node);
        if (waiting[node] == 0) {
            order.push_back(node);
        }
    }
    moved = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        const Node node = order[i];
        const bool known = old(members[node]);
        const auto own = known ? sign * oldRank(members[node], offsets) : open;
        ranks[node] = own;
        for (const auto* other = above.begin(node); other != above.end(node); ++other) {
            ranks[node] = std::max(ranks[node], ranks[*other] == open ? open : ranks[*other] + 1);
        }
        moved += known && ranks[node] != own ? 1U : 0U;
        for (const auto* other = below.begin(node); other != below.end(node); ++other) {
            if (--waiting[*other] == 0) {
                order.push_back(*other);
            }
        }
    }
    for (auto i = order.size(); i-- > 0;) { // new ones that nothing old leads to: right above what they lead to
        const Node node = order[i];
        for (const auto* other = ranks[node] == open ? below.begin(node) : below.end(node); other != below.end(node);
            ++other) {
            if (ranks[*other] != open) {
                ranks[node] = ranks[node] == open ? ranks[*other] - 1 : std::min(ranks[node], ranks[*other] - 1);
            }
        }
    }
    for (const Node node : order) { // what is left hangs below new ones
        for (const auto* other = above.begin(node); other != above.end(node); ++other) {
            ranks[node] = std::max(ranks[node], ranks[*other] + 1);
        }
    }
    std::transform(ranks.begin(), ranks.end(), ranks.begin(), [sign](std::int64_t one) { return one * sign; });
    return ranks;
}

// Earlier parts that have become one: ranks of the smaller ones count from where they stand beside the largest.
Keeper::Offsets Keeper::offsets(const std::vector<Node>& members, std::uint32_t& largest) const
{
    std::map<std::uint32_t, std::uint32_t> sizes;
    for (const Node node : members) {
        if (old(node)) {
            ++sizes[m_oldPart[m_was[node]]];
        }
    }
    largest = std::max_element(sizes.begin(), sizes.end(), [](const auto& a, const auto& b) {
        return a.second < b.second;
    })->first;
    Offsets out;
    for (const auto& [part, size] : sizes) {
        const auto top = m_rows.find(key(part, 0));
        double nearest = std::numeric_limits<double>::max();
        auto row = m_rows.find(key(largest, 0));
        for (std::uint32_t rank = 0; part != largest && top != m_rows.end() && row != m_rows.end();) {
            if (const double off = std::abs(row->second - top->second); off < nearest) {
                nearest = off;
                out[part] = rank;
            }
            row = m_rows.find(key(largest, ++rank));
        }
    }
    return out;
}

std::int64_t Keeper::oldRank(Node node, const Offsets& offsets) const
{
    const auto offset = offsets.find(m_oldPart[m_was[node]]);
    return std::int64_t{m_before.layout.ranks[m_was[node]]} + (offset == offsets.end() ? 0 : offset->second);
}

std::vector<std::uint32_t> Keeper::ranks(
    const Part& part, const std::vector<Node>& members, std::vector<double>& rows) const
{
    std::uint32_t largest = 0;
    const Offsets beside = offsets(members, largest);
    std::size_t movedDown = 0;
    std::size_t movedUp = 0;
    auto ranks = pushed(part, members, beside, true, movedDown);
    if (movedDown > 0) {
        if (auto other = pushed(part, members, beside, false, movedUp); movedUp < movedDown) {
            ranks = std::move(other);
        }
    }
    const auto least = *std::min_element(ranks.begin(), ranks.end());
    std::vector<std::uint32_t> out;
    for (const auto one : ranks) {
        out.push_back(static_cast<std::uint32_t>(one - least));
    }
    const auto deepest = *std::max_element(out.begin(), out.end());
    for (std::uint32_t rank = 0; rank <= deepest; ++rank) {
        const auto was = static_cast<std::int64_t>(rank) + least;
        const auto row = was < 0 ? m_rows.end() : m_rows.find(key(largest, static_cast<std::uint32_t>(was)));
        rows.push_back(row == m_rows.end() ? std::numeric_limits<double>::quiet_NaN() : row->second);
    }
    return out;
}

// Where a line passed a rank in the earlier drawing.
bool Keeper::oldTurn(Node from, Node to, std::uint32_t rank, double& place) const
{
    auto edge = m_oldEdges.find(key(m_was[from], m_was[to]));
    edge = edge == m_oldEdges.end() ? m_oldEdges.find(key(m_was[to], m_was[from])) : edge;
    const auto row = m_rows.find(key(m_oldPart[m_was[from]], rank));
    if (edge == m_oldEdges.end() || row == m_rows.end()) {
        return false;
    }
    const auto& layout = m_before.layout;
    for (auto i = layout.routeStart[edge->second]; i + 1 < layout.routeStart[edge->second + 1]; ++i) {
        const auto [low, high] = std::minmax(across(layout.routes[i]), across(layout.routes[i + 1]));
        if (low < row->second && row->second < high) {
            place = along(layout.routes[i]);
            return true;
        }
    }
    return false;
}

// New nodes: beside the middle one of those they are joined to.
void Keeper::wantFresh(const Part& part, std::vector<double>& wanted, std::vector<double>& weight)
{
    std::vector<std::uint32_t> keys;
    std::vector<std::uint32_t> others;
    for (const Arc& arc : part.arcs) {
        keys.insert(keys.end(), {arc.from, arc.to});
        others.insert(others.end(), {arc.to, arc.from});
    }
    const auto count = static_cast<std::uint32_t>(part.sizes.size());
    const Lists near = makeLists(count, keys, others);
    std::vector<double> around;
    for (Node node = 0; node < count; ++node) {
        if (weight[node] > 0) {
            continue;
        }
        around.clear();
        for (const auto* other = near.begin(node); other != near.end(node); ++other) {
            if (weight[*other] > 0) {
                around.push_back(wanted[*other]);
            }
        }
        wanted[node] = around.empty() ? 0 : middle(around);
        weight[node] = freshWeight;
    }
}

void Keeper::wantTurns(const Part& part, const std::vector<Node>& members, const Layers& layers,
    std::vector<double>& wanted, std::vector<double>& weight) const
{
    for (std::uint32_t arc = 0; arc < part.arcs.size(); ++arc) {
        const Node from = part.arcs[arc].from;
        const Node to = part.arcs[arc].to;
        const bool both = old(members[from]) && old(members[to]);
        const double first = wanted[from];
        const double span = layers.rank[to] - layers.rank[from];
        for (const auto* link = layers.path.begin(arc); link != layers.path.end(arc); ++link) {
            const Node turn = layers.links[*link].to;
            if (!layers.isTurn(turn) || weight[turn] > 0) {
                continue;
            }
            // As the ranks of the first end went, so did that of the turn.
            const auto shift = both ? std::int64_t{m_before.layout.ranks[m_was[members[from]]]} - layers.rank[from] : 0;
            const auto was = std::int64_t{layers.rank[turn]} + shift;
            weight[turn] = 1;
            if (!both || was < 0
                || !oldTurn(members[from], members[to], static_cast<std::uint32_t>(was), wanted[turn])) {
                weight[turn] = freshWeight;
                wanted[turn] = first + (wanted[to] - first) * (layers.rank[turn] - layers.rank[from]) / span;
            }
        }
    }
}

std::vector<double> Keeper::place(
    const Part& part, const std::vector<Node>& members, Layers& layers, Budget& budget) const
{
    std::vector<double> wanted(layers.count());
    std::vector<double> weight(layers.count());
    for (Node node = 0; node < layers.real; ++node) {
        if (old(members[node])) {
            wanted[node] = along(oldPlace(members[node]));
            weight[node] = 1;
        }
    }
    wantFresh(part, wanted, weight);
    wantTurns(part, members, layers, wanted, weight);
    for (auto& layer : layers.order) {
        std::stable_sort(layer.begin(), layer.end(), [&](Node a, Node b) { return wanted[a] < wanted[b]; });
    }
    std::vector<bool> fresh(layers.count());
    for (Node node = 0; node < layers.count(); ++node) {
        fresh[node] = weight[node] < 1;
    }
    sift(layers, fresh, budget);
    Settler settler(layers, part.sizes, m_options);
    std::vector<double> along(layers.count());
    for (std::size_t rank = 0; rank < layers.order.size(); ++rank) {
        settler.settle(rank, wanted, weight, along);
    }
    return along;
}

void Keeper::pack(const std::vector<std::vector<Node>>& parts, const std::vector<Point>& nodes,
    const std::vector<Size>& sizes, std::vector<Point>& places, Size& whole) const
{
    places.assign(parts.size(), {});
    Room room;
    float bottom = 0;
    for (const bool keep : {true, false}) {
        for (std::size_t i = 0; i < parts.size(); ++i) {
            if (knows(parts[i]) != keep) {
                continue;
            }
            std::vector<double> x;
            std::vector<double> y;
            for (const Node node : parts[i]) {
                if (keep && old(node)) {
                    x.push_back(oldPlace(node).x - nodes[node].x);
                    y.push_back(oldPlace(node).y - nodes[node].y);
                }
            }
            Point at{0, bottom};
            if (keep) {
                at = {static_cast<float>(middle(x)), static_cast<float>(middle(y))};
            }
            const float gap = m_options.lineGap / 2;
            const auto boxOf = [&](Node node, const auto& visit) {
                const float left = at.x + nodes[node].x - m_graph.nodes[node].width / 2;
                const float top = at.y + nodes[node].y - m_graph.nodes[node].height / 2;
                return visit(left - gap, top - gap, left + m_graph.nodes[node].width + gap,
                    top + m_graph.nodes[node].height + gap);
            };
            if (std::any_of(parts[i].begin(), parts[i].end(), [&](Node node) {
                    return boxOf(node, [&](float a, float b, float c, float d) { return room.taken(a, b, c, d); });
                })) {
                at = {0, bottom};
            }
            for (const Node node : parts[i]) {
                boxOf(node, [&](float a, float b, float c, float d) { room.add(a + gap, b + gap, c - gap, d - gap); });
            }
            places[i] = at;
            bottom = std::max(bottom, at.y + sizes[i].height + m_options.componentGap);
        }
    }
    Point least;
    for (std::size_t i = 0; i < places.size(); ++i) {
        least = i == 0 ? places[i] : Point{std::min(least.x, places[i].x), std::min(least.y, places[i].y)};
    }
    for (std::size_t i = 0; i < places.size(); ++i) {
        places[i] = {places[i].x - least.x, places[i].y - least.y};
        whole = {
            std::max(whole.width, places[i].x + sizes[i].width), std::max(whole.height, places[i].y + sizes[i].height)};
    }
}

} // namespace cupel::graph
