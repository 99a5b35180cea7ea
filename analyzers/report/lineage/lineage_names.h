// SPDX-License-Identifier: GPL-3.0-or-later
// How OpenLineage names a data set: by where it lies and what it is called there, so that two tools that see the same
// table give it one name. Credentials are masked in locators already.
#pragma once

#include "analyzers/lineage/lineage_graph.h"

#include <string>
#include <vector>

namespace cupel::report::lineage_parts {

struct DatasetName {
    std::string space; // "s3://bucket", "file", "bigquery", "inmemory://train.ipynb"
    std::string name;
    friend auto operator<=>(const DatasetName&, const DatasetName&) = default;
};

// What sources and sinks say about each node: its kind, Unknown where nothing does.
[[nodiscard]] std::vector<lineage::SourceKind> kindsOf(const lineage::LineageGraph& graph);
[[nodiscard]] DatasetName datasetName(
    const lineage::LineageGraph& graph, std::uint32_t index, lineage::SourceKind kind);

} // namespace cupel::report::lineage_parts
