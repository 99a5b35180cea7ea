// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/scene_frames.h"

#include <algorithm>
#include <numeric>

namespace cupel::app {

namespace {

using widgets::SceneFrame;

constexpr std::uint32_t none = ScenePlan::none;
constexpr double nodeGap = 28;
constexpr double lineRoom = 10; // beside a line that passes
constexpr double trackGap = 7;
constexpr std::size_t mostTracks = 10; // beside a column; beyond that lines share
constexpr float leastWidth = 120;
constexpr float mostWidth = 168;

graph::LayoutOptions options()
{
    graph::LayoutOptions out;
    out.direction = graph::Direction::Right;
    out.nodeGap = nodeGap;
    out.rankGap = 52; // the number of a step stands in it
    out.componentGap = 40;
    return out;
}

graph::Size wideSize(const widgets::SceneNode& node)
{
    return {std::clamp(sizeOf(node).width, leastWidth, mostWidth), 44};
}

std::vector<QPointF> corners(const graph::Layout& layout, std::size_t edge)
{
    std::vector<QPointF> out;
    for (auto i = layout.routeStart[edge]; i < layout.routeStart[edge + 1]; ++i) {
        out.emplace_back(layout.routes[i].x, layout.routes[i].y);
    }
    return out;
}

} // namespace

SceneFrames::SceneFrames(
    ScenePlan plan, Budget& budget, const widgets::SceneMemory* before, widgets::SceneMemory* memory)
    : m_plan(std::move(plan))
    , m_budget(budget)
    , m_before(before)
    , m_memory(memory)
    , m_groupBox(m_plan.groups.size())
    , m_items(m_plan.groups.size())
    , m_root(m_plan.nodes.size(), none)
    , m_unit(m_plan.nodes.size(), none)
{
}

widgets::GraphScenePtr SceneFrames::run()
{
    for (auto& node : m_plan.nodes) {
        const auto size = wideSize(node);
        node.box = QRectF(0, 0, size.width, size.height);
    }
    list();
    for (auto group = static_cast<std::uint32_t>(m_plan.groups.size()); group-- > 0;) {
        if (!m_budget.spend(4'096) || !layInside(group)) {
            return nullptr;
        }
    }
    if (!layWhole()) {
        return nullptr;
    }
    align();
    place();
    return finish();
}

// Who stands in what, in the order of the nodes.
void SceneFrames::list()
{
    std::vector<std::uint32_t> unitOf(m_plan.groups.size(), none);
    std::vector<bool> listed(m_plan.groups.size());
    for (std::uint32_t i = 0; i < m_plan.nodes.size(); ++i) {
        auto group = m_plan.groupOf[i];
        Item item{false, i};
        while (group != none) {
            m_items[group].push_back(item);
            m_root[i] = group;
            item = {true, group};
            if (listed[group]) {
                break;
            }
            listed[group] = true;
            group = m_plan.groups[group].parent;
        }
        for (group = m_plan.groupOf[i]; group != none; group = m_plan.groups[group].parent) {
            m_root[i] = group;
        }
        if (m_root[i] == none || unitOf[m_root[i]] == none) {
            m_unit[i] = static_cast<std::uint32_t>(m_units.size());
            m_units.push_back(m_root[i] == none ? Item{false, i} : Item{true, m_root[i]});
        }
        if (m_root[i] != none) {
            unitOf[m_root[i]] = unitOf[m_root[i]] == none ? m_unit[i] : unitOf[m_root[i]];
            m_unit[i] = unitOf[m_root[i]];
        }
    }
}

bool SceneFrames::layInside(std::uint32_t group)
{
    if (m_plan.groups[group].column) {
        layColumn(group);
        return true;
    }
    return layFlow(group);
}

void SceneFrames::layColumn(std::uint32_t group)
{
    double width = 0;
    for (const auto& item : m_items[group]) {
        width = std::max(width, box(item).width());
    }
    double at = SceneFrame::head;
    for (const auto& item : m_items[group]) {
        QRectF& placed = box(item);
        const double own = item.group ? placed.width() : width; // cells are of one width
        placed = QRectF(inset + (width - own) / 2, at, own, placed.height());
        at += placed.height() + rowGap;
    }
    const double right = layTracks(group, inset + width);
    m_groupBox[group] = QRectF(0, 0, right, at - rowGap + inset);
}

// Lines between cells of a column run beside it; those of one cell share a track. Where the frame ends.
double SceneFrames::layTracks(std::uint32_t group, double right)
{
    std::vector<double> centre(m_plan.nodes.size(), -1);
    const auto inColumn = [&](std::uint32_t node) { return m_root[node] == group; };
    for (std::uint32_t i = 0; i < m_plan.nodes.size(); ++i) {
        if (inColumn(i)) {
            const bool own = m_plan.groupOf[i] == group;
            centre[i] = (own ? m_plan.nodes[i].box : m_groupBox[m_plan.groupOf[i]]).center().y();
        }
    }
    struct Net {
        std::uint32_t node = 0;
        double from = 0;
        double to = 0;
    };
    std::map<std::uint32_t, Net> nets;
    for (const auto& link : m_plan.links) {
        if (inColumn(link.from) && inColumn(link.to) && centre[link.from] != centre[link.to]) {
            auto& net = nets.emplace(link.from, Net{link.from, centre[link.from], centre[link.from]}).first->second;
            net.from = std::min(net.from, centre[link.to]);
            net.to = std::max(net.to, centre[link.to]);
        }
    }
    std::vector<Net> order;
    for (const auto& [node, net] : nets) {
        order.push_back(net);
    }
    std::stable_sort(
        order.begin(), order.end(), [](const Net& a, const Net& b) { return a.to - a.from < b.to - b.from; });
    std::vector<std::vector<Net>> tracks;
    for (const auto& net : order) {
        std::size_t track = 0;
        const auto taken = [&net](const Net& other) { return net.from < other.to + 4 && other.from < net.to + 4; };
        while (track < tracks.size() && std::any_of(tracks[track].begin(), tracks[track].end(), taken)) {
            ++track;
        }
        track = std::min(track, mostTracks - 1);
        tracks.resize(std::max(tracks.size(), track + 1));
        tracks[track].push_back(net);
        m_tracks[{group, net.node}] = right + inset + static_cast<double>(track) * trackGap;
    }
    return right + inset + (tracks.empty() ? 0 : static_cast<double>(tracks.size()) * trackGap + 4);
}

bool SceneFrames::layFlow(std::uint32_t group)
{
    graph::Graph shape;
    std::map<std::uint32_t, std::uint32_t> local;
    for (const auto& item : m_items[group]) { // nodes only: what stands in a flow is no group
        local.emplace(item.index, static_cast<std::uint32_t>(shape.nodes.size()));
        const QRectF& size = box(item);
        shape.nodes.push_back({static_cast<float>(size.width()), static_cast<float>(size.height())});
    }
    std::vector<std::size_t> links;
    for (std::size_t i = 0; i < m_plan.links.size(); ++i) {
        const auto from = local.find(m_plan.links[i].from);
        const auto to = local.find(m_plan.links[i].to);
        if (from != local.end() && to != local.end()) {
            links.push_back(i);
            shape.edges.push_back({from->second, to->second});
        }
    }
    auto how = options();
    how.rankGap = 32;
    how.nodeGap = 20;
    const auto layout = graph::layOut(shape, how, m_budget);
    if (!layout.complete) {
        return false;
    }
    const QPointF origin(inset, SceneFrame::head);
    for (const auto& [node, at] : local) {
        QRectF& placed = m_plan.nodes[node].box;
        placed.moveCenter(origin + QPointF(layout.nodes[at].x, layout.nodes[at].y));
    }
    for (std::size_t i = 0; i < links.size(); ++i) {
        auto points = corners(layout, i);
        for (auto& point : points) {
            point += origin;
        }
        m_flowRoutes.emplace(links[i], std::move(points));
    }
    m_groupBox[group] =
        QRectF(0, 0, layout.size.width + 2 * inset, layout.size.height + SceneFrame::head + inset + leave);
    return true;
}

graph::Layout SceneFrames::layUnits(const graph::Graph& shape)
{
    std::vector<std::uint32_t> was;
    for (std::uint32_t i = 0; i < m_units.size() && m_plan.keys.size() == m_plan.nodes.size(); ++i) {
        const auto& unit = m_units[i];
        const std::string& key = unit.group ? m_plan.groups[unit.index].key : m_plan.keys[unit.index];
        const auto known =
            m_before ? m_before->units.find(key) : std::map<std::string, std::uint32_t>::const_iterator();
        was.push_back(m_before && known != m_before->units.end() ? known->second : none);
        if (m_memory) {
            m_memory->units.emplace(key, i);
        }
    }
    auto layout = m_before && was.size() == m_units.size()
        ? graph::layOut(shape, options(), m_budget, m_before->whole, was)
        : graph::layOut(shape, options(), m_budget);
    if (m_memory) {
        m_memory->whole = {shape, layout};
    }
    return layout;
}

bool SceneFrames::layWhole()
{
    graph::Graph shape;
    for (const auto& unit : m_units) {
        const QRectF& size = box(unit);
        shape.nodes.push_back({static_cast<float>(size.width()), static_cast<float>(size.height())});
    }
    std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
    m_tied.resize(m_units.size());
    m_part.resize(m_units.size());
    std::iota(m_part.begin(), m_part.end(), 0U);
    const auto find = [this](std::uint32_t unit) {
        while (m_part[unit] != unit) {
            unit = m_part[unit] = m_part[m_part[unit]];
        }
        return unit;
    };
    for (std::uint32_t i = 0; i < m_plan.links.size(); ++i) {
        const auto from = m_unit[m_plan.links[i].from];
        const auto to = m_unit[m_plan.links[i].to];
        if (from == to) {
            continue;
        }
        m_tied[from].push_back(i);
        m_tied[to].push_back(i);
        m_part[std::max(find(from), find(to))] = std::min(find(from), find(to));
        if (m_routes.emplace(std::pair(from, to), std::vector<QPointF>()).second) {
            pairs.emplace_back(from, to);
            shape.edges.push_back({from, to});
        }
    }
    for (std::uint32_t unit = 0; unit < m_part.size(); ++unit) {
        m_part[unit] = find(unit);
    }
    const auto layout = layUnits(shape);
    if (!layout.complete) {
        return false;
    }
    m_rank = layout.ranks;
    for (std::size_t i = 0; i < m_units.size(); ++i) {
        box(m_units[i]).moveCenter(QPointF(layout.nodes[i].x, layout.nodes[i].y));
    }
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        m_routes[pairs[i]] = corners(layout, i);
    }
    return true;
}

// Where lines of a node begin, while what stands in frames is still relative to them.
double SceneFrames::portOf(std::uint32_t node) const
{
    double y = m_plan.nodes[node].box.center().y();
    for (auto group = m_plan.groupOf[node]; group != none; group = m_plan.groups[group].parent) {
        y += m_groupBox[group].top();
    }
    return y;
}

double SceneFrames::wantedPlace(std::uint32_t unit) const
{
    std::vector<double> places; // the middle one: at least one of the lines is straight
    for (const auto link : m_tied[unit]) {
        const auto& one = m_plan.links[link];
        places.push_back(portOf(m_unit[one.from] == unit ? one.to : one.from));
    }
    if (places.empty()) {
        return m_plan.nodes[m_units[unit].index].box.center().y();
    }
    const auto middle = places.begin() + static_cast<std::ptrdiff_t>((places.size() - 1) / 2);
    std::nth_element(places.begin(), middle, places.end());
    return *middle;
}

// Free nodes move along their rank to the cells they are tied to; frames and lines that pass stay.
void SceneFrames::align()
{
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<std::uint32_t>> ranks;
    std::map<std::uint32_t, std::pair<double, double>> extents;
    for (std::uint32_t unit = 0; unit < m_units.size(); ++unit) {
        ranks[{m_part[unit], m_rank[unit]}].push_back(unit);
        const QRectF& placed = box(m_units[unit]);
        auto& extent = extents.emplace(m_part[unit], std::pair(placed.top(), placed.bottom())).first->second;
        extent = {std::min(extent.first, placed.top()), std::max(extent.second, placed.bottom())};
    }
    for (int pass = 0; pass < 2; ++pass) {
        for (const auto& [key, units] : ranks) {
            const auto& extent = extents[key.first];
            alignRank(units, extent.first, extent.second);
        }
    }
}

void SceneFrames::alignRank(const std::vector<std::uint32_t>& units, double top, double bottom)
{
    std::vector<Slot> slots;
    const double middle = box(m_units[units.front()]).center().x();
    for (const auto unit : units) {
        const QRectF& placed = box(m_units[unit]);
        const bool stays = m_units[unit].group;
        slots.push_back({stays ? none : unit, placed.center().y(), placed.height() / 2 + nodeGap / 2,
            stays ? 0 : wantedPlace(unit)});
    }
    for (const auto& [pair, points] : m_routes) {
        for (std::size_t i = 0; i + 1 < points.size() && m_part[pair.first] == m_part[units.front()]; ++i) {
            const auto [left, right] = std::minmax(points[i].x(), points[i + 1].x());
            if (points[i].y() == points[i + 1].y() && left < middle && middle < right) {
                slots.push_back({none, points[i].y(), lineRoom - nodeGap / 2, 0});
            }
        }
    }
    std::stable_sort(slots.begin(), slots.end(), [](const Slot& a, const Slot& b) { return a.place < b.place; });
    double low = top - nodeGap / 2;
    std::vector<Slot> free;
    for (std::size_t i = 0; i <= slots.size(); ++i) {
        const bool end = i == slots.size();
        if (!end && slots[i].unit != none) {
            free.push_back(slots[i]);
            continue;
        }
        settle(free, low, end ? bottom + nodeGap / 2 : slots[i].place - slots[i].half);
        low = end ? low : slots[i].place + slots[i].half;
        free.clear();
    }
}

// As near to where each wants to be as the others let it (pool adjacent violators).
void SceneFrames::settle(std::vector<Slot>& slots, double low, double high)
{
    double needed = 0;
    for (const auto& slot : slots) {
        needed += 2 * slot.half;
    }
    if (slots.empty() || needed > high - low + 0.5) {
        return;
    }
    std::stable_sort(slots.begin(), slots.end(), [](const Slot& a, const Slot& b) { return a.wanted < b.wanted; });
    struct Block {
        double sum = 0;
        double count = 0;
        std::size_t last = 0;
    };
    std::vector<double> shift(slots.size()); // of each behind the first, when all touch
    for (std::size_t i = 1; i < slots.size(); ++i) {
        shift[i] = shift[i - 1] + slots[i - 1].half + slots[i].half;
    }
    std::vector<Block> blocks;
    for (std::size_t i = 0; i < slots.size(); ++i) {
        blocks.push_back({slots[i].wanted - shift[i], 1, i});
        while (blocks.size() > 1
            && blocks[blocks.size() - 2].sum / blocks[blocks.size() - 2].count
                > blocks.back().sum / blocks.back().count) {
            const Block taken = blocks.back();
            blocks.pop_back();
            blocks.back().sum += taken.sum;
            blocks.back().count += taken.count;
            blocks.back().last = taken.last;
        }
    }
    std::size_t i = 0;
    const double first = low + slots.front().half;
    const double last = high - slots.back().half - shift.back();
    for (const auto& block : blocks) {
        const double at = std::clamp(block.sum / block.count, first, std::max(first, last));
        for (; i <= block.last; ++i) {
            QRectF& placed = box(m_units[slots[i].unit]);
            placed.moveCenter(QPointF(placed.center().x(), at + shift[i]));
        }
    }
}

// From places relative to what they stand in to places in the scene.
void SceneFrames::place()
{
    for (std::size_t group = 0; group < m_groupBox.size(); ++group) { // parents come first
        if (const auto parent = m_plan.groups[group].parent; parent != none) {
            m_groupBox[group].translate(m_groupBox[parent].topLeft());
        }
    }
    for (std::size_t i = 0; i < m_plan.nodes.size(); ++i) {
        if (const auto group = m_plan.groupOf[i]; group != none) {
            m_plan.nodes[i].box.translate(m_groupBox[group].topLeft());
        }
    }
}

} // namespace cupel::app
