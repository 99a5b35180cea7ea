// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/threats/threat_view.h"

#include "analyzers/threats/knowledge/tables.h"
#include "analyzers/threats/work/control_use.h"
#include "widgets/canvas/canvas_editor.h"
#include "widgets/canvas/graph_canvas.h"
#include "widgets/common/buttons.h"
#include "widgets/common/flow_layout.h"
#include "widgets/common/labels.h"
#include "widgets/common/states.h"
#include "widgets/models/history_state.h"
#include "widgets/models/shown_text.h"
#include "widgets/threats/blank_drawing.h"
#include "widgets/threats/file_band.h"
#include "widgets/threats/fitting_label.h"
#include "widgets/threats/fold_slider.h"
#include "widgets/threats/heat_map.h"
#include "widgets/threats/history_view.h"
#include "widgets/threats/kind_menu.h"
#include "widgets/threats/scoping_cards.h"
#include "widgets/threats/task_band.h"
#include "widgets/threats/threat_copies.h"
#include "widgets/threats/threat_work.h"
#include "widgets/threats/what_if_band.h"

#include <QtCore/QScopedValueRollback>
#include <QtCore/QSignalBlocker>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStackedLayout>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QVBoxLayout>
#include <QtWidgets/QWidgetAction>

#include <algorithm>
#include <cmath>
#include <utility>

namespace cupel::widgets {

using How = ThreatState::How;

namespace {

constexpr qreal zoomStep = 1.25;

} // namespace

ThreatView::ThreatView(ThreatState& state, QWidget* parent)
    : View(parent)
    , m_state(state)
{
    setAccessibleName(tr("Threat model"));
    m_empty = new EmptyState(QStringLiteral("shield-alert"), this);
    m_file = new FileBand(m_state, this);
    m_task = new TaskBand(m_state, this);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_file);
    column->addWidget(m_task);
    auto* pages = new QWidget(this);
    m_stack = new QStackedLayout(pages);
    m_stack->addWidget(centredPage(m_empty, this));
    m_stack->addWidget(makeContent());
    column->addWidget(pages, 1);
    setFocusProxy(m_canvas);
    connect(m_empty, &StateCard::activated, this, [this] {
        if (m_state.how() == How::Reading) {
            m_state.stop();
        } else if (m_state.how() == How::Stopped) {
            Q_EMIT againRequested();
        } else {
            Q_EMIT intent({Intent::Kind::OpenFolder, {}, {}});
        }
    });
    connect(&state, &ThreatState::changed, this, &ThreatView::update);
    connect(&state, &ThreatState::selectionChanged, this, &ThreatView::updateSelection);
    update();
}

void ThreatView::takeFocus()
{
    QWidget* drawing = m_pages->currentWidget() == m_comparison ? static_cast<QWidget*>(m_comparison) : m_canvas;
    QWidget* shown = m_stack->currentIndex() == 1 ? drawing : static_cast<QWidget*>(m_empty->button());
    (shown->isVisibleTo(this) ? shown : this)->setFocus(Qt::ShortcutFocusReason);
}

QWidget* ThreatView::makeBar(QWidget* parent)
{
    auto* bar = new QWidget(parent);
    m_count = new FittingLabel(TextRole::Small, Token::TextMuted, bar);
    m_stop = new IconButton(QStringLiteral("circle-stop"), tr("Stop"), bar);
    auto* smaller = new IconButton(QStringLiteral("minus"), tr("Smaller"), bar);
    m_zoom = new Label({}, TextRole::Small, Token::TextSecondary, false, bar);
    auto* larger = new IconButton(QStringLiteral("plus"), tr("Larger"), bar);
    auto* fit = new IconButton(QStringLiteral("maximize"), tr("Show the whole model"), bar);
    auto* column = new QVBoxLayout(bar);
    column->setContentsMargins(16, 8, 12, 8);
    auto* flow = new FlowLayout(2, true); // beside a narrow drawing the count and what stands behind it go below
    column->addLayout(flow);
    addTools(bar, flow);
    m_count->setContentsMargins(6, 0, 6, 0);
    flow->addWidget(m_count);
    auto* end = new QWidget(bar);
    auto* row = new QHBoxLayout(end);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2);
    for (QWidget* one : {static_cast<QWidget*>(m_stop), static_cast<QWidget*>(smaller), static_cast<QWidget*>(m_zoom),
             static_cast<QWidget*>(larger), static_cast<QWidget*>(fit)}) {
        row->addWidget(one);
    }
    flow->addWidget(end);
    connect(m_stop, &QToolButton::clicked, &m_state, &ThreatState::stop);
    const auto drawing = [this] {
        return m_pages->currentWidget() == m_comparison ? m_comparison->canvas() : m_canvas;
    };
    connect(smaller, &QToolButton::clicked, this, [drawing] { drawing()->setZoom(drawing()->zoom() / zoomStep); });
    connect(larger, &QToolButton::clicked, this, [drawing] { drawing()->setZoom(drawing()->zoom() * zoomStep); });
    connect(fit, &QToolButton::clicked, this, [drawing] { drawing()->fit(); });
    return bar;
}

