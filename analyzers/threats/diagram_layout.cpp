// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/diagram_layout.h"

#include "analyzers/graph/layered_layout.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

namespace cupel::threats {

namespace {

constexpr float elementWidth = 160;
constexpr float elementHeight = 80;
constexpr float padding = 30; // of a zone around what is inside
constexpr float title = 26; // of a zone, above it
constexpr double margin = 40; // of a diagram

constexpr std::uint32_t none = 0xFFFF'FFFF;

// One diagram as a tree: items are its elements and zones; a group is a zone, or the paper itself.
class Sheet {
public:
    Sheet(ThreatModel& model, std::uint32_t diagram, Budget& budget)
        : m_model(model)
        , m_budget(budget)
    {
        for (std::uint32_t i = 0; i < model.zones.size(); ++i) {
            if (model.zones[i].diagram == diagram && model.zones[i].curve.empty()) {
                m_items.push_back({true, i, none, 0, {}, {}});
                m_byId.emplace(model.zones[i].id, m_items.size() - 1);
            }
        }
        m_zones = m_items.size();
        for (std::uint32_t i = 0; i < model.elements.size(); ++i) {
            if (model.elements[i].diagram == diagram) {
                m_items.push_back({false, i, none, 0, {elementWidth, elementHeight}, {}});
                m_byId.emplace(model.elements[i].id, m_items.size() - 1);
            }
        }
        nest();
        for (const auto& flow : model.flows) {
            join(flow);
        }
    }

    // True when nothing of it has a place.
    [[nodiscard]] bool isBlank() const
    {
        return std::none_of(
            m_items.begin(), m_items.end(), [this](const Item& item) { return boxOf(item).has_value(); });
    }

    bool draw()
    {
        // Inner zones first: their size is known when the zone around them is laid out.
        std::vector<std::uint32_t> order;
        for (std::uint32_t i = 0; i < m_zones; ++i) {
            order.push_back(i);
        }
        std::stable_sort(
            order.begin(), order.end(), [this](auto a, auto b) { return m_items[a].depth > m_items[b].depth; });
        order.push_back(none);
        for (const auto group : order) {
            if (!layOutGroup(group)) {
                return false;
            }
        }
        std::reverse(order.begin(), order.end());
        for (const auto group : order) { // outer ones are settled before what they hold
            settle(group);
        }
        return true;
    }

    // What has no place, in a row below everything that has one.
    void fill()
    {
        double bottom = 0;
        double left = margin;
        for (const Item& item : m_items) {
            if (const auto& box = boxOf(item)) {
                bottom = std::max(bottom, box->y + box->height);
            }
        }
        for (Item& item : m_items) {
            if (!boxOf(item)) {
                boxOf(item) = Box{left, bottom + margin, elementWidth, elementHeight};
                left += elementWidth + margin;
            }
        }
    }

private:
    struct Item {
        bool isZone = false;
        std::uint32_t index = 0; // of the model
        std::uint32_t group = none; // the zone item around it
        std::uint32_t depth = 0;
        graph::Size size;
        graph::Point centre; // inside its group
    };

    [[nodiscard]] std::optional<Box>& boxOf(const Item& item) const
    {
        return item.isZone ? m_model.zones[item.index].box : m_model.elements[item.index].box;
    }

    void nest()
    {
        constexpr std::uint32_t deepest = 32;
        for (auto& item : m_items) {
            const std::string& around =
                item.isZone ? m_model.zones[item.index].parent : m_model.elements[item.index].zone;
            const auto found = m_byId.find(around);
            item.group = found != m_byId.end() && found->second < m_zones && &m_items[found->second] != &item
                ? static_cast<std::uint32_t>(found->second)
                : none;
        }
        for (auto& item : m_items) { // a chain that goes round is cut
            auto at = item.group;
            for (item.depth = 0; at != none && item.depth < deepest; ++item.depth) {
                at = m_items[at].group;
            }
            item.group = at == none ? item.group : none;
            item.depth = at == none ? item.depth : 0;
        }
    }

    // The line between the two items of the innermost group that holds both ends.
    void join(const Flow& flow)
    {
        const auto from = m_byId.find(flow.source);
        const auto to = m_byId.find(flow.target);
        if (from == m_byId.end() || to == m_byId.end()) {
            return;
        }
        auto one = static_cast<std::uint32_t>(from->second);
        auto other = static_cast<std::uint32_t>(to->second);
        while (m_items[one].group != m_items[other].group) {
            auto& deeper = m_items[one].depth >= m_items[other].depth ? one : other;
            deeper = m_items[deeper].group;
            if (deeper == none) {
                return;
            }
        }
        if (one != other) {
            m_lines[m_items[one].group].emplace_back(one, other);
        }
    }

    bool layOutGroup(std::uint32_t group)
    {
        graph::Graph graph;
        std::vector<std::uint32_t> members;
        std::map<std::uint32_t, std::uint32_t> number;
        for (std::uint32_t i = 0; i < m_items.size(); ++i) {
            if (m_items[i].group == group) {
                number.emplace(i, static_cast<std::uint32_t>(members.size()));
                members.push_back(i);
                graph.nodes.push_back(m_items[i].size);
            }
        }
        for (const auto& [one, other] : m_lines[group]) {
            graph.edges.push_back({number[one], number[other]});
        }
        graph::LayoutOptions options;
        options.direction = graph::Direction::Right;
        options.rankGap = 90; // room for the name of a flow
        options.nodeGap = 40;
        const auto layout = graph::layOut(graph, options, m_budget);
        if (!layout.complete) {
            return false;
        }
        for (std::size_t i = 0; i < members.size(); ++i) {
            m_items[members[i]].centre = layout.nodes[i];
        }
        if (group != none) {
            m_items[group].size = {std::max(layout.size.width, elementWidth) + 2 * padding,
                std::max(layout.size.height, elementHeight / 2) + 2 * padding + title};
        }
        return true;
    }

    void settle(std::uint32_t group)
    {
        const auto& around = group == none ? std::optional<Box>() : boxOf(m_items[group]);
        const Point corner =
            group == none ? Point{margin, margin} : Point{around->x + padding, around->y + padding + title};
        for (Item& item : m_items) {
            if (item.group == group) {
                boxOf(item) = Box{corner.x + item.centre.x - item.size.width / 2,
                    corner.y + item.centre.y - item.size.height / 2, item.size.width, item.size.height};
            }
        }
    }

    ThreatModel& m_model;
    Budget& m_budget;
    std::vector<Item> m_items; // zones first
    std::size_t m_zones = 0;
    std::map<std::string_view, std::size_t> m_byId;
    std::map<std::uint32_t, std::vector<std::pair<std::uint32_t, std::uint32_t>>> m_lines; // by group
};

} // namespace

bool layOutDiagrams(ThreatModel& model, Budget& budget)
{
    if (model.diagrams.empty() && !(model.elements.empty() && model.zones.empty() && model.threats.empty())) {
        model.diagrams.push_back({"0", model.title.empty() ? "Data flow" : model.title, "STRIDE"});
    }
    bool done = true;
    for (std::uint32_t i = 0; i < model.diagrams.size() && budget.spend(model.elements.size() + 1); ++i) {
        Sheet sheet(model, i, budget);
        if (sheet.isBlank()) {
            done = sheet.draw() && done;
        }
        sheet.fill();
    }
    return done && !budget.stopped();
}

} // namespace cupel::threats
