// SPDX-License-Identifier: GPL-3.0-or-later
// Derives the threat model of what is open, lays over it what people made of it, asks the rules, and draws it.
// Blocking; any thread.
#pragma once

#include "analyzers/model/analysis.h"
#include "analyzers/threats/derive/derive.h"
#include "app/session/team_trust.h"
#include "app/session/threat_document.h"
#include "app/session/threat_file.h"
#include "widgets/models/rule_bench.h"
#include "widgets/models/scene_memory.h"
#include "widgets/models/threat_state.h"

#include <memory>
#include <stop_token>

namespace cupel::engine {
class LineageMemory;
}

namespace cupel::app {

// What a scan and the lineage say; made once for each scan.
struct ThreatSource {
    Workspace workspace; // the evidence points into it
    threats::Derived derived;
    std::uint32_t fold = 0; // elements that it was folded to
    bool complete = true;
};
using ThreatSourcePtr = std::shared_ptr<const ThreatSource>;

using AskedRules = std::shared_ptr<const std::vector<threats::ThreatRule>>; // null: the built-in ones

struct ThreatRequest {
    std::vector<std::string> roots;
    std::vector<AnalysisPtr> analyses; // of the review
    std::vector<std::string> exclude;
    unsigned jobs = 0;
    std::shared_ptr<engine::LineageMemory> memory; // of what was followed before
    ThreatSourcePtr source; // when it was made already
    ThreatSourcePtr before; // that was shown until now; may be null
    QString packs; // folder whose packs of rules are asked
    QString folder; // whose file is read; empty: `team` counts
    threats::TeamModel team;
    widgets::SceneMemoryPtr sceneMemory; // of the drawing before; may be null
    DecisionTrust trust; // what of the file counts
    QString place; // of that file
    std::string today;
    QString open; // a file of another tool that is worked on instead
    QString draft; // where what was not saved of it is kept
    ThreatDocumentPtr document; // when it was read already
};

struct ThreatResult {
    ThreatSourcePtr source; // null: stopped
    TeamFile file; // when it was read
    std::vector<widgets::RulePackInfo> packs;
    AskedRules rules; // with those of packs that count
    widgets::ThreatReadingPtr reading; // with what counts of the file
    widgets::ForeignDecisions foreign; // what waits for an answer
    SortedTeam sorted;
    std::vector<std::string> fixed; // threats that were decided as done, and are since this scan
    widgets::SceneMemoryPtr sceneMemory; // of its drawing
    ThreatDocumentPtr document; // that was worked on
    QString trouble; // why it cannot be; a sentence
    bool restored = false; // what was not saved the last time came back
    bool shortened = false; // as in OpenedThreats
    QString aside;
};

[[nodiscard]] ThreatResult readThreats(const ThreatRequest& request, const std::stop_token& stop);

} // namespace cupel::app
