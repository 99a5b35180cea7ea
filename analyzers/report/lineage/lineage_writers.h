// SPDX-License-Identifier: GPL-3.0-or-later
// A lineage graph written for people and for other programs. All of them stream, give the same bytes for the same
// graph, and escape every name: labels, paths and locators come from files that nobody vouches for. Pure functions; any
// thread.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/lineage/lineage_graph.h"
#include "analyzers/report/writers/json_stream.h"
#include "analyzers/report/writers/text.h"

#include <string>

namespace cupel::review {
struct LineageDiff;
}

namespace cupel::report {

struct LineageRun {
    std::string version; // of the program
    std::string eventTime = "1970-01-01T00:00:00Z"; // OpenLineage wants one, and code that nobody ran has none
};

void writeLineageJson(const lineage::LineageGraph& graph, const LineageRun& run, const TextSink& sink);
// Per file what it reads, trains, evaluates and writes, and what to look at; about a screen a file unless verbose.
void writeLineageText(const lineage::LineageGraph& graph, const TextStyle& style, const TextSink& sink);
void writeLineageCsv(const lineage::LineageGraph& graph, const TextSink& sink); // one row per edge
void writeLineageGraphMl(const lineage::LineageGraph& graph, const TextSink& sink);
void writeLineageProv(const lineage::LineageGraph& graph, const TextSink& sink); // W3C PROV-JSON
// A JSON array, one event a line: a JobEvent per code file, a DatasetEvent per data set that no code touches.
void writeLineageOpenLineage(const lineage::LineageGraph& graph, const LineageRun& run, const TextSink& sink);

// What two graphs differ in.
void writeLineageDiffText(const review::LineageDiff& diff, const TextSink& sink);
void writeLineageDiffJson(const review::LineageDiff& diff, const TextSink& sink);

// Pictures. A graph that is too large for what draws it is folded: variables into their cells, then cells into their
// files.
void writeLineageDot(const lineage::LineageGraph& graph, const TextSink& sink);
void writeLineageMermaid(const lineage::LineageGraph& graph, const TextSink& sink);
// False when the budget ended before the drawing was made; nothing is written then.
[[nodiscard]] bool writeLineageSvg(const lineage::LineageGraph& graph, Budget& budget, const TextSink& sink);

} // namespace cupel::report