// What is worked with, at the left of the bar.
void ThreatView::addTools(QWidget* bar, QLayout* row)
{
    m_add = new IconButton(QStringLiteral("plus"), tr("Add an element (E)"), bar);
    auto* palette = new KindMenu(m_add);
    palette->setAccessibleName(tr("Kinds of elements"));
    m_work->fillPalette(palette);
    m_add->setMenu(palette);
    m_add->setPopupMode(QToolButton::InstantPopup);
    auto* flow = new IconButton(QStringLiteral("arrow-right"), tr("Draw a flow (F)"), bar);
    auto* zone = new IconButton(QStringLiteral("text-select"), tr("Draw a zone (Z)"), bar);
    m_copies = new ThreatCopies(m_state, *m_canvas, *m_work);
    connect(m_copies, &ThreatCopies::told, this, &ThreatView::told);
    auto* arrange = new IconButton(QStringLiteral("layers"), tr("Line up, copy, paste, duplicate"), bar);
    auto* ways = new QMenu(arrange);
    using threats::Alignment;
    for (const auto& [text, how] : {std::pair{tr("Left edges"), Alignment::Left},
             {tr("Centres, one below the other"), Alignment::Centre}, {tr("Right edges"), Alignment::Right},
             {tr("Top edges"), Alignment::Top}, {tr("Middles, side by side"), Alignment::Middle},
             {tr("Bottom edges"), Alignment::Bottom}, {tr("Same room between, across"), Alignment::AcrossEvenly},
             {tr("Same room between, down"), Alignment::DownEvenly}}) {
        ways->addAction(text, m_work, [this, how = how] { m_work->align(how); });
    }
    ways->addSeparator();
    m_copies->fillMenu(ways);
    arrange->setMenu(ways);
    arrange->setPopupMode(QToolButton::InstantPopup);
    auto* remove = new IconButton(QStringLiteral("trash-2"), tr("Delete or hide what is chosen (Del)"), bar);
    m_risks = new IconButton(QStringLiteral("table"), tr("Map of risks"), bar);
    m_risks->setCheckable(true);
    connect(m_risks, &QToolButton::toggled, this, &ThreatView::setMapShown);
    m_ask = new IconButton(QStringLiteral("circle-help"), tr("Questions about the system"), bar);
    m_ask->setCheckable(true);
    connect(m_ask, &QToolButton::toggled, this, &ThreatView::setQuestionsShown);
    auto* tries = new IconButton(QStringLiteral("workflow"), tr("What if: try a change, then keep or discard it"), bar);
    connect(tries, &QToolButton::clicked, this, [this] { m_whatIf->start(); });
    auto* past = new IconButton(QStringLiteral("history"), tr("History: what was done, and what differs since"), bar);
    connect(past, &QToolButton::clicked, this, &ThreatView::historyRequested);
    auto* folding = new IconButton(QStringLiteral("fold-vertical"), tr("How far the scan folds what is alike"), bar);
    auto* foldMenu = new QMenu(folding);
    auto* foldRow = new QWidgetAction(foldMenu);
    m_fold = new FoldSlider(m_state);
    foldRow->setDefaultWidget(m_fold); // which owns it
    foldMenu->addAction(foldRow);
    const auto enter = [this] { m_fold->setFocus(Qt::PopupFocusReason); };
    connect(foldMenu, &QMenu::aboutToShow, m_fold,
        [this, enter] { QMetaObject::invokeMethod(m_fold, enter, Qt::QueuedConnection); }); // once it is there
    folding->setMenu(foldMenu);
    folding->setPopupMode(QToolButton::InstantPopup);
    for (QWidget* one : {m_add, flow, zone, arrange, folding, remove, m_risks, m_ask, tries, past}) {
        row->addWidget(one);
    }
    connect(flow, &QToolButton::clicked, m_work, &ThreatWork::startFlow);
    connect(zone, &QToolButton::clicked, m_work, &ThreatWork::startZone);
    connect(remove, &QToolButton::clicked, m_work, &ThreatWork::remove);
}

