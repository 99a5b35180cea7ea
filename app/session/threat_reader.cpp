// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/threat_reader.h"

#include "analyzers/engine/lineage_folder.h"
#include "analyzers/engine/threat_folder.h"
#include "analyzers/threats/assess.h"
#include "app/session/threat_scene.h"

#include <utility>

namespace cupel::app {

namespace {

ThreatSourcePtr makeSource(const ThreatRequest& request, Budget& budget)
{
    auto out = std::make_shared<ThreatSource>();
    out->workspace.roots = request.roots;
    for (const auto& analysis : request.analyses) {
        out->workspace.analyses.emplace(analysis->artifact.path, analysis);
    }
    const auto graph = engine::lineageOf(request.roots, {request.exclude, request.jobs, {}}, budget);
    if (budget.stopped()) {
        return nullptr;
    }
    out->complete = graph.complete && !summarize(out->workspace).incomplete;
    out->derived = engine::deriveThreats(out->workspace, graph, {});
    return out;
}

} // namespace

ThreatResult readThreats(const ThreatRequest& request, const std::stop_token& stop)
{
    Budget budget(Limits{}, stop);
    ThreatResult out;
    out.file.team = request.team;
    if (!request.folder.isEmpty()) {
        out.file = readTeam(request.folder);
    }
    out.source = request.source ? request.source : makeSource(request, budget);
    if (!out.source) {
        return out;
    }
    const threats::TeamModel& team = out.file.team;
    auto reading = std::make_shared<widgets::ThreatReading>();
    reading->complete = out.source->complete;
    reading->overlaid = threats::overlay(out.source->derived.model, team);
    threats::assess(
        reading->overlaid.model, out.source->derived.evidence, threats::builtInRules(), threats::builtInEvidence());
    threats::decide(reading->overlaid, team, request.today);
    for (const auto& [part, findings] : out.source->derived.evidence.findings) {
        for (const Finding* finding : findings) {
            reading->findings.emplace(finding->fingerprint,
                widgets::ThreatEvidence{
                    finding->location.artifact, finding->title, finding->location.human, finding->severity});
        }
    }
    auto drawing = drawThreats(reading->overlaid, out.source->derived.model, request.memory, budget);
    reading->scene = std::move(drawing.scene);
    reading->elements = std::move(drawing.elements);
    reading->flows = std::move(drawing.flows);
    reading->zones = std::move(drawing.zones);
    reading->origin = drawing.origin;
    out.memory = std::move(drawing.memory);
    if (reading->scene && !stop.stop_requested()) {
        out.reading = std::move(reading);
    }
    return out;
}

} // namespace cupel::app
