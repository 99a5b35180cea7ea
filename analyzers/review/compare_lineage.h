// SPDX-License-Identifier: GPL-3.0-or-later
// What two lineages of one workspace differ in: nodes by their ids, which stay the same while what they stand for does,
// and edges by their ends and kind. One of them may be what `cupel lineage -f json` wrote earlier. Pure; any thread.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/base/bytes.h"
#include "analyzers/base/result.h"
#include "analyzers/lineage/lineage_graph.h"

#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace cupel::review {

// As much of a graph as is compared. Texts may come from a file that nobody vouches for.
struct LineageOutline {
    struct Node {
        std::string kind;
        std::string label;
        std::string locator;
        std::string role;
        friend bool operator==(const Node&, const Node&) = default;
    };
    struct EdgeKey {
        std::string from; // ids
        std::string to;
        std::string kind;
        friend auto operator<=>(const EdgeKey&, const EdgeKey&) = default;
    };
    std::map<std::string, Node> nodes; // by id
    std::map<EdgeKey, std::string> edges; // how certain
    bool complete = true;
    std::string order = {}; // of the cells: "file", "recorded"
};

[[nodiscard]] LineageOutline outlineOf(const lineage::LineageGraph& graph);
[[nodiscard]] Result<LineageOutline> readOutline(ByteView json, Budget& budget);

enum class LineageChange : std::uint8_t { Added, Removed, Changed };
[[nodiscard]] std::string_view toString(LineageChange change);

struct LineageDiff {
    struct Node {
        LineageChange change = LineageChange::Added;
        std::string id;
        LineageOutline::Node now; // of one that is gone: as it was
        std::vector<std::string> what; // of a changed one: "role: none to train"
    };
    struct Edge {
        LineageChange change = LineageChange::Added;
        LineageOutline::EdgeKey key;
        std::string fromLabel;
        std::string toLabel;
        std::string what; // of a changed one: "likely to certain"
    };
    std::vector<Node> nodes; // sorted by id
    std::vector<Edge> edges; // sorted by ids
    std::size_t same = 0; // nodes
    bool complete = true; // both were read to their end
    std::string orderBefore = {}; // of the cells: "file", "recorded"
    std::string orderNow = {};

    [[nodiscard]] bool empty() const { return nodes.empty() && edges.empty(); }
};

[[nodiscard]] LineageDiff compareLineage(const LineageOutline& before, const LineageOutline& now);

} // namespace cupel::review
