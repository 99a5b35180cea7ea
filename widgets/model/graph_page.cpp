// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/model/graph_page.h"

#include "widgets/canvas/graph_canvas.h"
#include "widgets/common/buttons.h"
#include "widgets/common/labels.h"
#include "widgets/common/states.h"
#include "widgets/model/node_panel.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QLocale>
#include <QtCore/QScopedValueRollback>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QStackedLayout>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace cupel::widgets {

namespace {

QString number(std::size_t value)
{
    return QLocale().toString(static_cast<qulonglong>(value));
}

bool isOperation(const GraphNode& node)
{
    return node.kind == GraphNode::Kind::Operator;
}

std::size_t operationsOf(const ModelGraph& graph)
{
    return static_cast<std::size_t>(std::count_if(graph.nodes.begin(), graph.nodes.end(), isOperation));
}

// As the format counts them; what goes in and comes out is drawn as well.
std::size_t edgesOf(const ModelGraph& graph)
{
    return static_cast<std::size_t>(
        std::count_if(graph.edges.begin(), graph.edges.end(), [&graph](const GraphEdge& edge) {
            return isOperation(graph.nodes[edge.from]) && isOperation(graph.nodes[edge.to]);
        }));
}

QString sizeWords(const ModelGraph& graph)
{
    return GraphPage::tr("%1, %2").arg(GraphPage::tr("%n operation(s)", nullptr, static_cast<int>(operationsOf(graph))),
        GraphPage::tr("%n edge(s) between them", nullptr, static_cast<int>(edgesOf(graph))));
}

QString endWords(const ModelGraph& graph)
{
    const auto ends = graph.nodes.size() - operationsOf(graph);
    return ends == 0
        ? QString()
        : GraphPage::tr("%1 with %2 are drawn as well")
              .arg(GraphPage::tr("%n input(s), output(s) and constant(s)", nullptr, static_cast<int>(ends)),
                  GraphPage::tr("%n edge(s)", nullptr, static_cast<int>(graph.edges.size() - edgesOf(graph))));
}

} // namespace

