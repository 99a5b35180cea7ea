// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/model/answer_row.h"

#include "widgets/common/paint.h"
#include "widgets/common/severity.h"

#include <QtGui/QHelpEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QToolTip>

#include <algorithm>

namespace cupel::widgets {

namespace {

constexpr int gap = 8;
constexpr int padding = 8;
constexpr int narrowest = 124; // of a card, at zoom 1
constexpr int glyph = 16;

int cardHeight()
{
    return 2 * padding + lineHeight(TextRole::Small) * 2 + lineHeight(TextRole::Base) + 4;
}

} // namespace

AnswerRow::AnswerRow(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Answers about the file"));
}

void AnswerRow::setAnswers(std::vector<ModelAnswer> answers)
{
    m_answers = std::move(answers);
    QStringList words;
    for (const auto& answer : m_answers) {
        QString sign = answer.sign ? word(*answer.sign) : QString();
        words += tr("%1 %2, %3").arg(answer.question, answer.answer, answer.detail)
            + (sign.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(sign));
    }
    setAccessibleDescription(words.join(QStringLiteral(". ")));
    fit();
    update();
}

void AnswerRow::fit()
{
    setFixedHeight(std::max(1, heightOf(width())));
}

void AnswerRow::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fit();
}

int AnswerRow::columns(int width) const
{
    const int least = zoomed(narrowest);
    const int count = static_cast<int>(m_answers.size());
    const int fitting = std::clamp((width + gap) / (least + gap), 1, std::max(1, count));
    const int rows = (count + fitting - 1) / fitting;
    return rows > 0 ? (count + rows - 1) / rows : 1; // rows of about the same length
}

int AnswerRow::heightOf(int width) const
{
    const int across = columns(width);
    const int rows = (static_cast<int>(m_answers.size()) + across - 1) / across;
    return rows == 0 ? 0 : rows * cardHeight() + (rows - 1) * gap;
}

QSize AnswerRow::sizeHint() const
{
    return {5 * narrowest + 4 * gap, heightOf(width())};
}

QSize AnswerRow::minimumSizeHint() const
{
    return {narrowest, heightOf(width())};
}

QRectF AnswerRow::box(std::size_t card) const
{
    const int across = columns(width());
    const int column = static_cast<int>(card) % across;
    const int row = static_cast<int>(card) / across;
    const qreal wide = (width() - gap * (across - 1)) / static_cast<qreal>(across);
    return {
        column * (wide + gap), row * static_cast<qreal>(cardHeight() + gap), wide, static_cast<qreal>(cardHeight())};
}

void AnswerRow::paintCard(QPainter& painter, const QRectF& box, const ModelAnswer& answer) const
{
    const bool loud = answer.loud && answer.sign;
    paintBox(painter, box, radius::card, color(Token::Surface),
        loud ? color(token(*answer.sign)) : color(Token::Hairline), loud ? 2.0 : 1.0);
    const QRectF inside = box.adjusted(padding, padding, -padding, -padding);
    qreal top = inside.top();
    const auto line = [&](TextRole role, bool strong, Token ink, const QString& text, qreal left) {
        painter.setFont(widgets::font(role, strong));
        painter.setPen(color(ink));
        const QRectF place(inside.left() + left, top, inside.width() - left, lineHeight(role));
        painter.drawText(place, Qt::AlignVCenter | Qt::AlignLeft,
            painter.fontMetrics().elidedText(text, Qt::ElideRight, static_cast<int>(place.width())));
        top += place.height() + 2;
    };
    line(TextRole::Small, false, Token::TextSecondary, answer.question, 0);
    const QRectF sign(inside.left(), top + (lineHeight(TextRole::Base) - glyph) / 2.0, glyph, glyph);
    if (answer.sign) {
        paintSeverity(painter, sign, *answer.sign);
    } else if (answer.ok) {
        paintOk(painter, sign, currentTheme());
    }
    line(TextRole::Base, true, Token::TextPrimary, answer.answer, answer.sign || answer.ok ? glyph + 6 : 0);
    line(TextRole::Small, false, Token::TextMuted, answer.detail, 0);
}

void AnswerRow::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    for (std::size_t i = 0; i < m_answers.size(); ++i) {
        paintCard(painter, box(i).adjusted(1, 1, -1, -1), m_answers[i]);
    }
}

bool AnswerRow::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event); // the type says so
        for (std::size_t i = 0; i < m_answers.size(); ++i) {
            if (box(i).contains(help->pos())) {
                QToolTip::showText(help->globalPos(), m_answers[i].answer + QStringLiteral(": ") + m_answers[i].detail,
                    this, box(i).toRect());
                return true;
            }
        }
        QToolTip::hideText();
    }
    if (event->type() == QEvent::StyleChange) {
        fit();
    }
    return QWidget::event(event);
}

} // namespace cupel::widgets
