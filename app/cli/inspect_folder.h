// SPDX-License-Identifier: GPL-3.0-or-later
// `cupel inspect FOLDER`: the models that lie in it, one line each.
#pragma once

#include "app/cli/arguments.h"
#include "app/cli/commands.h"

#include <string>

namespace cupel::cli {

[[nodiscard]] Exit inspectFolder(const std::string& folder, const Arguments& arguments);

} // namespace cupel::cli
