// SPDX-License-Identifier: GPL-3.0-or-later
// What the data of a lineage reaches, asked of the whole graph, however it is folded: a folded group joins nothing
// that passes through it side by side. Pure; any thread.
#pragma once

#include "widgets/models/lineage_reading.h"

#include <limits>

namespace cupel::widgets {

class LineageReach {
public:
    // `only`: marks of the nodes that there are; empty: all. Nodes of kinds that are not shown are passed over for
    // nothing, and so are variables of one cell among themselves: a step is what can be seen as one.
    explicit LineageReach(
        const lineage::LineageGraph& graph, std::vector<bool> only = {}, std::uint8_t kinds = everyKind);

    static constexpr std::uint32_t all = std::numeric_limits<std::uint32_t>::max() - 1;
    // By node of the graph how many steps it is away, at most `most`; none: it is not reached. Cells come with what
    // stands in them.
    [[nodiscard]] std::vector<std::uint32_t> steps(
        const std::vector<std::uint32_t>& from, bool down, std::uint32_t most = all) const;

private:
    static constexpr std::uint8_t everyKind = 15;
    [[nodiscard]] bool isStep(std::uint32_t from, std::uint32_t to) const;

    const lineage::LineageGraph& m_graph;
    std::vector<std::uint32_t> m_cellOf; // none: outside of code
    std::vector<bool> m_shown;
    std::vector<std::vector<std::uint32_t>> m_inside; // by cell
    std::vector<std::vector<std::uint32_t>> m_down;
    std::vector<std::vector<std::uint32_t>> m_up;
};

} // namespace cupel::widgets
