// SPDX-License-Identifier: GPL-3.0-or-later
// A first threat model of a workspace, from what a scan and the lineage say: elements of the palette, one for each
// artifact, in zones by where they come from and who can reach them, with the flows between them. Nothing is drawn that
// the code or the files do not show; attributes name where they were read. Ids depend on the artifact alone.
#pragma once

#include "analyzers/lineage/lineage_graph.h"
#include "analyzers/model/analysis.h"
#include "analyzers/threats/derive/logins.h"
#include "analyzers/threats/derive/settings.h"
#include "analyzers/threats/evidence.h"
#include "analyzers/threats/threat_model.h"

#include <cstdint>
#include <map>
#include <string>

namespace cupel::threats {

struct DeriveOptions {
    std::uint32_t most = 40; // elements: beyond, those that are alike are folded into one with a count
    // Elements that people have touched, by id the name they had then: one that stood alone stays alone, one that
    // stood for several goes on doing so. Flows that they touched stay what they are.
    std::map<std::string, std::string> touched = {};
    SettingsByPath settings = {}; // what files of settings say, by path of the workspace as the lineage has it
    CodeByPath code = {}; // which names they import, and what their calls say of who calls
};

struct Derived {
    ThreatModel model; // without threats and without places
    Evidence evidence; // into `workspace`
    std::map<std::string, std::string> inside = {}; // elements that were folded: into which, by id
};

// Paths of `graph` are relative to `root`, those of `workspace` begin with it; "" where both are the same.
[[nodiscard]] Derived derive(const lineage::LineageGraph& graph, const Workspace& workspace, std::string_view root,
    const DeriveOptions& options);

} // namespace cupel::threats
