// SPDX-License-Identifier: GPL-3.0-or-later
// Edges of a lineage graph as CSV.
#include "analyzers/report/lineage/lineage_parts.h"
#include "analyzers/report/lineage/lineage_writers.h"

#include "analyzers/report/writers/csv.h"
#include "analyzers/report/writers/text_unicode.h"

namespace cupel::report {

namespace {

template <typename Number> std::string number(Number value)
{
    return value < 0 ? std::string() : std::to_string(value);
}

} // namespace

void writeLineageCsv(const lineage::LineageGraph& graph, const TextSink& sink)
{
    std::vector<std::string> heads{"from", "from kind", "from name", "from locator", "edge", "to", "to kind", "to name",
        "to locator", "confidence", "rule", "why", "file", "code cell", "line", "exec", "cell"};
    if (graph.onlyThere) {
        heads.emplace_back("in other order");
    }
    sink(csvRow(heads));
    for (const auto& edge : graph.edges) {
        if (!lineage_parts::isEdge(graph, edge)) {
            continue;
        }
        const auto& from = graph.nodes[edge.from];
        const auto& to = graph.nodes[edge.to];
        const auto* file = lineage_parts::fileOf(graph, edge.place);
        const bool cell = file && file->notebook;
        std::vector<std::string> row{printable(from.id), std::string(toString(from.kind)), printable(from.label),
            printable(from.locator), std::string(toString(edge.kind)), printable(to.id), std::string(toString(to.kind)),
            printable(to.label), printable(to.locator), std::string(toString(edge.certainty)), printable(edge.rule),
            printable(edge.why), file ? printable(file->path) : "", cell ? number(edge.place.codeCell) : "",
            edge.place.line > 0 ? std::to_string(edge.place.line) : "", cell ? number(edge.place.exec) : "",
            cell ? number(edge.place.cell) : ""};
        if (graph.onlyThere) {
            row.emplace_back(toString(edge.inOther));
        }
        sink(csvRow(row));
    }
}

} // namespace cupel::report
