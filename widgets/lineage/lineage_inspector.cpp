// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/lineage/lineage_inspector.h"

#include "analyzers/lineage/coverage.h"
#include "widgets/common/buttons.h"
#include "widgets/common/icons.h"
#include "widgets/common/labels.h"
#include "widgets/common/severity.h"
#include "widgets/lineage/lineage_answers.h"
#include "widgets/models/lineage_fold.h"
#include "widgets/models/lineage_words.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QLocale>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace cupel::widgets {

using lineage::none;

namespace {

constexpr std::size_t mostRows = 200; // of each kind
constexpr std::string_view folderPrefix = "folder:"; // of a key

// Something that stands in the cell can be shown by itself.
bool holdsMore(const lineage::LineageGraph& graph, std::uint32_t cell)
{
    return std::any_of(graph.nodes.begin(), graph.nodes.end(),
        [cell](const lineage::Node& node) { return node.cell == cell && !isThing(node); });
}

QString listed(const std::vector<std::string>& names)
{
    QStringList out;
    for (const auto& name : names) {
        out += shownText(name);
    }
    return out.join(QStringLiteral(", "));
}

} // namespace

LineageInspector::LineageInspector(LineageState& state, QWidget* parent)
    : View(parent)
    , m_state(state)
    , m_title(new ElidedLabel({}, TextRole::H3, Token::TextPrimary, true, this))
    , m_detail(new Label({}, TextRole::Small, Token::TextSecondary, false, this))
    , m_jump(new QPushButton(tr("Go to the code"), this))
    , m_open(new QPushButton(tr("Show what is inside"), this))
    , m_rows(new LineageRows(tr("Why it is there"), this))
{
    setAccessibleName(tr("The chosen node or edge"));
    setFocusPolicy(Qt::NoFocus);
    m_detail->setWordWrap(true);
    m_jump->setIcon(icon(QStringLiteral("arrow-up-right")));
    setSmall(m_jump);
    m_open->setIcon(icon(QStringLiteral("unfold-vertical")));
    setSmall(m_open);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 14, 8, 8);
    column->setSpacing(6);
    column->addWidget(m_title);
    column->addWidget(m_detail);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_jump);
    buttons->addWidget(m_open);
    buttons->addStretch(1);
    column->addLayout(buttons);
    column->addWidget(m_rows, 1);
    connect(m_jump, &QPushButton::clicked, this, [this] { m_state.goTo(m_place); });
    connect(m_open, &QPushButton::clicked, this, [this] {
        if (m_state.reading() && m_state.current() != none) {
            m_state.open(m_state.reading()->fold.nodes[m_state.current()].key, true);
        }
    });
    connect(m_rows, &LineageRows::rowOpened, this, [this](const LineageRow& row) {
        if (row.place) {
            m_state.goTo(*row.place);
        } else if (row.edge != none) {
            m_state.selectEdge(row.edge);
        }
    });
    connect(&state, &LineageState::selectionChanged, this, &LineageInspector::update);
    connect(&state, &LineageState::changed, this, &LineageInspector::update);
    update();
}

void LineageInspector::takeFocus()
{
    m_rows->setFocus(Qt::ShortcutFocusReason);
}

QString LineageInspector::title() const
{
    return m_title->fullText();
}

void LineageInspector::update()
{
    m_open->setVisible(false);
    if (!m_state.reading()) {
        head(tr("Nothing to show yet"), tr("The lineage of what is open comes here when it has been read."), nullptr);
        m_rows->setRows({});
    } else if (m_state.edge() != none) {
        showEdge(m_state.edge());
    } else if (m_state.current() != none) {
        showNode(m_state.current());
    } else {
        showAll();
    }
}

void LineageInspector::head(const QString& title, const QString& detail, const lineage::Place* place)
{
    m_title->setFullText(title);
    m_detail->setText(detail);
    const bool known = place && m_state.reading() && place->file < m_state.reading()->source->artifacts.size();
    m_jump->setVisible(known);
    if (known) {
        m_place = *place;
        const QString where = placeText(*m_state.reading()->source->graph, *place);
        m_jump->setToolTip(plainToolTip(where));
        m_jump->setAccessibleDescription(where);
    }
}

