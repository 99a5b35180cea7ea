// SPDX-License-Identifier: GPL-3.0-or-later
// The binary form that XGBoost wrote before version 2.1 ("binf"): parameters of fixed size, trees, attributes. Every
// count is held against the bytes that are left.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/model/facts.h"

namespace cupel::formats::xgboost {

constexpr std::string_view binaryMagic = "binf";

void readBinary(const Artifact& artifact, Budget& budget, Facts& out);

} // namespace cupel::formats::xgboost
