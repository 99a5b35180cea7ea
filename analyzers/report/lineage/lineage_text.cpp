// SPDX-License-Identifier: GPL-3.0-or-later
// `cupel lineage` for people: per file what comes in, what is trained and judged, what goes out, and what to look at.
#include "analyzers/report/lineage/lineage_parts.h"
#include "analyzers/report/lineage/lineage_writers.h"

#include "analyzers/lineage/seen_in_training.h"
#include "analyzers/report/writers/text_unicode.h"

#include <algorithm>
#include <map>
#include <utility>

namespace cupel::report {

namespace {

using namespace lineage;
using namespace lineage_parts;

constexpr std::size_t most = 6; // of each kind in one file, so that a file stays on a screen
constexpr std::size_t valueColumns = 60;

// What a file does, as indices into the lists of the graph.
struct Doings {
    std::vector<std::uint32_t> sources;
    std::vector<std::uint32_t> trainings;
    std::vector<std::uint32_t> evaluations;
    std::vector<std::uint32_t> sinks;
    std::vector<std::uint32_t> hazards;
    [[nodiscard]] bool empty() const
    {
        return sources.empty() && trainings.empty() && evaluations.empty() && sinks.empty() && hazards.empty();
    }
};

// One line of a list: the same things at several places are one.
struct Line {
    std::string what;
    std::string from; // on a line of its own; may be empty
    std::string place;
    std::size_t more = 0; // places
};

class Writer {
public:
    Writer(const LineageGraph& graph, const TextStyle& style, const TextSink& sink)
        : m_graph(graph)
        , m_style(style)
        , m_paint(style.colour)
        , m_sink(sink)
        , m_seen(seenInTraining(graph))
        , m_unknown(lineage_parts::unknownCalls(graph))
    {
    }
    void full();
    void brief();

private:
    std::vector<Doings> doings() const;
    void head();
    void file(std::size_t index, const Doings& doings);
    void list(std::string_view verb, const std::vector<Line>& lines);
    void notes(bool ofOrders, std::string_view heading);
    void rest();
    [[nodiscard]] std::vector<Line> sources(const Doings& doings) const;
    [[nodiscard]] std::vector<Line> trainings(const Doings& doings) const;
    [[nodiscard]] std::vector<Line> evaluations(const Doings& doings, bool predictions) const;
    [[nodiscard]] std::vector<Line> sinks(const Doings& doings) const;
    [[nodiscard]] std::vector<Line> hazards(const Doings& doings) const;
    [[nodiscard]] std::string named(std::uint32_t node) const;
    [[nodiscard]] std::string madeFrom(const std::vector<std::uint32_t>& data) const;
    [[nodiscard]] std::string seenWords(std::uint32_t evaluation) const;
    [[nodiscard]] std::string other(InOther inOther) const
    {
        const auto words = otherWords(m_graph, inOther);
        return words.empty() ? std::string() : " (" + std::string(words) + ")";
    }
    [[nodiscard]] std::string kindWord(SourceKind kind) const
    {
        return kind == SourceKind::Unknown ? std::string() : "  " + m_paint.dim(toString(kind));
    }
    void say(const std::string& text) { m_sink(text + "\n"); }

