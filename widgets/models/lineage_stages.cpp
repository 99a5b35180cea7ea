// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/lineage_stages.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace cupel::widgets {

namespace {

using lineage::EdgeKind;
using lineage::LineageGraph;

constexpr std::size_t mostStages = LineageWish::mostAtFirst / 2 - 2; // the rest is for what they read and write

LineageStage stageOf(EdgeKind kind)
{
    switch (kind) {
    case EdgeKind::Reads:
    case EdgeKind::Loads:
        return LineageStage::Read;
    case EdgeKind::Trains:
        return LineageStage::Train;
    case EdgeKind::Validates:
    case EdgeKind::Tests:
    case EdgeKind::Predicts:
        return LineageStage::Measure;
    case EdgeKind::Writes:
    case EdgeKind::Saves:
    case EdgeKind::Deploys:
    case EdgeKind::Registers:
        return LineageStage::Save;
    default:
        return LineageStage::Prepare;
    }
}

// What each cell does: training says more of it than what it reads for that, and saving more than a measure.
std::map<std::pair<std::uint32_t, std::int32_t>, LineageStage> stagesOf(const LineageGraph& graph)
{
    constexpr int weights[] = {1, 0, 4, 2, 3}; // by stage
    std::map<std::pair<std::uint32_t, std::int32_t>, LineageStage> out;
    for (const auto& edge : graph.edges) {
        if (edge.place.file >= graph.files.size()) {
            continue;
        }
        const auto stage = stageOf(edge.kind);
        auto& known = out.try_emplace({edge.place.file, edge.place.cell}, LineageStage::Prepare).first->second;
        known = weights[static_cast<std::size_t>(stage)] > weights[static_cast<std::size_t>(known)] ? stage : known;
    }
    return out;
}

struct Run {
    LineageStage stage = LineageStage::Prepare;
    std::vector<std::uint32_t> cells;
};

// Cells that follow one another and do the same.
std::vector<Run> runsOf(const LineageGraph& graph, const std::vector<std::uint32_t>& cells)
{
    const auto stages = stagesOf(graph);
    std::vector<Run> runs;
    for (const auto cell : cells) {
        const auto& place = graph.nodes[cell].place;
        const auto known = stages.find({place.file, place.cell});
        const auto stage = known == stages.end() ? LineageStage::Prepare : known->second;
        if (runs.empty() || runs.back().stage != stage) {
            runs.push_back({stage, {}});
        }
        runs.back().cells.push_back(cell);
    }
    return runs;
}

// Neighbours in pairs, until there are not too many; the one with more cells gives the name, preparing to anything.
void join(std::vector<Run>& runs)
{
    while (runs.size() > mostStages) {
        std::vector<Run> fewer;
        for (std::size_t i = 0; i < runs.size(); ++i) {
            if (i % 2 == 0) {
                fewer.push_back(std::move(runs[i]));
                continue;
            }
            auto& into = fewer.back();
            const auto& from = runs[i];
            const bool larger = from.cells.size() > into.cells.size() && from.stage != LineageStage::Prepare;
            into.stage = larger || into.stage == LineageStage::Prepare ? from.stage : into.stage;
            into.cells.insert(into.cells.end(), from.cells.begin(), from.cells.end());
        }
        runs = std::move(fewer);
    }
}

constexpr std::string_view names[] = {"read", "prepare", "train", "measure", "save"};

} // namespace

void squeezeStages(const LineageGraph& graph, const LineageShape& shape, LineageSqueeze& squeeze)
{
    for (std::uint32_t file = 0; file < shape.cells.size(); ++file) {
        std::vector<std::uint32_t> busy;
        std::copy_if(shape.cells[file].begin(), shape.cells[file].end(), std::back_inserter(busy),
            [&](std::uint32_t cell) { return shape.busy[cell]; });
        auto runs = runsOf(graph, busy);
        join(runs);
        for (const auto& run : runs) {
            const auto key = std::string(stagePrefix) + std::string(names[static_cast<std::size_t>(run.stage)]) + ':'
                + graph.nodes[run.cells.front()].id;
            for (const auto cell : run.cells) {
                if (run.cells.size() > 1) {
                    squeeze.stages.emplace(cell, key);
                }
            }
        }
    }
}

LineageStage stageOf(std::string_view key)
{
    key.remove_prefix(std::min(key.size(), stagePrefix.size()));
    const auto name = key.substr(0, key.find(':'));
    const auto known = std::find(std::begin(names), std::end(names), name);
    return known == std::end(names) ? LineageStage::Prepare : static_cast<LineageStage>(known - std::begin(names));
}

} // namespace cupel::widgets
