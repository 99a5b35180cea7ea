// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/lineage/lineage_answers.h"

#include "widgets/models/lineage_words.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QCoreApplication>

#include <functional>
#include <set>
#include <utility>

namespace cupel::widgets {

namespace {

using lineage::none;
using lineage::Seen;
using lineage::SeenInTraining;

constexpr std::size_t mostRows = 200;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(cupel::widgets::LineageAnswers)
};

QString word(Seen answer)
{
    switch (answer) {
    case Seen::No:
    case Seen::Parted:
        return Words::tr("no");
    case Seen::Unknown:
        return Words::tr("not known");
    case Seen::Perhaps:
        return Words::tr("perhaps");
    case Seen::Statistics:
        return Words::tr("in part");
    case Seen::Yes:
        break;
    }
    return Words::tr("yes");
}

QString names(const lineage::LineageGraph& graph, const std::vector<std::uint32_t>& nodes)
{
    constexpr std::size_t most = 3;
    QStringList out;
    for (std::size_t i = 0; i < std::min(nodes.size(), most); ++i) {
        out += shownText(graph.nodes[nodes[i]].label);
    }
    return nodes.size() > most ? Words::tr("%1 and %n more", nullptr, static_cast<int>(nodes.size() - most))
                                     .arg(out.join(QStringLiteral(", ")))
                               : out.join(QStringLiteral(", "));
}

QString reason(const lineage::LineageGraph& graph, const SeenInTraining& seen)
{
    switch (seen.answer) {
    case Seen::No:
        return Words::tr("Nothing it learned from is behind this data.");
    case Seen::Parted:
        return seen.shared.empty()
            ? Words::tr("The code parts its rows from those of training.")
            : Words::tr("Both come from %1; the code parts the rows.").arg(names(graph, seen.shared));
    case Seen::Perhaps:
        return Words::tr("Both come from %1, and no code that was read parts the rows.").arg(names(graph, seen.shared));
    case Seen::Statistics:
        return Words::tr("Values computed from this data went into training.");
    case Seen::Yes:
        return Words::tr("It is measured on rows that it was trained on.");
    case Seen::Unknown:
        break;
    }
    return seen.training == none ? Words::tr("No code here trains it.")
                                 : Words::tr("Where the data of one of the two comes from is not known.");
}

std::vector<LineageRow> rowsOf(const LineageReading& reading, const std::function<bool(const SeenInTraining&)>& wanted)
{
    const auto& graph = *reading.source->graph;
    std::vector<LineageRow> rows;
    for (const auto& seen : reading.source->seen) {
        if (!wanted(seen) || rows.size() > mostRows) {
            continue;
        }
        if (rows.empty()) {
            rows.push_back(headingRow(Words::tr("Was the test data seen in training?")));
        }
        const auto& evaluation = graph.evaluations[seen.evaluation];
        QStringList lines{reason(graph, seen), placeText(graph, evaluation.place)};
        if (seen.training != none) {
            lines += Words::tr("trained in %1").arg(placeText(graph, graph.trainings[seen.training].place));
        }
        LineageRow row = factRow(evaluation.metric.empty() ? Words::tr("Measured") : shownText(evaluation.metric),
            lines.join(u'\n'), evaluation.place);
        row.right = word(seen.answer);
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace

std::vector<LineageRow> measurementRows(const LineageReading& reading, std::uint32_t unit)
{
    const auto& graph = *reading.source->graph;
    const auto isIn = [&](std::uint32_t node) {
        return node < reading.fold.of.size() && reading.fold.of[node] == unit;
    };
    std::set<std::uint32_t> models; // those in it, and those that a file of a model in it is or becomes
    for (const auto& edge : graph.edges) {
        const bool kept = edge.kind == lineage::EdgeKind::Saves || edge.kind == lineage::EdgeKind::Loads;
        if (kept && isIn(edge.to) && graph.nodes[edge.to].kind == lineage::NodeKind::ModelFile) {
            models.insert(edge.from);
        } else if (kept && isIn(edge.from) && graph.nodes[edge.from].kind == lineage::NodeKind::ModelFile) {
            models.insert(edge.to);
        }
    }
    return rowsOf(reading, [&](const SeenInTraining& seen) {
        const auto trained = seen.training == none ? none : graph.trainings[seen.training].model;
        return isIn(seen.model) || models.contains(seen.model) || isIn(trained) || models.contains(trained);
    });
}

std::vector<LineageRow> measurementRows(const LineageReading& reading)
{
    return rowsOf(reading, [](const SeenInTraining&) { return true; });
}

} // namespace cupel::widgets
