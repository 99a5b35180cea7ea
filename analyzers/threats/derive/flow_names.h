// SPDX-License-Identifier: GPL-3.0-or-later
// What stands beside an arrow, and how it travels: what its ends do, said of the end that does it. Lineage says who
// wrote a file, also where a picture has only the address it came from and the notebook that fetched it: that notebook
// reads.
#pragma once

#include "analyzers/lineage/lineage_graph.h"
#include "analyzers/threats/threat_model.h"

#include <string_view>

namespace cupel::threats {

[[nodiscard]] std::string_view nameOfFlow(lineage::EdgeKind kind, const Element& from, const Element& to);
// How it travels, by the address at one of its ends: protocol, and whether that is encrypted.
void setProtocol(Flow& flow, const Element& source, const Element& target);
[[nodiscard]] bool isModel(const Element& element); // a file, an adapter, a registry of them

} // namespace cupel::threats
