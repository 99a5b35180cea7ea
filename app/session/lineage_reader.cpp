// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/lineage_reader.h"

#include "analyzers/base/hash.h"
#include "analyzers/formats/notebook/notebook_facts.h"
#include "analyzers/model/name_mask.h"
#include "analyzers/model/people.h"
#include "app/session/cell_titles.h"
#include "app/session/scene_maker.h"
#include "widgets/models/lineage_fold.h"
#include "widgets/models/lineage_words.h"

#include <QtCore/QElapsedTimer>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

namespace cupel::app {

namespace {

using lineage::NodeKind;
using lineage::none;
using widgets::bit;
using widgets::LineageFoldNode;
using widgets::LineageKind;
using widgets::LineageReading;
using widgets::LineageSource;
using widgets::LineageTrait;

using ByPath = std::unordered_map<std::string, const Analysis*>;

// A path of the graph as the review has it; empty: it is not there.
std::string pathIn(const LineageRequest& request, const ByPath& analyses, const std::string& path)
{
    for (const auto& root : request.roots) {
        const auto cut = root.rfind('/');
        const std::string folder = cut == std::string::npos ? std::string() : root.substr(0, cut + 1);
        for (const auto& tried : {root + '/' + path, folder + path}) {
            if (analyses.contains(tried)) {
                return tried;
            }
        }
    }
    for (const auto& tried : {path, '/' + path}) {
        if (analyses.contains(tried)) {
            return tried;
        }
    }
    return {};
}

void mark(LineageSource& source, std::uint32_t node, const Finding& finding)
{
    auto& sign = source.signs[node];
    sign = std::max(sign.value_or(finding.severity), finding.severity);
    source.severities[node] |= bit(finding.severity);
    auto& traits = source.traits[node];
    traits |= bit(LineageTrait::Findings);
    const bool loaded =
        finding.family == Family::Pickle || finding.family == Family::Model || finding.family == Family::Lineage;
    if (tellsOfPeople(finding)) {
        traits |= bit(LineageTrait::Personal);
    } else if (finding.family == Family::Secret) {
        traits |= bit(LineageTrait::Secrets);
    } else if (loaded && finding.severity >= Severity::High) {
        traits |= bit(LineageTrait::Untrusted);
    }
}

using Cells = std::map<std::pair<std::uint32_t, std::int32_t>, std::uint32_t>; // by file and cell
using Lines = std::map<std::tuple<std::uint32_t, std::int32_t, std::uint32_t>, std::vector<std::uint32_t>>; // and line

// Cells that only have a number are called by their first line.
void nameCells(LineageSource& source, const Analysis& analysis, std::uint32_t file, const Cells& cells)
{
    const auto* facts = formats::notebookFacts(analysis.facts);
    for (std::size_t i = 0; facts && i < facts->cells.size(); ++i) {
        const auto node = cells.find({file, static_cast<std::int32_t>(i)});
        if (node == cells.end() || !source.graph->nodes[node->second].label.starts_with("cell ")) {
            continue;
        }
        QString title = cellTitle(analysis, facts->cells[i]);
        while (title.startsWith(u'#') || title.startsWith(u' ')) {
            title.remove(0, 1);
        }
        if (!title.isEmpty()) {
            source.titles.emplace(node->second, std::move(title));
        }
    }
}

// What a line makes, learns, measures or changes: a leak there is one of these, wherever they were made.
Lines nodesByLine(const lineage::LineageGraph& graph)
{
    Lines lines;
    const auto add = [&](const lineage::Place& place, std::uint32_t node) {
        const bool inside = node < graph.nodes.size() && graph.nodes[node].kind != NodeKind::Cell
            && !widgets::isThing(graph.nodes[node]);
        if (inside && place.file < graph.files.size()) {
            lines[{place.file, place.cell, place.line}].push_back(node);
        }
    };
    for (std::uint32_t i = 0; i < graph.nodes.size(); ++i) {
        if (const auto& node = graph.nodes[i]; node.kind != NodeKind::Cell && node.place.file < graph.files.size()) {
            lines[{node.place.file, node.place.cell, node.place.line}].push_back(i);
        }
    }
    for (const auto& training : graph.trainings) {
        add(training.place, training.model);
    }
    for (const auto& evaluation : graph.evaluations) {
        add(evaluation.place, evaluation.model);
    }
    for (const auto& edge : graph.edges) {
        add(edge.place, edge.to);
    }
    for (auto& [line, list] : lines) {
        std::sort(list.begin(), list.end());
        list.erase(std::unique(list.begin(), list.end()), list.end());
    }
    return lines;
}

// Not about the text of the cell but about the data in it.
bool isAboutData(const Finding& finding)
{
    return finding.family == Family::Lineage || finding.rule.starts_with("CUP-CODE-LEAK-")
        || finding.rule == "CUP-CODE-EVAL-ON-TRAIN";
}

// A rule tells a fit before the split at the split: what is fitted is known here. `leaks`: the worst of each file.
void markLeaks(
    LineageSource& source, const std::map<std::uint32_t, const Finding*>& leaks, const Lines& lines, Budget& budget)
{
    for (const auto& hazard : source.graph->hazards) {
        const auto known =
            hazard.kind == lineage::HazardKind::LeakagePreprocessing ? leaks.find(hazard.place.file) : leaks.end();
        const auto made = lines.find({hazard.place.file, hazard.place.cell, hazard.place.line});
        if (known == leaks.end() || made == lines.end() || !budget.spend(64)) {
            continue;
        }
        for (const auto node : made->second) {
            mark(source, node, *known->second);
        }
    }
}

// What the analyses say about a cell, a script or a file on disk.
void join(LineageSource& source, const LineageRequest& request, Budget& budget)
{
    const auto& graph = *source.graph;
    ByPath analyses;
    for (const auto& analysis : request.analyses) {
        analyses.emplace(analysis->artifact.path, analysis.get());
    }
    for (const auto& file : graph.files) {
        source.artifacts.push_back(pathIn(request, analyses, file.path));
    }
    Cells cells;
    auto lines = nodesByLine(graph);
    for (std::uint32_t i = 0; i < graph.nodes.size() && budget.spend(256); ++i) {
        const auto& node = graph.nodes[i];
        if (node.unpinned || node.unsafeLoad) {
            source.traits[i] |= bit(LineageTrait::Untrusted);
        }
        if (node.kind == NodeKind::Cell) {
            cells.emplace(std::pair(node.place.file, node.place.cell), i);
        } else if (node.onDisk && widgets::isThing(node)) {
            const auto known = analyses.find(pathIn(request, analyses, node.locator));
            for (std::size_t f = 0; known != analyses.end() && f < known->second->findings.size(); ++f) {
                mark(source, i, known->second->findings[f]);
            }
        }
    }
    std::map<std::uint32_t, const Finding*> leaks; // the worst of each file
    for (std::uint32_t file = 0; file < graph.files.size(); ++file) {
        const auto known = analyses.find(source.artifacts[file]);
        if (known != analyses.end()) {
            nameCells(source, *known->second, file, cells);
        }
        for (std::size_t f = 0; known != analyses.end() && f < known->second->findings.size(); ++f) {
            const Finding& finding = known->second->findings[f];
            const auto& cell = finding.location.cell;
            const auto node = cells.find({file, cell ? static_cast<std::int32_t>(*cell) : -1});
            if (node != cells.end() && budget.spend(64)) {
                mark(source, node->second, finding);
            }
            if (isAboutData(finding)) { // what the line makes or changes has it too
                auto& worst = leaks[file];
                worst = !worst || worst->severity < finding.severity ? &finding : worst;
                const auto line = finding.location.cellLine.value_or(finding.location.line);
                for (const auto made : lines[{file, cell ? static_cast<std::int32_t>(*cell) : -1, line}]) {
                    mark(source, made, finding);
                }
            }
        }
    }
    markLeaks(source, leaks, lines, budget);
    using Kind = lineage::SourceKind;
    for (const auto& one : graph.sources) {
        const bool remote = one.kind == Kind::Url || one.kind == Kind::S3 || one.kind == Kind::HubDataset
            || one.kind == Kind::HubModel || one.kind == Kind::RemoteModel;
        if (remote && one.node < graph.nodes.size()) {
            source.traits[one.node] |= bit(LineageTrait::Untrusted);
        }
    }
}

std::string lower(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

// What code makes belongs to the cell it stands in, also where nobody said so.
void settle(lineage::LineageGraph& graph)
{
    std::map<std::pair<std::uint32_t, std::int32_t>, std::uint32_t> cells;
    for (std::uint32_t i = 0; i < graph.nodes.size(); ++i) {
        if (graph.nodes[i].kind == NodeKind::Cell) {
            cells.emplace(std::pair(graph.nodes[i].place.file, graph.nodes[i].place.cell), i);
        }
    }
    for (auto& node : graph.nodes) {
        const bool made = node.kind == NodeKind::Variable || node.kind == NodeKind::Split
            || node.kind == NodeKind::Model || node.kind == NodeKind::Function || node.kind == NodeKind::Metric
            || node.kind == NodeKind::Column || node.kind == NodeKind::Prediction || node.kind == NodeKind::UnknownCall;
        if (const auto cell = cells.find({node.place.file, node.place.cell});
            made && node.cell >= graph.nodes.size() && cell != cells.end()) {
            node.cell = cell->second;
        }
    }
}

// What was copied out of code may hold what a finding masks there.
void mask(lineage::LineageGraph& graph, const LineageSource& source, const LineageRequest& request)
{
    std::map<std::uint32_t, NameMask> masks;
    for (const auto& analysis : request.analyses) {
        for (std::uint32_t file = 0; file < source.artifacts.size(); ++file) {
            if (!analysis->sensitive.empty() && source.artifacts[file] == analysis->artifact.path) {
                masks.emplace(file, NameMask(*analysis));
            }
        }
    }
    const auto clean = [&masks](std::string& text, const lineage::Place& place) {
        if (const auto known = masks.find(place.file); known != masks.end()) {
            text = known->second(text);
        }
    };
    for (auto& node : graph.nodes) {
        clean(node.label, node.place);
        clean(node.locator, node.place);
    }
    for (auto& edge : graph.edges) {
        clean(edge.why, edge.place);
    }
    for (auto& training : graph.trainings) {
        for (auto& [name, value] : training.hyperparameters) {
            clean(value, training.place);
        }
    }
    for (auto& hazard : graph.hazards) {
        clean(hazard.why, hazard.place);
    }
}

// Digests and formats of model files that the scan knows.
void tellContents(lineage::LineageGraph& graph, const LineageRequest& request)
{
    ByPath analyses;
    for (const auto& analysis : request.analyses) {
        analyses.emplace(analysis->artifact.path, analysis.get());
    }
    for (auto& node : graph.nodes) {
        const auto known = node.onDisk && node.kind == NodeKind::ModelFile
            ? analyses.find(pathIn(request, analyses, node.locator))
            : analyses.end();
        if (known == analyses.end()) {
            continue;
        }
        node.format = known->second->facts.format;
        if (node.hash.empty() && known->second->artifact.sha256 != Sha256{}) {
            node.hash = "sha256:" + toHex(known->second->artifact.sha256);
        }
    }
}

// Cells without a run number, but for those that must have run, where others have one.
void markNeverRan(LineageSource& source)
{
    std::set<std::pair<std::uint32_t, std::int32_t>> codeCells; // by file
    for (const auto& execution : source.graph->execution) {
        const bool any =
            std::any_of(execution.counts.begin(), execution.counts.end(), [](auto count) { return count >= 0; });
        for (const auto cell : any ? lineage::leftOut(execution) : std::vector<std::uint32_t>()) {
            codeCells.emplace(execution.file, static_cast<std::int32_t>(cell));
        }
    }
    for (std::uint32_t i = 0; i < source.graph->nodes.size(); ++i) {
        const auto& node = source.graph->nodes[i];
        if (node.kind == NodeKind::Cell && codeCells.contains({node.place.file, node.place.codeCell})) {
            source.neverRan.insert(i);
        }
    }
}

widgets::LineageSourcePtr readSource(const LineageRequest& request, lineage::LineageGraph graphMade, Budget& budget)
{
    auto source = std::make_shared<LineageSource>();
    const auto made = std::make_shared<lineage::LineageGraph>(std::move(graphMade));
    settle(*made);
    tellContents(*made, request);
    source->graph = made;
    const auto& graph = *source->graph;
    source->signs.resize(graph.nodes.size());
    source->severities.resize(graph.nodes.size());
    source->traits.resize(graph.nodes.size());
    join(*source, request, budget);
    mask(*made, *source, request); // nobody else has it yet
    markNeverRan(*source);
    source->seen = lineage::seenInTraining(graph);
    std::map<std::uint32_t, std::string> columns; // of what a model is trained on
    for (const auto& training : graph.trainings) {
        auto& words = columns[training.model];
        for (const auto* list : {&training.labelColumns, &training.featureColumns}) {
            for (const auto& column : *list) {
                words += ' ' + column;
            }
        }
    }
    for (std::uint32_t i = 0; i < graph.nodes.size() && budget.spend(256); ++i) {
        const auto& node = graph.nodes[i];
        const auto known = columns.find(i);
        const auto title = source->titles.find(i);
        const std::string own = title == source->titles.end() ? std::string() : ' ' + title->second.toStdString();
        source->keys.push_back(
            lower(node.label + ' ' + node.locator + ' ' + node.api + ' ' + std::string(lineage::toString(node.kind))
                + own + (known == columns.end() ? std::string() : known->second)));
    }
    return source->keys.size() == graph.nodes.size() ? source : nullptr;
}

bool ranOtherwise(const lineage::LineageGraph& graph)
{
    return std::any_of(
        graph.execution.begin(), graph.execution.end(), [](const auto& execution) { return !execution.order.empty(); });
}

// What is there already, and what is asked for besides. Without the one that is wanted: stopped.
widgets::LineageSources readSources(const LineageRequest& request, Budget& budget)
{
    auto out = request.sources;
    if (!out.written) {
        out.written = readSource(request, request.make(request.roots, budget), budget);
    }
    if (out.written && !out.recorded && !ranOtherwise(*out.written->graph)) {
        out.recorded = out.written;
    }
    if (request.asRecorded && out.written && !out.recorded && !budget.stopped()) {
        auto both = request.makeBoth(request.roots, budget);
        out.written = readSource(request, std::move(both.written), budget);
        out.recorded = readSource(request, std::move(both.recorded), budget);
    }
    return out;
}

// What is only as recorded was added to what is written, and what is only as written is gone.
widgets::SceneMark markOf(const LineageSource& source, lineage::InOther inOther)
{
    using Mark = widgets::SceneMark;
    const bool recorded = source.graph->order == lineage::CellOrder::Recorded;
    return inOther == lineage::InOther::Same   ? Mark::None
        : inOther != lineage::InOther::Missing ? Mark::Changed
        : recorded                             ? Mark::Added
                                               : Mark::Removed;
}

widgets::SceneNode sceneNode(const LineageSource& source, const LineageFoldNode& folded, std::uint32_t number)
{
    using Form = LineageFoldNode::Form;
    widgets::SceneNode node;
    const auto& one = source.graph->nodes[folded.first];
    const bool group = folded.form == Form::File || folded.form == Form::Folder || folded.form == Form::More;
    const bool model = one.kind == NodeKind::Model || one.kind == NodeKind::ModelFile;
    node.shape = group                                          ? widgets::NodeShape::Group
        : model                                                 ? widgets::NodeShape::Model
        : widgets::isThing(one) || one.kind == NodeKind::Metric ? widgets::NodeShape::Data
                                                                : widgets::NodeShape::Code;
    node.outside = !group && folded.kind == LineageKind::Outside;
    node.title = widgets::titleOf(source, folded);
    node.detail = widgets::detailOf(source, folded);
    node.sign = folded.sign;
    node.number = number;
    node.mark = markOf(source, folded.inOther);
    return node;
}

void draw(LineageReading& reading, const LineageRequest& request, Budget& budget)
{
    const auto& source = *reading.source;
    const auto& fold = reading.fold;
    ScenePlan plan;
    for (std::uint32_t i = 0; i < fold.nodes.size(); ++i) {
        plan.nodes.push_back(sceneNode(source, fold.nodes[i], i));
        plan.groupOf.push_back(fold.nodes[i].group);
        plan.keys.push_back(fold.nodes[i].key);
    }
    for (const auto& group : fold.groups) {
        plan.groups.push_back({widgets::titleOf(source, group), group.parent, group.first == none, group.key});
    }
    for (const auto& edge : fold.edges) {
        if (!budget.spend(4'096)) {
            return;
        }
        plan.links.push_back({edge.from, edge.to, widgets::whatFlows(source, edge),
            edge.certainty == lineage::Certainty::Guess, markOf(source, edge.inOther)});
    }
    auto memory = std::make_shared<widgets::SceneMemory>();
    plan.pins = request.pins;
    reading.scene = drawRight(std::move(plan), budget, request.before.get(), memory.get());
    reading.memory = std::move(memory);
}

} // namespace

widgets::LineageReadingPtr readLineage(const LineageRequest& request, const std::stop_token& stop)
{
    Budget budget(Limits{}, stop);
    auto reading = std::make_shared<LineageReading>();
    reading->sources = readSources(request, budget);
    reading->source = reading->sources.of(request.asRecorded);
    if (!reading->source || budget.stopped()) {
        return nullptr;
    }
    reading->wish = request.wish;
    QElapsedTimer clock;
    clock.start();
    reading->fold = widgets::fold(*reading->source, request.wish);
    draw(*reading, request, budget);
    reading->drawnIn = clock.elapsed();
    return reading->scene && !stop.stop_requested() ? reading : nullptr;
}

} // namespace cupel::app
