// SPDX-License-Identifier: GPL-3.0-or-later
// Lays out what a view wants to see as a scene: nodes, edges, and containers that stand open around their nodes. Pure;
// any thread.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/graph/layered_layout.h"
#include "widgets/models/graph_scene.h"
#include "widgets/models/scene_memory.h"

namespace cupel::app {

struct ScenePlan {
    static constexpr std::uint32_t none = 0xFFFF'FFFF;
    struct Group {
        QString title;
        std::uint32_t parent = none; // a group before this one
        bool column = false; // what stands in it goes one below the other, in its order
        std::string key;
    };
    struct Link {
        std::uint32_t from = 0;
        std::uint32_t to = 0;
        QString label;
        bool dashed = false;
        widgets::SceneMark mark = widgets::SceneMark::None;
    };
    std::vector<widgets::SceneNode> nodes; // without boxes
    std::vector<std::uint32_t> groupOf; // by node; none
    std::vector<std::string> keys; // by node: who is who in another drawing; may be empty
    std::vector<Group> groups;
    std::vector<Link> links;
    std::map<std::string, QPointF> pins; // centres of free nodes that stay where somebody put them, by key
};

// Edges lead down; groups are not looked at. Null: stopped.
[[nodiscard]] widgets::GraphScenePtr drawDown(ScenePlan plan, Budget& budget);
// Edges lead to the right; groups are frames. Null: stopped.
// `before`: what it knows by key keeps its place, as far as the rest lets it. `memory`: for the next time.
[[nodiscard]] widgets::GraphScenePtr drawRight(ScenePlan plan, Budget& budget,
    const widgets::SceneMemory* before = nullptr, widgets::SceneMemory* memory = nullptr);

[[nodiscard]] graph::Size sizeOf(const widgets::SceneNode& node);

} // namespace cupel::app
