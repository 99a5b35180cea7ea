// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/lineage_words.h"

#include "widgets/models/lineage_fold.h"
#include "widgets/models/lineage_stages.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QStringList>

namespace cupel::widgets {

namespace {

using lineage::none;
using Form = LineageFoldNode::Form;

constexpr qsizetype mostNames = 3; // of what flows

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Lineage)
};

QString lastPart(const std::string& path)
{
    const auto cut = path.rfind('/');
    return shownText(cut == std::string::npos || cut + 1 == path.size() ? path : path.substr(cut + 1));
}

QString cellWord(const lineage::Place& place)
{
    return place.cell >= 0 ? Words::tr("cell %1").arg(place.cell) : QString();
}

} // namespace

QString word(LineageKind kind)
{
    switch (kind) {
    case LineageKind::Data:
        return Words::tr("Data");
    case LineageKind::Code:
        return Words::tr("Code");
    case LineageKind::Models:
        return Words::tr("Models");
    case LineageKind::Outside:
        break;
    }
    return Words::tr("Outside");
}

QString word(LineageTrait trait)
{
    switch (trait) {
    case LineageTrait::Personal:
        return Words::tr("Personal data");
    case LineageTrait::Untrusted:
        return Words::tr("Untrusted");
    case LineageTrait::Secrets:
        return Words::tr("Secrets");
    case LineageTrait::Findings:
        break;
    }
    return Words::tr("Findings");
}

QString word(lineage::NodeKind kind)
{
    using Kind = lineage::NodeKind;
    switch (kind) {
    case Kind::Dataset:
        return Words::tr("data set");
    case Kind::File:
        return Words::tr("file");
    case Kind::Remote:
        return Words::tr("remote place");
    case Kind::Cell:
        return Words::tr("cell");
    case Kind::Function:
        return Words::tr("function");
    case Kind::Variable:
        return Words::tr("variable");
    case Kind::Split:
        return Words::tr("split");
    case Kind::Model:
        return Words::tr("model");
    case Kind::ModelFile:
        return Words::tr("model file");
    case Kind::Index:
        return Words::tr("index of vectors");
    case Kind::Metric:
        return Words::tr("metric");
    case Kind::Artifact:
        return Words::tr("artifact");
    case Kind::Endpoint:
        return Words::tr("endpoint");
    case Kind::Service:
        return Words::tr("service");
    case Kind::Column:
        return Words::tr("column");
    case Kind::Registration:
        return Words::tr("registered model");
    case Kind::Prediction:
        return Words::tr("prediction");
    case Kind::UnknownCall:
        return Words::tr("unknown call");
    case Kind::Unknown:
        break;
    }
    return Words::tr("unknown");
}

QString word(lineage::EdgeKind kind)
{
    using Kind = lineage::EdgeKind;
    switch (kind) {
    case Kind::Reads:
        return Words::tr("reads");
    case Kind::Writes:
        return Words::tr("writes");
    case Kind::Derives:
        return Words::tr("derives");
    case Kind::Influences:
        return Words::tr("influences");
    case Kind::Trains:
        return Words::tr("trains");
    case Kind::Validates:
        return Words::tr("validates");
    case Kind::Tests:
        return Words::tr("tests");
    case Kind::Predicts:
        return Words::tr("predicts");
    case Kind::Loads:
        return Words::tr("loads");
    case Kind::Saves:
        return Words::tr("saves");
    case Kind::Deploys:
        return Words::tr("deploys");
    case Kind::Imports:
        return Words::tr("imports");
    case Kind::Registers:
        return Words::tr("registers");
    case Kind::Runs:
        break;
    }
    return Words::tr("runs");
}

QString word(lineage::Certainty certainty)
{
    switch (certainty) {
    case lineage::Certainty::Certain:
        return Words::tr("certain");
    case lineage::Certainty::Likely:
        return Words::tr("likely");
    case lineage::Certainty::Guess:
        break;
    }
    return Words::tr("a guess");
}