GraphPage::GraphPage(ModelState& state, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
{
    m_empty = new EmptyState(QStringLiteral("layers"), this);
    m_stack = new QStackedLayout(this);
    m_stack->addWidget(centredPage(m_empty, this));
    m_stack->addWidget(makeContent());
    setFocusProxy(m_canvas);
    connect(m_empty, &StateCard::activated, this, [this] {
        if (m_state.graphState() == ModelState::GraphState::Reading) {
            m_state.stopGraph();
        } else {
            m_state.setGraph(ModelState::GraphState::None);
            m_state.wantGraph();
        }
    });
    connect(&state, &ModelState::graphChanged, this, &GraphPage::update);
    connect(&state, &ModelState::readingChanged, this, &GraphPage::ask);
    connect(&state, &ModelState::selectionChanged, this, [this] { follow(true); });
    update();
}

QWidget* GraphPage::makeBar()
{
    auto* bar = new QWidget(this);
    m_find = new QLineEdit(bar);
    m_find->setPlaceholderText(tr("Find an operation"));
    m_find->setAccessibleName(tr("Find an operation"));
    m_find->setClearButtonEnabled(true);
    m_find->setMaximumWidth(260);
    m_count = new Label({}, TextRole::Small, Token::TextMuted, false, bar);
    m_stop = new IconButton(QStringLiteral("circle-stop"), tr("Stop drawing"), bar);
    auto* smaller = new IconButton(QStringLiteral("minus"), tr("Smaller"), bar);
    m_zoom = new Label({}, TextRole::Small, Token::TextSecondary, false, bar);
    auto* larger = new IconButton(QStringLiteral("plus"), tr("Larger"), bar);
    auto* fit = new IconButton(QStringLiteral("maximize"), tr("Show the whole graph"), bar);
    m_form = new SegmentedControl({tr("Drawing"), tr("List")}, tr("How the graph is shown"), bar);
    m_export = new QPushButton(tr("Export\u2026"), bar);
    setSmall(m_export);
    m_export->setAccessibleDescription(tr("The drawing as SVG or PNG"));
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(12, 6, 12, 6);
    row->setSpacing(6);
    row->addWidget(m_find, 3);
    row->addWidget(m_count);
    row->addStretch(1);
    for (QWidget* one : {static_cast<QWidget*>(m_stop), static_cast<QWidget*>(smaller), static_cast<QWidget*>(m_zoom),
             static_cast<QWidget*>(larger), static_cast<QWidget*>(fit), static_cast<QWidget*>(m_form),
             static_cast<QWidget*>(m_export)}) {
        row->addWidget(one);
    }
    connect(m_stop, &QToolButton::clicked, &m_state, &ModelState::stopGraph);
    connect(smaller, &QToolButton::clicked, this, [this] { m_canvas->setZoom(m_canvas->zoom() / 1.25); });
    connect(larger, &QToolButton::clicked, this, [this] { m_canvas->setZoom(m_canvas->zoom() * 1.25); });
    connect(fit, &QToolButton::clicked, this, [this] { m_canvas->fit(); });
    connect(m_find, &QLineEdit::textChanged, this, &GraphPage::find);
    connect(m_find, &QLineEdit::returnPressed, this, &GraphPage::findNext);
    connect(m_export, &QPushButton::clicked, this, &GraphPage::exportRequested);
    connect(m_form, &SegmentedControl::currentChanged, this, [this](int form) { m_forms->setCurrentIndex(form); });
    return bar;
}

QWidget* GraphPage::makeContent()
{
    auto* content = new QWidget(this);
    m_canvas = new GraphCanvas(content);
    m_canvas->setMinimapVisible(true);
    m_table = new PlainTable(tr("Operations"), content);
    m_table->setModel(&m_model);
    constexpr int widths[] = {150, 200, 180, 48, 48};
    for (int i = 0; i < 5; ++i) {
        m_table->setColumnWidth(i, widths[i]);
    }
    m_panel = new NodePanel(content);
    m_panel->setMinimumWidth(180);
    auto* bar = makeBar();
    m_forms = new QStackedWidget(content);
    m_forms->addWidget(m_canvas);
    m_forms->addWidget(m_table);
    auto* split = new QSplitter(Qt::Horizontal, content);
    split->setChildrenCollapsible(false);
    split->addWidget(m_forms);
    split->addWidget(m_panel);
    split->setStretchFactor(0, 1);
    split->setSizes({480, 240});
    m_notice = new Label({}, TextRole::Small, Token::TextSecondary, false, content);
    m_notice->setContentsMargins(16, 2, 16, 4);
    m_notice->setWordWrap(true);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(bar);
    column->addWidget(m_notice);
    column->addWidget(split, 1);
    connect(m_canvas, &GraphCanvas::currentChanged, this, &GraphPage::chooseScene);
    connect(m_canvas, &GraphCanvas::activated, this, &GraphPage::activate);
    connect(m_canvas, &GraphCanvas::foldRequested, this, &GraphPage::foldAround);
    connect(m_canvas, &GraphCanvas::zoomChanged, this,
        [this](qreal zoom) { m_zoom->setText(tr("%1 %").arg(std::lround(zoom * 100))); });
    connect(m_canvas, &GraphCanvas::findRequested, this, [this] { m_find->setFocus(Qt::ShortcutFocusReason); });
    connect(m_panel, &NodePanel::openRequested, this, [this] {
        if (const auto node = m_canvas->current(); m_shown && node < m_shown->folded.nodes.size()) {
            m_shown->folded.nodes[node].group.empty() ? foldAround(node) : activate(node);
        }
    });
    connect(m_panel, &NodePanel::findingRequested, this, [this] { chooseScene(m_canvas->current()); });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
        [this](const QModelIndex& index) { chooseRow(index.row()); });
    return content;
}

void GraphPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    ask();
}

void GraphPage::ask()
{
    if (isVisible() && m_state.reading() && m_state.reading()->mayHaveGraph) {
        m_state.wantGraph();
    }
}

