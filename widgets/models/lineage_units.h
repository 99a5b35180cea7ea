// SPDX-License-Identifier: GPL-3.0-or-later
// The first half of folding a lineage: which node of the graph goes into which node of the picture. Part of
// lineage_fold; nobody else needs it.
#pragma once

#include "widgets/models/lineage_fold.h"

#include <optional>
#include <unordered_map>

namespace cupel::widgets {

// What is the same for every way to fold it.
struct LineageShape {
    explicit LineageShape(const lineage::LineageGraph& graph);

    std::vector<std::uint32_t> cellOf; // by node; none: outside of code
    std::vector<std::uint32_t> fileOf; // by node; none
    std::vector<std::vector<std::uint32_t>> cells; // by file: cell nodes in order
    std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> inside; // by cell node
    std::vector<bool> busy; // by node: an edge leads out of its cell
    std::vector<std::uint32_t> things; // those that touch early code first
    std::uint32_t loneFiles = 0; // files of one cell
};

// Who was told to be folded further for want of room.
struct LineageSqueeze {
    std::set<std::string> folders; // files of these are one node
    std::set<std::string> trees; // files of these and of folders in them are one node, that of the outermost
    std::unordered_map<std::uint32_t, std::string> more; // thing: key of the node it goes into
    std::unordered_map<std::uint32_t, std::string> stages; // cell: the same
    std::set<std::uint32_t> files; // of the graph, that are one node
};

class LineageUnits {
public:
    // `seen`: nodes of the graph that are wanted at all.
    LineageUnits(const LineageSource& source, const LineageShape& shape, const LineageWish& wish,
        LineageWish::Level level, const std::vector<bool>& seen, const LineageSqueeze& squeeze);
    [[nodiscard]] LineageFold run();

private:
    [[nodiscard]] bool opened(const std::string& key, bool byLevel) const;
    void addThings();
    [[nodiscard]] std::optional<std::string> shownFolder(const std::string& path) const;
    void addFile(std::uint32_t file);
    void addCells(std::uint32_t file, std::uint32_t group);
    void addIdle(std::uint32_t file, std::uint32_t group, const std::vector<std::uint32_t>& idle);
    void addInside(std::uint32_t cell, std::uint32_t group);
    std::uint32_t add(const std::string& key, LineageFoldNode::Form form, std::uint32_t first);
    void put(std::uint32_t node, std::uint32_t unit);
    void putCell(std::uint32_t cell, std::uint32_t unit);

    const LineageSource& m_source;
    const lineage::LineageGraph& m_graph;
    const LineageShape& m_shape;
    const LineageWish& m_wish;
    LineageWish::Level m_level;
    const std::vector<bool>& m_seen;
    const LineageSqueeze& m_squeeze;
    LineageFold m_out;
    std::unordered_map<std::string, std::uint32_t> m_byKey;
};

// What looks alike, then the folders with the fewest connections, then those above them, until it fits. How many nodes
// are left.
[[nodiscard]] std::size_t squeezeParts(
    const lineage::LineageGraph& graph, const LineageFold& fold, LineageSqueeze& squeeze);
// The least connected code goes into one node where there is too much of it, the least connected things into another.
void squeezeRest(const LineageFold& fold, const LineageShape& shape, LineageSqueeze& squeeze);

[[nodiscard]] std::string folderOf(std::string_view path); // "a/b" of "a/b/c.py"; "" at the top

} // namespace cupel::widgets