QString word(lineage::HazardKind kind)
{
    using Kind = lineage::HazardKind;
    switch (kind) {
    case Kind::DefinedAfterUse:
        return Words::tr("Used before it is defined");
    case Kind::UndefinedName:
        return Words::tr("Defined nowhere");
    case Kind::NeverExecutedDefinition:
        return Words::tr("Its definition never ran");
    case Kind::StaleOutput:
        return Words::tr("Output older than what it shows");
    case Kind::NonIdempotentRerun:
        return Words::tr("Changes again when run again");
    case Kind::MixedSessions:
        return Words::tr("Runs of several sessions are mixed");
    case Kind::UncalledFunction:
        return Words::tr("Function that nobody calls");
    case Kind::FunctionRedefined:
        return Words::tr("Function defined twice");
    case Kind::DeadTransform:
        return Words::tr("Result that nobody uses");
    case Kind::NameKindChange:
        return Words::tr("Name that changes its kind");
    case Kind::UnresolvedImport:
        return Words::tr("Import that was not found");
    case Kind::LeakagePreprocessing:
        return Words::tr("Prepared with test data");
    case Kind::LeakageOverlap:
        return Words::tr("Training and test data overlap");
    case Kind::MultiTest:
        return Words::tr("Tested more than once on the same data");
    case Kind::LabelInFeatures:
        break;
    }
    return Words::tr("The label is among the features");
}

QString otherWords(const LineageSource& source, lineage::InOther inOther)
{
    const bool recorded = source.graph->order == lineage::CellOrder::Recorded;
    switch (inOther) {
    case lineage::InOther::Missing:
        return recorded ? Words::tr("only as recorded") : Words::tr("only as written");
    case lineage::InOther::Different:
        return recorded ? Words::tr("not the same as written") : Words::tr("not the same as recorded");
    case lineage::InOther::Same:
        break;
    }
    return {};
}

bool isAboutOrder(const lineage::LineageGraph::Note& note)
{
    return note.code.starts_with("order-");
}

namespace {

QString stageWord(std::string_view key)
{
    switch (stageOf(key)) {
    case LineageStage::Read:
        return Words::tr("Read data");
    case LineageStage::Prepare:
        return Words::tr("Prepare data");
    case LineageStage::Train:
        return Words::tr("Train");
    case LineageStage::Measure:
        return Words::tr("Measure");
    case LineageStage::Save:
        break;
    }
    return Words::tr("Save");
}

} // namespace

QString titleOf(const LineageSource& source, const LineageFoldNode& node)
{
    const auto& graph = *source.graph;
    switch (node.form) {
    case Form::File:
        return lastPart(graph.files[node.file].path);
    case Form::Folder: {
        const std::string path = node.key.substr(std::string_view("folder:").size());
        return path.empty() ? Words::tr("Top folder") : lastPart(path); // the whole of it has no room
    }
    case Form::More:
        if (node.key == "more:files") {
            return Words::tr("%n other file(s) of code", nullptr, static_cast<int>(node.count));
        }
        if (node.key.starts_with(stagePrefix)) {
            return stageWord(node.key);
        }
        if (node.key.starts_with("more:cells:")) {
            return Words::tr("%n other cell(s)", nullptr, static_cast<int>(node.count));
        }
        if (node.key == "more:things") {
            return Words::tr("%n other(s)", nullptr, static_cast<int>(node.count));
        }
        return Words::tr("%1 and %n more", nullptr, static_cast<int>(node.count) - 1)
            .arg(lastPart(graph.nodes[node.first].label));
    default:
        break;
    }
    const auto& one = graph.nodes[node.first];
    if (const auto own = source.titles.find(node.first); own != source.titles.end()) {
        return own->second;
    }
    if (one.kind == lineage::NodeKind::Cell && one.place.cell >= 0 && one.label.starts_with("cell ")) {
        return cellWord(one.place); // as the window counts them
    }
    const QString label = isThing(one) ? lastPart(one.label) : shownText(one.label);
    return label.isEmpty() ? word(one.kind) : label;
}

