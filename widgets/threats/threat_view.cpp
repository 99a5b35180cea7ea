// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/threats/threat_view.h"

#include "widgets/canvas/graph_canvas.h"
#include "widgets/common/buttons.h"
#include "widgets/common/labels.h"
#include "widgets/common/states.h"

#include <QtCore/QScopedValueRollback>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStackedLayout>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>
#include <cmath>

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
    m_stack = new QStackedLayout(this);
    m_stack->addWidget(centredPage(m_empty, this));
    m_stack->addWidget(makeContent());
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
    QWidget* shown =
        m_stack->currentIndex() == 1 ? static_cast<QWidget*>(m_canvas) : static_cast<QWidget*>(m_empty->button());
    (shown->isVisibleTo(this) ? shown : this)->setFocus(Qt::ShortcutFocusReason);
}

QWidget* ThreatView::makeBar(QWidget* parent)
{
    auto* bar = new QWidget(parent);
    m_count = new Label({}, TextRole::Small, Token::TextMuted, false, bar);
    m_stop = new IconButton(QStringLiteral("circle-stop"), tr("Stop"), bar);
    auto* smaller = new IconButton(QStringLiteral("minus"), tr("Smaller"), bar);
    m_zoom = new Label({}, TextRole::Small, Token::TextSecondary, false, bar);
    auto* larger = new IconButton(QStringLiteral("plus"), tr("Larger"), bar);
    auto* fit = new IconButton(QStringLiteral("maximize"), tr("Show the whole model"), bar);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(16, 8, 12, 8);
    row->setSpacing(4);
    row->addWidget(m_count);
    row->addWidget(m_stop);
    row->addStretch(1);
    for (QWidget* one : {static_cast<QWidget*>(smaller), static_cast<QWidget*>(m_zoom), static_cast<QWidget*>(larger),
             static_cast<QWidget*>(fit)}) {
        row->addWidget(one);
    }
    connect(m_stop, &QToolButton::clicked, &m_state, &ThreatState::stop);
    connect(smaller, &QToolButton::clicked, this, [this] { m_canvas->setZoom(m_canvas->zoom() / zoomStep); });
    connect(larger, &QToolButton::clicked, this, [this] { m_canvas->setZoom(m_canvas->zoom() * zoomStep); });
    connect(fit, &QToolButton::clicked, this, [this] { m_canvas->fit(); });
    return bar;
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
    column->addWidget(m_canvas, 1);
    connect(m_canvas, &GraphCanvas::selectionChanged, this, &ThreatView::choose);
    connect(m_canvas, &GraphCanvas::edgeChosen, this, [this](std::uint32_t edge) {
        if (m_shown && edge < m_shown->flows.size()) {
            const QScopedValueRollback<bool> guard(m_choosing, true);
            m_canvas->setSelection({});
            m_canvas->setCurrentEdge(edge);
            m_state.selectPart(m_shown->overlaid.model.flows[m_shown->flows[edge]].id);
        }
    });
    connect(m_canvas, &GraphCanvas::activated, this, &ThreatView::cardRequested);
    connect(m_canvas, &GraphCanvas::edgeActivated, this, &ThreatView::cardRequested);
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
    const auto& elements = m_shown->overlaid.model.elements;
    m_state.selectPart(node < elements.size() ? elements[node].id : std::string());
}

void ThreatView::update()
{
    const auto& reading = m_state.reading();
    const bool drawn = reading && !reading->overlaid.model.elements.empty();
    m_stop->setVisible(drawn && m_state.how() == How::Reading);
    if (reading != m_shown) {
        // Where nothing was added or taken away, it is the same drawing with other signs: it stays where it is.
        const bool same =
            m_shown && drawn && m_shown->overlaid.model.elements.size() == reading->overlaid.model.elements.size();
        m_shown = reading;
        if (drawn) {
            const auto zoom = m_canvas->zoom();
            const auto middle = m_canvas->visibleArea().center();
            const QScopedValueRollback<bool> guard(m_choosing, true);
            m_canvas->setScene(reading->scene);
            if (same) {
                m_canvas->setZoom(zoom);
                m_canvas->centerOn(middle);
            }
        }
    }
    if (drawn) {
        const auto& model = reading->overlaid.model;
        m_count->setText(tr("%1, %2, %3")
                .arg(tr("%n element(s)", nullptr, static_cast<int>(model.elements.size())),
                    tr("%n flow(s)", nullptr, static_cast<int>(model.flows.size())),
                    tr("%n zone(s)", nullptr, static_cast<int>(model.zones.size()))));
        m_notice->setText(
            reading->complete ? QString() : tr("Not everything was read: what could not be read is not in the model."));
        m_notice->setVisible(!m_notice->text().isEmpty());
    }
    m_stack->setCurrentIndex(drawn ? 1 : 0);
    updateEmpty();
    updateSelection();
}

void ThreatView::updateEmpty()
{
    if (m_state.how() == How::Reading) {
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
    if (m_choosing || !m_shown || m_stack->currentIndex() != 1) {
        return;
    }
    const QScopedValueRollback<bool> guard(m_choosing, true);
    const auto& model = m_shown->overlaid.model;
    const auto isIt = [this](const auto& one) { return one.id == m_state.part(); };
    const auto element = std::find_if(model.elements.begin(), model.elements.end(), isIt);
    if (element != model.elements.end()) {
        const auto node = static_cast<std::uint32_t>(element - model.elements.begin());
        m_canvas->setCurrent(node);
        m_canvas->reveal(node);
        m_canvas->setCurrentEdge(GraphScene::none);
        return;
    }
    m_canvas->setSelection({});
    const auto flow = std::find_if(
        m_shown->flows.begin(), m_shown->flows.end(), [&](std::uint32_t index) { return isIt(model.flows[index]); });
    const auto edge =
        flow == m_shown->flows.end() ? GraphScene::none : static_cast<std::uint32_t>(flow - m_shown->flows.begin());
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
