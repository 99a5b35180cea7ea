// SPDX-License-Identifier: GPL-3.0-or-later
// A file that could not be opened is told as that, before anything is said of what it holds.
#pragma once

#include "analyzers/model/analysis.h"
#include "app/cli/arguments.h"

#include <optional>

namespace cupel::cli {

// Complains about each reason and says how to end; nullopt: the file was opened.
[[nodiscard]] std::optional<Exit> unread(const Analysis& file);

} // namespace cupel::cli
