// SPDX-License-Identifier: GPL-3.0-or-later
// Things that lie outside of the workspace, and what it serves itself: where they stand and what is known of them.
#pragma once

#include "analyzers/lineage/lineage_graph.h"
#include "analyzers/threats/derive/model_builder.h"

namespace cupel::threats {

// `node`: null where the kind says enough.
[[nodiscard]] std::string_view zoneAt(std::string_view kind, const lineage::Node* node);
// `target`: data is only sent there, none of it comes back: nobody takes anything over from it.
void describeRemote(ModelBuilder& builder, std::uint32_t index, const lineage::Node& node, bool target);
// A model that MLflow keeps under a name has its registry beside it.
void keepInRegistry(ModelBuilder& builder, std::uint32_t index, const lineage::Node& node);
// One more way into what a file of code serves; the second makes it an API of the file.
void addRoute(ModelBuilder& builder, std::uint32_t index, const lineage::Node& node);

} // namespace cupel::threats
