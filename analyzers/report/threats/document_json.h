// SPDX-License-Identifier: GPL-3.0-or-later
// A file that was read, written again as JSON: every member in its order, numbers digit by digit. What was YAML becomes
// the JSON that a reader of YAML 1.1 makes of it, which is what the tools of these files use.
#pragma once

#include "analyzers/base/data_tree.h"
#include "analyzers/report/writers/json_stream.h"

namespace cupel::report {

// False: aliases of YAML make more of it than is written; the document is then cut, but valid.
[[nodiscard]] bool writeDocument(const DataTree& tree, JsonStream& json);

} // namespace cupel::report
