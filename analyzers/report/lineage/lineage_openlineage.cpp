// SPDX-License-Identifier: GPL-3.0-or-later
// A lineage graph as events of OpenLineage 2-0-2: a JobEvent per code file that reads or makes something, with what
// each output is made from as its explicit `lineage` facet; a JobEvent per training, named by its place in the file;
// and a DatasetEvent for each model file that no code touches. Outputs whose columns are known say which columns they
// come from (`columnLineage`) and what these are called (`schema`).
#include "analyzers/report/lineage/lineage_names.h"
#include "analyzers/report/lineage/lineage_parts.h"
#include "analyzers/report/lineage/lineage_writers.h"

#include <algorithm>
#include <map>
#include <set>

namespace cupel::report {

namespace {

using namespace lineage;
using namespace lineage_parts;

constexpr std::string_view spec = "https://openlineage.io/spec/2-0-2/OpenLineage.json";
constexpr std::string_view lineageFacet = "https://openlineage.io/spec/facets/1-0-0/LineageFacet.json";
constexpr std::string_view columnFacet = "https://openlineage.io/spec/facets/1-2-0/ColumnLineageDatasetFacet.json";
constexpr std::string_view schemaFacet = "https://openlineage.io/spec/facets/1-2-0/SchemaDatasetFacet.json";
constexpr std::string_view versionFacet = "https://openlineage.io/spec/facets/1-0-1/DatasetVersionDatasetFacet.json";
constexpr std::string_view typeFacet = "https://openlineage.io/spec/facets/2-0-3/JobTypeJobFacet.json";
constexpr std::string_view jobSpace = "cupel";

// A column that an output comes from.
struct Origin {
    DatasetName dataset;
    std::string column;
    std::string what; // "label", "feature"; empty: the values themselves
    bool changed = false;
    auto operator<=>(const Origin&) const = default;
};

struct Output {
    std::set<DatasetName> made; // what it is made from
    std::vector<std::string> columns; // in order
    std::map<std::string, std::set<Origin>> fields; // by column
    std::set<Origin> whole; // columns that all of it comes from
};

// What one code file takes and gives. Maps, so that each data set stands once and in a fixed order.
struct Job {
    std::set<DatasetName> inputs;
    std::map<DatasetName, Output> outputs;
    std::string name;
    std::string_view type; // "TRAINING"; empty: all that a file does
};

class Writer {
public:
    Writer(const LineageGraph& graph, const LineageRun& run, const TextSink& sink)
        : m_graph(graph)
        , m_run(run)
        , m_producer("urn:cupel:" + run.version)
        , m_sink(sink)
        , m_kinds(kindsOf(graph))
    {
    }
    void all();

private:
    void sortIntoJobs();
    [[nodiscard]] DatasetName nameAt(std::uint32_t node) const { return datasetName(m_graph, node, m_kinds[node]); }
    [[nodiscard]] bool isNode(std::uint32_t node) const { return node < m_graph.nodes.size(); }
    Output& addOutput(Job& job, std::uint32_t node, const std::vector<std::uint32_t>& data);
    void addColumns(Output& output, const lineage::Sink& sink) const;
    void addColumns(Output& output, const Training& training) const;
    void addTraining(const Training& training);
    template <typename Fields> void event(std::string_view kind, Fields fields);
    void jobEvent(const Job& job);
    static void name(JsonStream& json, const DatasetName& dataset);
    void outputFacets(JsonStream& json, const Output& output) const;
    void version(JsonStream& json, const DatasetName& dataset) const;
    static void origins(JsonStream& json, std::string_view field, const std::set<Origin>& list);
    void facetHead(
        JsonStream& json, std::string_view field, std::string_view schema, std::string_view definition) const;
    void facet(JsonStream& json, const Job& job) const;

