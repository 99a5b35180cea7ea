// SPDX-License-Identifier: GPL-3.0-or-later
// Which parts of a model of another tool are taken over when there are more than one import may bring, and what is left
// out: it is counted, so that it can be told.
#pragma once

#include "analyzers/threats/threat_model.h"

#include <cstddef>
#include <vector>

namespace cupel::threats {

struct LeftOut {
    std::size_t elements = 0; // for want of room, as the next three
    std::size_t flows = 0;
    std::size_t zones = 0;
    std::size_t threats = 0;
    std::size_t notes = 0; // what a team's model has no place for: text blocks,
    std::size_t lines = 0; // boundaries without an inside,
    std::size_t loose = 0; // flows that do not lead from part to part,
    std::size_t lost = 0; // and threats at one of these
    [[nodiscard]] bool full() const { return elements + flows + zones + threats > 0; }
    friend bool operator==(const LeftOut&, const LeftOut&) = default;
};

struct ImportChoice { // by index in the lists of the model
    std::vector<bool> elements;
    std::vector<bool> flows;
    std::vector<bool> zones;
    std::vector<bool> threats;
    LeftOut left;
};

[[nodiscard]] ImportChoice chooseParts(const ThreatModel& model, std::size_t most);

} // namespace cupel::threats