void LineageInspector::showNode(std::uint32_t unit)
{
    const auto& reading = *m_state.reading();
    const auto& graph = *reading.source->graph;
    const auto& folded = reading.fold.nodes[unit];
    const auto& node = graph.nodes[folded.first];
    const auto* place = m_state.placeOf(unit);
    std::vector<LineageRow> rows;
    QString detail = kindText(*reading.source, folded);
    if (place) {
        detail += QStringLiteral("\n") + placeText(graph, *place);
    }
    const bool one = folded.form == LineageFoldNode::Form::Thing || folded.form == LineageFoldNode::Form::Inner;
    if (folded.form == LineageFoldNode::Form::Folder) {
        rows.push_back(factRow(tr("Stands at"), shownText(folded.key.substr(folderPrefix.size()))));
    }
    if (one && !node.locator.empty()) {
        rows.push_back(factRow(tr("Stands at"), shownText(node.locator)));
    }
    if (one && !node.api.empty()) {
        rows.push_back(factRow(tr("Made by"), shownText(node.api), node.place));
    }
    if (one && node.role != lineage::Role::None) {
        const auto role = lineage::toString(node.role);
        rows.push_back(factRow(tr("Role"), shownText(role)));
    }
    if (one && !node.format.empty()) {
        rows.push_back(factRow(tr("Format"), shownText(node.format)));
    }
    if (one && !node.hash.empty()) {
        rows.push_back(factRow(tr("Digest"), shownText(node.hash)));
    }
    addOrigin(rows, unit);
    for (std::size_t i = 0; i < lineageTraits; ++i) {
        const auto trait = static_cast<LineageTrait>(i);
        if ((folded.traits & bit(trait)) != 0 && trait != LineageTrait::Findings && trait != LineageTrait::Untrusted) {
            LineageRow row = factRow(word(trait), tr("A finding says so."));
            row.sign = folded.sign;
            rows.push_back(std::move(row));
        }
    }
    if (folded.sign) {
        LineageRow row = factRow(tr("Findings"), tr("The worst is %1.").arg(word(*folded.sign)));
        row.sign = folded.sign;
        row.place = place ? std::optional(*place) : std::nullopt;
        rows.push_back(std::move(row));
    }
    for (std::uint32_t i = 0; i < reading.fold.of.size(); ++i) {
        if (reading.fold.of[i] == unit) {
            addTrainings(rows, i);
        }
    }
    for (auto& row : measurementRows(reading, unit)) {
        rows.push_back(std::move(row));
    }
    addTies(rows, unit);
    addHazards(rows, unit);
    using Form = LineageFoldNode::Form;
    m_open->setVisible(folded.form == Form::File || folded.form == Form::Folder || folded.form == Form::More
        || (folded.form == Form::Cell && holdsMore(graph, folded.first)));
    head(titleOf(*reading.source, folded), detail, place);
    m_rows->setRows(std::move(rows));
}

// Whom one has to trust to use it.
void LineageInspector::addOrigin(std::vector<LineageRow>& rows, std::uint32_t unit)
{
    const auto& reading = *m_state.reading();
    const auto& graph = *reading.source->graph;
    const auto& folded = reading.fold.nodes[unit];
    if ((folded.traits & bit(LineageTrait::Untrusted)) != 0) {
        const auto& node = graph.nodes[folded.first];
        QStringList lines;
        if (node.unpinned) {
            lines += tr("No revision is named: whatever stands there that day is used.");
        }
        if (node.unsafeLoad) {
            lines += tr("Loading it can run code.");
        }
        if (lines.isEmpty()) {
            lines += tr("It comes from outside, or a finding says that loading it runs code.");
        }
        LineageRow row = factRow(word(LineageTrait::Untrusted), lines.join(u' '));
        row.sign = folded.sign;
        rows.push_back(std::move(row));
    }
    std::set<std::uint32_t> exposed;
    for (std::uint32_t i = 0; i < reading.fold.of.size(); ++i) {
        if (reading.fold.of[i] == unit) {
            exposed.insert(graph.nodes[i].exposedTo.begin(), graph.nodes[i].exposedTo.end());
        }
    }
    bool first = true;
    for (const auto node : exposed) {
        if (node < graph.nodes.size() && reading.fold.of[node] != unit) {
            if (std::exchange(first, false)) {
                rows.push_back(headingRow(tr("Reached by what is not trusted")));
            }
            LineageRow row = factRow(shownText(graph.nodes[node].label), placeText(graph, graph.nodes[node].place));
            row.place = graph.nodes[node].place;
            rows.push_back(std::move(row));
        }
    }
}

