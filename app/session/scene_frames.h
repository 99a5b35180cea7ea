// SPDX-License-Identifier: GPL-3.0-or-later
// Draws a plan with frames: first the inside of each, then frames and free nodes as boxes of one layered drawing, then
// free nodes beside what they are tied to. Part of scene_maker; nobody else needs it.
#pragma once

#include "app/session/scene_maker.h"

#include <map>

namespace cupel::app {

class SceneFrames {
public:
    SceneFrames(ScenePlan plan, Budget& budget, const widgets::SceneMemory* before, widgets::SceneMemory* memory);
    [[nodiscard]] widgets::GraphScenePtr run(); // null: stopped

private:
    static constexpr double inset = 14; // around what stands in a frame
    static constexpr double rowGap = 28; // between cells: as between free nodes, so that lines can be straight
    static constexpr double leave = 7; // below a node of an open cell: where its lines go

    struct Item { // of a group or of the whole
        bool group = false;
        std::uint32_t index = 0;
    };
    struct Slot { // of a free node in its rank, when nodes move along it
        std::uint32_t unit = ScenePlan::none; // none: something that stays
        double place = 0;
        double half = 0;
        double wanted = 0;
    };
    void list();
    [[nodiscard]] QRectF& box(const Item& item)
    {
        return item.group ? m_groupBox[item.index] : m_plan.nodes[item.index].box;
    }
    [[nodiscard]] bool layInside(std::uint32_t group);
    void layColumn(std::uint32_t group);
    [[nodiscard]] double layTracks(std::uint32_t group, double right);
    [[nodiscard]] bool layFlow(std::uint32_t group);
    [[nodiscard]] bool layWhole();
    [[nodiscard]] graph::Layout layUnits(const graph::Graph& shape);
    void align();
    void alignRank(const std::vector<std::uint32_t>& units, double top, double bottom);
    void settle(std::vector<Slot>& slots, double low, double high);
    [[nodiscard]] double wantedPlace(std::uint32_t unit) const;
    [[nodiscard]] double portOf(std::uint32_t node) const;
    void place();
    void pin(std::vector<widgets::SceneEdge>& edges, std::vector<QPointF>& points, QSizeF& size);
    void countExits();
    [[nodiscard]] std::vector<QPointF> route(std::size_t link) const;
    [[nodiscard]] std::vector<QPointF> routeOutside(std::size_t link) const;
    [[nodiscard]] std::vector<QPointF> routeInColumn(std::size_t link) const;
    [[nodiscard]] std::vector<QPointF> port(std::uint32_t node, bool right) const; // outwards
    [[nodiscard]] widgets::GraphScenePtr finish();

    ScenePlan m_plan;
    Budget& m_budget;
    const widgets::SceneMemory* m_before; // null: nothing was drawn
    widgets::SceneMemory* m_memory; // null: nobody wants it
    std::vector<QRectF> m_groupBox; // relative to what they stand in, then absolute
    std::vector<Item> m_units; // of the whole
    std::vector<std::vector<Item>> m_items; // by group
    std::vector<std::uint32_t> m_root; // by node: outermost group; none
    std::vector<std::uint32_t> m_unit; // by node: of m_units
    std::vector<std::uint32_t> m_rank; // by unit
    std::vector<std::uint32_t> m_part; // by unit
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<QPointF>> m_routes; // between units
    std::map<std::uint32_t, std::uint32_t> m_exit; // by node in a frame: which of those whose lines leave it
    std::map<std::size_t, std::vector<QPointF>> m_flowRoutes; // by link, relative to their group
    std::map<std::pair<std::uint32_t, std::uint32_t>, double> m_tracks; // by group and node: x of its lines, relative
    std::vector<std::vector<std::uint32_t>> m_tied; // by unit: links
};

} // namespace cupel::app
