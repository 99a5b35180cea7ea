// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/threats/heat_map.h"

#include "analyzers/threats/assess.h"
#include "analyzers/threats/work/risk.h"
#include "widgets/common/buttons.h"
#include "widgets/common/labels.h"
#include "widgets/common/severity.h"

#include <QtGui/QHelpEvent>
#include <QtGui/QKeyEvent>
#include <QtGui/QMouseEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QToolTip>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace cupel::widgets {

namespace {

constexpr qreal widest = 620;
constexpr qreal gap = 3;

} // namespace

QColor heatColor(int likelihood, int impact)
{
    return mixed(color(token(threats::severityOfRisk(likelihood, impact))), color(Token::Surface), 0.62);
}

HeatGrid::HeatGrid(QWidget* parent)
    : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Map of risks"));
    setMouseTracking(true);
}

void HeatGrid::setCells(Cells cells)
{
    m_cells = std::move(cells);
    setAccessibleDescription(words(m_likelihood, m_impact));
    update();
}

const std::vector<std::string>& HeatGrid::at(int likelihood, int impact) const
{
    return m_cells[static_cast<std::size_t>(std::clamp(likelihood, 1, 5) - 1)]
                  [static_cast<std::size_t>(std::clamp(impact, 1, 5) - 1)];
}

void HeatGrid::setCurrent(int likelihood, int impact)
{
    m_likelihood = std::clamp(likelihood, 1, 5);
    m_impact = std::clamp(impact, 1, 5);
    setAccessibleDescription(words(m_likelihood, m_impact));
    update();
}

QString HeatGrid::words(int likelihood, int impact) const
{
    return tr("Likelihood %1, impact %2: %n threat(s)", nullptr, static_cast<int>(at(likelihood, impact).size()))
        .arg(likelihood)
        .arg(impact);
}

// Below and beside it is room for the names of the axes.
QRectF HeatGrid::area() const
{
    const qreal line = lineHeight(TextRole::Small);
    const qreal left = 2 * line;
    const qreal wide = std::min<qreal>(width() - left - 16, widest);
    const qreal high = std::min<qreal>(height() - 2 * line - 16, widest * 0.7);
    return {left, 8, std::max(100.0, wide), std::max(100.0, high)};
}

QRectF HeatGrid::cellBox(int likelihood, int impact) const
{
    const QRectF all = area();
    const QSizeF cell(all.width() / 5, all.height() / 5);
    return QRectF(all.left() + (likelihood - 1) * cell.width(), all.top() + (5 - impact) * cell.height(), cell.width(),
        cell.height())
        .adjusted(gap, gap, -gap, -gap);
}

void HeatGrid::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing, true);
    const QRectF all = area();
    for (int likelihood = 1; likelihood <= 5; ++likelihood) {
        for (int impact = 1; impact <= 5; ++impact) {
            const QRectF box = cellBox(likelihood, impact);
            const auto count = at(likelihood, impact).size();
            paintBox(painter, box, radius::control, heatColor(likelihood, impact), color(Token::Hairline));
            if (count > 0) {
                painter.setFont(widgets::font(TextRole::H3, true));
                painter.setPen(color(Token::TextPrimary));
                painter.drawText(box, Qt::AlignCenter, QString::number(count));
            }
            if (likelihood == m_likelihood && impact == m_impact) {
                painter.setPen(QPen(color(hasFocus() ? Token::Accent : Token::ControlBorder), 2));
                painter.setBrush(Qt::NoBrush);
                painter.drawRoundedRect(box.adjusted(-1, -1, 1, 1), radius::control, radius::control);
            }
        }
    }
    painter.setFont(widgets::font(TextRole::Small));
    painter.setPen(color(Token::TextSecondary));
    const qreal line = lineHeight(TextRole::Small);
    for (int step = 1; step <= 5; ++step) {
        const QRectF below = cellBox(step, 1).translated(0, cellBox(step, 1).height() + gap);
        painter.drawText(
            QRectF(below.left(), all.bottom(), below.width(), line), Qt::AlignCenter, QString::number(step));
        const QRectF beside = cellBox(1, step);
        painter.drawText(QRectF(line, beside.top(), line - 4, beside.height()), Qt::AlignCenter, QString::number(step));
    }
    painter.drawText(QRectF(all.left(), all.bottom() + line, all.width(), line), Qt::AlignCenter, tr("Likelihood"));
    painter.translate(0, all.center().y());
    painter.rotate(-90);
    painter.drawText(QRectF(-all.height() / 2, 0, all.height(), line), Qt::AlignCenter, tr("Impact"));
}

