// SPDX-License-Identifier: GPL-3.0-or-later
// Lineages made by hand for tests: three notebooks from raw tables to a model, and as many files as one likes.
#pragma once

#include "analyzers/lineage/lineage_graph.h"
#include "widgets/models/lineage_reading.h"

#include <string>

namespace cupel::test {

class MadeLineage {
public:
    using Kind = lineage::NodeKind;
    using Way = lineage::EdgeKind;
    using Sure = lineage::Certainty;

    std::uint32_t file(const std::string& path, bool notebook = true)
    {
        lineage::CodeFile made;
        made.path = path;
        made.notebook = notebook;
        made.calls = 4;
        made.modelled = 3;
        graph.files.push_back(std::move(made));
        return static_cast<std::uint32_t>(graph.files.size() - 1);
    }
    std::uint32_t cell(
        std::uint32_t file, int cell, const std::string& label, std::int64_t exec = -1, int codeCell = -1)
    {
        lineage::Node node;
        node.id = "c" + std::to_string(file) + "." + std::to_string(cell);
        node.kind = Kind::Cell;
        node.label = label;
        node.place = {file, cell, codeCell, 1, exec, {}};
        return add(std::move(node));
    }
    std::uint32_t inside(std::uint32_t cell, const std::string& label, Kind kind = Kind::Variable)
    {
        lineage::Node node;
        node.id = graph.nodes[cell].id + ":" + label;
        node.kind = kind;
        node.label = label;
        node.place = graph.nodes[cell].place;
        node.cell = cell;
        return add(std::move(node));
    }
    std::uint32_t thing(const std::string& path, Kind kind = Kind::File, bool outside = false)
    {
        lineage::Node node;
        node.id = "d:" + path;
        node.kind = kind;
        node.label = path;
        node.locator = path;
        node.outside = outside;
        node.onDisk = !outside;
        return add(std::move(node));
    }
    void edge(std::uint32_t from, std::uint32_t to, Way kind = Way::Derives, Sure sure = Sure::Certain,
        const std::string& why = {})
    {
        lineage::Edge edge;
        edge.from = from;
        edge.to = to;
        edge.kind = kind;
        edge.certainty = sure;
        edge.rule = std::string("test:") + std::string(lineage::toString(kind));
        edge.why = why;
        const auto& place = graph.nodes[to].place;
        edge.place = place.file != lineage::none ? place : graph.nodes[from].place;
        graph.edges.push_back(std::move(edge));
    }
    // A cell that reads, makes a variable of it and writes that.
    void step(std::uint32_t from, std::uint32_t cell, std::uint32_t to, const std::string& name,
        Way written = Way::Writes, Sure sure = Sure::Certain)
    {
        const auto variable = inside(cell, name);
        edge(from, variable, Way::Reads, Sure::Certain,
            "The cell reads " + graph.nodes[from].label + " into " + name + ".");
        edge(variable, to, written, sure, "The cell writes " + name + " to " + graph.nodes[to].label + ".");
    }

    void ran(std::uint32_t file, std::vector<std::int64_t> counts)
    {
        lineage::Execution made;
        made.file = file;
        made.counts = std::move(counts);
        graph.execution.push_back(std::move(made));
    }

    // Signs and keys as a worker makes them, without any finding.
    [[nodiscard]] std::shared_ptr<widgets::LineageSource> source() const
    {
        auto out = std::make_shared<widgets::LineageSource>();
        out->graph = std::make_shared<const lineage::LineageGraph>(graph);
        out->artifacts.resize(graph.files.size());
        out->signs.resize(graph.nodes.size());
        out->severities.resize(graph.nodes.size());
        out->traits.resize(graph.nodes.size());
        for (const auto& node : graph.nodes) {
            out->keys.push_back(node.label);
        }
        return out;
    }

