// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/lineage/lineage_view.h"

#include "widgets/canvas/graph_canvas.h"
#include "widgets/common/buttons.h"
#include "widgets/common/flow_layout.h"
#include "widgets/common/icons.h"
#include "widgets/common/labels.h"
#include "widgets/common/plain_table.h"
#include "widgets/common/states.h"
#include "widgets/lineage/lineage_bar.h"
#include "widgets/lineage/lineage_legend.h"
#include "widgets/models/lineage_words.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QLocale>
#include <QtCore/QScopedValueRollback>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStackedLayout>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QTreeView>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <utility>

namespace cupel::widgets {

using lineage::none;
using How = LineageState::How;

namespace {

constexpr qreal zoomStep = 1.25;

QString number(std::size_t value)
{
    return QLocale().toString(static_cast<qulonglong>(value));
}

} // namespace

LineageView::LineageView(LineageState& state, QWidget* parent)
    : View(parent)
    , m_state(state)
{
    setAccessibleName(tr("Lineage"));
    m_empty = new EmptyState(QStringLiteral("workflow"), this);
    m_stack = new QStackedLayout(this);
    m_stack->addWidget(centredPage(m_empty, this));
    m_stack->addWidget(makeContent());
    setFocusProxy(m_canvas);
    connect(m_empty, &StateCard::activated, this, &LineageView::emptyPressed);
    connect(&state, &LineageState::changed, this, &LineageView::update);
    connect(&state, &LineageState::litChanged, this, &LineageView::updateLit);
    connect(&state, &LineageState::pathChanged, this, &LineageView::updateLit);
    connect(&state, &LineageState::selectionChanged, this, &LineageView::updateSelection);
    connect(&state, &LineageState::revealWanted, m_canvas, &GraphCanvas::reveal);
    update();
}

void LineageView::takeFocus()
{
    QWidget* shown = m_stack->currentIndex() == 1 ? m_forms->currentWidget() : static_cast<QWidget*>(m_empty->button());
    (shown->isVisibleTo(this) ? shown : this)->setFocus(Qt::ShortcutFocusReason);
}

QWidget* LineageView::makeBar()
{
    auto* bar = new QWidget(this);
    auto* left = new QWidget(bar);
    auto* chips = new QHBoxLayout(left);
    chips->setContentsMargins(0, 0, 0, 0);
    chips->setSpacing(8);
    m_pathChip = new Chip({}, left);
    m_pathChip->setIconName(QStringLiteral("workflow"), Token::Accent);
    m_pathChip->setRemovable(true);
    m_wishChip = new Chip({}, left);
    m_wishChip->setIconName(QStringLiteral("funnel"), Token::Accent);
    m_wishChip->setRemovable(true);
    m_count = new Label({}, TextRole::Small, Token::TextMuted, false, left);
    m_stop = new IconButton(QStringLiteral("circle-stop"), tr("Stop reading"), left);
    chips->addWidget(m_pathChip);
    chips->addWidget(m_wishChip);
    chips->addWidget(m_count);
    chips->addWidget(m_stop);
    auto* inner = new QWidget(bar);
    auto* flow = new FlowLayout(8, true, inner);
    flow->addWidget(left);
    flow->addWidget(makeTools(inner));
    auto* row = new QHBoxLayout(bar); // a flow has no margins of its own
    row->setContentsMargins(16, 8, 12, 8);
    row->addWidget(inner);
    connect(m_pathChip, &Chip::removed, &m_state, &LineageState::clearPath);
    connect(m_wishChip, &Chip::removed, this, [this] {
        LineageWish wish = m_state.wish();
        wish.from.clear();
        wish.to.clear();
        wish.focus.clear();
        wish.up = wish.down = -1;
        m_state.setWish(wish);
    });
    connect(m_stop, &QToolButton::clicked, &m_state, &LineageState::stop);
    return bar;
}

QWidget* LineageView::makeTools(QWidget* parent)
{
    auto* tools = new QWidget(parent);
    m_form = new SegmentedControl({tr("Graph"), tr("Table"), tr("Tree")}, tr("How the lineage is shown"), tools);
    auto* smaller = new IconButton(QStringLiteral("minus"), tr("Smaller"), tools);
    m_zoom = new Label({}, TextRole::Small, Token::TextSecondary, false, tools);
    auto* larger = new IconButton(QStringLiteral("plus"), tr("Larger"), tools);
    auto* fit = new IconButton(QStringLiteral("maximize"), tr("Show the whole lineage"), tools);
    auto* map = new IconButton(QStringLiteral("panel-bottom"), tr("Show or hide the map"), tools);
    m_views = new IconButton(QStringLiteral("save"), tr("Saved views and moved nodes"), tools);
    connect(m_views, &QToolButton::clicked, this, &LineageView::showViews);
    auto* why = new IconButton(QStringLiteral("info"), tr("Why: about the chosen node or edge"), tools);
    m_trace = new QPushButton(tr("Trace selection"), tools);
    m_trace->setIcon(icon(QStringLiteral("workflow"), Token::TextOnAccent));
    m_trace->setDefault(true);
    m_trace->setToolTip(
        plainToolTip(tr("Of one node: all that it depends on and all that it affects. Of two: the way between them.")));
    auto* row = new QHBoxLayout(tools);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    for (QWidget* one : {static_cast<QWidget*>(m_form), static_cast<QWidget*>(smaller), static_cast<QWidget*>(m_zoom),
             static_cast<QWidget*>(larger), static_cast<QWidget*>(fit), static_cast<QWidget*>(map),
             static_cast<QWidget*>(m_views), static_cast<QWidget*>(why), static_cast<QWidget*>(m_trace)}) {
        row->addWidget(one);
    }
    connect(m_form, &SegmentedControl::currentChanged, this, [this](int form) {
        m_forms->setCurrentIndex(form);
        m_legend->setVisible(form == 0);
    });
    connect(smaller, &QToolButton::clicked, this, [this] { m_canvas->setZoom(m_canvas->zoom() / zoomStep); });
    connect(larger, &QToolButton::clicked, this, [this] { m_canvas->setZoom(m_canvas->zoom() * zoomStep); });
    connect(fit, &QToolButton::clicked, this, [this] { m_canvas->fit(); });
    connect(map, &QToolButton::clicked, this, [this] { m_canvas->setMinimapVisible(!m_canvas->minimapVisible()); });
    connect(why, &QToolButton::clicked, this, &LineageView::whyRequested);
    connect(m_trace, &QPushButton::clicked, this, &LineageView::trace);
    return tools;
}

QWidget* LineageView::makeContent()
{
    auto* content = new QWidget(this);
    content->setBackgroundRole(QPalette::Base);
    content->setAutoFillBackground(true);
    m_canvas = new GraphCanvas(content);
    m_canvas->setAccessibleName(tr("Lineage as a graph"));
    m_canvas->setMinimapVisible(true);
    m_canvas->setKeepsShown(true);
    m_canvas->setChoosesEdges(true);
    m_canvas->setPlainShown(true);
    m_canvas->setReadable(GraphCanvas::fullDetail);
    m_canvas->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff); // the map and the keys lead everywhere
    m_canvas->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table = new PlainTable(tr("Lineage as a table"), content);
    m_table->setModel(&m_tableModel);
    m_table->setSortingEnabled(true);
    m_table->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    constexpr int widths[] = {220, 150, 260, 56, 56};
    for (int i = 0; i < 5; ++i) {
        m_table->setColumnWidth(i, widths[i]);
    }
    auto* bar = makeBar();
    m_forms = new QStackedWidget(content);
    m_forms->addWidget(m_canvas);
    m_forms->addWidget(m_table);
    m_forms->addWidget(makeTree(content));
    m_notice = new Label({}, TextRole::Small, Token::TextSecondary, false, content);
    m_notice->setContentsMargins(16, 0, 16, 6);
    m_notice->setWordWrap(true);
    m_legend = new LineageLegend(content);
    m_bar = new LineageBar(m_state, content);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(bar);
    column->addWidget(m_notice);
    column->addWidget(m_forms, 1);
    column->addWidget(m_legend);
    column->addWidget(m_bar);
    wireCanvas();
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &LineageView::chooseRow);
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex& index) {
        activate(m_tableModel.rows()[static_cast<std::size_t>(index.row())].unit);
    });
    return content;
}

