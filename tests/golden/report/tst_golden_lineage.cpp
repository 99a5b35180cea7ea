// SPDX-License-Identifier: GPL-3.0-or-later
// The writers of a lineage graph byte for byte, and what each of them must keep to whatever stands in the graph.
#include "analyzers/base/utf8.h"
#include "analyzers/report/lineage/lineage_names.h"
#include "analyzers/report/lineage/lineage_parts.h"
#include "analyzers/report/lineage/lineage_writers.h"
#include "tests/golden/report/made_lineage.h"
#include "tests/unit/check.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <set>

using namespace cupel;
using nlohmann::json;

namespace {

using Writer = std::string (*)(const lineage::LineageGraph&);

template <typename Write> std::string collected(const Write& write)
{
    std::string out;
    write([&out](std::string_view piece) { out.append(piece); });
    return out;
}

report::LineageRun madeRun()
{
    report::LineageRun run;
    run.version = "1.2.3";
    return run;
}

std::string asJson(const lineage::LineageGraph& graph)
{
    return collected([&](const report::TextSink& sink) { report::writeLineageJson(graph, madeRun(), sink); });
}
std::string asText(const lineage::LineageGraph& graph)
{
    return collected([&](const report::TextSink& sink) { report::writeLineageText(graph, {}, sink); });
}
std::string asCsv(const lineage::LineageGraph& graph)
{
    return collected([&](const report::TextSink& sink) { report::writeLineageCsv(graph, sink); });
}
std::string asDot(const lineage::LineageGraph& graph)
{
    return collected([&](const report::TextSink& sink) { report::writeLineageDot(graph, sink); });
}
std::string asMermaid(const lineage::LineageGraph& graph)
{
    return collected([&](const report::TextSink& sink) { report::writeLineageMermaid(graph, sink); });
}
std::string asGraphMl(const lineage::LineageGraph& graph)
{
    return collected([&](const report::TextSink& sink) { report::writeLineageGraphMl(graph, sink); });
}
std::string asOpenLineage(const lineage::LineageGraph& graph)
{
    return collected([&](const report::TextSink& sink) { report::writeLineageOpenLineage(graph, madeRun(), sink); });
}
std::string asProv(const lineage::LineageGraph& graph)
{
    return collected([&](const report::TextSink& sink) { report::writeLineageProv(graph, sink); });
}
std::string asSvg(const lineage::LineageGraph& graph)
{
    return collected([&](const report::TextSink& sink) {
        Budget budget;
        CHECK(report::writeLineageSvg(graph, budget, sink));
    });
}

struct Format {
    const char* file;
    Writer write;
};
constexpr Format formats[]{{"lineage.json", asJson}, {"lineage.txt", asText}, {"lineage.csv", asCsv},
    {"lineage.dot", asDot}, {"lineage.mmd", asMermaid}, {"lineage.graphml", asGraphMl},
    {"lineage.openlineage", asOpenLineage}, {"lineage.prov", asProv}, {"lineage.svg", asSvg}};

// A graph with that many variables in one cell of one notebook, each read from its own file.
lineage::LineageGraph wideLineage(std::uint32_t variables)
{
    using namespace lineage;
    LineageGraph graph;
    graph.files = {test::codeFile("wide.ipynb", true)};
    Node cell;
    cell.id = "cell";
    cell.kind = NodeKind::Cell;
    cell.place = test::notebookPlace(1, 1, 1);
    graph.nodes.push_back(cell);
    for (std::uint32_t i = 0; i < variables; ++i) {
        Node node;
        node.id = "v" + std::to_string(i);
        node.kind = NodeKind::Variable;
        node.label = node.id;
        node.cell = 0;
        node.place = cell.place;
        graph.nodes.push_back(node);
        graph.edges.push_back({i == 0 ? 0 : i, i + 1, EdgeKind::Derives, Certainty::Certain, "assign", "", node.place});
    }
    return graph;
}

bool has(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

} // namespace

CUPEL_TEST(each_writer_is_as_recorded)
{
    for (const Format& format : formats) {
        const std::string path = std::string(CUPEL_SOURCE_DIR "/tests/golden/report/lineage/") + format.file;
        const std::string actual = format.write(test::madeLineage());
        if (std::getenv("CUPEL_UPDATE_GOLDEN") != nullptr) { // NOLINT(concurrency-mt-unsafe): one thread
            std::ofstream(path, std::ios::binary) << actual;
            continue;
        }
        const auto expected = test::readFile(path);
        REQUIRE(expected.has_value());
        test::report(actual == *expected, __FILE__, __LINE__, format.file);
        CHECK(actual == format.write(test::madeLineage()));
    }
}

CUPEL_TEST(nothing_breaks_out)
{
    for (const Format& format : formats) {
        const std::string text = format.write(test::madeLineage());
        const std::string_view name = format.file;
        const bool isJson = name == "lineage.json" || name == "lineage.prov" || name == "lineage.openlineage";
        const auto check = [&](bool good, const char* what) {
            test::report(good, __FILE__, __LINE__, std::string(format.file) + ": " + what);
        };
        check(isUtf8(text), "valid UTF-8");
        check(std::none_of(text.begin(), text.end(),
                  [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r'; }),
            "no control characters");
        check(isJson || !has(text, std::string("\xE2\x80") + "\xAE"), "no mark that turns the writing");
        if (isJson) {
            check(!json::parse(text, nullptr, false).is_discarded(), "JSON");
        }
        if (name == "lineage.svg" || name == "lineage.graphml") {
            check(!has(text, "</script>") && !has(text, "<b>") && !has(text, "]]>") && !has(text, "\xEF\xBF\xBE"),
                "markup");
        }
        if (name == "lineage.mmd") {
            check(!has(text, "%%{") && !has(text, "`") && !has(text, "</script>"), "directives");
        }
    }
}

CUPEL_TEST(graphs_without_anything_are_written)
{
    for (const Format& format : formats) {
        const std::string text = format.write({});
        test::report(!text.empty() && text.back() == '\n', __FILE__, __LINE__, format.file);
    }
    CHECK_EQ(asOpenLineage({}), "[]\n");
}

CUPEL_TEST(json_names_what_it_points_to)
{
    const json graph = json::parse(asJson(test::madeLineage()));
    CHECK_EQ(graph["schema"].get<std::string>(), "cupel.lineage/1");
    CHECK(graph["incomplete"].get<bool>());
    const auto& training = graph["trainings"][0];
    CHECK_EQ(training["model"].get<std::string>(), "model:clf");
    CHECK(training["data"] == json({"data:train"}));
    CHECK(training["location"]
        == json({{"file", "work/train.ipynb"}, {"cell", 2}, {"codeCell", 1}, {"cellLine", 1}, {"exec", 3}}));
    CHECK(training["executed"] == json(true));
    CHECK(training["finalEstimator"].is_null());
    CHECK_EQ(training["hyperparameters"].size(), 3); // none is lost
    const auto& called = graph["trainings"][1];
    CHECK(called["model"].is_null());
    CHECK(called["location"] == json({{"file", "serve.py"}, {"line", 7}}));
    CHECK(called["calledFrom"][0]["exec"].is_null());
    CHECK(called["executed"] == json(false)); // its one caller has no count, others have
    CHECK(graph["execution"]["work/train.ipynb"]["counts"] == json({1, 3, nullptr}));
    CHECK(graph["execution"]["work/train.ipynb"]["inversions"] == json::array({json::array({3, 1})}));
    CHECK(graph["execution"]["work/train.ipynb"]["onlyWritten"] == json::array({json::array({0, 1})}));
    CHECK(graph["nodes"][13]["exposedTo"] == json({"file:model.pkl", "remote:s3"}));
    CHECK(graph["slices"] == json({{"work/train.ipynb", {{"0", json::array()}, {"1", {0}}, {"2", {0, 1}}}}}));
    CHECK(graph["edges"].back()["to"].is_null());
}

CUPEL_TEST(jobs_have_names_of_their_own)
{
    auto graph = test::madeLineage();
    graph.trainings.push_back(graph.trainings[0]); // of another model, on the same line
    const json events = json::parse(asOpenLineage(graph));
    std::vector<std::string> names;
    for (const auto& event : events) {
        if (event.contains("job")) {
            names.push_back(event["job"]["name"].get<std::string>());
        }
    }
    std::sort(names.begin(), names.end());
    CHECK(names.size() > 2 && std::adjacent_find(names.begin(), names.end()) == names.end());
}

CUPEL_TEST(whether_code_was_run_is_only_said_when_known)
{
    using report::lineage_parts::Executed;
    using report::lineage_parts::wasExecuted;
    auto graph = test::madeLineage();
    CHECK(wasExecuted(graph, test::notebookPlace(1, 1, 1)) == Executed::Yes);
    CHECK(wasExecuted(graph, test::notebookPlace(3, 1, -1)) == Executed::No);
    CHECK(wasExecuted(graph, test::notebookPlace(9, 1, -1)) == Executed::Unknown); // no such cell
    CHECK(wasExecuted(graph, test::scriptPlace(1, 1)) == Executed::Unknown);
    graph.execution.front().counts = {-1, -1, -1}; // all counts were taken out
    CHECK(wasExecuted(graph, test::notebookPlace(3, 1, -1)) == Executed::Unknown);
}

CUPEL_TEST(data_sets_get_the_names_of_open_lineage)
{
    using lineage::SourceKind;
    const auto named = [](const char* locator, SourceKind kind, const char* api = "") {
        lineage::LineageGraph graph;
        graph.nodes.resize(1);
        graph.nodes[0].kind = lineage::NodeKind::Dataset;
        graph.nodes[0].locator = locator;
        graph.nodes[0].api = api;
        const auto name = report::lineage_parts::datasetName(graph, 0, kind);
        return name.space + " | " + name.name;
    };
    CHECK_EQ(named("data/a.csv", SourceKind::File), "file | data/a.csv");
    CHECK_EQ(named("file:///srv/a.csv", SourceKind::File), "file | /srv/a.csv");
    CHECK_EQ(named("s3n://Bucket/Key/a.csv", SourceKind::S3), "s3://bucket | Key/a.csv");
    CHECK_EQ(named("bucket/key", SourceKind::S3), "s3://bucket | key");
    CHECK_EQ(named("gs://bucket", SourceKind::Url), "gs://bucket | /");
    CHECK_EQ(named("postgresql+psycopg2://db.example:5432/shop.public.orders", SourceKind::Database),
        "postgres://db.example:5432 | shop.public.orders");
    CHECK_EQ(named("a.b.c", SourceKind::Database, "google.cloud.bigquery.Client.query"), "bigquery | a.b.c");
    CHECK_EQ(named("owner/set", SourceKind::HubDataset, "datasets.load_dataset"), "hf://datasets | owner/set");
    CHECK_EQ(
        named("owner/net", SourceKind::HubModel, "transformers.AutoModel.from_pretrained"), "hf://models | owner/net");
    CHECK_EQ(named("load_iris", SourceKind::BuiltinDataset, "sklearn.datasets.load_iris"), "sklearn | load_iris");
}

CUPEL_TEST(open_lineage_events_have_what_the_specification_asks_for)
{
    const json events = json::parse(asOpenLineage(test::madeLineage()));
    REQUIRE(events.is_array());
    CHECK_EQ(events.size(), 5); // three files, one training, one orphan
    for (const auto& event : events) {
        CHECK_EQ(event["eventTime"].get<std::string>(), "1970-01-01T00:00:00Z");
        CHECK(event["producer"].get<std::string>().starts_with("urn:"));
        CHECK(!event.contains("run"));
        CHECK(event.contains("job") != event.contains("dataset"));
        if (event.contains("dataset")) {
            CHECK(event["dataset"] == json({{"namespace", "file"}, {"name", "models/old.bin"}}));
            continue;
        }
        CHECK(event["job"]["namespace"].is_string());
        CHECK(event["job"]["name"].is_string());
        std::set<std::string> outputs;
        std::set<std::string> inputs;
        for (auto output : event["outputs"]) {
            output.erase("facets");
            CHECK(outputs.insert(output.dump()).second);
        }
        for (auto input : event["inputs"]) {
            input.erase("facets");
            inputs.insert(input.dump());
        }
        const auto& facet = event["job"]["facets"]["lineage"];
        CHECK(facet["_producer"].is_string() && facet["_schemaURL"].is_string());
        CHECK_EQ(facet["entries"].size(), outputs.size());
        for (const auto& entry : facet["entries"]) {
            CHECK_EQ(entry["type"].get<std::string>(), "DATASET");
            for (auto input : entry["inputs"]) {
                input.erase("type");
                CHECK(inputs.contains(input.dump()));
            }
        }
    }
}

CUPEL_TEST(open_lineage_knows_columns_and_versions)
{
    const json events = json::parse(asOpenLineage(test::madeLineage()));
    const auto& file = events[0];
    CHECK_EQ(file["inputs"][0]["facets"]["version"]["datasetVersion"].get<std::string>(),
        "md5:0cc175b9c0f1b6a831c399e269772661");
    bool seen = false;
    for (const auto& output : file["outputs"]) {
        if (output["name"] != json("models/model.pkl")) {
            continue;
        }
        seen = true;
        const auto& facets = output["facets"];
        CHECK_EQ(facets["schema"]["fields"].size(), 3);
        const auto& fields = facets["columnLineage"]["fields"];
        CHECK(fields["a"]["inputFields"][0]["transformations"][0]["subtype"] == json("IDENTITY"));
        CHECK(fields["a"]["inputFields"][0]["name"] == json("data/train.csv"));
        REQUIRE(fields["rate"]["inputFields"].size() == 2);
        CHECK(fields["rate"]["inputFields"][1]["field"] == json("b"));
        CHECK(fields["rate"]["inputFields"][1]["transformations"][0]["subtype"] == json("TRANSFORMATION"));
    }
    CHECK(seen);
    const auto& training = events[3];
    CHECK(training["job"]["facets"]["jobType"]["jobType"] == json("TRAINING"));
    CHECK(training["job"]["name"].get<std::string>().starts_with("work/train.ipynb ("));
    const auto& whole = training["outputs"][0]["facets"]["columnLineage"]["dataset"];
    REQUIRE(whole.size() == 3); // two features, one label
    for (const auto& origin : whole) {
        CHECK(origin["transformations"][0]["type"] == json("INDIRECT"));
    }
}

CUPEL_TEST(prov_relations_join_beings_of_the_right_kind)
{
    const json document = json::parse(asProv(test::madeLineage()));
    const auto joins = [&](const char* relation, const char* later, const char* laterKind, const char* earlier,
                           const char* earlierKind) {
        CHECK(!document[relation].empty());
        for (const auto& [id, item] : document[relation].items()) {
            CHECK(document[laterKind].contains(item[later].get<std::string>()));
            CHECK(document[earlierKind].contains(item[earlier].get<std::string>()));
        }
    };
    joins("used", "prov:activity", "activity", "prov:entity", "entity");
    joins("wasGeneratedBy", "prov:entity", "entity", "prov:activity", "activity");
    joins("wasDerivedFrom", "prov:generatedEntity", "entity", "prov:usedEntity", "entity");
    joins("wasInformedBy", "prov:informed", "activity", "prov:informant", "activity");
    joins("wasAssociatedWith", "prov:activity", "activity", "prov:agent", "agent");
    joins("wasInfluencedBy", "prov:influencee", "entity", "prov:influencer", "entity");
    for (const auto& [id, item] : document["wasDerivedFrom"].items()) { // what it is tested with is no part of it
        CHECK(item["prov:usedEntity"] != json("ws:var%3AX_test%401"));
    }
}

CUPEL_TEST(a_csv_cell_is_never_a_formula)
{
    const std::string wide = std::string("\xEF\xBC\x9D") + "1"; // a full-width equals sign
    for (const char* start : {"=1", "+1", "-1", "@a", "  =1", "\t=1", wide.c_str()}) {
        auto graph = wideLineage(1);
        graph.nodes[1].label = start;
        const auto text = asCsv(graph);
        test::report(has(text, ",\"'"), __FILE__, __LINE__, start);
    }
}

CUPEL_TEST(large_graphs_are_folded_for_pictures_only)
{
    const auto graph = wideLineage(3'500);
    for (const Format& format : {Format{"dot", asDot}, Format{"mermaid", asMermaid}, Format{"svg", asSvg}}) {
        const auto text = format.write(graph);
        test::report(text.size() < 50'000 && has(text, "Folded: "), __FILE__, __LINE__, format.file);
    }
    CHECK_EQ(json::parse(asJson(graph))["nodes"].size(), 3'501);
    CHECK(has(asGraphMl(graph), "<node id=\"n3500\">"));
}

CUPEL_TEST(folding_keeps_what_leads_from_file_to_file)
{
    using namespace lineage;
    auto graph = wideLineage(2);
    graph.files.push_back(test::codeFile("other.py", false));
    Node data;
    data.id = "data";
    data.kind = NodeKind::File;
    graph.nodes.push_back(data); // 3
    Node script;
    script.id = "script";
    script.kind = NodeKind::Cell;
    script.place = test::scriptPlace(1, 1);
    graph.nodes.push_back(script); // 4
    graph.edges.push_back({2, 3, EdgeKind::Writes, Certainty::Guess, "", "", {}});
    graph.edges.push_back({1, 3, EdgeKind::Writes, Certainty::Likely, "", "", {}});
    graph.edges.push_back({3, 4, EdgeKind::Reads, Certainty::Certain, "", "", {}});
    const auto shown = report::lineage_parts::folded(graph, report::lineage_parts::Fold::Cells);
    CHECK_EQ(shown.nodes.size(), 3);
    REQUIRE(shown.edges.size() == 2);
    CHECK(shown.edges[0].certainty == Certainty::Likely); // the surer of two
    const auto files = report::lineage_parts::folded(graph, report::lineage_parts::Fold::Files);
    REQUIRE(files.nodes.size() == 3);
    CHECK_EQ(files.nodes[0].name, "wide.ipynb");
    CHECK_EQ(files.nodes[0].what, "notebook");
    CHECK_EQ(files.nodes[2].what, "script");
}

CUPEL_TEST(a_file_stays_on_a_screen)
{
    using namespace lineage;
    auto graph = test::madeLineage();
    for (int i = 0; i < 1'000; ++i) {
        graph.sources.push_back({none, SourceKind::File, "many/" + std::to_string(i), test::notebookPlace(1, 1, 1)});
    }
    const auto lines = [](const std::string& text) { return std::count(text.begin(), text.end(), '\n'); };
    const auto text = asText(graph);
    CHECK(lines(text) < 60);
    CHECK(has(text, "995 more"));
    report::TextStyle all;
    all.verbose = true;
    CHECK(lines(collected([&](const report::TextSink& sink) { report::writeLineageText(graph, all, sink); })) > 1'000);
}

CUPEL_TEST(a_drawing_that_is_stopped_writes_nothing)
{
    std::stop_source source;
    source.request_stop();
    Budget budget({}, source.get_token());
    std::string out;
    CHECK(!report::writeLineageSvg(wideLineage(500), budget, [&out](std::string_view piece) { out.append(piece); }));
    CHECK(out.empty());
}
