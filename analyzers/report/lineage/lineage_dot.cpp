// SPDX-License-Identifier: GPL-3.0-or-later
// A lineage graph in the language of Graphviz: a cluster per code file, what lies outside of code beside them.
#include "analyzers/base/markup.h"
#include "analyzers/report/lineage/lineage_parts.h"
#include "analyzers/report/lineage/lineage_writers.h"

namespace cupel::report {

namespace {

using namespace lineage;
using namespace lineage_parts;

constexpr std::size_t mostNodes = 2'000; // dot takes a second for them, and minutes for ten thousand
constexpr std::size_t mostEdges = 4'000;
constexpr std::size_t labelColumns = 48;

// The inside of a quoted string that is a label: Graphviz reads backslashes and entities in it.
std::string escaped(std::string_view text, std::size_t columns)
{
    std::string out;
    for (const char c : shownText(text, columns)) {
        if (c == '\\' || c == '"') {
            out += '\\';
            out += c;
        } else if (const std::string_view entity = entityOf(c); c != '\'' && !entity.empty()) {
            out += entity;
        } else {
            out += c;
        }
    }
    return out;
}

std::string_view shapeOf(NodeKind kind)
{
    switch (kind) {
    case NodeKind::Dataset:
    case NodeKind::Index:
        return "cylinder";
    case NodeKind::File:
    case NodeKind::ModelFile:
        return "note";
    case NodeKind::Remote:
    case NodeKind::Service:
    case NodeKind::Endpoint:
        return "component";
    case NodeKind::Cell:
        return "box";
    case NodeKind::Model:
        return "hexagon";
    case NodeKind::Split:
        return "trapezium";
    case NodeKind::Function:
    case NodeKind::UnknownCall:
        return "cds";
    case NodeKind::Metric:
    case NodeKind::Artifact:
    case NodeKind::Registration:
        return "tab";
    case NodeKind::Variable:
    case NodeKind::Prediction:
    case NodeKind::Column:
    case NodeKind::Unknown:
        break;
    }
    return "ellipse";
}

std::string nodeLine(const LineageGraph& graph, const FoldedGraph& shown, std::uint32_t index, std::string_view margin)
{
    const ShownNode& item = shown.nodes[index];
    const Node& node = graph.nodes[item.node];
    std::string out =
        std::string(margin) + "n" + std::to_string(index) + " [label=\"" + escaped(item.name, labelColumns);
    if (node.count > 1) {
        out += " \xC3\x97" + std::to_string(node.count);
    }
    const auto other = otherWords(graph, item.inOther);
    out += "\\n" + std::string(item.what) + (other.empty() ? "" : ", ") + std::string(other)
        + "\", shape=" + std::string(shapeOf(node.kind)) + ", tooltip=\""
        + escaped(node.locator.empty() ? nameOf(node) : node.locator, 200);
    if (const auto place = placeText(graph, node.place); !place.empty()) {
        out += "\\n" + escaped(place, 200);
    }
    out += "\"";
    if (node.outside || node.orphan) {
        out += ", style=dashed";
    }
    return out + "];\n";
}

std::string edgeLine(const LineageGraph& graph, const ShownEdge& edge)
{
    const auto other = otherWords(graph, edge.inOther);
    const std::string_view style = edge.certainty == Certainty::Certain ? ""
        : edge.certainty == Certainty::Likely                           ? ", style=dashed"
                                                                        : ", style=dotted";
    return "  n" + std::to_string(edge.from) + " -> n" + std::to_string(edge.to) + " [label=\""
        + std::string(toString(edge.kind)) + (other.empty() ? "" : ", ") + std::string(other) + "\""
        + std::string(style) + "];\n";
}

} // namespace

void writeLineageDot(const LineageGraph& graph, const TextSink& sink)
{
    Fold fold = Fold::Nothing;
    const FoldedGraph shown = foldedTo(graph, mostNodes, mostEdges, fold);
    if (const auto note = noteOf(fold); !note.empty()) {
        sink("// " + std::string(note) + "\n");
    }
    sink("digraph lineage {\n"
         "  graph [rankdir=LR, charset=\"UTF-8\", fontname=\"sans-serif\"];\n"
         "  node [fontname=\"sans-serif\", fontsize=11];\n"
         "  edge [fontname=\"sans-serif\", fontsize=9];\n");
    std::vector<std::vector<std::uint32_t>> inFile(graph.files.size());
    std::vector<std::uint32_t> outside;
    for (std::uint32_t i = 0; i < shown.nodes.size(); ++i) {
        const auto file = shown.nodes[i].file;
        (file < inFile.size() && fold < Fold::Files ? inFile[file] : outside).push_back(i);
    }
    for (std::size_t file = 0; file < inFile.size(); ++file) {
        if (inFile[file].empty()) {
            continue;
        }
        sink("  subgraph cluster_" + std::to_string(file) + " {\n    label=\"" + escaped(graph.files[file].path, 80)
            + "\";\n");
        for (const auto index : inFile[file]) {
            sink(nodeLine(graph, shown, index, "    "));
        }
        sink("  }\n");
    }
    for (const auto index : outside) {
        sink(nodeLine(graph, shown, index, "  "));
    }
    for (const ShownEdge& edge : shown.edges) {
        sink(edgeLine(graph, edge));
    }
    sink("}\n");
}

} // namespace cupel::report
