// SPDX-License-Identifier: GPL-3.0-or-later
// Two lineages side by side: what came, went and changed; a graph that was written is the graph that is read.
#include "analyzers/engine/lineage_mask.h"
#include "analyzers/report/lineage/lineage_writers.h"
#include "analyzers/review/compare_lineage.h"
#include "tests/unit/check.h"

#include <string>

using namespace cupel;
using review::LineageChange;

namespace {

lineage::LineageGraph made()
{
    lineage::LineageGraph graph;
    const auto node = [&graph](const char* id, const char* label, lineage::NodeKind kind) {
        lineage::Node& one = graph.nodes.emplace_back();
        one.id = id;
        one.label = label;
        one.kind = kind;
    };
    node("file:a.csv", "a.csv", lineage::NodeKind::File);
    node("var:t.py/frame", "frame", lineage::NodeKind::Variable);
    node("file:m.pkl", "m.pkl", lineage::NodeKind::ModelFile);
    graph.edges.push_back({0, 1, lineage::EdgeKind::Reads, lineage::Certainty::Certain, "r", "w", {}});
    graph.edges.push_back({1, 2, lineage::EdgeKind::Saves, lineage::Certainty::Likely, "r", "w", {}});
    return graph;
}

template <typename Write> std::string written(const Write& write)
{
    std::string out;
    write([&out](std::string_view text) { out += text; });
    return out;
}

} // namespace

CUPEL_TEST(a_written_graph_is_the_graph)
{
    const auto graph = made();
    const auto json = written([&](const report::TextSink& sink) { report::writeLineageJson(graph, {}, sink); });
    Budget budget;
    auto read = review::readOutline(json, budget);
    REQUIRE(read.ok());
    engine::maskOutline(read.value(), budget);
    CHECK_EQ(read.value().nodes.size(), 3);
    CHECK_EQ(read.value().edges.size(), 2);
    const auto diff = review::compareLineage(read.value(), review::outlineOf(graph));
    CHECK(diff.empty() && diff.complete);
    CHECK_EQ(diff.same, 3);
}

CUPEL_TEST(what_came_went_and_changed)
{
    const auto before = made();
    auto now = made();
    now.nodes[0].id = "file:b.csv";
    now.nodes[0].label = "b.csv";
    now.nodes[1].role = lineage::Role::Train;
    now.edges[1].certainty = lineage::Certainty::Certain;
    const auto diff = review::compareLineage(review::outlineOf(before), review::outlineOf(now));
    REQUIRE(diff.nodes.size() == 3 && diff.edges.size() == 3);
    CHECK(diff.nodes[0].id == "file:a.csv" && diff.nodes[0].change == LineageChange::Removed);
    CHECK(diff.nodes[1].id == "file:b.csv" && diff.nodes[1].change == LineageChange::Added);
    CHECK(diff.nodes[2].change == LineageChange::Changed);
    CHECK_EQ(diff.nodes[2].what.front(), "role: none to train");
    CHECK_EQ(diff.same, 1);
    const auto text = written([&](const report::TextSink& sink) { report::writeLineageDiffText(diff, sink); });
    CHECK(text.find("- file  a.csv  (file:a.csv)\n") != std::string::npos);
    CHECK(text.find("+ reads  b.csv -> frame\n") != std::string::npos);
    CHECK(text.find("~ saves  frame -> m.pkl: likely to certain\n") != std::string::npos);
    CHECK(text.find("added 1 nodes and 1 edges; removed 1 nodes and 1 edges; changed 1 nodes and 1 edges; 1 nodes as "
                    "before\n")
        != std::string::npos);
    const auto json = written([&](const report::TextSink& sink) { report::writeLineageDiffJson(diff, sink); });
    CHECK(json.find("\"cupel.lineage-diff/1\"") != std::string::npos);
}

CUPEL_TEST(both_say_in_which_order_they_are)
{
    const auto before = made();
    auto now = made();
    const auto said = [&](const review::LineageOutline& old) {
        const auto diff = review::compareLineage(old, review::outlineOf(now));
        return written([&](const report::TextSink& sink) { report::writeLineageDiffText(diff, sink); })
            + written([&](const report::TextSink& sink) { report::writeLineageDiffJson(diff, sink); });
    };
    CHECK(said(review::outlineOf(before)).starts_with("Cells of both were followed as they stand in the file.\n"));
    now.order = lineage::CellOrder::Recorded;
    const auto mixed = said(review::outlineOf(before));
    CHECK(
        mixed.starts_with("Cells were followed before as they stand in the file, now in the order in which they ran"));
    CHECK(mixed.find("\"now\": \"recorded\"") != std::string::npos);
    // What was written says it, too.
    const auto json = written([&](const report::TextSink& sink) { report::writeLineageJson(now, {}, sink); });
    Budget budget;
    const auto read = review::readOutline(json, budget);
    REQUIRE(read.ok());
    CHECK(said(read.value()).starts_with("Cells of both were followed in the order in which they ran"));
}

CUPEL_TEST(what_is_no_graph_is_refused)
{
    Budget budget;
    for (const char* text : {"", "[]", "{}", "{\"schema\": \"cupel.scan/1\"}", "{\"schema\"", "nonsense"}) {
        CHECK(!review::readOutline(text, budget).ok());
    }
    // Cut off: what is there is compared, and it is said that it is not all.
    auto cut = review::readOutline(
        "{\"schema\": \"cupel.lineage/1\", \"nodes\": [{\"id\": \"file:a.csv\", \"kind\": \"file\"}, {\"id\": ",
        budget);
    REQUIRE(cut.ok());
    CHECK(!cut.value().complete);
    CHECK(!review::compareLineage(cut.value(), review::outlineOf(made())).complete);
    // Edges between nodes that are not there, and names that would drive a terminal.
    auto odd = review::readOutline("{\"schema\": \"cupel.lineage/1\", \"nodes\": [{\"id\": \"x\\u001b[2J\", \"label\": "
                                   "\"x\\u001b[2J\"}], \"edges\": [{\"from\": \"x\", \"to\": \"y\"}, 7, {}]}",
        budget);
    REQUIRE(odd.ok());
    engine::maskOutline(odd.value(), budget);
    CHECK(odd.value().edges.empty());
    const auto diff = review::compareLineage(odd.value(), review::outlineOf(made()));
    const auto text = written([&](const report::TextSink& sink) { report::writeLineageDiffText(diff, sink); });
    CHECK(text.find('\x1b') == std::string::npos);
}
