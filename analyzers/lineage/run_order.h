// SPDX-License-Identifier: GPL-3.0-or-later
// In which order the code cells of a notebook ran, as far as their counts tell. A count that was there before begins a
// stretch of another session: each is ordered by itself, they follow one another as they stand. Cells without a count
// are left out, but for those that ran all the same: they have output, or what ran needs names that only they define.
// One that ran after its names were needed ran before as well, where a count for that is missing.
#pragma once

#include "analyzers/lineage/lineage_graph.h"
#include "analyzers/lineage/name_flow.h"

namespace cupel::lineage {

// Fills Execution::order, presumed and again from its counts. Leaves them empty where fewer than two cells have
// one, and where the order is that of the file.
void orderRuns(const FileNames& file, const NameFlow& flow, Execution& execution, Budget& budget);

} // namespace cupel::lineage
