// SPDX-License-Identifier: GPL-3.0-or-later
// A lineage graph as GraphML, flat: nested graphs are what many readers leave out.
#include "analyzers/report/lineage/lineage_parts.h"
#include "analyzers/report/lineage/lineage_writers.h"

#include <algorithm>
#include <iterator>

namespace cupel::report {

namespace {

using namespace lineage;
using lineage_parts::xmlText;

struct Key {
    std::string_view id;
    std::string_view on;
    std::string_view name;
    std::string_view type;
};
constexpr Key keys[]{{"n_id", "node", "id", "string"}, {"n_label", "node", "label", "string"},
    {"n_kind", "node", "kind", "string"}, {"n_locator", "node", "locator", "string"},
    {"n_api", "node", "api", "string"}, {"n_file", "node", "file", "string"}, {"n_cell", "node", "codeCell", "int"},
    {"n_all", "node", "cell", "int"}, {"n_line", "node", "line", "int"}, {"n_role", "node", "role", "string"},
    {"n_count", "node", "count", "int"}, {"n_outside", "node", "outside", "boolean"},
    {"n_disk", "node", "onDisk", "boolean"}, {"n_orphan", "node", "orphan", "boolean"},
    {"n_unpinned", "node", "unpinned", "boolean"}, {"n_unsafe", "node", "unsafeLoad", "boolean"},
    {"e_kind", "edge", "kind", "string"}, {"e_confidence", "edge", "confidence", "string"},
    {"e_rule", "edge", "rule", "string"}, {"e_why", "edge", "why", "string"}, {"e_file", "edge", "file", "string"},
    {"e_cell", "edge", "codeCell", "int"}, {"e_all", "edge", "cell", "int"}, {"e_line", "edge", "line", "int"}};

// Only where both orders of the cells were followed.
constexpr Key otherKeys[]{{"n_other", "node", "inOtherOrder", "string"}, {"e_other", "edge", "inOtherOrder", "string"}};

void data(std::string& out, std::string_view key, std::string_view value)
{
    if (!value.empty()) {
        out += "      <data key=\"" + std::string(key) + "\">" + xmlText(value) + "</data>\n";
    }
}

void flag(std::string& out, std::string_view key, bool value)
{
    data(out, key, value ? "true" : "");
}

// The file, cell and line of something; their keys begin with `on`.
void place(std::string& out, const LineageGraph& graph, const Place& place, const std::string& on)
{
    if (const CodeFile* file = lineage_parts::fileOf(graph, place)) {
        data(out, on + "file", file->path);
        data(out, on + "cell", file->notebook && place.codeCell >= 0 ? std::to_string(place.codeCell) : "");
        data(out, on + "all",
            file->notebook && place.cell >= 0 ? std::to_string(place.cell) : ""); // its number among all
        data(out, on + "line", place.line > 0 ? std::to_string(place.line) : "");
    }
}

std::string nodeOf(const LineageGraph& graph, std::uint32_t index)
{
    const Node& node = graph.nodes[index];
    std::string out = "    <node id=\"n" + std::to_string(index) + "\">\n";
    data(out, "n_id", node.id);
    data(out, "n_label", lineage_parts::nameOf(node));
    data(out, "n_kind", toString(node.kind));
    data(out, "n_locator", node.locator);
    data(out, "n_api", node.api);
    place(out, graph, node.place, "n_");
    data(out, "n_role", node.role == Role::None ? "" : toString(node.role));
    data(out, "n_count", node.count > 1 ? std::to_string(node.count) : "");
    flag(out, "n_outside", node.outside);
    flag(out, "n_disk", node.onDisk);
    flag(out, "n_orphan", node.orphan);
    flag(out, "n_unpinned", node.unpinned);
    flag(out, "n_unsafe", node.unsafeLoad);
    data(out, "n_other", graph.onlyThere ? toString(node.inOther) : "");
    return out + "    </node>\n";
}

std::string edgeOf(const LineageGraph& graph, std::size_t index)
{
    const Edge& edge = graph.edges[index];
    std::string out = "    <edge id=\"e" + std::to_string(index) + "\" source=\"n" + std::to_string(edge.from)
        + "\" target=\"n" + std::to_string(edge.to) + "\">\n";
    data(out, "e_kind", toString(edge.kind));
    data(out, "e_confidence", toString(edge.certainty));
    data(out, "e_rule", edge.rule);
    data(out, "e_why", edge.why);
    place(out, graph, edge.place, "e_");
    data(out, "e_other", graph.onlyThere ? toString(edge.inOther) : "");
    return out + "    </edge>\n";
}

} // namespace

void writeLineageGraphMl(const LineageGraph& graph, const TextSink& sink)
{
    sink("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
         "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" "
         "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
         "xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns "
         "http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n");
    const auto declare = [&sink](const Key& key) {
        sink("  <key id=\"" + std::string(key.id) + "\" for=\"" + std::string(key.on) + "\" attr.name=\""
            + std::string(key.name) + "\" attr.type=\"" + std::string(key.type) + "\"/>\n");
    };
    std::for_each(std::begin(keys), std::end(keys), declare);
    if (graph.onlyThere) {
        std::for_each(std::begin(otherKeys), std::end(otherKeys), declare);
    }
    sink("  <graph id=\"lineage\" edgedefault=\"directed\">\n");
    for (std::uint32_t i = 0; i < graph.nodes.size(); ++i) {
        sink(nodeOf(graph, i));
    }
    for (std::size_t i = 0; i < graph.edges.size(); ++i) {
        if (lineage_parts::isEdge(graph, graph.edges[i])) {
            sink(edgeOf(graph, i));
        }
    }
    sink("  </graph>\n</graphml>\n");
}

} // namespace cupel::report
