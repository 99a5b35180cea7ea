// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/engine/threat_folder.h"

#include "analyzers/engine/threat_mask.h"
#include "analyzers/threats/assess.h"
#include "analyzers/threats/derive/derive.h"
#include "analyzers/threats/diagram_layout.h"

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
    threats::Derived out = threats::derive(graph, workspace, root, {options.most});
    out.model.title = titleOf(root);
    return out;
}

report::ThreatReview threatReview(
    const Workspace& workspace, const lineage::LineageGraph& graph, const ThreatOptions& options, Budget& budget)
{
    threats::Derived derived = deriveThreats(workspace, graph, options);
    report::ThreatReview review;
    review.team = options.team;
    review.overlaid = threats::overlay(std::move(derived.model), options.team);
    auto& model = review.overlaid.model;
    threats::assess(model, derived.evidence, threats::builtInRules(), threats::builtInEvidence());
    threats::decide(review.overlaid, options.team, options.today);
    threats::layOutDiagrams(model, budget);
    maskThreats(review, budget);
    return review;
}

threats::ThreatModel threatsOf(
    const Workspace& workspace, const lineage::LineageGraph& graph, const ThreatOptions& options, Budget& budget)
{
    return std::move(threatReview(workspace, graph, options, budget).overlaid.model);
}

} // namespace cupel::engine
