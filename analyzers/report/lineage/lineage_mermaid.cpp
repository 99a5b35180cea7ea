// SPDX-License-Identifier: GPL-3.0-or-later
// A lineage graph as a Mermaid flowchart, small enough for pages that draw it: they refuse more than 500 edges or
// 50,000 characters, so what is larger is folded.
#include "analyzers/report/lineage/lineage_parts.h"
#include "analyzers/report/lineage/lineage_writers.h"

#include "analyzers/report/writers/mermaid_text.h"

#include <algorithm>
#include <array>

namespace cupel::report {

namespace {

using namespace lineage;
using namespace lineage_parts;

constexpr std::size_t mostEdges = 480;
constexpr std::size_t mostCharacters = 48'000;

// The inside of a quoted label.
std::string escaped(std::string_view text, std::size_t columns)
{
    return mermaidLabel(shownText(text, columns));
}

// Opening and closing of a node's shape.
std::array<std::string_view, 2> shapeOf(NodeKind kind)
{
    switch (kind) {
    case NodeKind::Dataset:
    case NodeKind::Index:
        return {"[(\"", "\")]"};
    case NodeKind::File:
    case NodeKind::ModelFile:
    case NodeKind::Artifact:
    case NodeKind::Registration:
        return {"[/\"", "\"/]"};
    case NodeKind::Remote:
    case NodeKind::Service:
    case NodeKind::Endpoint:
        return {"([\"", "\"])"};
    case NodeKind::Model:
        return {"{{\"", "\"}}"};
    case NodeKind::Split:
        return {"{\"", "\"}"};
    case NodeKind::Variable:
    case NodeKind::Prediction:
    case NodeKind::Metric:
        return {"(\"", "\")"};
    case NodeKind::Function:
    case NodeKind::UnknownCall:
        return {"[[\"", "\"]]"};
    case NodeKind::Cell:
    case NodeKind::Column:
    case NodeKind::Unknown:
        break;
    }
    return {"[\"", "\"]"};
}

std::string nodeLine(const LineageGraph& graph, const FoldedGraph& shown, std::uint32_t index, std::string_view margin)
{
    const Node& node = graph.nodes[shown.nodes[index].node];
    const auto [open, close] = shapeOf(node.kind);
    std::string out = std::string(margin) + "n" + std::to_string(index) + std::string(open)
        + escaped(shown.nodes[index].name, 40) + "<br/>" + std::string(shown.nodes[index].what);
    if (node.count > 1) {
        out += " \xC3\x97" + std::to_string(node.count);
    }
    if (const auto other = otherWords(graph, shown.nodes[index].inOther); !other.empty()) {
        out += ", " + std::string(other);
    }
    return out + std::string(close) + "\n";
}

std::string edgeLine(const LineageGraph& graph, const ShownEdge& edge)
{
    const auto other = otherWords(graph, edge.inOther);
    const std::string_view arrow = edge.certainty == Certainty::Certain ? " -->|" : " -.->|";
    return "  n" + std::to_string(edge.from) + std::string(arrow) + std::string(toString(edge.kind))
        + (other.empty() ? "" : ", ") + std::string(other) + "| n" + std::to_string(edge.to) + "\n";
}

bool isTooLarge(const FoldedGraph& shown)
{
    return shown.edges.size() > mostEdges || shown.nodes.size() > mostEdges;
}

std::string chart(const LineageGraph& graph, const FoldedGraph& shown, Fold fold)
{
    std::string out = "flowchart LR\n";
    if (const auto note = noteOf(fold); !note.empty()) {
        out += "  %% " + std::string(note) + "\n";
    }
    if (fold == Fold::Files && isTooLarge(shown)) {
        out += "  %% Larger than pages draw by themselves: raise maxEdges and maxTextSize there.\n";
    }
    std::vector<std::vector<std::uint32_t>> inFile(graph.files.size());
    std::vector<std::uint32_t> outside;
    for (std::uint32_t i = 0; i < shown.nodes.size(); ++i) {
        const auto file = shown.nodes[i].file;
        (file < inFile.size() && fold != Fold::Files ? inFile[file] : outside).push_back(i);
    }
    for (std::size_t file = 0; file < inFile.size(); ++file) {
        if (inFile[file].empty()) {
            continue;
        }
        out += "  subgraph f" + std::to_string(file) + "[\"" + escaped(graph.files[file].path, 60) + "\"]\n";
        for (const auto index : inFile[file]) {
            out += nodeLine(graph, shown, index, "    ");
        }
        out += "  end\n";
    }
    for (const auto index : outside) {
        out += nodeLine(graph, shown, index, "  ");
    }
    std::string outsideList;
    for (std::uint32_t i = 0; i < shown.nodes.size(); ++i) {
        if (graph.nodes[shown.nodes[i].node].outside) {
            outsideList += (outsideList.empty() ? "n" : ",n") + std::to_string(i);
        }
    }
    for (const ShownEdge& edge : shown.edges) {
        out += edgeLine(graph, edge);
    }
    if (!outsideList.empty()) {
        out += "  classDef outside stroke-dasharray: 4 3\n  class " + outsideList + " outside\n";
    }
    return out;
}

} // namespace

void writeLineageMermaid(const LineageGraph& graph, const TextSink& sink)
{
    for (const Fold fold : {Fold::Nothing, Fold::Cells, Fold::Files}) {
        const FoldedGraph shown = folded(graph, fold);
        if (fold != Fold::Files && isTooLarge(shown)) {
            continue;
        }
        const std::string text = chart(graph, shown, fold);
        if (fold == Fold::Files || text.size() <= mostCharacters) {
            sink(text);
            return;
        }
    }
}

} // namespace cupel::report
