// SPDX-License-Identifier: GPL-3.0-or-later
// Things that lie outside of the workspace, and what it serves itself: where they stand and what is known of them.
#pragma once

#include "analyzers/lineage/lineage_graph.h"
#include "analyzers/threats/derive/model_builder.h"

#include <cstdint>
#include <map>
#include <optional>

namespace cupel::threats {

// `node`: null where the kind says enough.
[[nodiscard]] std::string_view zoneAt(std::string_view kind, const lineage::Node* node);
// `target`: data is only sent there, none of it comes back: nobody takes anything over from it.
void describeRemote(ModelBuilder& builder, std::uint32_t index, const lineage::Node& node, bool target);
// Data whose digest a tool of versions (DVC) has written down.
void keepVersions(ModelBuilder& builder, std::uint32_t index, const lineage::Node& node);
// A model that MLflow keeps under a name has its registry beside it.
void keepInRegistry(ModelBuilder& builder, std::uint32_t index, const lineage::Node& node);
// What code serves: an application, its routes and what starts it are one for each file.
class Apis {
public:
    // The one that the node is another way into; nullopt: it is none, or the first of its file.
    std::optional<std::uint32_t> find(ModelBuilder& builder, const lineage::Node& node) const;
    void remember(ModelBuilder& builder, const lineage::Node& node, std::uint32_t index);

private:
    std::map<std::uint32_t, std::uint32_t> m_ofFile;
};

} // namespace cupel::threats
