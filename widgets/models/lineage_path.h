// SPDX-License-Identifier: GPL-3.0-or-later
// Ways through a folded lineage, and the order in which its cells stand or ran. Pure; any thread.
#pragma once

#include "widgets/models/lineage_reading.h"

namespace cupel::widgets {

struct LineageStep {
    std::uint32_t edge = 0; // of the fold
    std::uint32_t cause = lineage::none; // edge of the graph that says why
    friend bool operator==(const LineageStep&, const LineageStep&) = default;
};
using LineagePath = std::vector<LineageStep>;

// The shortest way between two nodes of the fold, along the data: one of the graph, so that a cell or a group does not
// join what passes through it side by side. Empty: there is none, in either direction.
[[nodiscard]] LineagePath wayBetween(const LineageReading& reading, std::uint32_t from, std::uint32_t to);

// All that a node depends on and all that it affects, asked of the graph.
struct LineageAround {
    std::uint32_t unit = lineage::none; // of the fold; none: nothing is asked
    std::vector<std::uint32_t> above; // it depends on them, nearest first
    std::vector<std::uint32_t> below; // it affects them
    std::vector<bool> edges; // marks by edge of the fold
    [[nodiscard]] bool empty() const { return above.empty() && below.empty(); }
};
[[nodiscard]] LineageAround aroundOf(const LineageReading& reading, std::uint32_t unit);

// Code cells with a recorded execution, file after file.
struct LineageOrder {
    struct Cell {
        std::uint32_t file = 0;
        std::uint32_t codeCell = 0;
        std::int64_t count = 0;
        std::uint32_t node = lineage::none; // its cell in the graph
        bool misplaced = false; // one that stands above it ran later, or one below it earlier
    };
    std::vector<Cell> cells;
    std::size_t misplaced = 0;
};
[[nodiscard]] LineageOrder orderOf(const lineage::LineageGraph& graph, bool recorded);
// Marks by node of the fold: what was there after the first `steps` cells of the order.
[[nodiscard]] std::vector<bool> madeBy(const LineageReading& reading, const LineageOrder& order, std::size_t steps);

} // namespace cupel::widgets
