// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/lineage/lineage_bar.h"

#include "widgets/common/buttons.h"
#include "widgets/common/focus.h"
#include "widgets/common/labels.h"
#include "widgets/common/paint.h"
#include "widgets/common/severity.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QScopedValueRollback>
#include <QtGui/QMouseEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QHBoxLayout>

#include <cmath>

namespace cupel::widgets {

namespace {

constexpr qreal inset = 10; // of the rail
constexpr int mostTicks = 120;

class Sign : public QWidget {
public:
    explicit Sign(QWidget* parent)
        : QWidget(parent)
    {
        setFixedSize(16, 16);
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        paintSeverity(painter, QRectF(rect()), Severity::High, false);
    }
};

} // namespace

LineageSlider::LineageSlider(QWidget* parent)
    : QAbstractSlider(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Up to which cell"));
    setSingleStep(1);
    setPageStep(5);
}

void LineageSlider::setMisplaced(std::vector<bool> marks)
{
    m_misplaced = std::move(marks);
    update();
}

qreal LineageSlider::placeOf(int value) const
{
    const int span = std::max(1, maximum() - minimum());
    return inset + (width() - 2 * inset) * (value - minimum()) / span;
}

void LineageSlider::go(qreal x)
{
    const qreal part = (x - inset) / std::max(1.0, width() - 2 * inset);
    setValue(minimum() + static_cast<int>(std::lround(part * (maximum() - minimum()))));
}

void LineageSlider::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const qreal rail = height() / 2.0 + 4;
    const qreal knob = placeOf(value());
    const bool on = isEnabled();
    painter.setPen(QPen(color(Token::Hairline), 4, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(QPointF(inset, rail), QPointF(width() - inset, rail));
    painter.setPen(QPen(color(on ? Token::Accent : Token::ControlBorder), 4, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(QPointF(inset, rail), QPointF(knob, rail));
    const bool ticks = maximum() <= mostTicks;
    for (int i = minimum(); i <= maximum(); ++i) {
        const qreal x = placeOf(i);
        const auto cell = static_cast<std::size_t>(i - minimum());
        if (cell < m_misplaced.size() && m_misplaced[cell]) {
            paintSeverity(painter, QRectF(x - 6, rail - 19, 12, 12), Severity::High, false);
        } else if (ticks) {
            painter.setPen(QPen(color(Token::TextMuted), 1));
            painter.drawLine(QPointF(x, rail - 14), QPointF(x, rail - 9));
        }
    }
    painter.setPen(QPen(color(on ? Token::Accent : Token::ControlBorder), 3));
    painter.setBrush(color(Token::Surface));
    painter.drawEllipse(QPointF(knob, rail), 7, 7);
    if (hasFocus() && focusVisible()) {
        paintFocusRing(painter, QRectF(knob - 12, rail - 12, 24, 24), 12);
    }
}

void LineageSlider::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton) {
        go(event->position().x());
    }
}

void LineageSlider::mouseMoveEvent(QMouseEvent* event)
{
    if (event->buttons().testFlag(Qt::LeftButton)) {
        go(event->position().x());
    }
}

void LineageSlider::focusInEvent(QFocusEvent* event)
{
    QAbstractSlider::focusInEvent(event);
    update();
}

void LineageSlider::focusOutEvent(QFocusEvent* event)
{
    QAbstractSlider::focusOutEvent(event);
    update();
}

LineageBar::LineageBar(LineageState& state, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
    , m_order(new SegmentedControl({tr("As written"), tr("As recorded")}, tr("Order of the cells"), this))
    , m_slider(new LineageSlider(this))
    , m_place(new ElidedLabel({}, TextRole::Small, Token::TextPrimary, false, this))
    , m_sign(new Sign(this))
    , m_misplaced(new Label({}, TextRole::Small, Token::TextPrimary, false, this))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(16, 8, 16, 8);
    row->setSpacing(12);
    row->addWidget(m_order);
    row->addWidget(m_slider, 3);
    row->addWidget(m_place, 2);
    row->addWidget(m_sign);
    row->addWidget(m_misplaced);
    row->setSpacing(8);
    connect(&state, &LineageState::changed, this, &LineageBar::update);
    connect(&state, &LineageState::litChanged, this, &LineageBar::update);
    connect(m_order, &SegmentedControl::currentChanged, this, [this](int order) {
        if (!m_updating) {
            m_state.setOrder(order == 1, m_state.steps());
        }
    });
    connect(m_slider, &QAbstractSlider::valueChanged, this, [this](int value) {
        if (!m_updating) {
            m_state.setOrder(m_state.recorded(), static_cast<std::size_t>(value));
        }
    });
    update();
}

QString LineageBar::text() const
{
    return m_place->fullText();
}

void LineageBar::update()
{
    const QScopedValueRollback<bool> guard(m_updating, true);
    const auto& order = m_state.order();
    const bool any = !order.cells.empty();
    m_order->setCurrent(m_state.recorded() ? 1 : 0);
    m_order->setEnabled(any);
    m_slider->setEnabled(any);
    m_slider->setRange(any ? 1 : 0, any ? static_cast<int>(order.cells.size()) : 0);
    m_slider->setValue(static_cast<int>(m_state.steps()));
    std::vector<bool> marks;
    for (const auto& cell : order.cells) {
        marks.push_back(cell.misplaced);
    }
    m_slider->setMisplaced(std::move(marks));
    m_sign->setVisible(order.misplaced > 0);
    m_misplaced->setVisible(any);
    m_misplaced->setText(order.misplaced > 0
            ? tr("%n cell(s) ran out of order", nullptr, static_cast<int>(order.misplaced))
            : tr("Run in order"));
    if (!any) {
        m_place->setFullText(tr("No run of a cell is recorded."));
        return;
    }
    const auto steps = std::max<std::size_t>(1, std::min(m_state.steps(), order.cells.size()));
    const auto& last = order.cells[steps - 1];
    const auto& graph = *m_state.reading()->source->graph;
    const QString file = shownFileName(graph.files[last.file].path);
    const int cell = last.node == lineage::none ? -1 : graph.nodes[last.node].place.cell;
    m_place->setFullText(
        cell >= 0 ? tr("Up to %1 cell %2").arg(file).arg(cell) : tr("Up to %1, run %2").arg(file).arg(last.count));
    m_slider->setAccessibleDescription(m_place->fullText());
}

void LineageBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), color(Token::Window));
    painter.fillRect(QRect(0, 0, width(), 1), color(Token::Hairline));
}

} // namespace cupel::widgets