bool ThreatView::mapShown() const
{
    return m_pages->currentIndex() == 1;
}

void ThreatView::setMapShown(bool shown)
{
    showPage(shown ? 1 : 0);
}

void ThreatView::setQuestionsShown(bool shown)
{
    showPage(shown ? 2 : 0);
}

void ThreatView::showPage(int page)
{
    {
        const QSignalBlocker quiet(m_risks);
        const QSignalBlocker silent(m_ask);
        m_risks->setChecked(page == 1);
        m_ask->setChecked(page == 2);
    }
    m_pages->setCurrentIndex(page);
    if (page == 2) {
        m_questions->takeFocus();
    } else {
        (page == 1 ? static_cast<QWidget*>(m_map) : m_canvas)->setFocus(Qt::OtherFocusReason);
    }
    if (page != 1) {
        m_state.setOnly({}, {});
    }
}

// In front as long as something is compared, without taking the keyboard from the list that it was chosen in.
void ThreatView::followComparison()
{
    const bool there = m_state.history().comparison() != nullptr;
    const bool shown = m_pages->currentWidget() == m_comparison;
    if (there && !shown) {
        const QSignalBlocker quiet(m_risks);
        const QSignalBlocker silent(m_ask);
        m_risks->setChecked(false);
        m_ask->setChecked(false);
        m_pages->setCurrentWidget(m_comparison);
    } else if (!there && shown) {
        const bool focused = m_comparison->isAncestorOf(focusWidget());
        m_pages->setCurrentIndex(0);
        if (focused) {
            m_canvas->setFocus(Qt::OtherFocusReason);
        }
    }
}

void ThreatView::putControl(const std::string& control, const std::string& part)
{
    if (!m_shown) {
        return;
    }
    const auto threats = threats::threatsHelpedBy(m_shown->overlaid.model, control, part);
    const QString title = shownText(std::string(threats::titleOf(control)));
    const QString name = m_state.nameOf(part);
    if (threats.empty()) {
        Q_EMIT told(tr("No open threat of %1 is one that \u201c%2\u201d helps against.").arg(name, title));
        return;
    }
    m_state.edit(tr("Control \u201c%1\u201d on %2").arg(title, name),
        [control, threats](threats::TeamModel& team) { threats::putInPlace(team, control, threats); });
    Q_EMIT told(tr("\u201c%1\u201d is in place on %2, against %n threat(s).", nullptr, static_cast<int>(threats.size()))
            .arg(title, name));
}

void ThreatView::dropControl(const std::string& control, const QPoint& globalPlace)
{
    const QPoint place = m_canvas->viewport()->mapFromGlobal(globalPlace);
    const bool over = m_shown && m_canvas->isVisible() && m_canvas->viewport()->rect().contains(place);
    const auto node = over ? m_canvas->scene()->nodeAt(m_canvas->toScene(place)) : GraphScene::none;
    if (over && node < m_shown->elements.size()) {
        putControl(control, m_shown->overlaid.model.elements[m_shown->elements[node]].id);
    } else {
        Q_EMIT told(tr("Let it go on an element of the drawing."));
    }
}

void ThreatView::showPalette()
{
    QMenu* menu = m_add->menu();
    menu->popup(m_add->mapToGlobal(QPoint(0, m_add->height())));
    menu->setActiveAction(menu->actions().value(0));
}

