// SPDX-License-Identifier: GPL-3.0-or-later
// `cupel lineage -f json`, schema cupel.lineage/1. Every key is always there: null or [] where there is nothing.
#include "analyzers/lineage/coverage.h"
#include "analyzers/report/lineage/lineage_parts.h"
#include "analyzers/report/lineage/lineage_writers.h"

#include "analyzers/lineage/seen_in_training.h"

#include <algorithm>

namespace cupel::report {

namespace {

using namespace lineage;
using lineage_parts::UniqueKeys;

class Writer {
public:
    Writer(const LineageGraph& graph, const TextSink& sink)
        : m_graph(graph)
        , m_json(sink, JsonStream::Layout::Indented)
    {
    }
    void all(const LineageRun& run);

private:
    // A named array with one object per item.
    template <typename Items, typename Fields> void objects(std::string_view name, const Items& items, Fields fields)
    {
        m_json.arrayField(name);
        for (const auto& item : items) {
            m_json.beginObject();
            fields(item);
            m_json.endObject();
        }
        m_json.endArray();
    }
    void files();
    void nodes();
    void edges();
    void ends();
    void trainings();
    void evaluations();
    void missing(const CountRanges& ranges);
    void splits();
    void hazards();
    void execution();
    void slices();
    void notes();

    void text(std::string_view name, std::string_view value)
    {
        value.empty() ? m_json.nullField(name) : m_json.field(name, value);
    }
    void ref(std::uint32_t node) // the id of a node
    {
        node < m_graph.nodes.size() ? m_json.string(m_graph.nodes[node].id) : m_json.null();
    }
    void ref(std::string_view name, std::uint32_t node)
    {
        m_json.key(name);
        ref(node);
    }
    void refs(std::string_view name, const std::vector<std::uint32_t>& nodes)
    {
        m_json.arrayField(name);
        std::for_each(nodes.begin(), nodes.end(), [this](std::uint32_t node) { ref(node); });
        m_json.endArray();
    }
    void count(std::uint32_t value) { m_json.number(std::uint64_t{value}); }
    template <typename Number> void count(Number value) // null: none
    {
        value < 0 ? m_json.null() : m_json.number(std::int64_t{value});
    }
    void location(const Place& place);
    void location(std::string_view name, const Place& place)
    {
        m_json.key(name);
        location(place);
    }
    void locations(std::string_view name, const std::vector<Place>& places)
    {
        m_json.arrayField(name);
        std::for_each(places.begin(), places.end(), [this](const Place& place) { location(place); });
        m_json.endArray();
    }
    template <typename Numbers> void numbers(std::string_view name, const Numbers& values)
    {
        m_json.arrayField(name);
        for (const auto value : values) {
            count(value);
        }
        m_json.endArray();
    }
    template <typename Pairs> void pairs(std::string_view name, const Pairs& values)
    {
        m_json.arrayField(name);
        for (const auto& [one, other] : values) {
            m_json.beginArray();
            count(std::int64_t{one});
            count(std::int64_t{other});
            m_json.endArray();
        }
        m_json.endArray();
    }
    void executed(const Training& training);
    // Whether the other order has it too, where both were followed.
    void other(InOther inOther)
    {
        if (m_graph.onlyThere) {
            m_json.field("inOtherOrder", toString(inOther));
        }
    }
    // The key of a file in an object; false: no such file.
    bool fileKey(UniqueKeys& keys, std::uint32_t file);