    const LineageGraph& m_graph;
    const TextStyle& m_style;
    Paint m_paint;
    const TextSink& m_sink;
    std::vector<SeenInTraining> m_seen;
    std::vector<std::uint32_t> m_unknown; // calls that nobody describes, of each code file
};

class Lines {
public:
    void add(Line line)
    {
        const auto [known, isNew] = m_known.try_emplace({line.what, line.from}, m_all.size());
        if (isNew) {
            m_all.push_back(std::move(line));
        } else {
            ++m_all[known->second].more;
        }
    }
    [[nodiscard]] std::vector<Line> take() { return std::move(m_all); }

private:
    std::vector<Line> m_all;
    std::map<std::pair<std::string, std::string>, std::size_t> m_known;
};

std::string_view lastName(std::string_view path)
{
    const auto dot = path.find_last_of('.');
    return dot == std::string_view::npos ? path : path.substr(dot + 1);
}

std::string roleWords(Role role)
{
    switch (role) {
    case Role::None:
        return {};
    case Role::Full:
        return " on all data";
    case Role::Query:
        return " on queries";
    case Role::TrainAndTest:
        return " on train and test data";
    case Role::Train:
    case Role::Validation:
    case Role::Test:
    case Role::Generated:
        break;
    }
    return " on " + std::string(toString(role)) + " data";
}

std::vector<Doings> Writer::doings() const
{
    std::vector<Doings> out(m_graph.files.size());
    const auto sort = [&out](const auto& items, std::vector<std::uint32_t> Doings::* list) {
        for (std::uint32_t i = 0; i < items.size(); ++i) {
            if (items[i].place.file < out.size()) {
                (out[items[i].place.file].*list).push_back(i);
            }
        }
    };
    sort(m_graph.sources, &Doings::sources);
    sort(m_graph.trainings, &Doings::trainings);
    sort(m_graph.evaluations, &Doings::evaluations);
    sort(m_graph.sinks, &Doings::sinks);
    sort(m_graph.hazards, &Doings::hazards);
    return out;
}

std::string Writer::named(std::uint32_t node) const
{
    return node < m_graph.nodes.size() ? shownText(nameOf(m_graph.nodes[node]), valueColumns) : std::string("?");
}

std::string Writer::madeFrom(const std::vector<std::uint32_t>& data) const
{
    constexpr std::size_t mostNames = 4;
    std::string out;
    for (std::size_t i = 0; i < data.size() && i < mostNames; ++i) {
        if (data[i] < m_graph.nodes.size()) {
            const Node& node = m_graph.nodes[data[i]];
            out +=
                (out.empty() ? "" : ", ") + shownText(node.locator.empty() ? nameOf(node) : node.locator, valueColumns);
        }
    }
    return out + (data.size() > mostNames ? " and " + std::to_string(data.size() - mostNames) + " more" : "");
}

std::vector<Line> Writer::sources(const Doings& doings) const
{
    Lines out;
    for (const auto index : doings.sources) {
        const Source& source = m_graph.sources[index];
        const auto value = source.value.empty() ? named(source.node) : shownText(source.value, valueColumns);
        out.add({value + kindWord(source.kind) + other(source.inOther), "", placeInFile(m_graph, source.place)});
    }
    return out.take();
}

std::vector<Line> Writer::trainings(const Doings& doings) const
{
    Lines out;
    for (const auto index : doings.trainings) {
        const Training& training = m_graph.trainings[index];
        const auto variable = shownText(training.variable, 30);
        const auto type = shownText(lastName(training.type), 40);
        std::string what = m_paint.bold(variable.empty() ? named(training.model) : variable);
        what += type.empty() || type == variable ? "" : "  " + type;
        if (const auto last = shownText(lastName(training.finalEstimator), 40); !last.empty() && last != type) {
            what += " (" + last + ")";
        }
        std::string place = placeInFile(m_graph, training.place);
        if (!training.calledFrom.empty()) {
            place += ", called from " + placeText(m_graph, training.calledFrom.front());
        }
        out.add({what + roleWords(training.role) + other(training.inOther), madeFrom(training.data), place});
    }
    return out.take();
}

std::vector<Line> Writer::evaluations(const Doings& doings, bool predictions) const
{
    Lines out;
    for (const auto index : doings.evaluations) {
        const Evaluation& evaluation = m_graph.evaluations[index];
        if (evaluation.prediction != predictions) {
            continue;
        }
        const auto metric = shownText(evaluation.metric, 40);
        out.add({named(evaluation.model) + (metric.empty() ? "" : "  " + metric) + roleWords(evaluation.role)
                + other(evaluation.inOther),
            predictions ? std::string() : seenWords(index), placeInFile(m_graph, evaluation.place)});
    }
    return out.take();
}

// Whether what it is measured on was seen in training; empty: nobody knows what it was trained on.
std::string Writer::seenWords(std::uint32_t evaluation) const
{
    const auto found = std::lower_bound(m_seen.begin(), m_seen.end(), evaluation,
        [](const SeenInTraining& one, std::uint32_t at) { return one.evaluation < at; });
    if (found == m_seen.end() || found->evaluation != evaluation || found->training == none) {
        return {};
    }
    const auto both = [&] { return madeFrom(found->shared) + " is behind training and this"; };
    switch (found->answer) {
    case Seen::No:
        return "nothing it learned from is behind this data";
    case Seen::Parted:
        return found->shared.empty() ? std::string() : both() + "; the code parts its rows";
    case Seen::Perhaps:
        return both() + "; nothing that was read parts its rows";
    case Seen::Statistics:
        return "values computed from this data went into training";
    case Seen::Yes:
        return "this data was seen in training";
    case Seen::Unknown:
        break;
    }
    return {};
}

std::vector<Line> Writer::sinks(const Doings& doings) const
{
    Lines out;
    for (const auto index : doings.sinks) {
        const lineage::Sink& sink = m_graph.sinks[index];
        const auto value = sink.value.empty() ? named(sink.node) : shownText(sink.value, valueColumns);
        out.add(
            {value + kindWord(sink.kind) + other(sink.inOther), madeFrom(sink.data), placeInFile(m_graph, sink.place)});
    }
    return out.take();
}

std::vector<Line> Writer::hazards(const Doings& doings) const
{
    std::vector<Line> out;
    for (const auto index : doings.hazards) {
        const Hazard& hazard = m_graph.hazards[index];
        std::string names;
        for (std::size_t i = 0; i < hazard.names.size() && i < 4; ++i) {
            names += (i == 0 ? " " : ", ") + shownText(hazard.names[i], 30);
        }
        out.push_back({m_paint.tinted(Severity::Medium, toString(hazard.kind)) + names, shownText(hazard.why, 400),
            placeInFile(m_graph, hazard.place)});
    }
    return out;
}

void Writer::list(std::string_view verb, const std::vector<Line>& lines)
{
    constexpr std::size_t column = 14;
    const std::string margin(column, ' ');
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (i == most && lines.size() > most + 1 && !m_style.verbose) {
            say(margin + m_paint.dim("... and " + std::to_string(lines.size() - most) + " more; -v shows them"));
            return;
        }
        const Line& line = lines[i];
        std::string out = margin;
        if (i == 0) {
            out.replace(4, verb.size(), verb);
        }
        out += line.what;
        std::string place = line.place;
        if (line.more > 0) {
            place += " and " + counted(line.more, "more place");
        }
        say(out + (place.empty() ? "" : "  " + m_paint.dim(place)));
        if (!line.from.empty()) {
            const auto width = m_style.width > column + 20 ? m_style.width - column - 2 : 0;
            const bool isSentence = verb == "look at" || verb == "evaluates";
            for (const auto& part : wrapped((isSentence ? "" : "from ") + line.from, width)) {
                say(margin + "  " + part);
            }
        }
    }
}

void Writer::file(std::size_t index, const Doings& doings)
{
    const CodeFile& file = m_graph.files[index];
    std::string about = file.notebook ? "notebook" : "script";
    if (file.calls > 0) {
        about += ", " + std::to_string(file.modelled) + " of " + counted(file.calls, "call") + " known";
    }
    if (m_unknown[index] > 0) {
        about += ", " + counted(m_unknown[index], "call") + " marked as unknown";
    }
    if (file.brokenCells > 0) {
        about += ", " + counted(file.brokenCells, "cell") + " with errors of syntax";
    }
    about += file.partial ? ", followed only in part" : "";
    say("");
    say(m_paint.bold(printable(file.path)) + "  " + m_paint.dim(about));
    list("reads", sources(doings));
    list("trains", trainings(doings));
    list("predicts", evaluations(doings, true));
    list("evaluates", evaluations(doings, false));
    list("writes", sinks(doings));
    list("look at", hazards(doings));
}

void Writer::head()
{
    const auto notebooks = static_cast<std::size_t>(
        std::count_if(m_graph.files.begin(), m_graph.files.end(), [](const CodeFile& file) { return file.notebook; }));
    const auto scripts = m_graph.files.size() - notebooks;
    if (m_graph.files.empty()) {
        say("No code that could be followed.");
        return;
    }
    const auto asked = static_cast<std::size_t>(std::count_if(m_graph.evaluations.begin(), m_graph.evaluations.end(),
        [](const Evaluation& evaluation) { return evaluation.prediction; }));
    const auto predictions = asked == 0 ? std::string() : counted(asked, "prediction") + ", ";
    say("Lineage of " + counted(notebooks, "notebook") + " and " + counted(scripts, "script") + ": "
        + counted(m_graph.sources.size(), "read") + ", " + counted(m_graph.trainings.size(), "training") + ", "
        + predictions + counted(m_graph.evaluations.size() - asked, "evaluation") + ", "
        + counted(m_graph.sinks.size(), "write") + ", " + counted(m_graph.hazards.size(), "hazard") + ".");
    if (m_graph.order == CellOrder::Recorded && m_graph.onlyThere) {
        const auto parts = [](std::size_t nodes, std::size_t edges, std::size_t trainings) {
            return counted(nodes, "node") + ", " + counted(edges, "edge") + " and " + counted(trainings, "training");
        };
        const auto missing = [](const auto& list) {
            return static_cast<std::size_t>(std::count_if(
                list.begin(), list.end(), [](const auto& one) { return one.inOther == InOther::Missing; }));
        };
        say("In the order in which the cells ran, as far as it is recorded: "
            + parts(missing(m_graph.nodes), missing(m_graph.edges), missing(m_graph.trainings)) + " are there only so; "
            + parts(m_graph.onlyThere->nodes, m_graph.onlyThere->edges, m_graph.onlyThere->trainings)
            + " only in the order of the file. A run number tells of the last run of a cell, and not whether the cell "
              "was changed since.");
    }
}

void Writer::notes(bool ofOrders, std::string_view heading)
{
    std::vector<Line> lines;
    for (const auto& note : m_graph.notes) {
        if (note.code.starts_with("order-") == ofOrders) {
            const auto path = shownText(note.path, 80);
            lines.push_back({(path.empty() ? "" : path + ": ") + shownText(note.message, 300), "", ""});
        }
    }
    if (!lines.empty()) {
        say("");
        say(std::string(heading));
        list("", lines);
    }
}

// What no file stands for.
void Writer::rest()
{
    std::vector<Line> orphans;
    for (const Node& node : m_graph.nodes) {
        if (node.orphan) {
            orphans.push_back({shownText(node.locator.empty() ? nameOf(node) : node.locator, 80), "", ""});
        }
    }
    if (!orphans.empty()) {
        say("");
        say("Model files that no code here writes or reads:");
        list("", orphans);
    }
    notes(false, "Not looked at, or only in part:");
    notes(true, "What run numbers do not tell:");
    say("");
    say(std::string(m_graph.complete ? "" : "Incomplete: not all of it was followed. ") + "Nothing was run.");
}

void Writer::full()
{
    head();
    const auto all = doings();
    std::size_t silent = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i].empty() && !m_graph.files[i].partial && !m_style.verbose) {
            ++silent;
        } else {
            file(i, all[i]);
        }
    }
    if (silent > 0) {
        say("");
        say(counted(silent, "file") + " without reads, trainings, evaluations or writes; -v shows "
            + (silent == 1 ? "it." : "them."));
    }
    rest();
}

void Writer::brief()
{
    for (const Hazard& hazard : m_graph.hazards) {
        const auto place = placeText(m_graph, hazard.place);
        say((place.empty() ? "" : place + ": ") + std::string(toString(hazard.kind)) + ": "
            + shownText(hazard.why, 300));
    }
}

} // namespace

void writeLineageText(const LineageGraph& graph, const TextStyle& style, const TextSink& sink)
{
    Writer writer(graph, style, sink);
    style.brief ? writer.brief() : writer.full();
}

} // namespace cupel::report