QWidget* ThreatView::makeContent()
{
    auto* content = new QWidget(this);
    content->setBackgroundRole(QPalette::Base);
    content->setAutoFillBackground(true);
    m_canvas = new GraphCanvas(content);
    m_canvas->setAccessibleName(tr("Threat model as a drawing"));
    m_canvas->setMinimapVisible(true);
    m_canvas->setKeepsShown(true);
    m_canvas->setChoosesEdges(true);
    m_canvas->setPlainShown(true);
    m_canvas->setEdgeLabels(true);
    m_work = new ThreatWork(m_state, *m_canvas);
    connect(m_work, &ThreatWork::told, this, &ThreatView::told);
    connect(m_work, &ThreatWork::paletteRequested, this, &ThreatView::showPalette);
    connect(m_work->editor(), &CanvasEditor::frameChosen, this, [this](std::uint32_t frame) {
        if (m_shown && frame < m_shown->zones.size()) {
            const QScopedValueRollback<bool> guard(m_choosing, true);
            m_state.selectPart(m_shown->overlaid.model.zones[m_shown->zones[frame]].id);
        }
    });
    new BlankDrawing(m_state, *m_canvas, *m_work->editor());
    m_canvas->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff); // the map and the keys lead everywhere
    m_canvas->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_notice = new Label({}, TextRole::Small, Token::TextSecondary, false, content);
    m_notice->setContentsMargins(16, 0, 16, 6);
    m_notice->setWordWrap(true);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeBar(content));
    column->addWidget(m_notice);
    m_whatIf = new WhatIfBand(m_state, content);
    column->addWidget(m_whatIf);
    connect(m_whatIf, &WhatIfBand::left, this, [this] { m_canvas->setFocus(Qt::OtherFocusReason); });
    m_map = new HeatMap(m_state, content);
    m_pages = new QStackedWidget(content);
    m_pages->addWidget(m_canvas);
    m_pages->addWidget(m_map);
    m_questions = new ScopingCards(m_state, content);
    m_pages->addWidget(m_questions);
    m_comparison = new HistoryView(m_state.history(), content);
    m_pages->addWidget(m_comparison);
    connect(&m_state.history(), &HistoryState::compared, this, &ThreatView::followComparison);
    column->addWidget(m_pages, 1);
    connect(m_canvas, &GraphCanvas::selectionChanged, this, &ThreatView::choose);
    connect(m_canvas, &GraphCanvas::edgeChosen, this, [this](std::uint32_t edge) {
        if (m_shown && edge < m_shown->flows.size()) {
            const QScopedValueRollback<bool> guard(m_choosing, true);
            m_canvas->setSelection({});
            m_work->editor()->setFrame(GraphScene::none);
            m_canvas->setCurrentEdge(edge);
            m_state.selectPart(m_shown->overlaid.model.flows[m_shown->flows[edge]].id);
        }
    });
    connect(m_canvas, &GraphCanvas::activated, this, &ThreatView::cardRequested);
    connect(m_canvas, &GraphCanvas::edgeOpened, this, &ThreatView::cardRequested);
    connect(m_canvas, &GraphCanvas::edgeActivated, this, [this] { m_work->rename(); });
    connect(m_canvas, &GraphCanvas::findRequested, this, &ThreatView::findRequested);
    connect(m_canvas, &GraphCanvas::zoomChanged, this,
        [this](qreal zoom) { m_zoom->setText(tr("%1 %").arg(std::lround(zoom * 100))); });
    return content;
}

void ThreatView::choose()
{
    if (m_choosing || !m_shown) {
        return;
    }
    const QScopedValueRollback<bool> guard(m_choosing, true);
    const auto node = m_canvas->current();
    if (m_canvas->hasFocus() && node == GraphScene::none) {
        m_work->editor()->setFrame(GraphScene::none);
    }
    m_state.selectPart(
        node < m_shown->elements.size() ? m_shown->overlaid.model.elements[m_shown->elements[node]].id : std::string());
}

void ThreatView::update()
{
    const auto& reading = m_state.reading();
    const bool drawn = reading
        && (!reading->overlaid.model.elements.empty() || !reading->overlaid.model.zones.empty()
            || !reading->overlaid.hidden.empty() || m_state.file());
    m_stop->setVisible(drawn && m_state.how() == How::Reading);
    if (reading != m_shown) {
        updateDrawing(drawn);
    }
    if (drawn) {
        tellCount();
        m_notice->setText(
            reading->complete ? QString() : tr("Not everything was read: what could not be read is not in the model."));
        m_notice->setVisible(!m_notice->text().isEmpty());
    }
    m_stack->setCurrentIndex(drawn ? 1 : 0);
    updateEmpty();
    updateSelection();
}

// As much of it as there is room for: the elements come first.
void ThreatView::tellCount()
{
    const auto& model = m_shown->overlaid.model;
    if (model.elements.empty() && model.zones.empty()) {
        m_count->setTexts({});
        return;
    }
    const QString elements = tr("%n element(s)", nullptr, static_cast<int>(model.elements.size()));
    const QString flows = tr("%n flow(s)", nullptr, static_cast<int>(model.flows.size()));
    const QString zones = tr("%n zone(s)", nullptr, static_cast<int>(model.zones.size()));
    m_count->setTexts({tr("%1, %2, %3").arg(elements, flows, zones), tr("%1, %2").arg(elements, flows), elements});
}