QWidget* LineageView::makeTree(QWidget* parent)
{
    m_tree = new QTreeView(parent);
    m_tree->setModel(&m_treeModel);
    m_tree->setAccessibleName(tr("Lineage as a tree"));
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setUniformRowHeights(true);
    m_tree->setColumnWidth(0, 340);
    m_tree->setColumnWidth(1, 360);
    m_tree->setExpandsOnDoubleClick(false);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &LineageView::chooseTree);
    connect(m_tree, &QTreeView::activated, this, [this](const QModelIndex& index) {
        const auto* row = m_treeModel.value(index.siblingAtColumn(0));
        if (row && row->unit != none) {
            activate(row->unit);
        }
    });
    return m_tree;
}

void LineageView::wireCanvas()
{
    connect(m_canvas, &GraphCanvas::selectionChanged, this, &LineageView::chooseCanvas);
    connect(m_canvas, &GraphCanvas::edgeChosen, this, [this](std::uint32_t edge) {
        const QScopedValueRollback<bool> guard(m_choosing, true);
        m_state.selectEdge(edge);
    });
    m_canvas->setEdgeWords([this](std::uint32_t edge) { return edgeWords(edge); });
    m_canvas->setMovesNodes([this](std::uint32_t unit) { return m_state.canMove(unit); });
    connect(m_canvas, &GraphCanvas::moved, &m_state, &LineageState::move);
    connect(m_canvas, &GraphCanvas::edgeActivated, this, &LineageView::whyRequested);
    connect(m_canvas, &GraphCanvas::edgeOpened, this, &LineageView::openEdge);
    connect(m_canvas, &GraphCanvas::activated, this, &LineageView::activate);
    connect(m_canvas, &GraphCanvas::foldRequested, this, &LineageView::foldAround);
    connect(m_canvas, &GraphCanvas::frameActivated, this, [this](std::uint32_t frame) {
        if (m_shown && frame < m_shown->fold.groups.size()) {
            m_state.open(m_shown->fold.groups[frame].key, false);
        }
    });
    connect(m_canvas, &GraphCanvas::clearRequested, this, [this] {
        if (!m_state.search().isEmpty()) {
            m_state.setSearch({});
        } else {
            m_state.clearPath();
        }
    });
    connect(m_canvas, &GraphCanvas::zoomChanged, this,
        [this](qreal zoom) { m_zoom->setText(tr("%1 %").arg(std::lround(zoom * 100))); });
    connect(m_canvas, &GraphCanvas::findRequested, this, &LineageView::findRequested);
}

