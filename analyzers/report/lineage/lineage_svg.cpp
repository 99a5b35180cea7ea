// SPDX-License-Identifier: GPL-3.0-or-later
// A lineage graph as an SVG image that needs no display: laid out in layers from left to right, what belongs to one
// code file in one colour. No script, no link, nothing loaded.
#include "analyzers/report/lineage/lineage_parts.h"
#include "analyzers/report/lineage/lineage_writers.h"

#include "analyzers/graph/layered_layout.h"
#include "analyzers/report/writers/text_unicode.h"

#include <algorithm>
#include <charconv>
#include <iterator>

namespace cupel::report {

namespace {

using namespace lineage;
using namespace lineage_parts;
namespace layout = cupel::graph;

constexpr std::size_t mostNodes = 600;
constexpr std::size_t mostEdges = 1'500;
constexpr float margin = 16;
constexpr float height = 38;
constexpr float lineHeight = 24; // of what is said above a folded drawing

// Told apart also in grey and by colour-blind people; code files take them in turn.
constexpr std::string_view colours[]{
    "#dbeafe", "#fef3c7", "#dcfce7", "#fae8ff", "#ffe4e6", "#e0f2fe", "#ecfccb", "#ede9fe"};

constexpr std::string_view head =
    "  <style>\n"
    "    text { font-family: sans-serif; font-size: 12px; fill: #111827; text-anchor: middle; }\n"
    "    text.small { font-size: 10px; fill: #4b5563; }\n"
    "    .node { stroke: #4b5563; }\n"
    "    .outside { stroke-dasharray: 4 3; }\n"
    "    .edge { fill: none; stroke: #6b7280; }\n"
    "    .trains { stroke: #1d4ed8; stroke-width: 1.8; }\n"
    "    .likely { stroke-dasharray: 6 3; }\n"
    "    .guess { stroke-dasharray: 2 3; }\n"
    "  </style>\n"
    "  <defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" "
    "orient=\"auto\"><path d=\"M0 0L8 4L0 8z\" fill=\"#6b7280\"/></marker></defs>\n";

std::string number(float value)
{
    char digits[48];
    const auto end = std::to_chars(digits, digits + sizeof digits, value, std::chars_format::fixed, 1).ptr;
    return {digits, end};
}

// What stands under the name: the kind, and where in which file.
std::string second(const LineageGraph& graph, const ShownNode& item, Fold fold)
{
    const Node& node = graph.nodes[item.node];
    const auto other = otherWords(graph, item.inOther);
    std::string out = std::string(item.what) + (other.empty() ? "" : ", ") + std::string(other);
    if (item.file != none && fold != Fold::Files && fold != Fold::Folders) {
        const auto place = placeInFile(graph, node.place);
        const auto& path = graph.files[item.file].path;
        out += " \xC2\xB7 " + path.substr(path.find_last_of('/') + 1) + (place.empty() ? "" : ", " + place);
    }
    return out;
}

// A node with its texts, not safe yet but short enough for its width.
struct Box {
    std::string name;
    std::string below;
    layout::Size size;
};

Box boxOf(const LineageGraph& graph, const ShownNode& item, Fold fold)
{
    const Node& node = graph.nodes[item.node];
    Box box;
    box.name = shownText(item.name, 32) + (node.count > 1 ? " \xC3\x97" + std::to_string(node.count) : "");
    box.below = shownText(second(graph, item, fold), item.inOther == InOther::Same ? 40 : 60);
    const auto width =
        std::max(static_cast<float>(displayWidth(box.name)) * 7.4F, static_cast<float>(displayWidth(box.below)) * 5.8F);
    box.size = {std::max(width, 40.0F) + 24, height};
    return box;
}

// Corners that tell a kind: square for code, round for values, a point for models.
std::string shape(const Node& node, const layout::Point& centre, float width, std::string_view fill)
{
    const float left = centre.x - width / 2 + margin;
    const float top = centre.y - height / 2 + margin;
    const std::string look = "class=\"node" + std::string(node.outside || node.orphan ? " outside" : "") + "\" fill=\""
        + std::string(fill) + "\"";
    if (node.kind == NodeKind::Model || node.kind == NodeKind::ModelFile) {
        const float cut = 9;
        std::string points;
        const float corners[][2] = {{left, top + height / 2}, {left + cut, top}, {left + width - cut, top},
            {left + width, top + height / 2}, {left + width - cut, top + height}, {left + cut, top + height}};
        for (const auto& corner : corners) {
            points += (points.empty() ? "" : " ") + number(corner[0]) + "," + number(corner[1]);
        }
        return "<polygon points=\"" + points + "\" " + look + "/>";
    }
    const bool isCode = node.kind == NodeKind::Cell || node.kind == NodeKind::Function;
    return "<rect x=\"" + number(left) + "\" y=\"" + number(top) + "\" width=\"" + number(width) + "\" height=\""
        + number(height) + "\" rx=\"" + (isCode ? "2" : "12") + "\" " + look + "/>";
}

std::string textAt(std::string_view value, float x, float y, std::string_view look)
{
    return "<text x=\"" + number(x + margin) + "\" y=\"" + number(y + margin) + "\"" + std::string(look) + ">"
        + xmlText(value) + "</text>";
}

std::string nodeOf(const LineageGraph& graph, const ShownNode& item, const Box& box, const layout::Point& centre)
{
    const Node& node = graph.nodes[item.node];
    const std::string_view fill = item.file == none ? "#ffffff" : colours[item.file % std::size(colours)];
    std::string out = "  <g><title>" + xmlText(shownText(node.locator.empty() ? item.name : node.locator, 200));
    if (const auto place = placeText(graph, node.place); !place.empty()) {
        out += "\n" + xmlText(shownText(place, 200));
    }
    return out + "</title>" + shape(node, centre, box.size.width, fill) + textAt(box.name, centre.x, centre.y - 2, "")
        + textAt(box.below, centre.x, centre.y + 12, " class=\"small\"") + "</g>\n";
}

std::string edgeOf(const LineageGraph& graph, const ShownEdge& edge, const layout::Layout& placed, std::size_t index)
{
    std::string points;
    for (auto i = placed.routeStart[index]; i < placed.routeStart[index + 1]; ++i) {
        points += (points.empty() ? "" : " ") + number(placed.routes[i].x + margin) + ","
            + number(placed.routes[i].y + margin);
    }
    const auto other = otherWords(graph, edge.inOther);
    std::string look = "edge";
    look += edge.kind == EdgeKind::Trains ? " trains" : "";
    look += edge.certainty == Certainty::Certain ? "" : " " + std::string(toString(edge.certainty));
    return points.empty() ? std::string()
                          : "  <polyline class=\"" + look + "\" points=\"" + points
            + "\" marker-end=\"url(#tip)\"><title>" + std::string(toString(edge.kind)) + (other.empty() ? "" : ", ")
            + std::string(other) + "</title></polyline>\n";
}

} // namespace

bool writeLineageSvg(const LineageGraph& graph, Budget& budget, const TextSink& sink)
{
    Fold fold = Fold::Nothing;
    const FoldedGraph shown = foldedTo(graph, mostNodes, mostEdges, fold);
    std::vector<Box> boxes;
    layout::Graph drawn;
    for (const ShownNode& item : shown.nodes) {
        boxes.push_back(boxOf(graph, item, fold));
        drawn.nodes.push_back(boxes.back().size);
    }
    for (const ShownEdge& edge : shown.edges) {
        drawn.edges.push_back({edge.from, edge.to});
    }
    layout::LayoutOptions options;
    options.direction = layout::Direction::Right;
    options.rankGap = 48;
    const auto placed = layout::layOut(drawn, options, budget);
    if (!placed.complete) {
        return false;
    }
    const auto width = number(std::max(placed.size.width, 120.0F) + 2 * margin);
    const auto note = noteOf(fold);
    const float above = note.empty() ? 0 : lineHeight;
    const auto tall = number(placed.size.height + above + 2 * margin);
    sink("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + width
        + "\" height=\"" + tall + "\" viewBox=\"0 0 " + width + " " + tall
        + "\" role=\"img\">\n  <title>Lineage</title>\n");
    if (!note.empty()) {
        sink("  <desc>" + std::string(note) + "</desc>\n");
    }
    sink(head);
    sink("  <rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
    if (!note.empty()) { // said where people look, too
        sink("  <text x=\"" + number(margin) + "\" y=\"" + number(margin + 8) + "\" style=\"text-anchor: start\">"
            + xmlText(note) + "</text>\n  <g transform=\"translate(0 " + number(above) + ")\">\n");
    }
    for (std::size_t i = 0; i < shown.edges.size(); ++i) {
        sink(edgeOf(graph, shown.edges[i], placed, i));
    }
    for (std::size_t i = 0; i < shown.nodes.size(); ++i) {
        sink(nodeOf(graph, shown.nodes[i], boxes[i], placed.nodes[i]));
    }
    sink(note.empty() ? "</svg>\n" : "  </g>\n</svg>\n");
    return true;
}

} // namespace cupel::report