void GraphPage::update()
{
    const auto& graph = m_state.graph();
    const bool drawn = graph && !graph->empty();
    m_stop->setVisible(drawn && m_state.graphState() == ModelState::GraphState::Reading);
    if (!drawn) {
        m_shown = nullptr;
        m_model.set(nullptr, {});
        updateEmpty();
    } else if (graph != m_shown) {
        takeGraph();
    }
    m_stack->setCurrentIndex(drawn ? 1 : 0);
}

void GraphPage::updateEmpty()
{
    using State = ModelState::GraphState;
    if (m_state.graphState() == State::Ready) {
        m_empty->setState(tr("No graph here"),
            tr("No graph of operations was found in this file. Cupel draws those of ONNX, TensorFlow, Keras, "
               "TensorFlow Lite, OpenVINO and TorchScript."));
    } else if (m_state.graphState() == State::Stopped) {
        m_empty->setState(tr("Stopped"), tr("The graph was not drawn."), tr("Draw it"));
    } else {
        m_empty->setState(tr("Drawing the graph"), tr("Its operations are read and laid out."), tr("Stop"));
    }
}

// The node that was chosen stays where it is on the screen.
void GraphPage::takeGraph()
{
    const auto before = m_shown;
    const auto old = m_canvas->current();
    m_shown = m_state.graph();
    auto fresh = GraphScene::none;
    if (before && before->source == m_shown->source && old < before->folded.nodes.size()) {
        fresh = m_shown->folded.of[before->folded.nodes[old].first];
    }
    {
        const QScopedValueRollback<bool> guard(m_choosing, true);
        m_canvas->setScene(m_shown->scene, old, fresh);
    }
    const auto& graph = m_shown->source->graph;
    QStringList notices;
    if (m_state.reading() && m_shown->source->analysis != m_state.reading()->analysis) {
        notices +=
            tr("The graph stands in the member %1.").arg(shownFileName(m_shown->source->analysis->artifact.path));
    }
    if (m_shown->source->sameName > 1) {
        notices += tr("%1 members of the archive have this name: this is the last one, which Python's zipfile opens; "
                      "other programs may open another.")
                       .arg(number(m_shown->source->sameName));
    }
    if (!graph.complete()) {
        notices += tr("Not read completely: %1 of %2 nodes are shown.")
                       .arg(number(graph.nodes.size()), number(static_cast<std::size_t>(graph.nodeCount)));
    }
    m_notice->setText(notices.join(u' '));
    m_notice->setVisible(!notices.isEmpty());
    m_panel->show(m_shown, m_canvas->current());
    find();
    if (!before || before->source != m_shown->source) {
        follow(false); // the whole is seen first
    }
}

void GraphPage::find()
{
    if (!m_shown) {
        return;
    }
    const auto& source = *m_shown->source;
    const QString words = m_find->text().trimmed();
    m_found = findNodes(source, words);
    std::vector<bool> marks;
    if (!words.isEmpty()) {
        marks.resize(m_shown->folded.nodes.size());
        for (const auto node : m_found) {
            marks[m_shown->folded.of[node]] = true;
        }
    }
    m_canvas->setShown(std::move(marks));
    m_count->setText(words.isEmpty() ? sizeWords(source.graph)
                                     : tr("%1 of %2").arg(number(m_found.size()), number(source.graph.nodes.size())));
    m_count->setToolTip(plainToolTip(endWords(source.graph)));
    const QScopedValueRollback<bool> guard(m_choosing, true);
    m_model.set(m_shown, m_found);
}

void GraphPage::findNext()
{
    if (!m_shown || m_found.empty()) {
        return;
    }
    const auto current = m_canvas->current();
    auto next = std::find_if(m_found.begin(), m_found.end(),
        [&](std::uint32_t node) { return current == GraphScene::none || m_shown->folded.of[node] > current; });
    next = next == m_found.end() ? m_found.begin() : next;
    m_canvas->setCurrent(m_shown->folded.of[*next]);
    m_canvas->reveal(m_canvas->current());
}