void LineageView::trace()
{
    if (m_state.selection().empty()) {
        Q_EMIT told(
            tr("Choose a node first: what it depends on and what it affects is traced, or the way between two."));
    } else if (!m_state.trace()) {
        Q_EMIT told(m_state.selection().size() > 1 ? tr("No data flows between these two.")
                                                   : tr("Nothing flows into this node, and nothing comes of it."));
    } else if (!m_state.around().empty()) {
        Q_EMIT told(aroundWords());
    } else {
        Q_EMIT told(tr("%1: %n step(s)", nullptr, static_cast<int>(m_state.path().size())).arg(m_state.pathTitle()));
    }
}

void LineageView::slice()
{
    if (!m_state.slice()) {
        Q_EMIT told(tr("Choose two nodes, the second with Shift: what lies between them stays."));
    }
}

void LineageView::update()
{
    const auto& reading = m_state.reading();
    const bool drawn = reading && !reading->fold.nodes.empty();
    m_stop->setVisible(drawn && m_state.how() == How::Reading);
    if (reading != m_shown) {
        m_shown = reading;
        takeScene();
    }
    updateEmpty();
    updateNotice();
    updateChips();
    m_stack->setCurrentIndex(drawn ? 1 : 0);
}

// What was chosen stays where it is on the screen.
void LineageView::takeScene()
{
    const QScopedValueRollback<bool> guard(m_choosing, true);
    const auto old = m_canvas->current();
    const auto before = m_canvas->scene();
    const auto now = m_shown ? m_state.current() : none;
    m_canvas->setScene(m_shown ? m_shown->scene
                               : std::make_shared<const GraphScene>(std::vector<SceneNode>(), std::vector<SceneEdge>(),
                                     std::vector<QPointF>(), QSizeF()),
        old < before->nodes().size() && now != none ? old : GraphScene::none, now);
    updateLit();
    updateSelection();
}

