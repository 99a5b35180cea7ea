// SPDX-License-Identifier: GPL-3.0-or-later
// Fewer elements: those of one kind in one folder and one zone become one with a count, the largest groups first, then
// those of one kind in one zone. What is folded stays listed in the attribute "members". What people touched keeps its
// id at every fold: an element stays alone, one that stood for several goes on doing so, and a flow is merged into
// none.
#pragma once

#include "analyzers/threats/derive/derive.h"

#include <cstdint>

namespace cupel::threats {

// `touched`: as in DeriveOptions.
void fold(Derived& derived, std::uint32_t most, const std::map<std::string, std::string>& touched = {});

} // namespace cupel::threats
