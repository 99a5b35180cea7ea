// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/threat_reader.h"

#include "analyzers/engine/lineage_folder.h"
#include "analyzers/engine/lineage_memory.h"
#include "analyzers/engine/threat_folder.h"
#include "analyzers/engine/threat_mask.h"
#include "analyzers/threats/assess.h"
#include "analyzers/threats/work/fold_choice.h"
#include "analyzers/threats/work/team_fixes.h"
#include "app/session/rule_pack_store.h"
#include "app/session/threat_scene.h"
#include "widgets/models/shown_text.h"

#include <set>
#include <utility>

namespace cupel::app {

namespace {

ThreatSourcePtr makeSource(const ThreatRequest& request, const threats::TeamModel& team, Budget& budget)
{
    auto out = std::make_shared<ThreatSource>();
    out->workspace.roots = request.roots;
    for (const auto& analysis : request.analyses) {
        out->workspace.analyses.emplace(analysis->artifact.path, analysis);
    }
    const auto graph =
        engine::lineageOf(request.roots, {request.exclude, request.jobs, {}}, budget, request.memory.get());
    if (budget.stopped()) {
        return nullptr;
    }
    out->complete = graph.complete && !summarize(out->workspace).incomplete;
    engine::ThreatOptions options;
    options.team = team;
    out->fold = threats::foldOf(team.answers);
    out->derived = engine::deriveThreats(out->workspace, graph, options);
    return out;
}

// What of the open folder would be another if the waiting claims counted. Threats that only the waiting parts would
// raise are not among it.
widgets::ForeignDecisions foreignOf(const threats::TeamModel& waiting, const threats::ThreatModel& model)
{
    constexpr qsizetype mostAuthors = 50;
    constexpr int longestName = 60;
    widgets::ForeignDecisions out;
    out.about = widgets::ForeignDecisions::About::Threats;
    out.count = static_cast<int>(waiting.threats.size() + waiting.parts.size() + waiting.answers.size()
        + waiting.own.size() + waiting.controls.size() + waiting.assignees.size());
    std::set<std::string_view> known;
    const auto remember = [&known](const auto& list) {
        for (const auto& one : list) {
            known.insert(one.id);
        }
    };
    remember(model.threats);
    remember(model.elements);
    remember(model.flows);
    remember(model.zones);
    out.settles = static_cast<int>(waiting.answers.size() + waiting.own.size() + waiting.controls.size());
    for (const auto& [id, edit] : waiting.parts) {
        out.settles += known.contains(id) || !edit.type.empty() ? 1 : 0;
    }
    for (const auto& [id, name] : waiting.assignees) {
        out.settles += known.contains(id) ? 1 : 0;
    }
    std::set<std::string_view> authors;
    for (const auto& [id, decision] : waiting.threats) {
        out.settles += known.contains(id) ? 1 : 0;
        if (!decision.author.empty() && out.authors.size() < mostAuthors && authors.insert(decision.author).second) {
            out.authors += widgets::shownText(QString::fromStdString(decision.author).left(longestName).toStdString());
        }
    }
    return out;
}

void drawInto(widgets::ThreatReading& reading, const threats::ThreatModel& generated, const ThreatRequest& request,
    ThreatResult& out, Budget& budget)
{
    reading.paths = threats::attackPaths(threats::ModelIndex(reading.overlaid.model), {}, budget);
    reading.lenses = threats::coverageOf(reading.overlaid.model);
    auto drawing = drawThreats(reading.overlaid, generated, request.sceneMemory, budget);
    reading.scene = std::move(drawing.scene);
    reading.elements = std::move(drawing.elements);
    reading.flows = std::move(drawing.flows);
    reading.zones = std::move(drawing.zones);
    reading.origin = drawing.origin;
    out.sceneMemory = std::move(drawing.memory);
}

// What the file says and nothing else: no rule is asked, so that saving adds nothing that nobody wrote.
ThreatResult readDocument(const ThreatRequest& request, const std::stop_token& stop)
{
    Budget budget(Limits{}, stop);
    ThreatResult out;
    out.document = request.document;
    out.file.team = request.team;
    if (!out.document) {
        auto opened = openThreatDocument(request.open, request.draft, stop);
        out.trouble = opened.trouble;
        out.document = opened.document;
        out.restored = opened.restored;
        out.shortened = opened.shortened;
        out.aside = opened.aside;
        if (!out.document) {
            return out;
        }
        out.file.team = std::move(opened.team);
    }
    out.source = request.source ? request.source : std::make_shared<const ThreatSource>();
    out.sorted.counted = out.file.team;
    auto reading = std::make_shared<widgets::ThreatReading>();
    report::ThreatReview review;
    review.overlaid = threats::modelOfTeam(out.file.team, request.today);
    if (out.document->holdsCredential) { // it stays in the file and is shown nowhere
        engine::maskThreats(review, budget);
    }
    reading->overlaid = std::move(review.overlaid);
    reading->events = std::make_shared<const threats::EventList>(out.file.team.events);
    drawInto(*reading, {}, request, out, budget);
    if (reading->scene && !stop.stop_requested()) {
        out.reading = std::move(reading);
    }
    return out;
}

} // namespace

ThreatResult readThreats(const ThreatRequest& request, const std::stop_token& stop)
{
    if (!request.open.isEmpty()) {
        return readDocument(request, stop);
    }
    Budget budget(Limits{}, stop);
    ThreatResult out;
    out.file.team = request.team;
    if (!request.folder.isEmpty()) {
        out.file = readTeam(request.folder);
    }
    out.sorted = sortTeam(out.file.team, request.trust, request.place);
    threats::TeamModel& team = out.sorted.counted;
    out.source = request.source ? request.source : makeSource(request, team, budget);
    if (!out.source) {
        return out;
    }
    if (request.before) {
        threats::seeUnfolded(team, request.before->derived, out.source->derived);
    }
    threats::forgetFolded(team, out.source->derived);
    auto packs = readPacks(request.packs, request.trust);
    out.packs = std::move(packs.packs);
    out.rules = std::make_shared<const std::vector<threats::ThreatRule>>(std::move(packs.set.rules));
    auto reading = std::make_shared<widgets::ThreatReading>();
    reading->complete = out.source->complete;
    reading->overlaid = threats::overlay(out.source->derived.model, team);
    threats::assess(reading->overlaid.model, out.source->derived.evidence, *out.rules, threats::builtInEvidence(),
        {.decided = threats::decidedThreats(reading->overlaid, team)});
    out.foreign = foreignOf(out.sorted.waiting, reading->overlaid.model);
    out.fixed = threats::fixedSince(team, reading->overlaid.model, out.source->derived.evidence);
    threats::decide(reading->overlaid, team, request.today);
    for (const auto& [part, findings] : out.source->derived.evidence.findings) {
        for (const Finding* finding : findings) {
            reading->findings.emplace(finding->fingerprint,
                widgets::ThreatEvidence{
                    finding->location.artifact, finding->title, finding->location.human, finding->severity});
        }
    }
    reading->places = out.source->derived.evidence.places;
    reading->events = std::make_shared<const threats::EventList>(tellable(out.file.team, team).events);
    drawInto(*reading, out.source->derived.model, request, out, budget);
    if (reading->scene && !stop.stop_requested()) {
        out.reading = std::move(reading);
    }
    return out;
}

} // namespace cupel::app
