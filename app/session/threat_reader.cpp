// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/threat_reader.h"

#include "analyzers/engine/lineage_folder.h"
#include "analyzers/engine/lineage_memory.h"
#include "analyzers/engine/threat_folder.h"
#include "analyzers/threats/assess.h"
#include "app/session/scene_maker.h"
#include "widgets/models/shown_text.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace cupel::app {

namespace {

using widgets::NodeShape;

ThreatSourcePtr makeSource(const ThreatRequest& request, Budget& budget)
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
    out->derived = engine::deriveThreats(out->workspace, graph, {});
    return out;
}

NodeShape shapeOf(std::string_view kind)
{
    static constexpr std::array<std::string_view, 7> models{
        "model-file", "adapter", "model-registry", "agent", "llm-app", "mcp-server", "agent-tool"};
    static constexpr std::array<std::string_view, 7> stores{
        "dataset", "store", "vector-store", "feature-store", "secret-store", "agent-memory", "data-source"};
    const auto isOneOf = [kind](
                             const auto& names) { return std::find(names.begin(), names.end(), kind) != names.end(); };
    return isOneOf(models) ? NodeShape::Model : isOneOf(stores) ? NodeShape::Data : NodeShape::Code;
}

// The worst threat of each part that nobody has settled.
std::map<std::string, Severity> worstOf(const threats::ThreatModel& model)
{
    std::map<std::string, Severity> out;
    for (const auto& threat : model.threats) {
        const bool open =
            threat.decision == threats::Decision::Open || threat.decision == threats::Decision::InProgress;
        if (open && threat.severity && threat.applicability != threats::Applicability::NotApplicable) {
            auto& worst = out.try_emplace(threat.target, *threat.severity).first->second;
            worst = std::max(worst, *threat.severity);
        }
    }
    return out;
}

widgets::GraphScenePtr draw(const threats::Overlaid& overlaid, Budget& budget, std::vector<std::uint32_t>& flows)
{
    const auto& model = overlaid.model;
    const auto worst = worstOf(model);
    ScenePlan plan;
    std::map<std::string, std::uint32_t> groups;
    for (const auto& zone : model.zones) {
        groups.emplace(zone.id, static_cast<std::uint32_t>(plan.groups.size()));
        const QString name = widgets::shownText(zone.name);
        const QString title = zone.trust ? QStringLiteral("%1  %2").arg(name).arg(*zone.trust) : name;
        plan.groups.push_back({title, ScenePlan::none, false, zone.id});
    }
    std::map<std::string, std::uint32_t> nodes;
    for (std::uint32_t i = 0; i < model.elements.size(); ++i) {
        const auto& element = model.elements[i];
        widgets::SceneNode node;
        node.shape = shapeOf(element.kind);
        const auto origin = threats::attribute(element, "origin");
        node.outside = origin == "public" || origin == "external" || overlaid.ghosts.contains(element.id);
        node.title = widgets::shownText(element.name.empty() ? element.id : element.name);
        node.detail = widgets::kindWord(element.kind);
        const auto found = worst.find(element.id);
        node.sign = found == worst.end() ? std::nullopt : std::optional(found->second);
        node.number = i;
        nodes.emplace(element.id, i);
        plan.nodes.push_back(std::move(node));
        plan.keys.push_back(element.id);
        const auto group = groups.find(element.zone);
        plan.groupOf.push_back(group == groups.end() ? ScenePlan::none : group->second);
    }
    for (std::uint32_t i = 0; i < model.flows.size() && budget.spend(256); ++i) {
        const auto& flow = model.flows[i];
        const auto from = nodes.find(flow.source);
        const auto to = nodes.find(flow.target);
        if (from != nodes.end() && to != nodes.end()) {
            plan.links.push_back({from->second, to->second, widgets::shownText(flow.name), false});
            flows.push_back(i);
        }
    }
    return drawRight(std::move(plan), budget);
}

// What of the open folder would be another if the waiting claims counted. Threats that only the waiting parts would
// raise are not among it.
widgets::ForeignDecisions foreignOf(const threats::TeamModel& waiting, const threats::ThreatModel& model)
{
    constexpr qsizetype mostAuthors = 50;
    constexpr int longestName = 60;
    widgets::ForeignDecisions out;
    out.about = widgets::ForeignDecisions::About::Threats;
    out.count = static_cast<int>(waiting.threats.size() + waiting.parts.size() + waiting.answers.size());
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
    out.settles = static_cast<int>(waiting.answers.size());
    for (const auto& [id, edit] : waiting.parts) {
        out.settles += known.contains(id) || !edit.type.empty() ? 1 : 0;
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
    out.sorted = sortTeam(out.file.team, request.trust, request.place);
    const threats::TeamModel& team = out.sorted.counted;
    auto reading = std::make_shared<widgets::ThreatReading>();
    reading->complete = out.source->complete;
    reading->overlaid = threats::overlay(out.source->derived.model, team);
    threats::assess(
        reading->overlaid.model, out.source->derived.evidence, threats::builtInRules(), threats::builtInEvidence());
    out.foreign = foreignOf(out.sorted.waiting, reading->overlaid.model);
    threats::decide(reading->overlaid, team, request.today);
    for (const auto& [part, findings] : out.source->derived.evidence.findings) {
        for (const Finding* finding : findings) {
            reading->findings.emplace(finding->fingerprint,
                widgets::ThreatEvidence{
                    finding->location.artifact, finding->title, finding->location.human, finding->severity});
        }
    }
    reading->paths = threats::attackPaths(threats::ModelIndex(reading->overlaid.model), {}, budget);
    reading->lenses = threats::coverageOf(reading->overlaid.model);
    reading->scene = draw(reading->overlaid, budget, reading->flows);
    if (reading->scene && !stop.stop_requested()) {
        out.reading = std::move(reading);
    }
    return out;
}

} // namespace cupel::app
