// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/engine/threat_folder.h"

#include "analyzers/engine/file_source.h"
#include "analyzers/engine/threat_mask.h"
#include "analyzers/threats/assess.h"
#include "analyzers/threats/derive/derive.h"
#include "analyzers/threats/diagram_layout.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace cupel::engine {

namespace {

// What the paths of a lineage are relative to: the one folder that was asked for, or the folder of files.
std::string rootOf(const Workspace& workspace)
{
    if (workspace.roots.size() != 1) {
        return {};
    }
    std::string root = workspace.roots.front();
    while (root.size() > 1 && root.ends_with('/')) {
        root.pop_back();
    }
    if (workspace.analyses.contains(root)) { // a file
        const auto slash = root.rfind('/');
        return slash == std::string::npos ? std::string() : root.substr(0, slash);
    }
    return root;
}

// What is small enough to be read by people; a scan may not keep the bytes of what it has looked at.
threats::SettingsByPath settingsIn(const Workspace& workspace, std::string_view root)
{
    constexpr std::uint64_t largest = 1 << 20;
    constexpr std::size_t most = 500;
    threats::SettingsByPath out;
    Limits limits;
    limits.fileBytes = largest;
    Budget budget(limits);
    for (const auto& [path, analysis] : workspace.analyses) {
        const auto& artifact = analysis->artifact;
        if (out.size() >= most || !artifact.parent.empty() || !threats::isSettingsFile(path)
            || artifact.view().size() > largest) {
            continue;
        }
        std::shared_ptr<const std::string> again;
        if (artifact.view().empty()) {
            if (auto bytes = readFile(path, budget)) {
                again = std::move(bytes).value();
            }
        }
        auto settings = threats::settingsOf(path, again ? ByteView(*again) : artifact.view(), budget);
        std::string_view own = path;
        if (!root.empty() && own.starts_with(root) && own.size() > root.size()) {
            own.remove_prefix(root.size());
            own.remove_prefix(std::min(own.find_first_not_of('/'), own.size()));
        }
        if (!settings.empty()) {
            out.emplace(own, std::move(settings));
        }
    }
    return out;
}

std::string titleOf(const std::string& root)
{
    const auto slash = root.rfind('/');
    const std::string name = slash == std::string::npos ? root : root.substr(slash + 1);
    return name.empty() || name == "." ? "Threat model" : name;
}

} // namespace

threats::Derived deriveThreats(
    const Workspace& workspace, const lineage::LineageGraph& graph, const ThreatOptions& options)
{
    const std::string root = rootOf(workspace);
    threats::Derived out = threats::derive(graph, workspace, root, {options.most, settingsIn(workspace, root)});
    out.model.title = titleOf(root);
    return out;
}

ThreatFolder threatReview(
    const Workspace& workspace, const lineage::LineageGraph& graph, const ThreatOptions& options, Budget& budget)
{
    threats::Derived derived = deriveThreats(workspace, graph, options);
    ThreatFolder out;
    auto& review = out.review;
    review.team = options.team;
    threats::Moves moves = threats::findMoves(review.team, derived.model);
    threats::follow(review.team, moves, options.today, {});
    out.moved = std::move(moves.elements);
    review.overlaid = threats::overlay(std::move(derived.model), review.team);
    auto& model = review.overlaid.model;
    threats::assess(model, derived.evidence, threats::builtInRules(), threats::builtInEvidence(),
        {.decided = threats::decidedThreats(review.overlaid, review.team)});
    threats::decide(review.overlaid, review.team, options.today);
    threats::layOutDiagrams(model, budget);
    maskThreats(review, budget);
    return out;
}

} // namespace cupel::engine
