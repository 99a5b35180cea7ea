// SPDX-License-Identifier: GPL-3.0-or-later
// What the writers of a lineage graph share: places in words, names made safe, and the graph folded for a picture.
// Indices of a graph are never trusted.
#pragma once

#include "analyzers/lineage/lineage_graph.h"

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::report::lineage_parts {

using lineage::LineageGraph;

[[nodiscard]] const lineage::CodeFile* fileOf(const LineageGraph& graph, const lineage::Place& place);
// "cell 3, line 2" or "line 7"; empty: nowhere.
[[nodiscard]] std::string placeInFile(const LineageGraph& graph, const lineage::Place& place);
// The same with the path before it, safe to print.
[[nodiscard]] std::string placeText(const LineageGraph& graph, const lineage::Place& place);

// Code file that a node belongs to; none: it lies outside code.
[[nodiscard]] std::uint32_t codeFileOf(const LineageGraph& graph, std::uint32_t node);
// Calls that nobody describes and that data goes through, of each code file.
[[nodiscard]] std::vector<std::uint32_t> unknownCalls(const LineageGraph& graph);
[[nodiscard]] bool isEdge(const LineageGraph& graph, const lineage::Edge& edge); // both ends are nodes
// What a node is called: its label, else its locator, else its id. As it stands in the graph.
[[nodiscard]] std::string_view nameOf(const lineage::Node& node);
// One line of at most `columns` columns without controls and marks that turn the reading direction.
[[nodiscard]] std::string shownText(std::string_view text, std::size_t columns);
// The text of an XML element or attribute: valid characters only, markup escaped.
[[nodiscard]] std::string xmlText(std::string_view text);
// Of what was followed in both orders: "only as recorded"; empty where they agree.
[[nodiscard]] std::string_view otherWords(const LineageGraph& graph, lineage::InOther inOther);
// Whether code that stands there was run, as far as recorded counts tell.
enum class Executed : std::uint8_t { Unknown, No, Yes };
[[nodiscard]] Executed wasExecuted(const LineageGraph& graph, const lineage::Place& place);

// Keys of one JSON object: valid UTF-8, none twice.
class UniqueKeys {
public:
    [[nodiscard]] std::string add(std::string_view key);

private:
    std::set<std::string> m_used;
};

// What stands for what lies in it; of folders also what only one of them has to do with.
enum class Fold : std::uint8_t { Nothing, Cells, Files, Folders };

struct ShownNode {
    std::uint32_t node = 0; // of the graph; the first of those it stands for
    std::string name; // not safe yet
    std::string_view what; // "variable", "script" ...
    std::uint32_t file = lineage::none; // code file around it
    lineage::InOther inOther = lineage::InOther::Same; // Different: some of what it stands for is missing there
};
struct ShownEdge {
    std::uint32_t from = 0; // of FoldedGraph::nodes
    std::uint32_t to = 0;
    lineage::EdgeKind kind = lineage::EdgeKind::Derives;
    lineage::Certainty certainty = lineage::Certainty::Certain;
    lineage::InOther inOther = lineage::InOther::Same;
};
struct FoldedGraph {
    std::vector<ShownNode> nodes;
    std::vector<ShownEdge> edges; // no kind twice between the same nodes
};
// Without cells, functions and variables that no edge reaches.
[[nodiscard]] FoldedGraph folded(const LineageGraph& graph, Fold fold);
// The least folded form with at most that many nodes and edges; all that can be folded if there is none.
[[nodiscard]] FoldedGraph foldedTo(const LineageGraph& graph, std::size_t nodes, std::size_t edges, Fold& fold);
[[nodiscard]] std::string_view noteOf(Fold fold); // a sentence; empty for Nothing

} // namespace cupel::report::lineage_parts
