// SPDX-License-Identifier: GPL-3.0-or-later
// Hazards of data: what a model was told of the rows it is measured on. After Yang and others, ASE 2022 (arXiv
// 2209.03345): leaks by preprocessing, by overlap, and by measuring many models on one test set.
#pragma once

#include "analyzers/lineage/trace.h"

namespace cupel::lineage {

void findLeaks(const Trace& trace, LineageGraph& out);
// Of the whole workspace: what one file took for several models may be one that others passed on.
void settleLeaks(LineageGraph& graph);

} // namespace cupel::lineage
