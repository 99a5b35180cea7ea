// SPDX-License-Identifier: GPL-3.0-or-later
// What explains a file of a checkpoint of Orbax: for a data file of a database (OCDBT) the places that its nodes name,
// for a chunk of an array (Zarr) the description above it.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/engine/checkpoint_databases.h"
#include "analyzers/model/neighbours.h"

#include <filesystem>

namespace cupel::engine {

// By the names of the file and of what stands around it; links are not followed. False: it belongs to no checkpoint.
// Of a database `out` has "manifest.ocdbt", and a member without a name for each value that stands in the file.
[[nodiscard]] bool addCheckpoint(
    const std::filesystem::path& file, CheckpointDatabases& databases, Budget& budget, Neighbours& out);

} // namespace cupel::engine
