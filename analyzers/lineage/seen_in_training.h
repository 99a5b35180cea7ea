// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a model saw in training what it is measured on: one answer for each measurement, with what proves it. Rows
// are judged where code was followed (leakage.h); here the answers are put together for whole models, across files.
#pragma once

#include "analyzers/lineage/lineage_graph.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace cupel::lineage {

// From the best answer to the worst.
enum class Seen : std::uint8_t {
    No, // nothing it learned from is behind what it is measured on
    Parted, // the same source is behind both, and the code parts its rows
    Unknown, // where one of the two comes from is not known
    Perhaps, // the same source is behind both, and no code that was read parts its rows
    Statistics, // values computed from the rows it is measured on went into training
    Yes
};
[[nodiscard]] std::string_view toString(Seen seen); // "no", "parted", "unknown", "perhaps", "statistics", "yes"

struct SeenInTraining {
    std::uint32_t model = none; // node: as it was measured
    std::uint32_t evaluation = none; // index into LineageGraph::evaluations
    std::uint32_t training = none; // index: the one that gives the answer; none: no training is known
    std::uint32_t hazard = none; // index: that says so
    Seen answer = Seen::Unknown;
    std::vector<std::uint32_t> shared = {}; // nodes of sources behind both, sorted
};

// Measurements in their order; what is only predicted is none.
[[nodiscard]] std::vector<SeenInTraining> seenInTraining(const LineageGraph& graph);

} // namespace cupel::lineage
