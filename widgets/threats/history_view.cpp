// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/threats/history_view.h"

#include "widgets/canvas/graph_canvas.h"
#include "widgets/common/buttons.h"
#include "widgets/common/labels.h"

#include <QtCore/QScopedValueRollback>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <utility>

namespace cupel::widgets {

HistoryView::HistoryView(HistoryState& history, QWidget* parent)
    : QWidget(parent)
    , m_history(history)
    , m_canvas(new GraphCanvas(this))
    , m_text(new Label({}, TextRole::Base, Token::TextPrimary, false, this))
    , m_back(new QPushButton(tr("Back to the model"), this))
{
    m_canvas->setAccessibleName(tr("What differs, as a drawing"));
    m_canvas->setMinimapVisible(true);
    m_canvas->setPlainShown(true);
    m_canvas->setEdgeLabels(true);
    m_canvas->setChoosesEdges(true);
    m_canvas->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff); // as in the model itself
    m_canvas->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    setSmall(m_back);
    setKeyHint(m_back, QStringLiteral("Esc"));
    auto* band = new QHBoxLayout;
    band->setContentsMargins(16, 8, 12, 8);
    band->addWidget(m_text, 1);
    band->addWidget(m_back);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(band);
    column->addWidget(m_canvas, 1);
    setFocusProxy(m_canvas);
    connect(m_back, &QPushButton::clicked, &history, &HistoryState::end);
    connect(m_canvas, &GraphCanvas::escaped, &history, &HistoryState::end);
    connect(m_canvas, &GraphCanvas::selectionChanged, this, [this] {
        const auto node = m_canvas->current();
        if (!m_choosing && m_shown) {
            const QScopedValueRollback<bool> guard(m_choosing, true);
            m_history.select(node < m_shown->nodes.size() ? m_shown->nodes[node] : std::string());
        }
    });
    connect(m_canvas, &GraphCanvas::edgeChosen, this, [this](std::uint32_t edge) {
        if (m_shown && edge < m_shown->edges.size()) {
            const QScopedValueRollback<bool> guard(m_choosing, true);
            m_canvas->setCurrentEdge(edge);
            m_history.select(m_shown->edges[edge]);
        }
    });
    connect(&history, &HistoryState::compared, this, &HistoryView::update);
    connect(&history, &HistoryState::selectionChanged, this, &HistoryView::showSelected);
}

QString HistoryView::text() const
{
    return m_text->text();
}

void HistoryView::update()
{
    m_shown = m_history.comparison();
    if (!m_shown) {
        return;
    }
    const auto& all = m_shown->diff.changes;
    const auto parts = [&all](threats::PartChange::What what) {
        return static_cast<int>(std::count_if(
            all.begin(), all.end(), [what](const auto& one) { return one.what == what && one.kind != "threat"; }));
    };
    const auto differ =
        static_cast<int>(std::count_if(all.begin(), all.end(), [](const auto& one) { return one.kind == "threat"; }));
    QString text =
        tr("From %1: of the parts %2 added, %3 removed, %4 changed; %5. Open threats %6, then %7; risk %8, then %9.")
            .arg(m_history.spanWords())
            .arg(parts(threats::PartChange::What::Added))
            .arg(parts(threats::PartChange::What::Removed))
            .arg(parts(threats::PartChange::What::Changed))
            .arg(tr("%n threat(s) differ", nullptr, differ))
            .arg(m_shown->before.threats)
            .arg(m_shown->after.threats)
            .arg(std::llround(m_shown->before.risk))
            .arg(std::llround(m_shown->after.risk));
    if (m_shown->vague > 0) {
        text += u' '
            + tr("%n change(s) do not say what was there before: what came of them is shown.", nullptr,
                static_cast<int>(m_shown->vague));
    }
    m_text->setText(text);
    const QScopedValueRollback<bool> guard(m_choosing, true);
    m_canvas->setScene(m_shown->scene);
    m_canvas->setCurrentEdge(GraphScene::none);
    showSelected();
}

void HistoryView::showSelected()
{
    if (!m_shown || m_shown->scene != m_canvas->scene()) {
        return;
    }
    const QScopedValueRollback<bool> guard(m_choosing, true);
    const auto placeOf = [this](const std::vector<std::string>& ids) {
        const auto found = std::find(ids.begin(), ids.end(), m_history.selected());
        return found == ids.end() ? GraphScene::none : static_cast<std::uint32_t>(found - ids.begin());
    };
    const auto node = placeOf(m_shown->nodes);
    const auto edge = placeOf(m_shown->edges);
    m_canvas->setCurrent(node);
    m_canvas->setCurrentEdge(edge);
    if (node != GraphScene::none) {
        m_canvas->reveal(node);
    } else if (edge != GraphScene::none) {
        m_canvas->reveal(m_shown->scene->edges()[edge].to);
    }
}

} // namespace cupel::widgets
