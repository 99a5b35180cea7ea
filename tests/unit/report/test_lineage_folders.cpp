// SPDX-License-Identifier: GPL-3.0-or-later
// Drawings of large workspaces: however much there is, a picture has room for it and says that it is folded.
#include "analyzers/base/budget.h"
#include "analyzers/report/lineage/lineage_folders.h"
#include "analyzers/report/lineage/lineage_writers.h"
#include "tests/unit/check.h"

#include <string>

using namespace cupel;
using namespace cupel::lineage;
using namespace cupel::report::lineage_parts;

namespace {

// `files` notebooks in folders of 20; each reads a file of its own and one that all of them read.
LineageGraph workspace(std::uint32_t files)
{
    LineageGraph graph;
    const auto node = [&graph](NodeKind kind, const std::string& id, std::uint32_t file) {
        Node& one = graph.nodes.emplace_back();
        one.id = one.label = id;
        one.kind = kind;
        one.place.file = file;
        one.place.cell = one.place.codeCell = 0;
        return static_cast<std::uint32_t>(graph.nodes.size() - 1);
    };
    const auto shared = node(NodeKind::File, "shared.csv", none);
    for (std::uint32_t i = 0; i < files; ++i) {
        CodeFile& file = graph.files.emplace_back();
        file.path = "part" + std::to_string(i / 20) + "/n" + std::to_string(i) + ".ipynb";
        file.notebook = true;
        const auto cell = node(NodeKind::Cell, "cell:" + file.path, i);
        graph.edges.push_back({shared, cell, EdgeKind::Reads, Certainty::Certain, "r", "w", {}});
        graph.edges.push_back({node(NodeKind::File, "own" + std::to_string(i), none), cell, EdgeKind::Reads,
            Certainty::Certain, "r", "w", {}});
    }
    return graph;
}

} // namespace

CUPEL_TEST(large_workspaces_are_drawn_by_folder)
{
    const auto graph = workspace(1'000);
    Fold fold = Fold::Nothing;
    const auto shown = foldedTo(graph, 600, 1'500, fold);
    CHECK(fold == Fold::Folders);
    CHECK_EQ(shown.nodes.size(), 51U); // 50 folders, and what they share
    CHECK_EQ(shown.edges.size(), 50U);
    CHECK_EQ(shown.nodes.front().name, "shared.csv");
    CHECK_EQ(shown.nodes[1].name, "part0, 20 files");
    std::string svg;
    Budget budget;
    REQUIRE(report::writeLineageSvg(graph, budget, [&svg](std::string_view text) { svg += text; }));
    CHECK(svg.size() < 100'000);
    CHECK(svg.find(">Folded: files of code are shown as their folders") != std::string::npos);
    CHECK(svg.find("style=\"text-anchor: start\">Folded") != std::string::npos);
}

CUPEL_TEST(too_many_folders_are_drawn_one_level_up)
{
    auto graph = workspace(4'000); // 200 folders at the top: all of it is one
    for (auto& file : graph.files) {
        file.path = "all/" + file.path;
    }
    Fold fold = Fold::Nothing;
    const auto shown = foldedTo(graph, 600, 1'500, fold);
    CHECK(shown.nodes.size() <= 2);
    CHECK_EQ(shown.nodes.back().name, "all, 4000 files");
}
