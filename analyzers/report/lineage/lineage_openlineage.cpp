// SPDX-License-Identifier: GPL-3.0-or-later
// A lineage graph as events of OpenLineage 2-0-2: a JobEvent per code file that reads or makes something, with what
// each output is made from as its explicit `lineage` facet, and a DatasetEvent for each model file that no code
// touches.
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
constexpr std::string_view jobSpace = "cupel";

// What one code file takes and gives. Maps, so that each data set stands once and in a fixed order.
struct Job {
    std::set<DatasetName> inputs;
    std::map<DatasetName, std::set<DatasetName>> outputs; // and what each is made from
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
    void addOutput(Job& job, std::uint32_t node, const std::vector<std::uint32_t>& data);
    template <typename Fields> void event(std::string_view kind, Fields fields);
    void jobEvent(std::size_t file);
    static void name(JsonStream& json, const DatasetName& dataset);
    void facet(JsonStream& json, const Job& job) const;

    const LineageGraph& m_graph;
    const LineageRun& m_run;
    std::string m_producer;
    const TextSink& m_sink;
    std::vector<SourceKind> m_kinds;
    std::vector<Job> m_jobs; // by file
    bool m_first = true;
};

// A constant or an argument is no data set.
bool isData(SourceKind kind)
{
    return kind != SourceKind::Literal && kind != SourceKind::Argument;
}

void Writer::addOutput(Job& job, std::uint32_t node, const std::vector<std::uint32_t>& data)
{
    auto& made = job.outputs[nameAt(node)];
    for (const auto source : data) {
        if (isNode(source)) {
            // What lies behind the files that it reads is said by the jobs that wrote them.
            if (auto from = nameAt(source); job.inputs.count(from) != 0) {
                made.insert(std::move(from));
            }
        }
    }
}

void Writer::sortIntoJobs()
{
    m_jobs.resize(m_graph.files.size());
    for (const Source& source : m_graph.sources) {
        if (source.place.file < m_jobs.size() && isNode(source.node) && isData(source.kind)) {
            m_jobs[source.place.file].inputs.insert(nameAt(source.node));
        }
    }
    for (const lineage::Sink& sink : m_graph.sinks) {
        if (sink.place.file < m_jobs.size() && isNode(sink.node)) {
            addOutput(m_jobs[sink.place.file], sink.node, sink.data);
        }
    }
    for (const Training& training : m_graph.trainings) {
        if (training.place.file < m_jobs.size() && isNode(training.model)) {
            addOutput(m_jobs[training.place.file], training.model, training.data);
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

void Writer::facet(JsonStream& json, const Job& job) const
{
    json.objectField("lineage");
    json.field("_producer", m_producer);
    json.field("_schemaURL", std::string(lineageFacet) + "#/$defs/LineageJobFacet");
    json.arrayField("entries");
    for (const auto& [target, made] : job.outputs) {
        json.beginObject();
        name(json, target);
        json.field("type", "DATASET");
        json.arrayField("inputs");
        for (const DatasetName& source : made) {
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

void Writer::jobEvent(std::size_t file)
{
    const Job& job = m_jobs[file];
    event("JobEvent", [&](JsonStream& json) {
        json.objectField("job");
        json.field("namespace", jobSpace);
        json.field("name", m_graph.files[file].path);
        json.objectField("facets");
        facet(json, job);
        json.endObject();
        json.endObject();
        json.arrayField("inputs");
        for (const DatasetName& input : job.inputs) {
            json.beginObject();
            name(json, input);
            json.endObject();
        }
        json.endArray();
        json.arrayField("outputs");
        for (const auto& [output, made] : job.outputs) {
            json.beginObject();
            name(json, output);
            json.endObject();
        }
        json.endArray();
    });
}

void Writer::all()
{
    sortIntoJobs();
    for (std::size_t file = 0; file < m_jobs.size(); ++file) {
        if (!m_jobs[file].inputs.empty() || !m_jobs[file].outputs.empty()) {
            jobEvent(file);
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
