// SPDX-License-Identifier: GPL-3.0-or-later
// Takes credentials and personal data out of a lineage graph: what the rules find in its addresses, arguments and names
// stands as dots in all of them. Paths of code files stay: they are what is opened.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/lineage/lineage_graph.h"
#include "analyzers/model/artifact.h"
#include "analyzers/model/facts.h"

namespace cupel::review {
struct LineageOutline;
}

namespace cupel::engine {

// Masks what a credential rule finds in the file that this is the piece of: part of it may stand in a path, where no
// rule would know it.
void maskCredentials(lineage::LineageGraph& piece, const Artifact& artifact, const Facts& facts, Budget& budget);
void maskLineage(lineage::LineageGraph& graph, Budget& budget);
// The same for one that was read from a file.
void maskOutline(review::LineageOutline& outline, Budget& budget);

} // namespace cupel::engine