void GraphPage::chooseScene(std::uint32_t node)
{
    m_panel->show(m_shown, node);
    if (m_choosing || !m_shown || node >= m_shown->folded.nodes.size()) {
        return;
    }
    const QScopedValueRollback<bool> guard(m_choosing, true);
    const auto& folded = m_shown->folded.nodes[node];
    if (const int row = m_model.rowOf(folded.first); row >= 0) {
        m_table->selectionModel()->setCurrentIndex(
            m_model.index(row, 0), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
        m_table->scrollTo(m_model.index(row, 0));
    }
    folded.group.empty() ? tell(folded.first) : tellGroup(node);
}

// The bytes of a group are those of all in it, where they stand together; else no bytes are chosen.
void GraphPage::tellGroup(std::uint32_t shown)
{
    const auto& source = *m_shown->source;
    const auto& nodes = source.graph.nodes;
    if (!m_state.reading() || source.analysis != m_state.reading()->analysis) {
        return;
    }
    ByteRange all;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        if (m_shown->folded.of[i] == shown && !nodes[i].bytes.empty()) {
            all = all.empty()
                ? nodes[i].bytes
                : ByteRange{std::min(all.start, nodes[i].bytes.start), std::max(all.end, nodes[i].bytes.end)};
        }
    }
    for (std::size_t i = 0; i < nodes.size() && !all.empty(); ++i) {
        if (m_shown->folded.of[i] != shown && nodes[i].bytes.overlaps(all)) {
            all = {};
        }
    }
    const ByteRange bytes = source.analysis->facts.toFile(all);
    bytes.empty() ? m_state.select({}) : Q_EMIT m_state.chosen(bytes);
}

void GraphPage::chooseRow(int row)
{
    if (m_choosing || !m_shown || row < 0) {
        return;
    }
    const QScopedValueRollback<bool> guard(m_choosing, true);
    const auto node = m_model.node(row);
    m_canvas->setCurrent(m_shown->folded.of[node]);
    m_canvas->reveal(m_canvas->current());
    tell(node);
}

void GraphPage::tell(std::uint32_t graphNode)
{
    const auto& source = *m_shown->source;
    const ByteRange bytes = source.analysis->facts.toFile(source.graph.nodes[graphNode].bytes);
    if (m_state.reading() && source.analysis == m_state.reading()->analysis) {
        bytes.empty() ? m_state.select({}) : Q_EMIT m_state.chosen(bytes);
    }
}

// A finding, a row of another table: the innermost operation around it.
void GraphPage::follow(bool reveal)
{
    const ByteRange bytes = m_state.selection();
    if (m_choosing || !m_shown || bytes.empty() || !m_state.reading()
        || m_shown->source->analysis != m_state.reading()->analysis) {
        return;
    }
    const auto& source = *m_shown->source;
    const auto start = source.analysis->facts.fromFile(bytes).start;
    auto best = GraphScene::none;
    for (std::uint32_t i = 0; i < source.graph.nodes.size(); ++i) {
        const auto& range = source.graph.nodes[i].bytes;
        if (range.contains(start)
            && (best == GraphScene::none || range.size() < source.graph.nodes[best].bytes.size())) {
            best = i;
        }
    }
    if (best != GraphScene::none) {
        const QScopedValueRollback<bool> guard(m_choosing, true);
        m_canvas->setCurrent(m_shown->folded.of[best]);
        if (reveal) {
            m_canvas->reveal(m_canvas->current());
        }
        if (const int row = m_model.rowOf(best); row >= 0) {
            m_table->selectRow(row);
        }
    }
}

void GraphPage::activate(std::uint32_t node)
{
    if (m_shown && node < m_shown->folded.nodes.size()) {
        if (const auto& folded = m_shown->folded.nodes[node]; !folded.group.empty()) {
            m_state.openGroup(folded.group, true);
        } else {
            chooseScene(node);
        }
    }
}

void GraphPage::foldAround(std::uint32_t node)
{
    if (m_shown && node < m_shown->folded.nodes.size()) {
        m_state.openGroup(m_shown->folded.around[node], false);
    }
}

} // namespace cupel::widgets
