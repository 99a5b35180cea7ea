// SPDX-License-Identifier: GPL-3.0-or-later
// Draws a threat model: what nobody has moved is laid out along its flows, zone by zone, as if nobody had moved
// anything, so that moving one thing leaves all others where they are; what has a place stands there. Pure; any thread.
#pragma once

#include "analyzers/base/budget.h"
#include "widgets/models/scene_memory.h"
#include "widgets/models/threat_state.h"

#include <map>
#include <string>

namespace cupel::app {

struct ThreatDrawing {
    widgets::GraphScenePtr scene; // null: stopped
    std::vector<std::uint32_t> elements; // by node
    std::vector<std::uint32_t> flows; // by edge
    std::vector<std::uint32_t> zones; // by frame
    QPointF origin; // place of the scene's corner in the model
    widgets::SceneMemoryPtr memory; // for the next time
};

using SceneMarks = std::map<std::string, widgets::SceneMark>; // by id of the part

// `generated`: as the scan made it, before people's edits.
[[nodiscard]] ThreatDrawing drawThreats(const threats::Overlaid& overlaid, const threats::ThreatModel& generated,
    const widgets::SceneMemoryPtr& before, Budget& budget, const SceneMarks& marks = {});

} // namespace cupel::app