// It stays where it is on the screen, unless it is another model.
void ThreatView::updateDrawing(bool drawn)
{
    const auto old = std::exchange(m_shown, m_state.reading());
    if (!drawn) {
        return;
    }
    const auto& elements = m_shown->overlaid.model.elements;
    const bool same = old && std::any_of(elements.begin(), elements.end(), [&](const threats::Element& element) {
        return old->nodeOf(element.id) != GraphScene::none;
    });
    const auto zoom = m_canvas->zoom();
    const auto middle = m_canvas->visibleArea().center();
    const auto nodes = m_canvas->selection();
    const auto current = m_canvas->current();
    const QScopedValueRollback<bool> guard(m_choosing, true);
    m_canvas->setScene(m_shown->scene);
    if (same) {
        m_canvas->setZoom(zoom);
        m_canvas->centerOn(middle + old->origin - m_shown->origin);
        keepChosen(*old, nodes, current);
    } else {
        m_followed = m_state.choices() - 1; // nothing of it is marked
    }
}

// What was chosen stays chosen, so that what was moved can be moved again. `nodes`, `current`: of the drawing before.
void ThreatView::keepChosen(const ThreatReading& before, const std::vector<std::uint32_t>& nodes, std::uint32_t current)
{
    const auto now = [&](std::uint32_t node) {
        return node < before.elements.size() ? m_shown->nodeOf(before.overlaid.model.elements[before.elements[node]].id)
                                             : GraphScene::none;
    };
    std::vector<std::uint32_t> kept;
    for (const auto node : nodes) {
        if (const auto here = now(node); here != GraphScene::none) {
            kept.push_back(here);
        }
    }
    m_canvas->setCurrent(now(current));
    m_canvas->setSelection(kept);
    const auto& part = m_state.part();
    m_work->editor()->setFrame(m_shown->frameOf(part));
    m_canvas->setCurrentEdge(m_shown->edgeOf(part));
    const auto isIn = [&part](const ThreatReading& reading) {
        return reading.nodeOf(part) != GraphScene::none || reading.edgeOf(part) != GraphScene::none
            || reading.frameOf(part) != GraphScene::none;
    };
    if (isIn(*m_shown) && !isIn(before)) {
        m_followed = m_state.choices() - 1; // it was chosen before it was drawn
    }
}

void ThreatView::updateEmpty()
{
    if (m_state.how() == How::Reading && m_state.file()) {
        m_empty->setState(tr("Reading the threat model"),
            tr("%1 is read. Nothing of it is changed before you save.").arg(m_state.file()->name), tr("Stop"));
    } else if (m_state.how() == How::Reading) {
        m_empty->setState(tr("Making the threat model"),
            tr("Cupel draws what it saw in code and files, and asks its rules. Nothing is run."), tr("Stop"));
    } else if (m_state.how() == How::Stopped) {
        m_empty->setState(tr("Stopped"), tr("The threat model was not made to its end."), tr("Make it"));
    } else if (!m_shown) {
        m_empty->setState(tr("Nothing is open"),
            tr("Open a folder of notebooks, data and models to see what can go wrong with them."),
            tr("Open a folder\u2026"));
    } else {
        m_empty->setState(tr("Nothing to draw"),
            tr("Among what is open is no code, no data and no model that a threat model could be made of."),
            tr("Open a folder\u2026"));
    }
}

void ThreatView::updateSelection()
{
    if (!m_shown || m_stack->currentIndex() != 1 || std::exchange(m_followed, m_state.choices()) == m_state.choices()
        || m_choosing) {
        return;
    }
    const QScopedValueRollback<bool> guard(m_choosing, true);
    const auto node = m_shown->nodeOf(m_state.part());
    m_work->editor()->setFrame(m_shown->frameOf(m_state.part()));
    if (node != GraphScene::none) {
        const auto chosen = m_canvas->selection();
        if (chosen.size() > 1 && std::find(chosen.begin(), chosen.end(), node) != chosen.end()) {
            return; // one of those that are chosen together
        }
        m_canvas->setCurrent(node);
        m_canvas->reveal(node);
        m_canvas->setCurrentEdge(GraphScene::none);
        return;
    }
    m_canvas->setCurrent(GraphScene::none);
    const auto edge = m_shown->edgeOf(m_state.part());
    m_canvas->setCurrentEdge(edge);
    if (edge < m_shown->scene->edges().size()) {
        m_canvas->reveal(m_shown->scene->edges()[edge].to);
    }
}

QString ThreatView::notice() const
{
    return m_notice->text();
}

} // namespace cupel::widgets
