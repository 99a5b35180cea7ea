// SPDX-License-Identifier: GPL-3.0-or-later
// The graph of a model prepared for looking at it: what it holds, how it is folded, and the drawing of that. Made by a
// worker, immutable, shared between threads.
#pragma once

#include "analyzers/model/analysis.h"
#include "analyzers/model/graph_fold.h"
#include "analyzers/model/name_mask.h"
#include "widgets/models/graph_scene.h"

#include <optional>

namespace cupel::widgets {

// What is read once and stays when groups are opened.
struct GraphSource {
    AnalysisPtr analysis; // that holds the graph: the file that is looked at, or a member of it
    std::size_t sameName = 0; // members of the archive have its name, it is the last; 0: no other has
    ModelGraph graph; // operators, domains, names and scopes of its nodes are masked; all else goes through masked()
    NameMask names;
    std::vector<std::optional<Severity>> signs; // by node: the worst finding about it
    std::vector<std::string> keys; // by node, lower case, masked: what a search looks in

    // A text of the node for people. One that was cut may be the beginning of a secret: dots instead, where one stands
    // in the node.
    [[nodiscard]] std::string masked(const GraphNode& node, std::string_view text) const;
};
using GraphSourcePtr = std::shared_ptr<const GraphSource>;

struct GraphReading {
    GraphSourcePtr source; // never null; no nodes: there is no graph
    FoldOptions options;
    FoldedGraph folded;
    GraphScenePtr scene; // its nodes are those of `folded`

    [[nodiscard]] bool empty() const { return source->graph.nodes.empty(); }
};
using GraphReadingPtr = std::shared_ptr<const GraphReading>;

[[nodiscard]] QString shownOperator(const GraphNode& node); // "Conv", "Input"

} // namespace cupel::widgets
