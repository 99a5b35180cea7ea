// SPDX-License-Identifier: GPL-3.0-or-later
// "any upstream (...)" for all elements of a model at once: following the flows from each element alone would cost
// elements times flows.
#pragma once

#include "analyzers/threats/rules/expression.h"
#include "analyzers/threats/rules/model_index.h"

#include <cstdint>
#include <vector>

namespace cupel::threats {

enum class Along : std::uint8_t { Best, Worst };

// `own`: how true something is of each element. Out comes, by element, how true it is of the best or of the worst of
// those before it along flows (`down`: behind it), itself left out; False where there is none.
[[nodiscard]] std::vector<Truth> truthAlong(
    const ModelIndex& model, const std::vector<Truth>& own, bool down, Along which);

// The other end of a flow that leads to an element (`down`: away from it), whichever way it is drawn; nullptr: none.
[[nodiscard]] inline const Element* beyond(const ModelIndex& model, const Flow& flow, const Element& at, bool down)
{
    const Element* there = down ? model.targetOf(flow) : model.sourceOf(flow);
    return there != &at ? there : down ? model.sourceOf(flow) : model.targetOf(flow); // both ways
}

} // namespace cupel::threats
