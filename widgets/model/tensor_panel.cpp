// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/model/tensor_panel.h"

#include "widgets/common/paint.h"

#include <QtCore/QEvent>
#include <QtCore/QLocale>
#include <QtGui/QPainter>

#include <algorithm>

namespace cupel::widgets {

namespace {

constexpr int margin = 16;
constexpr int columnWidth = 210;

QString real(double value)
{
    return QLocale().toString(value, 'g', 5);
}

QString whole(std::uint64_t value)
{
    return QLocale().toString(static_cast<qulonglong>(value));
}

} // namespace

TensorPanel::TensorPanel(ModelState& state, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Numbers of the tensor"));
    connect(&state, &ModelState::valuesChanged, this, &TensorPanel::follow);
    connect(&state, &ModelState::tensorChanged, this, &TensorPanel::follow);
    follow();
}

QSize TensorPanel::sizeHint() const
{
    return {400, 4 * (lineHeight(TextRole::Small) + 2) + margin};
}

void TensorPanel::follow()
{
    setVisible(m_state.tensor().has_value());
    const QStringList words = facts();
    setAccessibleDescription(words.isEmpty() ? sentence() : words.join(u' '));
    update();
}

bool TensorPanel::isComplex() const
{
    const auto* content = m_state.reading() ? m_state.reading()->content() : nullptr;
    const auto which = m_state.tensor();
    return content && which && *which < content->tensors.size() && formats::isComplex(content->tensors[*which].dtype);
}

QString TensorPanel::sentence() const
{
    switch (m_state.valuesState()) {
    case ModelState::ValuesState::Reading:
        return tr("Reading its numbers.");
    case ModelState::ValuesState::NoNumbers:
        return isComplex() ? tr("Its elements are complex: pairs of numbers, which have no order.")
                           : tr("Its bytes are packed: they are no single numbers.");
    case ModelState::ValuesState::NoData:
        return tr("It has no data: the file only declares it.");
    case ModelState::ValuesState::Elsewhere:
        return tr("Its bytes stand in a file that is not part of this review.");
    case ModelState::ValuesState::None:
    case ModelState::ValuesState::Ready:
        break;
    }
    return {};
}

QStringList TensorPanel::facts() const
{
    const auto& values = m_state.values();
    if (!values) {
        return {};
    }
    return {tr("Smallest"), real(values->least), tr("Mean"), real(values->mean), tr("Zero"), whole(values->zeros),
        tr("NaN"), whole(values->notNumbers), tr("Largest"), real(values->most), tr("Deviation"),
        real(values->deviation), tr("Infinite"), whole(values->infinite), tr("Values read"),
        values->complete ? whole(values->count) : tr("%1, not all").arg(whole(values->count))};
}

void TensorPanel::paintHistogram(QPainter& painter, const QRectF& box) const
{
    const auto& bins = m_state.values()->histogram;
    const auto tallest = *std::max_element(bins.begin(), bins.end());
    if (tallest == 0 || box.width() < 64) {
        return;
    }
    const qreal step = box.width() / static_cast<qreal>(bins.size());
    for (std::size_t i = 0; i < bins.size(); ++i) {
        if (bins[i] > 0) {
            const qreal high = std::max(1.0, box.height() * static_cast<qreal>(bins[i]) / static_cast<qreal>(tallest));
            painter.fillRect(
                QRectF(box.left() + static_cast<qreal>(i) * step, box.bottom() - high, std::max(1.0, step - 1), high),
                color(Token::Accent));
        }
    }
    painter.setPen(color(Token::Hairline));
    painter.drawLine(box.bottomLeft(), box.bottomRight());
}

void TensorPanel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(QRect(0, 0, width(), 1), color(Token::Hairline));
    painter.setFont(widgets::font(TextRole::Small));
    const int line = lineHeight(TextRole::Small) + 2;
    const QStringList words = facts();
    if (words.isEmpty()) {
        painter.setPen(color(Token::TextMuted));
        painter.drawText(QRect(margin, 8, width() - 2 * margin, line), Qt::AlignVCenter | Qt::AlignLeft, sentence());
        return;
    }
    const int wide = zoomed(columnWidth);
    for (int i = 0; i + 1 < words.size(); i += 2) {
        const int pair = i / 2;
        const QRect name(margin + pair / 4 * wide, 8 + pair % 4 * line, wide / 2 - 8, line);
        painter.setPen(color(Token::TextMuted));
        painter.drawText(name, Qt::AlignVCenter | Qt::AlignLeft, words[i]);
        painter.setPen(color(Token::TextPrimary));
        painter.drawText(name.translated(wide / 2 - 8, 0), Qt::AlignVCenter | Qt::AlignLeft, words[i + 1]);
    }
    const int left = margin + 2 * wide + 8;
    paintHistogram(painter, QRectF(left, 10, width() - left - margin, height() - 18));
}

bool TensorPanel::event(QEvent* event)
{
    if (event->type() == QEvent::StyleChange) {
        updateGeometry();
    }
    return QWidget::event(event);
}

} // namespace cupel::widgets
