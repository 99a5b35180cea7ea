// SPDX-License-Identifier: GPL-3.0-or-later
// What of a workspace becomes an element, and of which kind: by format, by name, by what lineage saw happen to it.
#pragma once

#include "analyzers/lineage/lineage_graph.h"
#include "analyzers/model/analysis.h"
#include "analyzers/threats/threat_model.h"

#include <optional>
#include <string>
#include <string_view>

namespace cupel::threats {

// Of the file of a workspace; empty: it is no element by itself (a text, a picture, a README).
[[nodiscard]] std::string_view kindOfFile(std::string_view path, std::string_view format, bool isModel);
// Of a node outside of cells; empty: it is none (a metric, a picture that is written).
[[nodiscard]] std::string_view kindOfNode(const lineage::Node& node);

struct Address {
    std::string scheme; // "https", "s3", "postgresql"; empty: a path
    std::string host; // without a port; empty: none
    std::optional<bool> encrypted; // on the way, by its scheme; not known of databases
    bool isPublic = false; // a host that is no name of one's own network
    bool isLocal = false; // the machine itself
};
[[nodiscard]] Address addressOf(std::string_view locator);

struct ZoneKind {
    std::string_view kind; // "internet"
    std::string_view name;
    int trust;
};
void addZones(ThreatModel& model); // those its elements stand in
[[nodiscard]] const ZoneKind& zoneKind(std::string_view kind); // always one: the last stands for all unknown ones

} // namespace cupel::threats
