// SPDX-License-Identifier: GPL-3.0-or-later
// The threat model of a workspace: what a scan and the lineage say becomes a drawn data-flow diagram with its threats.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/lineage/lineage_graph.h"
#include "analyzers/model/analysis.h"
#include "analyzers/report/threats/threat_review.h"
#include "analyzers/threats/derive/derive.h"
#include "analyzers/threats/knowledge/tables.h"
#include "analyzers/threats/work/team_moves.h"

#include <string>
#include <vector>

namespace cupel::engine {

struct ThreatOptions {
    std::uint32_t most = 40; // elements, before alike ones are folded
    threats::TeamModel team; // what people made of it
    std::vector<threats::ThreatRule> ownRules; // beside the built-in ones
    std::string today; // ISO date, for what is decided until a day
};

// Elements, zones and flows, without threats and places. `workspace` and `graph` are of the same paths; the evidence
// points into `workspace`.
[[nodiscard]] threats::Derived deriveThreats(
    const Workspace& workspace, const lineage::LineageGraph& graph, const ThreatOptions& options);

struct ThreatFolder {
    report::ThreatReview review;
    std::vector<threats::Move> moved; // files that have another path than when the team saw them
};
// The same with threats, what was decided about them, and places; ready to be reported, with secrets masked that people
// wrote into it. Stopped by the budget, the model may lack places.
[[nodiscard]] ThreatFolder threatReview(
    const Workspace& workspace, const lineage::LineageGraph& graph, const ThreatOptions& options, Budget& budget);

} // namespace cupel::engine