    const LineageGraph& m_graph;
    const LineageRun& m_run;
    std::string m_producer;
    const TextSink& m_sink;
    std::vector<SourceKind> m_kinds;
    std::map<DatasetName, std::string> m_versions; // recorded hashes
    std::vector<Job> m_jobs; // by file, then one for each training
    std::map<std::string, int> m_trainingsCalled; // jobs of one name
    bool m_first = true;
};

// A constant or an argument is no data set.
bool isData(SourceKind kind)
{
    return kind != SourceKind::Literal && kind != SourceKind::Argument;
}

Output& Writer::addOutput(Job& job, std::uint32_t node, const std::vector<std::uint32_t>& data)
{
    auto& output = job.outputs[nameAt(node)];
    for (const auto source : data) {
        if (isNode(source)) {
            // What lies behind the files that it reads is said by the jobs that wrote them.
            if (auto from = nameAt(source); job.inputs.count(from) != 0) {
                output.made.insert(std::move(from));
            }
        }
    }
    return output;
}

// Of several inputs nobody knows which one a column is from.
void Writer::addColumns(Output& output, const lineage::Sink& sink) const
{
    if (sink.columns.empty() || !output.columns.empty()) {
        return;
    }
    output.columns = sink.columns;
    for (const auto& column : sink.columns) {
        auto& fields = output.fields[column];
        if (output.made.size() != 1) {
            continue;
        }
        for (const auto& [now, before] : sink.origins) {
            if (now == column) {
                fields.insert({*output.made.begin(), before, {}, true});
            }
        }
        if (fields.empty()) {
            fields.insert({*output.made.begin(), column, {}, false});
        }
    }
}

void Writer::addColumns(Output& output, const Training& training) const
{
    if (output.made.size() != 1) {
        return;
    }
    for (const auto& column : training.featureColumns) {
        output.whole.insert({*output.made.begin(), column, "feature", true});
    }
    for (const auto& column : training.labelColumns) {
        output.whole.insert({*output.made.begin(), column, "label", true});
    }
}

// One job for the training alone: what it learns from, by its own sources.
void Writer::addTraining(const Training& training)
{
    Job job;
    job.type = "TRAINING";
    const auto place = placeInFile(m_graph, training.place);
    const auto& label = m_graph.nodes[training.model].label;
    job.name =
        m_graph.files[training.place.file].path + " (" + place + (place.empty() ? "" : ": ") + "trains " + label + ')';
    // Two models of one line are two jobs.
    if (const auto nth = ++m_trainingsCalled[job.name]; nth > 1) {
        job.name += " #" + std::to_string(nth);
    }
    for (const auto source : training.data) {
        if (isNode(source) && isData(m_kinds[source])) {
            job.inputs.insert(nameAt(source));
        }
    }
    addColumns(addOutput(job, training.model, training.data), training);
    m_jobs.push_back(std::move(job));
}

void Writer::sortIntoJobs()
{
    m_jobs.resize(m_graph.files.size());
    for (std::uint32_t i = 0; i < m_graph.nodes.size(); ++i) {
        if (!m_graph.nodes[i].hash.empty()) {
            m_versions.emplace(nameAt(i), m_graph.nodes[i].hash);
        }
    }
    for (std::size_t file = 0; file < m_jobs.size(); ++file) {
        m_jobs[file].name = m_graph.files[file].path;
    }
    for (const Source& source : m_graph.sources) {
        if (source.place.file < m_graph.files.size() && isNode(source.node) && isData(source.kind)) {
            m_jobs[source.place.file].inputs.insert(nameAt(source.node));
        }
    }
    for (const lineage::Sink& sink : m_graph.sinks) {
        if (sink.place.file < m_graph.files.size() && isNode(sink.node)) {
            addColumns(addOutput(m_jobs[sink.place.file], sink.node, sink.data), sink);
        }
    }
    for (const Training& training : m_graph.trainings) {
        if (training.place.file < m_graph.files.size() && isNode(training.model)) {
            addColumns(addOutput(m_jobs[training.place.file], training.model, training.data), training);
            addTraining(training);
        }
    }
}

template <typename Fields> void Writer::event(std::string_view kind, Fields fields)
{
    m_sink(m_first ? "[\n" : ",\n");
    m_first = false;
    JsonStream json(m_sink, JsonStream::Layout::OneLine);
    json.beginObject();
    json.field("eventTime", m_run.eventTime);
    json.field("producer", m_producer);
    json.field("schemaURL", std::string(spec) + "#/$defs/" + std::string(kind));
    fields(json);
    json.endObject();
}

void Writer::name(JsonStream& json, const DatasetName& dataset)
{
    json.field("namespace", dataset.space);
    json.field("name", dataset.name);
}

void Writer::facetHead(
    JsonStream& json, std::string_view field, std::string_view schema, std::string_view definition) const
{
    json.objectField(field);
    json.field("_producer", m_producer);
    json.field("_schemaURL", std::string(schema) + "#/$defs/" + std::string(definition));
}

void Writer::facet(JsonStream& json, const Job& job) const
{
    facetHead(json, "lineage", lineageFacet, "LineageJobFacet");
    json.arrayField("entries");
    for (const auto& [target, output] : job.outputs) {
        json.beginObject();
        name(json, target);
        json.field("type", "DATASET");
        json.arrayField("inputs");
        for (const DatasetName& source : output.made) {
            json.beginObject();
            name(json, source);
            json.field("type", "DATASET");
            json.endObject();
        }
        json.endArray();
        json.endObject();
    }
    json.endArray();
    json.endObject();
}

void Writer::origins(JsonStream& json, std::string_view field, const std::set<Origin>& list)
{
    json.arrayField(field);
    for (const auto& origin : list) {
        json.beginObject();
        name(json, origin.dataset);
        json.field("field", origin.column);
        json.arrayField("transformations");
        json.beginObject();
        // What a model learns from is in all of it, but in no value of its own.
        json.field("type", origin.what.empty() ? "DIRECT" : "INDIRECT");
        json.field("subtype", origin.what.empty() && !origin.changed ? "IDENTITY" : "TRANSFORMATION");
        json.field("description", origin.what);
        json.field("masking", false);
        json.endObject();
        json.endArray();
        json.endObject();
    }
    json.endArray();
}

void Writer::outputFacets(JsonStream& json, const Output& output) const
{
    if (!output.columns.empty()) {
        facetHead(json, "schema", schemaFacet, "SchemaDatasetFacet");
        json.arrayField("fields");
        for (const auto& column : output.columns) {
            json.beginObject();
            json.field("name", column);
            json.endObject();
        }
        json.endArray();
        json.endObject();
    }
    if (output.columns.empty() && output.whole.empty()) {
        return;
    }
    facetHead(json, "columnLineage", columnFacet, "ColumnLineageDatasetFacet");
    json.objectField("fields");
    UniqueKeys keys;
    for (const auto& [column, from] : output.fields) {
        json.objectField(keys.add(column));
        origins(json, "inputFields", from);
        json.endObject();
    }
    json.endObject();
    if (!output.whole.empty()) {
        origins(json, "dataset", output.whole);
    }
    json.endObject();
}

void Writer::version(JsonStream& json, const DatasetName& dataset) const
{
    if (const auto known = m_versions.find(dataset); known != m_versions.end()) {
        facetHead(json, "version", versionFacet, "DatasetVersionDatasetFacet");
        json.field("datasetVersion", known->second);
        json.endObject();
    }
}

void Writer::jobEvent(const Job& job)
{
    event("JobEvent", [&](JsonStream& json) {
        json.objectField("job");
        json.field("namespace", jobSpace);
        json.field("name", job.name);
        json.objectField("facets");
        if (!job.type.empty()) {
            facetHead(json, "jobType", typeFacet, "JobTypeJobFacet");
            json.field("processingType", "BATCH");
            json.field("integration", "CUPEL");
            json.field("jobType", job.type);
            json.endObject();
        }
        facet(json, job);
        json.endObject();
        json.endObject();
        json.arrayField("inputs");
        for (const DatasetName& input : job.inputs) {
            json.beginObject();
            name(json, input);
            if (m_versions.contains(input)) {
                json.objectField("facets");
                version(json, input);
                json.endObject();
            }
            json.endObject();
        }
        json.endArray();
        json.arrayField("outputs");
        for (const auto& [dataset, output] : job.outputs) {
            json.beginObject();
            name(json, dataset);
            if (m_versions.contains(dataset) || !output.columns.empty() || !output.whole.empty()) {
                json.objectField("facets");
                version(json, dataset);
                outputFacets(json, output);
                json.endObject();
            }
            json.endObject();
        }
        json.endArray();
    });
}

void Writer::all()
{
    sortIntoJobs();
    for (const Job& job : m_jobs) {
        if (!job.inputs.empty() || !job.outputs.empty()) {
            jobEvent(job);
        }
    }
    for (std::uint32_t i = 0; i < m_graph.nodes.size(); ++i) {
        if (m_graph.nodes[i].orphan) {
            event("DatasetEvent", [&](JsonStream& json) {
                json.objectField("dataset");
                name(json, nameAt(i));
                json.endObject();
            });
        }
    }
    m_sink(m_first ? "[]\n" : "\n]\n");
}

} // namespace

void writeLineageOpenLineage(const LineageGraph& graph, const LineageRun& run, const TextSink& sink)
{
    Writer(graph, run, sink).all();
}

} // namespace cupel::report
