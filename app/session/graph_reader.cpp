// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/graph_reader.h"

#include "analyzers/formats/graphs.h"
#include "analyzers/formats/pickle/pickle_facts.h"
#include "analyzers/formats/zip/zip_sweep.h"
#include "app/session/scene_maker.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>

#include <algorithm>
#include <map>
#include <numeric>

namespace cupel::app {

namespace {

using widgets::GraphReading;
using widgets::GraphSource;
using widgets::NodeShape;
using widgets::SceneNode;

constexpr std::size_t mostLooked = 4'096; // nodes before a finding that may be around it

struct Words {
    Q_DECLARE_TR_FUNCTIONS(GraphReader)
};

// A finding belongs to the innermost node around its first byte, and to all of an operator that it is about.
void addSigns(GraphSource& source, Budget& budget)
{
    const auto& graph = source.graph;
    source.signs.assign(graph.nodes.size(), std::nullopt);
    const auto worse = [](std::optional<Severity>& sign, Severity severity) {
        sign = std::max(sign.value_or(severity), severity);
    };
    std::vector<std::uint32_t> byStart(graph.nodes.size());
    std::iota(byStart.begin(), byStart.end(), 0U);
    std::stable_sort(byStart.begin(), byStart.end(),
        [&graph](std::uint32_t a, std::uint32_t b) { return graph.nodes[a].bytes.start < graph.nodes[b].bytes.start; });
    std::map<std::pair<std::string, std::string>, Severity> operators;
    const auto* content = source.analysis->facts.model.get();
    for (const auto& finding : source.analysis->findings) {
        if (!budget.spend(mostLooked)) {
            return;
        }
        const auto bytes = source.analysis->facts.fromFile(finding.location.bytes);
        if (bytes.empty()) {
            continue;
        }
        auto at = std::upper_bound(byStart.begin(), byStart.end(), bytes.start,
            [&graph](std::uint64_t start, std::uint32_t node) { return start < graph.nodes[node].bytes.start; });
        for (std::size_t looked = 0; at != byStart.begin() && looked < mostLooked; ++looked) {
            --at;
            if (graph.nodes[*at].bytes.contains(bytes.start)) {
                worse(source.signs[*at], finding.severity);
                break;
            }
        }
        for (std::size_t i = 0; content && i < content->operators.size(); ++i) {
            const auto& one = content->operators[i];
            if (one.bytes.overlaps(finding.location.bytes)) {
                const auto [known, fresh] = operators.emplace(std::pair(one.domain, one.name), finding.severity);
                known->second = std::max(known->second, finding.severity);
            }
        }
    }
    for (std::size_t i = 0; i < graph.nodes.size() && !operators.empty(); ++i) {
        const auto known = operators.find({graph.nodes[i].domain, graph.nodes[i].op});
        if (known != operators.end()) {
            worse(source.signs[i], known->second);
        }
    }
}

std::string lower(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

// A scope is made of texts that were cut: what ends one of them may be the beginning of a secret.
std::string maskedScope(const NameMask& names, const std::string& scope)
{
    const std::string whole = names(scope);
    std::string out;
    for (std::size_t at = 0; at < whole.size();) {
        const auto end = std::min(whole.find_first_of("/.", at), whole.size());
        out += names(std::string_view(whole).substr(at, end - at));
        out += whole.substr(end, 1);
        at = end + 1;
    }
    return out;
}

// Before anything takes names apart: a secret in pieces is not known again. False: stopped.
bool maskNodes(GraphSource& source, Budget& budget)
{
    std::string scope;
    std::string shown; // neighbours have the same scope
    for (auto& node : source.graph.nodes) {
        if (!budget.spend(4'096)) {
            return false;
        }
        for (auto* text : {&node.op, &node.domain, &node.name}) {
            *text = source.masked(node, *text);
        }
        if (node.scope != scope) {
            scope = node.scope;
            shown = maskedScope(source.names, scope);
        }
        node.scope = source.masked(node, shown);
    }
    return true;
}

// TorchScript has a file for each class. The one that data.pkl makes first is the model; its graph says what the others
// are for.
void mainModuleFirst(std::vector<AnalysisPtr>& candidates)
{
    for (const auto& one : candidates) {
        const auto& path = one->artifact.path;
        const auto* pickle = path.ends_with("/data.pkl") ? formats::pickleFacts(one->facts) : nullptr;
        if (!pickle || pickle->globals.empty()) {
            continue;
        }
        auto name = pickle->globals.front().path();
        if (!name.starts_with("__torch__.")) {
            continue;
        }
        name.resize(name.rfind('.')); // the class in it
        std::replace(name.begin(), name.end(), '.', '/');
        const auto wanted = path.substr(0, path.size() - std::string_view("data.pkl").size()) + "code/" + name + ".py";
        const auto found = std::find_if(candidates.begin(), candidates.end(),
            [&wanted](const AnalysisPtr& other) { return other->artifact.path == wanted; });
        if (found != candidates.end()) {
            std::rotate(candidates.begin(), found, found + 1);
            return;
        }
    }
}

// Of members that share their name, the one that Python's zipfile opens: the last in the directory. The archive tells
// them apart by a number behind the name.
std::size_t lastOfName(const Analysis& archive, std::vector<AnalysisPtr>& candidates, std::size_t at)
{
    const auto& path = candidates[at]->artifact.path;
    if (archive.facts.format != "zip" || !archive.artifact.bytes
        || candidates[at]->artifact.parent != archive.artifact.path) {
        return 0;
    }
    const auto times = formats::zip::timesListed(archive.artifact.view(), candidates[at]->artifact.memberName());
    const auto wanted = path + " (" + std::to_string(times) + ")";
    const auto last = times < 2 ? candidates.end()
                                : std::find_if(
                                      candidates.begin(), candidates.end(),
                                      [&wanted](const AnalysisPtr& other) { return other->artifact.path == wanted; });
    if (last == candidates.end()) {
        return 0;
    }
    std::swap(candidates[at], *last);
    return times;
}

// Null: stopped.
widgets::GraphSourcePtr readSource(const GraphRequest& request, Budget& budget)
{
    auto source = std::make_shared<GraphSource>();
    source->analysis = request.analysis;
    std::vector<AnalysisPtr> candidates{request.analysis};
    candidates.insert(candidates.end(), request.members.begin(), request.members.end());
    mainModuleFirst(candidates);
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        if (!budget.spend(4'096)) {
            break;
        }
        if (!formats::mayHaveGraph(candidates[i]->artifact, candidates[i]->facts)) {
            continue;
        }
        const auto times = lastOfName(*request.analysis, candidates, i);
        const auto& one = candidates[i];
        if (!one->artifact.bytes || !formats::mayHaveGraph(one->artifact, one->facts)) {
            continue;
        }
        auto graph = formats::readGraph(one->artifact, one->facts, budget);
        if (!graph.nodes.empty()) {
            source->analysis = one;
            source->graph = std::move(graph);
            source->sameName = times;
            break;
        }
    }
    source->names = NameMask(*source->analysis);
    addSigns(*source, budget);
    if (!maskNodes(*source, budget)) {
        return nullptr;
    }
    for (const auto& node : source->graph.nodes) {
        std::string key = node.op + ' ' + node.name + ' ' + node.scope + ' ' + node.domain;
        for (const auto* tensors : {&node.inputs, &node.outputs}) { // often the only names that there are
            for (const auto& tensor : *tensors) {
                key += ' ' + tensor;
            }
        }
        source->keys.push_back(lower(std::move(key)));
    }
    return source;
}

NodeShape shapeOf(const GraphNode& node)
{
    return node.kind == GraphNode::Kind::Operator ? NodeShape::Code : NodeShape::Data;
}

QString groupTitle(const FoldedNode& folded)
{
    const QLocale locale;
    switch (folded.kind) {
    case GraphGroup::Kind::Inputs:
        return Words::tr("Inputs");
    case GraphGroup::Kind::Outputs:
        return Words::tr("Outputs");
    case GraphGroup::Kind::Run:
        return folded.operations > 0
            ? Words::tr("Operations %1 to %2")
                  .arg(locale.toString(folded.firstOperation), locale.toString(folded.lastOperation))
            : Words::tr("Inputs and outputs");
    case GraphGroup::Kind::Scope:
        break;
    }
    const QString name = widgets::shownText(folded.scope.substr(folded.scope.rfind('/') + 1));
    return folded.parts == 1 ? name
                             : Words::tr("%1, part %2 of %3", "a scope that others stand between")
                                   .arg(name, locale.toString(folded.part), locale.toString(folded.parts));
}

SceneNode groupNode(const FoldedNode& folded)
{
    SceneNode node;
    node.shape = NodeShape::Group;
    node.title = groupTitle(folded);
    node.detail = folded.operations > 0
        ? Words::tr("%n operation(s)", nullptr, static_cast<int>(folded.operations))
        : Words::tr("%n value(s)", "inputs, outputs and constants", static_cast<int>(folded.count));
    return node;
}

SceneNode sceneNode(const GraphReading& reading, std::uint32_t number)
{
    const auto& source = *reading.source;
    const auto& folded = reading.folded.nodes[number];
    SceneNode node;
    if (!folded.group.empty()) {
        node = groupNode(folded);
    } else {
        const auto& one = source.graph.nodes[folded.first];
        node.shape = shapeOf(one);
        node.outside = !one.domain.empty();
        node.title = widgets::shownOperator(one);
        const QString name = widgets::shownText(one.name);
        const auto last = name.lastIndexOf(u'/') + 1;
        node.detail = last == name.size() ? name : name.mid(last);
        node.sign = source.signs[folded.first];
    }
    node.number = number;
    return node;
}

QString edgeLabel(const GraphSource& source, const FoldedEdge& edge)
{
    const auto& one = source.graph.edges[edge.first];
    const QString first = widgets::shownText(source.masked(source.graph.nodes[one.to], one.tensor));
    return edge.count == 1 ? first : Words::tr("%1 and %n more", nullptr, static_cast<int>(edge.count - 1)).arg(first);
}

widgets::GraphScenePtr draw(const GraphReading& reading, Budget& budget)
{
    const auto& folded = reading.folded;
    ScenePlan plan;
    for (std::uint32_t i = 0; i < folded.nodes.size() && budget.spend(256); ++i) {
        plan.nodes.push_back(sceneNode(reading, i));
    }
    if (plan.nodes.size() < folded.nodes.size()) {
        return nullptr;
    }
    for (std::size_t i = 0; i < folded.of.size(); ++i) { // groups show the worst inside
        const auto& sign = reading.source->signs[i];
        auto& shown = plan.nodes[folded.of[i]].sign;
        if (sign && (!shown || *shown < *sign)) {
            shown = sign;
        }
    }
    for (const auto& edge : folded.edges) {
        if (!budget.spend(4'096)) {
            return nullptr;
        }
        plan.links.push_back({edge.from, edge.to, edgeLabel(*reading.source, edge), false});
    }
    return drawDown(std::move(plan), budget);
}

} // namespace

widgets::GraphReadingPtr readModelGraph(const GraphRequest& request, const std::stop_token& stop)
{
    Budget budget(Limits{}, stop);
    auto reading = std::make_shared<GraphReading>();
    reading->source = request.source ? request.source : readSource(request, budget);
    if (!reading->source) {
        return nullptr;
    }
    reading->options = request.options;
    reading->folded = fold(reading->source->graph, request.options);
    reading->scene = draw(*reading, budget);
    return reading->scene && !stop.stop_requested() ? reading : nullptr;
}

} // namespace cupel::app