// Where the cells say something else in the order in which they stand than in the one in which they were run.
void LineageInspector::addOrders(std::vector<LineageRow>& rows)
{
    const auto& graph = *m_state.reading()->source->graph;
    std::map<std::pair<std::uint32_t, std::int32_t>, const lineage::Place*> places;
    for (const auto& node : graph.nodes) {
        if (node.kind == lineage::NodeKind::Cell) {
            places.emplace(std::pair(node.place.file, node.place.codeCell), &node.place);
        }
    }
    bool first = true;
    for (const auto& execution : graph.execution) {
        if (execution.file >= graph.files.size()) {
            continue;
        }
        const auto left = lineage::leftOut(execution);
        for (const bool written : {true, false}) {
            for (const auto& [from, to] : written ? execution.onlyWritten : execution.onlyRecorded) {
                const auto start = places.find({execution.file, static_cast<std::int32_t>(from)});
                const auto end = places.find({execution.file, static_cast<std::int32_t>(to)});
                if (start == places.end() || end == places.end() || rows.size() > mostRows) {
                    continue;
                }
                if (std::exchange(first, false)) {
                    rows.push_back(headingRow(tr("The two orders disagree")));
                }
                const QString file = shownText(graph.files[execution.file].path);
                const bool never = std::binary_search(left.begin(), left.end(), from)
                    || std::binary_search(left.begin(), left.end(), to);
                rows.push_back(factRow(
                    tr("%1: cell %2 to cell %3").arg(file).arg(start->second->cell).arg(end->second->cell),
                    never         ? tr("Data flows so only as the cells are written: one of them has no run number.")
                        : written ? tr("Data flows so only as the cells are written; they were run in another order.")
                                  : tr("Data flowed so only as they were run; as written it does not."),
                    *end->second));
            }
        }
    }
}

void LineageInspector::addTies(std::vector<LineageRow>& rows, std::uint32_t unit)
{
    const auto& reading = *m_state.reading();
    for (const bool in : {true, false}) {
        const auto ties = in ? reading.scene->reaching(unit) : reading.scene->leaving(unit);
        if (ties.size() == 0) {
            continue;
        }
        rows.push_back(headingRow(in ? tr("Comes from") : tr("Goes to")));
        for (const auto number : ties) {
            const auto& edge = reading.fold.edges[number];
            LineageRow row = factRow(titleOf(*reading.source, reading.fold.nodes[in ? edge.from : edge.to]),
                whatFlows(*reading.source, edge));
            row.right = word(edge.certainty);
            row.edge = number;
            row.unit = in ? edge.from : edge.to;
            rows.push_back(std::move(row));
        }
    }
}

void LineageInspector::addTrainings(std::vector<LineageRow>& rows, std::uint32_t node)
{
    const auto& graph = *m_state.reading()->source->graph;
    for (const auto& training : graph.trainings) {
        if (training.model != node) {
            continue;
        }
        QStringList lines{shownText(training.type)};
        if (!training.labelColumns.empty()) {
            lines += tr("label: %1").arg(listed(training.labelColumns));
        }
        if (!training.featureColumns.empty()) {
            lines += tr("features: %1").arg(listed(training.featureColumns));
        }
        for (const auto& [name, value] : training.hyperparameters) {
            lines += QStringLiteral("%1 = %2").arg(shownText(name), shownText(value));
        }
        if (const QString other = otherWords(*m_state.reading()->source, training.inOther); !other.isEmpty()) {
            lines += other;
        }
        rows.push_back(factRow(tr("Trained"), lines.join(u'\n'), training.place));
    }
}

void LineageInspector::addHazards(std::vector<LineageRow>& rows, std::uint32_t unit)
{
    const auto& reading = *m_state.reading();
    const auto& graph = *reading.source->graph;
    const auto& folded = reading.fold.nodes[unit];
    const auto& at = graph.nodes[folded.first].place;
    const bool file = folded.form == LineageFoldNode::Form::File;
    if (!file && folded.form != LineageFoldNode::Form::Cell) {
        return;
    }
    bool first = true;
    for (const auto& hazard : graph.hazards) {
        if (hazard.place.file == at.file && (file || hazard.place.cell == at.cell)) {
            if (std::exchange(first, false)) {
                rows.push_back(headingRow(tr("What may go wrong")));
            }
            rows.push_back(factRow(word(hazard.kind), shownText(hazard.why), hazard.place));
        }
    }
}

