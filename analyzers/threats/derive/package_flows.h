// SPDX-License-Identifier: GPL-3.0-or-later
// Where packages come from: one index for all that is installed, and how the way to it is protected.
#pragma once

#include "analyzers/model/analysis.h"
#include "analyzers/threats/derive/model_builder.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace cupel::threats {

// Elements that fetch packages when they start, each with the file that says so.
using Installs = std::vector<std::pair<std::uint32_t, std::string>>;
// Analyses by their path as the model has it; what depends on something installs it.
using AnalysesByPath = std::vector<std::pair<std::string, const Analysis*>>;

void drawPackages(ModelBuilder& builder, const AnalysesByPath& analyses, const Installs& installs);

} // namespace cupel::threats