void LineageView::updateLit()
{
    const QScopedValueRollback<bool> guard(m_choosing, true);
    auto lit = m_state.lit();
    std::vector<std::uint32_t> edges;
    for (const auto& step : m_state.path()) {
        edges.push_back(step.edge);
    }
    m_canvas->setShown(lit);
    m_canvas->setPath(std::move(edges));
    m_canvas->setAlong(m_state.around().edges);
    if (auto found = m_state.found(); m_listed != m_shown || found != m_found) {
        m_tableModel.set(m_shown, found);
        m_treeModel.set(m_shown, found);
        m_tree->expandToDepth(0);
        m_listed = m_shown;
        m_found = std::move(found);
    }
    const auto nodes = m_state.pathNodes().size();
    m_legend->setRest(nodes > 0, nodes > 0 ? static_cast<int>(m_shown->fold.nodes.size() - nodes) : 0);
    updateSelection(); // rows that are new have none
}

void LineageView::updateChips()
{
    const auto& path = m_state.path();
    const auto& wish = m_state.wish();
    m_pathChip->setVisible(m_state.traced());
    m_wishChip->setVisible(!wish.from.empty() || !wish.focus.empty());
    m_trace->setEnabled(m_shown && !m_state.selection().empty());
    if (!m_shown) {
        m_count->clear();
        return;
    }
    const auto elided = [this](const QString& text) {
        return QFontMetrics(widgets::font(TextRole::Caption)).elidedText(text, Qt::ElideMiddle, zoomed(200));
    };
    m_pathChip->setText(elided(m_state.pathTitle()));
    m_pathChip->setAccessibleName(tr("Path %1, press to take it away").arg(m_state.pathTitle()));
    m_wishChip->setText(wish.from.empty() ? tr("Around the chosen node") : tr("Only between two"));
    m_wishChip->setAccessibleName(tr("%1, press to show all again").arg(m_wishChip->text()));
    const auto found = m_state.found();
    if (!found.empty()) {
        m_count->setText(tr("%1 of %2 found")
                .arg(number(static_cast<std::size_t>(std::count(found.begin(), found.end(), true))),
                    number(found.size())));
    } else if (!m_state.around().empty()) {
        m_count->setText(aroundWords());
    } else if (!path.empty()) {
        m_count->setText(tr("%1 nodes, %2 edges on the path").arg(number(path.size() + 1), number(path.size())));
    } else {
        m_count->setText(
            tr("%1 nodes, %2 edges").arg(number(m_shown->fold.nodes.size()), number(m_shown->fold.edges.size())));
    }
}

void LineageView::updateSelection()
{
    updateChips();
    if (!m_shown || m_shown != m_state.reading()) {
        return;
    }
    const QScopedValueRollback<bool> guard(m_choosing, true);
    const auto unit = m_state.current();
    auto chosen = m_state.selection();
    std::sort(chosen.begin(), chosen.end());
    if (m_canvas->current() != unit && unit != none) {
        m_canvas->setCurrent(unit);
        m_canvas->reveal(unit);
    }
    if (m_canvas->selection() != chosen) {
        m_canvas->setSelection(chosen);
    }
    m_canvas->setCurrentEdge(m_state.edge());
    if (const auto edge = m_state.edge(); edge != none) {
        m_canvas->reveal(m_shown->fold.edges[edge].to);
    }
    if (const int row = m_tableModel.rowOf(unit); row >= 0 && m_table->currentIndex().row() != row) {
        m_table->selectRow(row);
    }
    const QModelIndex at = m_treeModel.findIndex(
        [unit](const LineageTreeRow& row) { return row.edge == none && row.unit == unit && unit != none; });
    const auto* shown = m_treeModel.value(m_tree->currentIndex().siblingAtColumn(0));
    if (at.isValid() && !(shown && shown->edge != none)) {
        m_tree->setCurrentIndex(at);
    }
}

