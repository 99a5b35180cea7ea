// SPDX-License-Identifier: GPL-3.0-or-later
// _METADATA and _CHECKPOINT_METADATA of a checkpoint of Orbax: its arrays with their shapes, and who wrote it.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/model/facts.h"

namespace cupel::formats {

// After the text has been opened; it stays a text for all rules. Nothing where the file is none.
void readOrbaxMetadata(const Artifact& artifact, Budget& budget, Facts& out);

} // namespace cupel::formats
