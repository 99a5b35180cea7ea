// SPDX-License-Identifier: GPL-3.0-or-later
// Which models of a graph are one: a model that is saved, read back, and saved again under another name is still the
// one that was trained. Works on the graph of one file and on that of a whole workspace; keeps a reference to it.
#pragma once

#include "analyzers/lineage/lineage_graph.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

namespace cupel::lineage {

class SavedModels {
public:
    explicit SavedModels(const LineageGraph& graph);
    // The model that this one was saved as first, or the file it was read from when nobody saves it; else itself.
    [[nodiscard]] std::uint32_t firstOf(std::uint32_t model) const;

private:
    using Links = std::map<std::uint32_t, std::vector<std::uint32_t>>;
    [[nodiscard]] Links madeFrom() const;
    [[nodiscard]] std::uint32_t savedBy(std::uint32_t model, const Links& before, const Links& writers);

    static constexpr std::size_t maxWork = 4'000'000; // links that are looked at
    const LineageGraph& m_graph;
    std::map<std::uint32_t, std::uint32_t> m_same; // of models that were read back: who saved them
    std::size_t m_work = 0;
};

} // namespace cupel::lineage
