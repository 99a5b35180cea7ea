// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/engine/threat_folder.h"

#include "analyzers/engine/file_source.h"
#include "analyzers/engine/threat_mask.h"
#include "analyzers/threats/assess.h"
#include "analyzers/threats/derive/derive.h"
#include "analyzers/threats/diagram_layout.h"
#include "analyzers/threats/knowledge/tables.h"
#include "analyzers/threats/work/fold_choice.h"

#include <algorithm>
#include <memory>
#include <set>
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

// Of a path of the workspace: as the lineage has it.
std::string_view relative(std::string_view path, std::string_view root)
{
    if (!root.empty() && path.starts_with(root) && path.size() > root.size()) {
        path.remove_prefix(root.size());
        path.remove_prefix(std::min(path.find_first_not_of('/'), path.size()));
    }
    return path;
}

constexpr std::uint64_t largest = 1 << 20; // bytes of a file that is read for what it says of the model
constexpr std::size_t most = 500; // of such files
constexpr std::uint64_t largestCode = 64 << 20; // of a file of code: notebooks are large for their outputs
constexpr std::uint64_t mostCode = 256 << 20; // bytes of all of them

Budget filesUpTo(std::uint64_t bytes)
{
    Limits limits;
    limits.fileBytes = bytes;
    return Budget(limits);
}

// A scan may not keep the bytes of what it has looked at: then they are read again. Null: they cannot be.
std::shared_ptr<const std::string> bytesOf(const std::string& path, const Artifact& artifact, Budget& budget)
{
    if (!artifact.view().empty()) {
        return std::make_shared<const std::string>(artifact.view());
    }
    auto bytes = readFile(path, budget);
    return bytes ? std::move(bytes).value() : nullptr;
}

// What is small enough to be read by people.
threats::SettingsByPath settingsIn(const Workspace& workspace, std::string_view root)
{
    threats::SettingsByPath out;
    Budget budget = filesUpTo(largest);
    for (const auto& [path, analysis] : workspace.analyses) {
        const auto& artifact = analysis->artifact;
        if (out.size() >= most || !artifact.parent.empty() || !threats::isSettingsFile(path)
            || artifact.view().size() > largest) {
            continue;
        }
        const auto bytes = bytesOf(path, artifact, budget);
        auto settings = threats::settingsOf(path, bytes ? ByteView(*bytes) : ByteView(), budget);
        const std::string_view own = relative(path, root);
        if (!settings.empty()) {
            out.emplace(own, std::move(settings));
        }
    }
    return out;
}

// Of code that uses packages which say what it is, or that calls something outside.
threats::CodeByPath codeIn(const Workspace& workspace, const lineage::LineageGraph& graph, std::string_view root)
{
    std::set<std::string_view> calling;
    for (const auto& node : graph.nodes) {
        if (node.outside && node.place.file < graph.files.size()) {
            calling.insert(graph.files[node.place.file].path);
        }
    }
    threats::CodeByPath out;
    Budget budget = filesUpTo(largestCode);
    std::uint64_t left = mostCode;
    for (const auto& [path, analysis] : workspace.analyses) {
        const auto& artifact = analysis->artifact;
        const bool code = path.ends_with(".py") || path.ends_with(".ipynb");
        if (!code || !artifact.parent.empty() || artifact.view().size() > largestCode) {
            continue;
        }
        const std::string_view own = relative(path, root);
        const bool tells = std::any_of(analysis->dependencies.begin(), analysis->dependencies.end(),
            [](const Dependency& one) { return threats::packageOf(one.module) != nullptr; });
        if (!tells && !calling.contains(own)) {
            continue;
        }
        if (auto bytes = bytesOf(path, artifact, budget); bytes && bytes->size() <= left) {
            left -= bytes->size();
            out.emplace(own, std::move(bytes));
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
    threats::DeriveOptions derive;
    derive.most = std::min(options.most, threats::foldOf(options.team.answers));
    derive.touched = threats::touchedParts(options.team);
    derive.settings = settingsIn(workspace, root);
    derive.code = codeIn(workspace, graph, root);
    threats::Derived out = threats::derive(graph, workspace, root, derive);
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
    threats::forgetFolded(review.team, derived);
    threats::Moves moves = threats::findMoves(review.team, derived.model);
    threats::follow(review.team, moves, options.today, {});
    out.moved = std::move(moves.elements);
    review.overlaid = threats::overlay(std::move(derived.model), review.team);
    auto& model = review.overlaid.model;
    auto rules = threats::builtInRules();
    rules.insert(rules.end(), options.ownRules.begin(), options.ownRules.end());
    threats::assess(model, derived.evidence, rules, threats::builtInEvidence(),
        {.decided = threats::decidedThreats(review.overlaid, review.team)});
    threats::decide(review.overlaid, review.team, options.today);
    threats::layOutDiagrams(model, budget);
    maskThreats(review, budget);
    return out;
}

} // namespace cupel::engine
