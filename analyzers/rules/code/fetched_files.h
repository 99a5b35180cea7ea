// SPDX-License-Identifier: GPL-3.0-or-later
// Which commands of a shell text run a file that a command before them fetched: "curl -o a URL; sh a".
#pragma once

#include "analyzers/code/shell.h"

#include <cstddef>
#include <vector>

namespace cupel::rules::code {

// The command at `index` runs such a file, itself or with an interpreter.
[[nodiscard]] bool runsFetched(const std::vector<cupel::code::ShellCommand>& commands, std::size_t index);
// A later command runs a file that was fetched and that this one names: chmod +x in between.
[[nodiscard]] bool isRunLater(const std::vector<cupel::code::ShellCommand>& commands, std::size_t index);

} // namespace cupel::rules::code
