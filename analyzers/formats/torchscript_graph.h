// SPDX-License-Identifier: GPL-3.0-or-later
// The calls of a TorchScript module's forward(), read from the source in the archive: which call takes what another
// one gives. Nothing is run, loops and branches count once.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/formats/graph_builder.h"

#include <string_view>

namespace cupel::formats {

[[nodiscard]] bool isTorchScript(std::string_view path, std::string_view text);
void readTorchScript(std::string_view text, GraphBuilder& builder, Budget& budget);

} // namespace cupel::formats