void LineageInspector::showEdge(std::uint32_t edge)
{
    const auto& reading = *m_state.reading();
    const auto& graph = *reading.source->graph;
    const auto& one = reading.fold.edges[edge];
    std::vector<LineageRow> rows;
    rows.push_back(headingRow(tr("Why")));
    for (const auto number : one.edges) {
        const auto& cause = graph.edges[number];
        const QString sentence = cause.why.empty() ? word(cause.kind) : shownText(cause.why);
        QStringList lines;
        const QString place = placeText(graph, cause.place);
        if (!place.isEmpty()) {
            lines += place;
        }
        if (!cause.rule.empty()) {
            lines += tr("rule %1").arg(shownText(cause.rule));
        }
        LineageRow row = factRow(sentence, lines.join(u'\n'), cause.place);
        row.right = word(cause.certainty);
        rows.push_back(std::move(row));
    }
    if (one.count > one.edges.size()) {
        rows.push_back(factRow(tr("And %n more", nullptr, static_cast<int>(one.count - one.edges.size())), {}));
    }
    const auto* place = one.edges.empty() ? nullptr : &graph.edges[one.edges.front()].place;
    head(tr("%1 to %2")
             .arg(titleOf(*reading.source, reading.fold.nodes[one.from]),
                 titleOf(*reading.source, reading.fold.nodes[one.to])),
        whatFlows(*reading.source, one), place);
    m_rows->setRows(std::move(rows));
}

void LineageInspector::addNotes(std::vector<LineageRow>& rows, bool ofOrders, const QString& head)
{
    std::size_t said = 0;
    for (const auto& note : m_state.reading()->source->graph->notes) {
        if (isAboutOrder(note) != ofOrders || said >= mostRows) {
            continue;
        }
        if (said++ == 0) {
            rows.push_back(headingRow(head));
            if (ofOrders) {
                rows.push_back(factRow(tr("A run number is that of the last run"),
                    tr("Earlier runs of a cell are not recorded, and whether it was changed since it ran is not.")));
            }
        }
        rows.push_back(factRow(shownText(note.path), shownText(note.message)));
    }
}

void LineageInspector::showAll()
{
    const auto& graph = *m_state.reading()->source->graph;
    std::vector<LineageRow> rows;
    const auto number = [](std::size_t count) { return QLocale().toString(static_cast<qulonglong>(count)); };
    rows.push_back(factRow(tr("Sources"), number(graph.sources.size())));
    rows.push_back(factRow(tr("Written or sent"), number(graph.sinks.size())));
    if (!graph.trainings.empty()) {
        rows.push_back(headingRow(tr("Trainings")));
        for (std::size_t i = 0; i < std::min(graph.trainings.size(), mostRows); ++i) {
            const auto& training = graph.trainings[i];
            LineageRow row = factRow(shownText(training.variable.empty() ? training.type : training.variable),
                shownText(training.type), training.place);
            row.right = otherWords(*m_state.reading()->source, training.inOther);
            rows.push_back(std::move(row));
        }
    }
    for (auto& row : measurementRows(*m_state.reading())) {
        rows.push_back(std::move(row));
    }
    addOrders(rows);
    if (!graph.hazards.empty()) {
        rows.push_back(headingRow(tr("What may go wrong")));
        for (std::size_t i = 0; i < std::min(graph.hazards.size(), mostRows); ++i) {
            const auto& hazard = graph.hazards[i];
            rows.push_back(factRow(
                word(hazard.kind), placeText(graph, hazard.place) + u'\n' + shownText(hazard.why), hazard.place));
        }
    }
    addNotes(rows, false, tr("Not followed, or only in part"));
    addNotes(rows, true, tr("What run numbers do not tell"));
    const auto coverage = lineage::coverageOf(graph);
    head(tr("Lineage"),
        tr("%1 files of code, %2 nodes, %3 edges. %4 of %5 calls that read, write or train are known. Choose a node or "
           "an edge to see why it is there.")
            .arg(number(graph.files.size()), number(graph.nodes.size()), number(graph.edges.size()),
                number(coverage.modelled), number(coverage.calls)),
        nullptr);
    m_rows->setRows(std::move(rows));
}

} // namespace cupel::widgets