// The order of clicks counts: the way goes from the first to the last.
void LineageView::chooseCanvas()
{
    if (m_choosing) {
        return;
    }
    const QScopedValueRollback<bool> guard(m_choosing, true);
    const auto now = m_canvas->selection();
    auto chosen = m_state.selection();
    std::erase_if(chosen, [&](std::uint32_t unit) { return !std::binary_search(now.begin(), now.end(), unit); });
    for (const auto unit : now) {
        if (std::find(chosen.begin(), chosen.end(), unit) == chosen.end()) {
            chosen.push_back(unit);
        }
    }
    m_state.select(std::move(chosen));
}

void LineageView::chooseRow(const QModelIndex& index)
{
    if (!m_choosing && index.isValid()) {
        const QScopedValueRollback<bool> guard(m_choosing, true);
        m_state.select({m_tableModel.rows()[static_cast<std::size_t>(index.row())].unit});
    }
}

void LineageView::chooseTree(const QModelIndex& index)
{
    const auto* row = m_treeModel.value(index.siblingAtColumn(0));
    if (m_choosing || !row) {
        return;
    }
    const LineageTreeRow chosen = *row;
    const QScopedValueRollback<bool> guard(m_choosing, true);
    if (chosen.edge != none) {
        m_state.selectEdge(chosen.edge);
    } else if (chosen.unit != none) {
        m_state.select({chosen.unit});
    }
}

// What flows, how sure that is, and the first reason with its place.
QString LineageView::edgeWords(std::uint32_t edge) const
{
    if (!m_shown || edge >= m_shown->fold.edges.size()) {
        return {};
    }
    const auto& folded = m_shown->fold.edges[edge];
    const auto& graph = *m_shown->source->graph;
    QStringList parts{tr("%1 (%2)").arg(whatFlows(*m_shown->source, folded), word(folded.certainty))};
    if (!folded.edges.empty()) {
        const auto& first = graph.edges[folded.edges.front()];
        const QString place = placeText(graph, first.place);
        parts += first.why.empty() ? QString() : shownText(first.why);
        parts += place;
    }
    if (folded.count > 1) {
        parts += tr("%n reasons in all", nullptr, static_cast<int>(folded.count));
    }
    parts.removeAll(QString());
    return parts.join(QStringLiteral("; "));
}

// Enter on an edge: the code that draws it.
void LineageView::openEdge(std::uint32_t edge)
{
    if (m_shown && edge < m_shown->fold.edges.size()) {
        for (const auto number : m_shown->fold.edges[edge].edges) {
            const auto& place = m_shown->source->graph->edges[number].place;
            if (place.file < m_shown->source->artifacts.size()) {
                m_state.goTo(place);
                return;
            }
        }
        Q_EMIT whyRequested();
    }
}

// Groups open; a cell, and what a call made, is shown in Review.
void LineageView::activate(std::uint32_t unit)
{
    if (!m_shown || unit >= m_shown->fold.nodes.size()) {
        return;
    }
    using Form = LineageFoldNode::Form;
    const auto& node = m_shown->fold.nodes[unit];
    if (node.form == Form::File || node.form == Form::Folder || node.form == Form::More) {
        m_state.open(node.key, true);
    } else if (const auto* place = m_state.placeOf(unit)) {
        m_state.goTo(*place);
    } else {
        Q_EMIT whyRequested();
    }
}

void LineageView::foldAround(std::uint32_t unit)
{
    if (m_shown && unit < m_shown->fold.nodes.size()) {
        const auto group = m_shown->fold.nodes[unit].group;
        if (group != none) {
            m_state.open(m_shown->fold.groups[group].key, false);
        }
    }
}

} // namespace cupel::widgets
