// SPDX-License-Identifier: GPL-3.0-or-later
// What one state of a threat model has that another has not: parts and threats by id, and the facts that changed. Where
// ids differ, as between the files of two tools, those are the same that alone have a name and a kind on both sides.
// Geometry is no content: a part that was only moved is not changed, but counted.
#pragma once

#include "analyzers/threats/threat_model.h"

#include <string>
#include <vector>

namespace cupel::threats {

struct FactChange {
    std::string fact; // "name", "decision", "attribute protocol"
    std::string before; // empty: there was none
    std::string after;
};

struct PartChange {
    enum class What : std::uint8_t { Added, Removed, Changed };
    What what = What::Changed;
    std::string kind; // "element", "flow", "zone", "threat"
    std::string id;
    std::string name;
    std::vector<FactChange> facts; // of Changed
};

struct ModelDiff {
    std::vector<PartChange> changes; // elements, flows, zones, threats; by id
    std::size_t unchanged = 0;
    std::size_t moved = 0; // only in another place of the drawing
};

[[nodiscard]] ModelDiff differences(const ThreatModel& before, const ThreatModel& after);

} // namespace cupel::threats
