// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/model/answer_row.h"

#include "widgets/common/focus.h"
#include "widgets/common/labels.h"
#include "widgets/common/paint.h"
#include "widgets/common/severity.h"

#include <QtGui/QHelpEvent>
#include <QtGui/QKeyEvent>
#include <QtGui/QMouseEvent>
#include <QtGui/QPainter>
#include <QtGui/QTextLayout>
#include <QtWidgets/QToolTip>

#include <algorithm>

namespace cupel::widgets {

namespace {

constexpr int gap = 8;
constexpr int padding = 8;
constexpr int narrowest = 124; // of a card, at zoom 1
constexpr int glyph = 16;

constexpr int mostLines = 3; // of one text; the tooltip has it whole

// The lines of a text, broken between words or, in a long one, anywhere; the last is elided where more would follow.
QStringList wrapped(const QString& text, const QFont& font, qreal width)
{
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    QTextLayout layout(text, font);
    layout.setTextOption(option);
    QStringList lines;
    layout.beginLayout();
    for (auto line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        if (lines.size() + 1 == mostLines) {
            lines += QFontMetrics(font).elidedText(text.mid(line.textStart()), Qt::ElideRight, static_cast<int>(width));
            break;
        }
        lines += text.mid(line.textStart(), line.textLength()).trimmed();
    }
    layout.endLayout();
    return lines;
}

struct CardLines {
    QStringList question;
    QStringList answer;
    QStringList detail;

    CardLines(const ModelAnswer& card, qreal width)
        : question(wrapped(card.question, widgets::font(TextRole::Small), width))
        , answer(wrapped(card.answer, widgets::font(TextRole::Base, true), width - signWidth(card)))
        , detail(wrapped(card.detail, widgets::font(TextRole::Small), width))
    {
    }
    [[nodiscard]] int height() const
    {
        return static_cast<int>(question.size() + detail.size()) * lineHeight(TextRole::Small)
            + static_cast<int>(answer.size()) * lineHeight(TextRole::Base) + 4;
    }
    static int signWidth(const ModelAnswer& card) { return card.sign || card.ok ? glyph + 6 : 0; }
};

} // namespace

AnswerRow::AnswerRow(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Answers about the file"));
    setMouseTracking(true);
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
    m_current = 0;
    while (m_current < m_answers.size() && !leads(m_current)) {
        ++m_current;
    }
    setFocusPolicy(m_current < m_answers.size() ? Qt::TabFocus : Qt::NoFocus);
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
    return rows == 0 ? 0 : rows * cardHeight(width) + (rows - 1) * gap;
}

qreal AnswerRow::cardWidth(int width) const
{
    const int across = columns(width);
    return (width - gap * (across - 1)) / static_cast<qreal>(across);
}

int AnswerRow::cardHeight(int width) const
{
    int most = 0;
    for (const auto& answer : m_answers) {
        most = std::max(most, CardLines(answer, cardWidth(width) - 2 - 2 * padding).height());
    }
    return most + 2 + 2 * padding;
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
    const qreal wide = cardWidth(width());
    const qreal high = cardHeight(width());
    return {column * (wide + gap), row * (high + gap), wide, high};
}

std::optional<std::size_t> AnswerRow::cardAt(QPointF point) const
{
    for (std::size_t i = 0; i < m_answers.size(); ++i) {
        if (box(i).contains(point)) {
            return i;
        }
    }
    return std::nullopt;
}

bool AnswerRow::leads(std::size_t card) const
{
    return !m_answers[card].artifact.empty();
}

void AnswerRow::step(int direction)
{
    for (auto at = static_cast<std::ptrdiff_t>(m_current) + direction;
        at >= 0 && at < static_cast<std::ptrdiff_t>(m_answers.size()); at += direction) {
        if (leads(static_cast<std::size_t>(at))) {
            m_current = static_cast<std::size_t>(at);
            update();
            return;
        }
    }
}

void AnswerRow::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Left:
        step(-1);
        break;
    case Qt::Key_Right:
        step(1);
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (m_current < m_answers.size()) {
            Q_EMIT chosen(m_current);
        }
        break;
    default:
        QWidget::keyPressEvent(event);
    }
}

void AnswerRow::mouseMoveEvent(QMouseEvent* event)
{
    const auto card = cardAt(event->position());
    setCursor(card && leads(*card) ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void AnswerRow::mousePressEvent(QMouseEvent* event)
{
    const auto card = cardAt(event->position());
    if (event->button() == Qt::LeftButton && card && leads(*card)) {
        m_current = *card;
        update();
        Q_EMIT chosen(*card);
    }
}

void AnswerRow::paintCard(QPainter& painter, const QRectF& box, const ModelAnswer& answer) const
{
    const bool loud = answer.loud && answer.sign;
    paintBox(painter, box, radius::card, color(Token::Surface),
        loud ? color(token(*answer.sign)) : color(Token::Hairline), loud ? 2.0 : 1.0);
    const QRectF inside = box.adjusted(padding, padding, -padding, -padding);
    const CardLines lines(answer, inside.width());
    qreal top = inside.top();
    const auto paint = [&](TextRole role, bool strong, Token ink, const QStringList& texts, int left) {
        painter.setFont(widgets::font(role, strong));
        painter.setPen(color(ink));
        for (const QString& text : texts) {
            painter.drawText(QRectF(inside.left() + left, top, inside.width() - left, lineHeight(role)),
                Qt::AlignVCenter | Qt::AlignLeft, text);
            top += lineHeight(role);
        }
        top += 2;
    };
    paint(TextRole::Small, false, Token::TextSecondary, lines.question, 0);
    const QRectF sign(inside.left(), top + (lineHeight(TextRole::Base) - glyph) / 2.0, glyph, glyph);
    if (answer.sign) {
        paintSeverity(painter, sign, *answer.sign);
    } else if (answer.ok) {
        paintOk(painter, sign, currentTheme());
    }
    paint(TextRole::Base, true, Token::TextPrimary, lines.answer, CardLines::signWidth(answer));
    paint(TextRole::Small, false, Token::TextMuted, lines.detail, 0);
}

void AnswerRow::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    for (std::size_t i = 0; i < m_answers.size(); ++i) {
        paintCard(painter, box(i).adjusted(1, 1, -1, -1), m_answers[i]);
        if (i == m_current && hasFocus() && focusVisible()) {
            paintFocusRing(painter, box(i), radius::card);
        }
    }
}

bool AnswerRow::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event); // the type says so
        for (std::size_t i = 0; i < m_answers.size(); ++i) {
            if (box(i).contains(help->pos())) {
                const auto& card = m_answers[i];
                QToolTip::showText(help->globalPos(),
                    plainToolTip(tr("%1 %2, %3").arg(card.question, card.answer, card.detail)), this, box(i).toRect());
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
