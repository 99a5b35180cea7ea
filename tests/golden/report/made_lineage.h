// SPDX-License-Identifier: GPL-3.0-or-later
// A lineage graph made by hand: a notebook and two scripts, every kind of node and record once, and names that try to
// break out of each format. The header's functions are pure.
#pragma once

#include "analyzers/lineage/lineage_graph.h"

#include <string>

namespace cupel::test {

// Quotes, markup, comments, line breaks, an escape sequence, a mark that turns the writing, and bytes that are no
// UTF-8.
inline std::string hostileName()
{
    const std::string turns = std::string("\xE2\x80") + "\xAE"; // U+202E
    return "\"]);</script>--><b>\\N`x`#quot;%%{init: 1}%%\r\n=cmd|' /C calc'!A0\x1B[31m" + turns
        + "txt\xFF\xEF\xBF\xBE]]>&amp;style.a:x";
}

inline lineage::Place notebookPlace(std::int32_t cell, std::uint32_t line, std::int64_t exec)
{
    return {0, cell, cell - 1, line, exec, {}}; // cell 0 is a text
}

inline lineage::Place scriptPlace(std::uint32_t file, std::uint32_t line)
{
    return {file, -1, -1, line, -1, {}};
}

// Members by name: records gain some at any place.
inline lineage::CodeFile codeFile(std::string path, bool notebook)
{
    lineage::CodeFile file;
    file.path = std::move(path);
    file.notebook = notebook;
    return file;
}

inline lineage::Sink sinkOf(std::uint32_t node, lineage::SourceKind kind, std::string value, lineage::Place place,
    std::vector<std::uint32_t> data)
{
    lineage::Sink sink;
    sink.node = node;
    sink.kind = kind;
    sink.value = std::move(value);
    sink.place = place;
    sink.data = std::move(data);
    return sink;
}

inline void addLineageNodes(lineage::LineageGraph& graph)
{
    using namespace lineage;
    const auto add = [&graph](std::string id, NodeKind kind, std::string label, std::string locator, std::string api,
                         Place place, std::uint32_t cell) {
        Node node;
        node.id = std::move(id);
        node.kind = kind;
        node.label = std::move(label);
        node.locator = std::move(locator);
        node.api = std::move(api);
        node.place = place;
        node.cell = cell;
        graph.nodes.push_back(std::move(node));
    };
    add("cell:a", NodeKind::Cell, "cell 1", "", "", notebookPlace(1, 1, 1), none); // 0
    add("cell:b", NodeKind::Cell, "cell 2", "", "", notebookPlace(2, 1, 3), none); // 1
    add("script:c", NodeKind::Cell, "serve.py", "", "", scriptPlace(1, 1), none); // 2
    add("data:train", NodeKind::File, "train.csv", "data/train.csv", "pandas.read_csv", notebookPlace(1, 2, 1),
        none); // 3
    add("var:df@1", NodeKind::Variable, "df", "", "pandas.read_csv", notebookPlace(1, 2, 1), 0); // 4
    add("split:1", NodeKind::Split, "train_test_split", "", "sklearn.model_selection.train_test_split",
        notebookPlace(1, 3, 1), 0); // 5
    add("var:X_train@1", NodeKind::Variable, "X_train", "", "", notebookPlace(1, 3, 1), 0); // 6
    add("var:X_test@1", NodeKind::Variable, "X_test", "", "", notebookPlace(1, 3, 1), 0); // 7
    add("model:clf", NodeKind::Model, "clf", "", "sklearn.linear_model.LogisticRegression", notebookPlace(2, 1, 3),
        1); // 8
    add("file:model.pkl", NodeKind::ModelFile, "model.pkl", "models/model.pkl", "joblib.dump", notebookPlace(2, 3, 3),
        none); // 9
    add("metric:acc", NodeKind::Metric, "accuracy_score", "", "sklearn.metrics.accuracy_score", notebookPlace(2, 2, 3),
        1); // 10
    add("remote:s3", NodeKind::Remote, "rows.parquet", "s3a://Bucket/2024/*/rows.parquet", "pandas.read_parquet",
        scriptPlace(1, 4), none); // 11
    add("service:llm", NodeKind::Service, "api.example.com", "https://api.example.com/v1/chat", "openai.OpenAI",
        scriptPlace(1, 9), none); // 12
    add("endpoint:8000", NodeKind::Endpoint, "predict", "/predict", "fastapi.FastAPI.post", scriptPlace(1, 12),
        none); // 13
    add(hostileName(), NodeKind::Dataset, hostileName(), "ftp://" + hostileName(), hostileName(), scriptPlace(2, 1),
        none); // 14
    add("file:old.bin", NodeKind::ModelFile, "old.bin", "models/old.bin", "", {}, none); // 15
    add("fn:load", NodeKind::Function, "load", "", "", scriptPlace(1, 2), 2); // 16
    add("script:h", NodeKind::Cell, hostileName(), "", "", scriptPlace(2, 1), none); // 17
    add("column:data:train:a", NodeKind::Column, "a", "", "", notebookPlace(1, 2, 1), 0); // 18
    graph.nodes[18].uses = {"feature", "read"};
    graph.nodes[3].hash = "md5:0cc175b9c0f1b6a831c399e269772661";
    graph.nodes[8].count = 3;
    graph.nodes[6].role = Role::Train;
    graph.nodes[7].role = Role::Test;
    graph.nodes[3].onDisk = graph.nodes[9].onDisk = graph.nodes[15].onDisk = true;
    graph.nodes[15].orphan = true;
    graph.nodes[11].unpinned = graph.nodes[9].unsafeLoad = true;
    graph.nodes[13].exposedTo = {9, 11};
    graph.nodes[11].outside = graph.nodes[12].outside = graph.nodes[13].outside = graph.nodes[14].outside = true;
}

inline void addLineageEdges(lineage::LineageGraph& graph)
{
    using namespace lineage;
    const auto add = [&graph](std::uint32_t from, std::uint32_t to, EdgeKind kind, Certainty certainty,
                         std::string rule, std::string why, Place place) {
        graph.edges.push_back({from, to, kind, certainty, std::move(rule), std::move(why), place});
    };
    add(3, 4, EdgeKind::Reads, Certainty::Certain, "call:pandas.read_csv", "read_csv gives what is in the file.",
        notebookPlace(1, 2, 1));
    add(4, 5, EdgeKind::Derives, Certainty::Certain, "call:train_test_split", "", notebookPlace(1, 3, 1));
    add(5, 6, EdgeKind::Derives, Certainty::Certain, "call:train_test_split", "", notebookPlace(1, 3, 1));
    add(5, 7, EdgeKind::Derives, Certainty::Certain, "call:train_test_split", "", notebookPlace(1, 3, 1));
    add(6, 8, EdgeKind::Trains, Certainty::Certain, "call:fit", "clf is fitted on X_train.", notebookPlace(2, 1, 3));
    add(7, 8, EdgeKind::Tests, Certainty::Likely, "call:score", "", notebookPlace(2, 2, 3));
    add(8, 10, EdgeKind::Derives, Certainty::Likely, "call:accuracy_score", "", notebookPlace(2, 2, 3));
    add(4, 6, EdgeKind::Influences, Certainty::Guess, "statistic", "", notebookPlace(1, 3, 1));
    add(8, 9, EdgeKind::Saves, Certainty::Certain, "call:joblib.dump", "", notebookPlace(2, 3, 3));
    add(9, 2, EdgeKind::Loads, Certainty::Certain, "call:joblib.load", "", scriptPlace(1, 5));
    add(11, 2, EdgeKind::Reads, Certainty::Likely, "call:pandas.read_parquet", "", scriptPlace(1, 4));
    add(2, 12, EdgeKind::Predicts, Certainty::Certain, "call:chat", "", scriptPlace(1, 9));
    add(2, 13, EdgeKind::Deploys, Certainty::Certain, "decorator:post", "", scriptPlace(1, 12));
    add(0, 2, EdgeKind::Runs, Certainty::Certain, "magic:run", "", notebookPlace(1, 5, 1));
    add(14, 17, EdgeKind::Reads, Certainty::Guess, hostileName(), hostileName(), scriptPlace(2, 1));
    add(3, 18, EdgeKind::Derives, Certainty::Certain, "column", "it is a column of it", notebookPlace(1, 2, 1));
    add(18, 8, EdgeKind::Trains, Certainty::Certain, "column:feature", "the model learns from it",
        notebookPlace(2, 1, 3));
    add(17, 99, EdgeKind::Writes, Certainty::Certain, "", "to no node", scriptPlace(2, 2)); // an index out of range
}

inline lineage::LineageGraph madeLineage()
{
    using namespace lineage;
    LineageGraph graph;
    graph.files = {
        codeFile("work/train.ipynb", true), codeFile("serve.py", false), codeFile(hostileName() + ".py", false)};
    graph.files[0].calls = 12;
    graph.files[0].modelled = 9;
    graph.files[0].unknownCalls = {hostileName(), "lib.load_rows"};
    graph.files[0].brokenCells = 1;
    graph.files[1].calls = graph.files[1].modelled = 4;
    graph.files[1].partial = true;
    addLineageNodes(graph);
    addLineageEdges(graph);
    graph.sources = {{3, SourceKind::File, "data/train.csv", notebookPlace(1, 2, 1)},
        {3, SourceKind::File, "data/train.csv", notebookPlace(2, 4, 3)},
        {9, SourceKind::ModelFile, "models/model.pkl", scriptPlace(1, 5)},
        {11, SourceKind::S3, "s3a://Bucket/2024/*/rows.parquet", scriptPlace(1, 4)},
        {14, SourceKind::Unknown, hostileName(), scriptPlace(2, 1)}};
    graph.sinks = {sinkOf(9, SourceKind::ModelFile, "models/model.pkl", notebookPlace(2, 3, 3), {3}),
        sinkOf(13, SourceKind::Unknown, "", scriptPlace(1, 12), {3, 9, 11})};
    graph.sinks[0].columns = {"a", "rate", hostileName()};
    graph.sinks[0].origins = {{"rate", "a"}, {"rate", "b"}};
    graph.trainings = {{8, "clf", "sklearn.linear_model.LogisticRegression", "", notebookPlace(2, 1, 3), {}, {6}, {3},
                           Role::Train, {"y"}, {"a", hostileName()}, {{"C", "0.5"}, {"C", "1.0"}, {"max_iter", "200"}}},
        {none, hostileName(), "sklearn.pipeline.Pipeline", "sklearn.svm.SVC", scriptPlace(1, 7),
            {notebookPlace(3, 1, -1)}, {}, {}, Role::None, {}, {}, {}}};
    graph.evaluations = {{8, notebookPlace(2, 2, 3), {}, {7}, {3}, Role::Test, "accuracy_score"},
        {8, scriptPlace(1, 9), {notebookPlace(1, 5, 1)}, {}, {11}, Role::Query, "", true}};
    graph.splits = {{5, notebookPlace(1, 3, 1), {{"X_train", Role::Train}, {"X_test", Role::Test}, {"", Role::None}}}};
    graph.hazards = {{HazardKind::DefinedAfterUse, notebookPlace(1, 5, 1), {"late"},
                         "late is used here and defined further down.", {notebookPlace(2, 1, 3)}},
        {HazardKind::LeakagePreprocessing, scriptPlace(2, 3), {hostileName()}, hostileName(), {}}};
    Execution& execution = graph.execution.emplace_back();
    execution.file = 0;
    execution.counts = {1, 3, -1};
    execution.inversions = {{3, 1}};
    execution.missing = {{2, 2}};
    execution.unexecuted = {2};
    execution.onlyWritten = {{0, 1}};
    graph.slices = {{0, {{}, {0}, {0, 1}}}, {77, {{}}}}; // of no file
    graph.notes = {
        {"serve.py", "limit", "It was followed to a depth of 50 calls."}, {hostileName(), "unread", hostileName()}};
    graph.complete = false;
    return graph;
}

} // namespace cupel::test