    lineage::LineageGraph graph;

private:
    std::uint32_t add(lineage::Node node)
    {
        graph.nodes.push_back(std::move(node));
        return static_cast<std::uint32_t>(graph.nodes.size() - 1);
    }
};

inline MadeLineage madeChurn()
{
    using Kind = MadeLineage::Kind;
    using Way = MadeLineage::Way;
    using Sure = MadeLineage::Sure;
    MadeLineage made;
    const auto ingest = made.file("01-ingest.ipynb");
    const auto features = made.file("02-features.ipynb");
    const auto train = made.file("03-train.ipynb");
    const auto loadEvents = made.cell(ingest, 1, "load events", 1, 0);
    const auto dedupe = made.cell(ingest, 2, "dedupe", 2, 1);
    const auto loadUsers = made.cell(ingest, 3, "load customers", 5, 2);
    const auto join = made.cell(ingest, 4, "join CRM", 3, 3);
    const auto sample = made.cell(ingest, 5, "sample", 4, 4);
    const auto windows = made.cell(features, 1, "windows", 1, 0);
    const auto build = made.cell(features, 2, "build features", 2, 1);
    const auto encode = made.cell(features, 3, "encode text", 3, 2);
    const auto map = made.cell(features, 4, "map labels", 4, 3);
    const auto scale = made.cell(train, 1, "scale", 1, 0);
    const auto fit = made.cell(train, 2, "fit", 2, 1);
    const auto evaluate = made.cell(train, 3, "evaluate", 3, 2);
    const auto events = made.thing("data/events.parquet");
    const auto raw = made.thing("data/raw_users.csv");
    const auto crm = made.thing("s3://crm/export", Kind::Remote, true);
    const auto bert = made.thing("bert-base", Kind::ModelFile, true);
    const auto xlsx = made.thing("data/labels.xlsx");
    const auto eventsPq = made.thing("data/events.pq");
    const auto customers = made.thing("data/customers.pq");
    const auto samplePq = made.thing("data/sample.pq");
    const auto trainPq = made.thing("data/train.pq");
    const auto testPq = made.thing("data/test.pq");
    const auto labels = made.thing("data/labels.pq");
    const auto scaler = made.thing("models/scaler.pkl", Kind::ModelFile);
    const auto model = made.thing("models/churn_clf.pkl", Kind::ModelFile);
    const auto metrics = made.thing("metrics.json");
    const auto loaded = made.inside(loadEvents, "events");
    made.edge(events, loaded, Way::Reads, Sure::Certain, "The cell reads the events.");
    const auto unique = made.inside(dedupe, "unique");
    made.edge(loaded, unique, Way::Derives, Sure::Certain, "unique is made from events.");
    made.edge(unique, eventsPq, Way::Writes);
    made.step(raw, loadUsers, customers, "users");
    made.step(crm, join, customers, "crm");
    made.step(customers, sample, samplePq, "some");
    made.step(eventsPq, windows, trainPq, "windows");
    made.step(customers, build, trainPq, "features", Way::Writes, Sure::Likely);
    made.step(bert, encode, testPq, "encoder");
    made.step(customers, encode, testPq, "texts");
    made.step(xlsx, map, labels, "labels");
    made.step(trainPq, scale, scaler, "scaler", Way::Saves);
    made.step(trainPq, fit, model, "clf", Way::Saves);
    made.step(labels, fit, model, "y", Way::Trains, Sure::Guess);
    made.step(testPq, evaluate, metrics, "auc");
    made.ran(ingest, {1, 2, 5, 3, 4});
    made.ran(features, {1, 2, 3, 4});
    made.ran(train, {1, 2, 3});
    using Source = lineage::SourceKind;
    for (const auto& [node, kind] : {std::pair(events, Source::File), std::pair(raw, Source::File),
             std::pair(crm, Source::S3), std::pair(bert, Source::HubModel)}) {
        made.graph.sources.push_back({node, kind, made.graph.nodes[node].locator, {}});
    }
    return made;
}

// `deep`: each folder below one of five, and these below one.
inline MadeLineage madeMany(int folders, int files, int cells, bool deep = false)
{
    MadeLineage made;
    for (int folder = 0; folder < folders; ++folder) {
        for (int file = 0; file < files; ++file) {
            const std::string above = deep ? "work/area" + std::to_string(folder % 5) + "/" : std::string();
            const std::string base = above + "part" + std::to_string(folder) + "/step" + std::to_string(file);
            const auto notebook = made.file(base + ".ipynb");
            auto last = made.thing(base + "/in.csv");
            for (int cell = 0; cell < cells; ++cell) {
                const auto to = made.thing(base + "/out" + std::to_string(cell) + ".pq");
                made.step(last, made.cell(notebook, cell, "step " + std::to_string(cell)), to, "x");
                last = to;
            }
        }
    }
    return made;
}

} // namespace cupel::test
