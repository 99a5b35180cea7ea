// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/threats/risk_panel.h"

#include "analyzers/threats/assess.h"
#include "widgets/common/paint.h"
#include "widgets/common/severity.h"
#include "widgets/common/theme.h"
#include "widgets/threats/heat_map.h"

#include <QtCore/QEvent>
#include <QtCore/QLocale>
#include <QtGui/QPainter>

#include <algorithm>
#include <array>
#include <cmath>

namespace cupel::widgets {

namespace {

constexpr qreal bar = 8;
constexpr qreal gap = 8;

QString number(double value)
{
    return QLocale().toString(std::round(value * 10) / 10, 'g', 3);
}

} // namespace

RiskPanel::RiskPanel(QWidget* parent)
    : QWidget(parent)
{
    setAccessibleName(tr("Risk"));
}

void RiskPanel::setRisk(const threats::Risk& risk)
{
    m_risk = risk;
    setAccessibleDescription(words());
    setToolTip(words());
    update();
}

QString RiskPanel::words() const
{
    return tr("Without controls %1 of 25, now %2, planned %3")
        .arg(m_risk.inherent())
        .arg(number(m_risk.now()), number(m_risk.planned()));
}

QSize RiskPanel::sizeHint() const
{
    const int line = lineHeight(TextRole::Small);
    return {220, std::max(3 * (line + 4), 5 * (line - 2))};
}

void RiskPanel::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange) {
        updateGeometry();
    }
}

QRectF RiskPanel::mapBox() const
{
    const qreal side = std::min<qreal>(height(), 5.0 * (lineHeight(TextRole::Small) - 2));
    return {width() - side, 0, side, side};
}

void RiskPanel::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing, true);
    painter.setFont(widgets::font(TextRole::Small));
    const QFontMetricsF size(painter.font());
    const qreal line = lineHeight(TextRole::Small) + 4;
    struct Row {
        QString name;
        double value;
        Severity severity;
    };
    const auto severityAt = [](double likelihood, double impact) {
        return threats::severityOfRisk(threats::stepOf(likelihood), threats::stepOf(impact));
    };
    const std::array<Row, 3> rows{
        {{tr("Inherent"), static_cast<double>(m_risk.inherent()), severityAt(m_risk.likelihood, m_risk.impact)},
            {tr("Now"), m_risk.now(), severityAt(m_risk.likelihoodNow, m_risk.impactNow)},
            {tr("Planned"), m_risk.planned(), severityAt(m_risk.likelihoodPlanned, m_risk.impactPlanned)}}};
    qreal names = 0;
    for (const Row& row : rows) {
        names = std::max(names, size.horizontalAdvance(row.name));
    }
    const qreal figures = size.horizontalAdvance(QStringLiteral("88.8"));
    const qreal end = mapBox().left() - 2 * gap;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const QRectF area(0, static_cast<qreal>(i) * line, end, line);
        painter.setPen(color(Token::TextSecondary));
        painter.drawText(area, Qt::AlignLeft | Qt::AlignVCenter, rows[i].name);
        painter.setPen(color(Token::TextPrimary));
        painter.drawText(area, Qt::AlignRight | Qt::AlignVCenter, number(rows[i].value));
        const QRectF track(
            names + gap, area.center().y() - bar / 2, std::max(8.0, end - names - figures - 2 * gap), bar);
        paintBox(painter, track, bar / 2, color(Token::Third), color(Token::Hairline));
        QRectF filled = track;
        filled.setWidth(std::max(bar, track.width() * rows[i].value / 25));
        painter.setPen(Qt::NoPen);
        painter.setBrush(color(token(rows[i].severity)));
        painter.drawRoundedRect(filled, bar / 2, bar / 2);
    }
    paintMap(painter);
}

void RiskPanel::paintMap(QPainter& painter) const
{
    const QRectF all = mapBox();
    const qreal cell = all.width() / 5;
    const auto boxAt = [&](double likelihood, double impact) {
        const int x = threats::stepOf(likelihood) - 1;
        const int y = 5 - threats::stepOf(impact);
        return QRectF(all.left() + x * cell, all.top() + y * cell, cell, cell).adjusted(1, 1, -1, -1);
    };
    for (int likelihood = 1; likelihood <= 5; ++likelihood) {
        for (int impact = 1; impact <= 5; ++impact) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(heatColor(likelihood, impact));
            painter.drawRoundedRect(boxAt(likelihood, impact), 2, 2);
        }
    }
    const QRectF from = boxAt(m_risk.likelihood, m_risk.impact);
    const QRectF now = boxAt(m_risk.likelihoodNow, m_risk.impactNow);
    const QRectF planned = boxAt(m_risk.likelihoodPlanned, m_risk.impactPlanned);
    painter.setPen(QPen(color(Token::TextPrimary), 1.25));
    painter.drawLine(from.center(), now.center());
    painter.setPen(QPen(color(Token::TextPrimary), 1.25, Qt::DotLine));
    painter.drawLine(now.center(), planned.center());
    painter.setPen(QPen(color(Token::TextPrimary), 1.25, Qt::DotLine));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(planned, 2, 2);
    painter.setPen(QPen(color(Token::TextPrimary), 2));
    painter.drawRoundedRect(now, 2, 2);
    painter.setBrush(color(Token::TextPrimary));
    painter.drawEllipse(from.center(), 2.5, 2.5);
}

} // namespace cupel::widgets