    const LineageGraph& m_graph;
    JsonStream m_json;
};

void Writer::location(const Place& place)
{
    const CodeFile* file = lineage_parts::fileOf(m_graph, place);
    if (!file) {
        m_json.null();
        return;
    }
    m_json.beginObject();
    m_json.field("file", file->path);
    if (file->notebook) {
        m_json.key("cell");
        count(place.cell);
        m_json.key("codeCell");
        count(place.codeCell);
    }
    m_json.key(file->notebook ? "cellLine" : "line");
    place.line > 0 ? m_json.number(std::uint64_t{place.line}) : m_json.null();
    if (file->notebook) {
        m_json.key("exec");
        count(place.exec);
    }
    m_json.endObject();
}

void Writer::files()
{
    const auto marked = lineage_parts::unknownCalls(m_graph);
    objects("files", m_graph.files, [&](const CodeFile& file) {
        const auto unknown = marked[static_cast<std::size_t>(&file - m_graph.files.data())];
        m_json.field("path", file.path);
        m_json.field("kind", file.notebook ? "notebook" : "script");
        m_json.objectField("coverage");
        m_json.field("calls", file.calls); // like input, output and training
        m_json.field("modelled", file.modelled);
        m_json.field("unknownCalls", unknown); // of functions that nobody describes: a node each
        m_json.field("unknown", file.unknownCalls);
        m_json.endObject();
        m_json.field("brokenCells", file.brokenCells);
        m_json.field("partial", file.partial);
    });
}

void Writer::nodes()
{
    objects("nodes", m_graph.nodes, [this](const Node& node) {
        m_json.field("id", node.id);
        m_json.field("kind", toString(node.kind));
        m_json.field("label", node.label);
        text("locator", node.locator);
        text("api", node.api);
        location("location", node.place);
        ref("cell", node.cell);
        m_json.field("outside", node.outside);
        m_json.field("onDisk", node.onDisk);
        m_json.field("orphan", node.orphan);
        m_json.field("count", node.count);
        m_json.field("role", toString(node.role));
        m_json.field("unpinned", node.unpinned);
        m_json.field("unsafeLoad", node.unsafeLoad);
        refs("exposedTo", node.exposedTo);
        text("hash", node.hash);
        text("format", node.format);
        if (node.kind == NodeKind::Column) {
            m_json.field("uses", node.uses);
        }
        other(node.inOther);
    });
}

void Writer::edges()
{
    objects("edges", m_graph.edges, [this](const Edge& edge) {
        ref("from", edge.from);
        ref("to", edge.to);
        m_json.field("kind", toString(edge.kind));
        m_json.field("confidence", toString(edge.certainty));
        text("rule", edge.rule);
        text("why", edge.why);
        location("location", edge.place);
        other(edge.inOther);
    });
}

void Writer::ends()
{
    objects("sources", m_graph.sources, [this](const Source& source) {
        ref("node", source.node);
        m_json.field("kind", toString(source.kind));
        text("value", source.value);
        location("location", source.place);
        other(source.inOther);
    });
    objects("sinks", m_graph.sinks, [this](const lineage::Sink& sink) {
        ref("node", sink.node);
        m_json.field("kind", toString(sink.kind));
        text("value", sink.value);
        location("location", sink.place);
        refs("inputs", sink.inputs);
        refs("data", sink.data);
        m_json.field("columns", sink.columns);
        other(sink.inOther);
    });
}

// A training in a function was run when one of its callers was.
void Writer::executed(const Training& training)
{
    using lineage_parts::Executed;
    Executed out = Executed::Unknown;
    if (training.calledFrom.empty()) {
        out = lineage_parts::wasExecuted(m_graph, training.place);
    } else {
        std::size_t notRun = 0;
        for (const Place& place : training.calledFrom) {
            const auto one = lineage_parts::wasExecuted(m_graph, place);
            out = one == Executed::Yes ? one : out;
            notRun += one == Executed::No ? 1 : 0;
        }
        out = notRun == training.calledFrom.size() ? Executed::No : out;
    }
    m_json.key("executed");
    out == Executed::Unknown ? m_json.null() : m_json.boolean(out == Executed::Yes);
}

void Writer::trainings()
{
    objects("trainings", m_graph.trainings, [this](const Training& training) {
        ref("model", training.model);
        text("variable", training.variable);
        text("class", training.type);
        text("finalEstimator", training.finalEstimator);
        location("location", training.place);
        locations("calledFrom", training.calledFrom);
        refs("inputs", training.inputs);
        refs("data", training.data);
        m_json.field("role", toString(training.role));
        m_json.field("labelColumns", training.labelColumns);
        m_json.field("featureColumns", training.featureColumns);
        m_json.objectField("hyperparameters");
        UniqueKeys keys;
        for (const auto& [name, value] : training.hyperparameters) {
            m_json.field(keys.add(name), value);
        }
        m_json.endObject();
        executed(training);
        other(training.inOther);
    });
}

void Writer::evaluations()
{
    const auto seen = seenInTraining(m_graph);
    const auto answerOf = [this, &seen](const Evaluation& evaluation) {
        const auto number = static_cast<std::uint32_t>(&evaluation - m_graph.evaluations.data());
        const auto found = std::lower_bound(seen.begin(), seen.end(), number,
            [](const SeenInTraining& one, std::uint32_t at) { return one.evaluation < at; });
        return found != seen.end() && found->evaluation == number ? toString(found->answer) : std::string_view();
    };
    objects("evaluations", m_graph.evaluations, [this, &answerOf](const Evaluation& evaluation) {
        ref("model", evaluation.model);
        location("location", evaluation.place);
        locations("calledFrom", evaluation.calledFrom);
        refs("inputs", evaluation.inputs);
        refs("data", evaluation.data);
        m_json.field("role", toString(evaluation.role));
        text("metric", evaluation.metric);
        m_json.field("step", std::string_view(evaluation.prediction ? "prediction" : "evaluation"));
        text("seenInTraining", answerOf(evaluation));
        other(evaluation.inOther);
    });
}

void Writer::splits()
{
    objects("splits", m_graph.splits, [this](const Split& split) {
        ref("node", split.node);
        location("location", split.place);
        objects("outputs", split.outputs, [this](const SplitOutput& output) {
            text("variable", output.variable);
            m_json.field("role", toString(output.role));
        });
    });
}

void Writer::hazards()
{
    objects("hazards", m_graph.hazards, [this](const Hazard& hazard) {
        m_json.field("kind", toString(hazard.kind));
        location("location", hazard.place);
        m_json.field("names", hazard.names);
        text("why", hazard.why);
        locations("evidence", hazard.evidence);
    });
}

// One by one; how many there are where they are too many for that.
void Writer::missing(const CountRanges& ranges)
{
    constexpr std::uint64_t mostListed = 10'000;
    std::uint64_t all = 0;
    m_json.arrayField("missing");
    for (const auto& [first, last] : ranges) {
        const auto size = static_cast<std::uint64_t>(last - first) + 1;
        for (std::uint64_t i = 0; i < size && all + i < mostListed; ++i) {
            count(first + static_cast<std::int64_t>(i));
        }
        all += size;
    }
    m_json.endArray();
    if (all > mostListed) {
        m_json.field("missingCount", all);
    }
}

bool Writer::fileKey(UniqueKeys& keys, std::uint32_t file)
{
    if (file >= m_graph.files.size()) {
        return false;
    }
    m_json.key(keys.add(m_graph.files[file].path));
    return true;
}

void Writer::execution()
{
    m_json.objectField("execution");
    UniqueKeys keys;
    for (const Execution& execution : m_graph.execution) {
        if (!fileKey(keys, execution.file)) {
            continue;
        }
        m_json.beginObject();
        numbers("counts", execution.counts);
        pairs("inversions", execution.inversions);
        numbers("duplicates", execution.duplicates);
        missing(execution.missing);
        numbers("unexecutedNonEmpty", execution.unexecuted);
        pairs("onlyWritten", execution.onlyWritten);
        pairs("onlyRecorded", execution.onlyRecorded);
        numbers("order", execution.order);
        numbers("presumed", execution.presumed);
        numbers("again", execution.again);
        m_json.endObject();
    }
    m_json.endObject();
}

void Writer::slices()
{
    m_json.objectField("slices");
    UniqueKeys keys;
    for (const Slices& slices : m_graph.slices) {
        if (!fileKey(keys, slices.file)) {
            continue;
        }
        m_json.beginObject();
        for (std::size_t cell = 0; cell < slices.needs.size(); ++cell) {
            m_json.arrayField(std::to_string(cell));
            for (const auto needed : slices.needs[cell]) {
                m_json.number(std::uint64_t{needed});
            }
            m_json.endArray();
        }
        m_json.endObject();
    }
    m_json.endObject();
}

void Writer::notes()
{
    objects("notes", m_graph.notes, [this](const LineageGraph::Note& note) {
        text("path", note.path);
        m_json.field("code", note.code);
        m_json.field("message", note.message);
    });
}

void Writer::all(const LineageRun& run)
{
    m_json.beginObject();
    m_json.field("schema", "cupel.lineage/1");
    m_json.objectField("tool");
    m_json.field("name", "cupel");
    m_json.field("version", run.version);
    m_json.endObject();
    m_json.field("incomplete", !m_graph.complete);
    m_json.field("order", toString(m_graph.order));
    if (m_graph.onlyThere) {
        m_json.objectField("onlyInOtherOrder");
        m_json.field("nodes", std::uint64_t{m_graph.onlyThere->nodes});
        m_json.field("edges", std::uint64_t{m_graph.onlyThere->edges});
        m_json.field("trainings", std::uint64_t{m_graph.onlyThere->trainings});
        m_json.endObject();
    }
    const auto all = coverageOf(m_graph); // the figure that the window shows
    m_json.objectField("coverage");
    m_json.field("calls", std::uint64_t{all.calls});
    m_json.field("modelled", std::uint64_t{all.modelled});
    m_json.field("unknownCalls", std::uint64_t{all.unknown});
    m_json.endObject();
    files();
    nodes();
    edges();
    ends();
    trainings();
    evaluations();
    splits();
    hazards();
    execution();
    slices();
    notes();
    m_json.endObject();
    m_json.newline();
}

} // namespace

void writeLineageJson(const LineageGraph& graph, const LineageRun& run, const TextSink& sink)
{
    Writer(graph, sink).all(run);
}

} // namespace cupel::report