namespace {

QString ownDetail(const LineageSource& source, const LineageFoldNode& node)
{
    const auto& graph = *source.graph;
    if (node.form == Form::File) {
        return graph.files[node.file].notebook ? Words::tr("%n cell(s)", nullptr, static_cast<int>(node.count))
                                               : Words::tr("script");
    }
    if (node.form == Form::Folder) {
        return Words::tr("%n file(s) of code", nullptr, static_cast<int>(node.count));
    }
    if (node.form == Form::More && node.key.starts_with(stagePrefix)) {
        return Words::tr("%n cell(s) from %1", nullptr, static_cast<int>(node.count))
            .arg(cellWord(graph.nodes[node.first].place));
    }
    if (node.form == Form::More) {
        return node.key.starts_with("more:cells:") ? Words::tr("without a flow of data") : Words::tr("folded");
    }
    const auto& one = graph.nodes[node.first];
    if (node.form == Form::Cell) {
        const QString cell = cellWord(one.place);
        return cell == titleOf(source, node) ? QString() : cell;
    }
    QStringList parts;
    if ((node.traits & bit(LineageTrait::Personal)) != 0) {
        parts += Words::tr("personal data");
    } else if ((node.traits & bit(LineageTrait::Secrets)) != 0) {
        parts += Words::tr("holds a secret");
    } else {
        parts += word(one.kind);
    }
    if (one.orphan) {
        parts += Words::tr("no code uses it");
    } else if (one.unpinned && one.kind != lineage::NodeKind::Remote) {
        parts += Words::tr("no revision");
    } else if (one.outside && one.kind != lineage::NodeKind::Remote) {
        parts += Words::tr("outside");
    }
    if (one.count > 1) {
        parts += Words::tr("%1 times").arg(one.count);
    }
    return parts.join(QStringLiteral(", "));
}

QString ownKind(const LineageSource& source, const LineageFoldNode& node)
{
    switch (node.form) {
    case Form::File:
        return source.graph->files[node.file].notebook ? Words::tr("notebook") : Words::tr("script");
    case Form::Folder:
        return Words::tr("folder of code");
    case Form::More:
        return Words::tr("group");
    default:
        break;
    }
    const auto& one = source.graph->nodes[node.first];
    return one.outside ? Words::tr("%1, outside").arg(word(one.kind)) : word(one.kind);
}

// What it is, that it never ran, and what the other order says of it.
QString withRest(const LineageSource& source, const LineageFoldNode& node, const QString& what)
{
    QStringList parts{what};
    if (node.form == Form::Cell && source.neverRan.contains(node.first)) {
        parts += Words::tr("no run recorded");
    }
    // A box is narrow; the inspector says of what it differs.
    parts += node.inOther == lineage::InOther::Different ? Words::tr("differs") : otherWords(source, node.inOther);
    parts.removeAll(QString());
    return parts.join(QStringLiteral(", "));
}

} // namespace

QString detailOf(const LineageSource& source, const LineageFoldNode& node)
{
    return withRest(source, node, ownDetail(source, node));
}

QString titleOf(const LineageSource& source, const LineageFoldGroup& group)
{
    const auto& graph = *source.graph;
    if (group.parent == none) {
        return lastPart(graph.files[group.file].path);
    }
    LineageFoldNode cell;
    cell.form = Form::Cell;
    cell.first = group.first;
    const QString title = titleOf(source, cell);
    const QString number = detailOf(source, cell);
    return number.isEmpty() ? title : Words::tr("%1, %2").arg(number, title);
}

QString kindText(const LineageSource& source, const LineageFoldNode& node)
{
    return withRest(source, node, ownKind(source, node));
}

QString whatFlows(const LineageSource& source, const LineageFoldEdge& edge)
{
    const auto& graph = *source.graph;
    QStringList kinds;
    QStringList names;
    for (const auto number : edge.edges) {
        const auto& one = graph.edges[number];
        const QString kind = word(one.kind);
        if (!kinds.contains(kind)) {
            kinds += kind;
        }
        for (const auto end : {one.from, one.to}) {
            const auto& node = graph.nodes[end];
            const QString name = shownText(node.label);
            if (node.kind == lineage::NodeKind::Variable && names.size() < mostNames && !names.contains(name)) {
                names += name;
                break;
            }
        }
    }
    const QString verb = kinds.join(QStringLiteral(", "));
    const QString more = edge.bridged ? Words::tr("%1, over what is hidden").arg(verb) : verb;
    const QString flow = names.isEmpty() ? more : Words::tr("%1: %2").arg(more, names.join(QStringLiteral(", ")));
    const QString other = otherWords(source, edge.inOther);
    return other.isEmpty() ? flow : Words::tr("%1, %2").arg(flow, other);
}

QString placeText(const lineage::LineageGraph& graph, const lineage::Place& place)
{
    if (place.file >= graph.files.size()) {
        return {};
    }
    const QString file = shownText(graph.files[place.file].path);
    if (place.cell >= 0) {
        return place.line > 0 ? Words::tr("%1, cell %2, line %3").arg(file).arg(place.cell).arg(place.line)
                              : Words::tr("%1, cell %2").arg(file).arg(place.cell);
    }
    return place.line > 0 ? Words::tr("%1, line %2").arg(file).arg(place.line) : file;
}

} // namespace cupel::widgets
