// SPDX-License-Identifier: GPL-3.0-or-later
// Where things stood in a drawing, by their keys, so that the next one of nearly the same things leaves them there.
#pragma once

#include "analyzers/graph/layered_layout.h"

#include <map>
#include <memory>
#include <string>

namespace cupel::widgets {

struct SceneMemory {
    graph::Before whole; // of frames and free nodes
    std::map<std::string, std::uint32_t> units; // number in it, by key
    std::map<std::string, graph::Point> corners; // of the nodes as they were drawn, by key; may be empty
};
using SceneMemoryPtr = std::shared_ptr<const SceneMemory>;

} // namespace cupel::widgets
