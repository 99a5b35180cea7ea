// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the lists of packages that stand beside a file: in its folder and, inside a repository, in the folders above it
// up to the root of the repository. Nothing in them is run, nothing of them is reported here.
#pragma once

#include "analyzers/model/declared.h"

namespace cupel::engine {

// Every folder is read once. Members of containers have nothing beside them.
[[nodiscard]] DeclaredBeside readDeclaredBeside();

} // namespace cupel::engine