bool HeatGrid::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        for (int likelihood = 1; likelihood <= 5; ++likelihood) {
            for (int impact = 1; impact <= 5; ++impact) {
                if (cellBox(likelihood, impact).contains(help->pos())) {
                    QToolTip::showText(help->globalPos(), plainToolTip(words(likelihood, impact)), this);
                    return true;
                }
            }
        }
    }
    return QWidget::event(event);
}

void HeatGrid::mousePressEvent(QMouseEvent* event)
{
    for (int likelihood = 1; likelihood <= 5; ++likelihood) {
        for (int impact = 1; impact <= 5; ++impact) {
            if (event->button() == Qt::LeftButton && cellBox(likelihood, impact).contains(event->position())) {
                setCurrent(likelihood, impact);
                Q_EMIT chosen(likelihood, impact);
                return;
            }
        }
    }
}

void HeatGrid::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Left:
        setCurrent(m_likelihood - 1, m_impact);
        break;
    case Qt::Key_Right:
        setCurrent(m_likelihood + 1, m_impact);
        break;
    case Qt::Key_Up:
        setCurrent(m_likelihood, m_impact + 1);
        break;
    case Qt::Key_Down:
        setCurrent(m_likelihood, m_impact - 1);
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        Q_EMIT chosen(m_likelihood, m_impact);
        break;
    default:
        QWidget::keyPressEvent(event);
    }
}

HeatMap::HeatMap(ThreatState& state, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
    , m_when(
          new SegmentedControl({tr("Without controls"), tr("Now"), tr("As planned")}, tr("Which risk is shown"), this))
    , m_grid(new HeatGrid(this))
{
    auto* note = new Label(
        tr("What controls take away is an assumption of the catalogue; each figure stands on the card of its threat."),
        TextRole::Small, Token::TextSecondary, false, this);
    note->setWordWrap(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 8, 16, 12);
    column->setSpacing(8);
    column->addWidget(m_when, 0, Qt::AlignLeft);
    column->addWidget(m_grid, 1);
    column->addWidget(note);
    m_when->setCurrent(1);
    setFocusProxy(m_grid);
    connect(m_when, &SegmentedControl::currentChanged, this, [this] { update(); });
    connect(&state, &ThreatState::changed, this, &HeatMap::update);
    connect(m_grid, &HeatGrid::chosen, this, [this](int likelihood, int impact) {
        m_state.setOnly(m_grid->at(likelihood, impact), tr("Likelihood %1, impact %2").arg(likelihood).arg(impact));
    });
    update();
}

void HeatMap::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    update();
}

void HeatMap::update()
{
    if (!isVisible()) {
        return; // when it is seen
    }
    HeatGrid::Cells cells;
    const auto& reading = m_state.reading();
    if (reading) {
        for (const auto& threat : reading->overlaid.model.threats) {
            if (threats::isSettled(threat)) {
                continue;
            }
            const auto risk = threats::riskOf(threat, threats::controlsOf(reading->overlaid, threat.id));
            const double likelihood = m_when->current() == 0 ? risk.likelihood
                : m_when->current() == 1                     ? risk.likelihoodNow
                                                             : risk.likelihoodPlanned;
            const double impact = m_when->current() == 0 ? risk.impact
                : m_when->current() == 1                 ? risk.impactNow
                                                         : risk.impactPlanned;
            cells[static_cast<std::size_t>(threats::stepOf(likelihood) - 1)]
                 [static_cast<std::size_t>(threats::stepOf(impact) - 1)]
                     .push_back(threat.id);
        }
    }
    m_grid->setCells(std::move(cells));
}

} // namespace cupel::widgets
