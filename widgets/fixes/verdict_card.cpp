// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/fixes/verdict_card.h"

#include "widgets/common/icons.h"
#include "widgets/common/paint.h"
#include "widgets/common/severity.h"

#include <QtCore/QEvent>
#include <QtGui/QPainter>

#include <algorithm>

namespace cupel::widgets {

namespace {

constexpr int pad = 12;
constexpr int rowHeight = 24;

int gateHeight()
{
    return std::max(rowHeight, lineHeight(TextRole::Small) + 6);
}

int headHeight()
{
    return lineHeight(TextRole::H3) + lineHeight(TextRole::Small);
}

} // namespace

VerdictCard::VerdictCard(FixState* state, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
{
    setFocusPolicy(Qt::NoFocus);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(state, &FixState::outcomeChanged, this, &VerdictCard::follow);
    connect(state, &FixState::profileChanged, this, &VerdictCard::follow);
    follow();
}

void VerdictCard::follow()
{
    setAccessibleName(text());
    setFixedHeight(sizeHint().height()); // what stands around it has to give way
    updateGeometry();
    update();
}

VerdictCard::Counts VerdictCard::count(const Analysis& analysis, const review::DecisionSet* decisions)
{
    Counts counts;
    for (const auto& finding : analysis.findings) {
        if (!decisions || !decisions->settles(finding)) {
            ++counts.bySeverity[static_cast<std::size_t>(finding.severity)];
        }
    }
    return counts;
}

VerdictCard::Words VerdictCard::words() const
{
    const auto profile = QString::fromStdString(m_state->profile().title);
    const auto& outcome = m_state->outcome();
    if (!outcome) {
        return {m_state->working() ? tr("Working it out\u2026") : tr("Nothing to fix here"),
            m_state->working() ? QString() : tr("Open a notebook or a script in Review first."), false, false};
    }
    const auto on = static_cast<int>(std::count(outcome->on.begin(), outcome->on.end(), true));
    if (!outcome->problems.empty()) {
        return {tr("The edits do not hold"), outcome->problems.front(), false, true};
    }
    if (outcome->verdictAfter.meets()) {
        return {tr("Meets the %1 profile").arg(profile),
            on == 0 ? tr("as it is") : tr("after %n edit(s), checked again", nullptr, on), true, true};
    }
    std::size_t blocking = 0;
    for (const auto& gate : outcome->verdictAfter.gates) {
        blocking += gate.blocking.size() + gate.unread.size();
    }
    return {tr("Does not meet %1").arg(profile),
        tr("%n reason(s) left, also after the edits", nullptr, static_cast<int>(blocking)), false, true};
}

QString VerdictCard::reason(const review::GateResult& before, const review::GateResult& after)
{
    if (!after.passed()) {
        return after.unread.empty() ? tr("%n finding(s) left", nullptr, static_cast<int>(after.blocking.size()))
                                    : tr("read in part");
    }
    const auto gone = static_cast<int>(before.blocking.size());
    return gone == 0 ? QString() : tr("%n finding(s) taken out", nullptr, gone);
}

QString VerdictCard::text() const
{
    const auto said = words();
    QString all = said.title + QStringLiteral(". ") + said.note;
    if (const auto& outcome = m_state->outcome()) {
        for (std::size_t i = 0; i < outcome->verdictAfter.gates.size(); ++i) {
            const auto& gate = outcome->verdictAfter.gates[i];
            all += QStringLiteral(". ")
                + (gate.passed() ? tr("%1: passed").arg(QString::fromStdString(gate.gate.title))
                                 : tr("%1: not passed").arg(QString::fromStdString(gate.gate.title)));
            const auto why = reason(outcome->verdictBefore.gates[i], gate);
            all += why.isEmpty() ? QString() : QStringLiteral(", ") + why;
        }
    }
    return all;
}

QSize VerdictCard::sizeHint() const
{
    const auto& outcome = m_state->outcome();
    const int gates = outcome ? static_cast<int>(outcome->verdictAfter.gates.size()) * gateHeight() : 0;
    const int counts = outcome ? 2 * gateHeight() + 13 : 0;
    return {240, 2 * pad + headHeight() + counts + gates};
}

bool VerdictCard::event(QEvent* event)
{
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::PaletteChange) {
        setFixedHeight(sizeHint().height());
        updateGeometry();
        update();
    }
    return QWidget::event(event);
}

int VerdictCard::paintCounts(QPainter& painter, const QRect& line, const QString& label, const Counts& counts) const
{
    painter.setFont(widgets::font(TextRole::Small));
    painter.setPen(color(Token::TextSecondary));
    painter.drawText(line, Qt::AlignVCenter | Qt::AlignLeft, label);
    const int labels = std::max(
        painter.fontMetrics().horizontalAdvance(tr("Before")), painter.fontMetrics().horizontalAdvance(tr("After")));
    int x = line.left() + labels + 12;
    bool any = false;
    for (int i = 4; i >= 0; --i) {
        if (counts.bySeverity[i] == 0) {
            continue;
        }
        any = true;
        const int glyph = std::max(12, qRound(12 * textZoom()));
        paintSeverity(
            painter, QRectF(x, line.center().y() - glyph / 2.0 + 0.5, glyph, glyph), static_cast<Severity>(i), false);
        x += glyph + 4;
        const QString number = QString::number(counts.bySeverity[i]);
        painter.setPen(color(Token::TextPrimary));
        painter.drawText(QRect(x, line.top(), 60, line.height()), Qt::AlignVCenter | Qt::AlignLeft, number);
        x += painter.fontMetrics().horizontalAdvance(number) + 10;
    }
    if (!any) {
        painter.setPen(color(Token::TextMuted));
        painter.drawText(
            QRect(x, line.top(), line.right() - x, line.height()), Qt::AlignVCenter | Qt::AlignLeft, tr("nothing"));
    }
    return line.bottom();
}

void VerdictCard::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintBox(painter, QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius::card, color(Token::Surface),
        color(Token::Hairline));
    const auto said = words();
    const int sign = std::max(24, qRound(24 * textZoom()));
    const QRect inside = rect().adjusted(pad, pad, -pad, -pad);
    int textLeft = inside.left();
    if (said.known) {
        const QRectF box(inside.left(), inside.top() + (headHeight() - sign) / 2.0, sign, sign);
        said.meets ? paintOk(painter, box, currentTheme())
                   : paintIcon(painter, box, QStringLiteral("triangle-alert"), Token::High);
        textLeft += sign + 10;
    }
    const auto line = [&](int y, int height, const QFont& font, Token token, const QString& text, int left) {
        painter.setFont(font);
        painter.setPen(color(token));
        const QRect box(left, y, inside.right() - left, height);
        painter.drawText(
            box, Qt::AlignVCenter | Qt::AlignLeft, painter.fontMetrics().elidedText(text, Qt::ElideRight, box.width()));
    };
    line(inside.top(), lineHeight(TextRole::H3), widgets::font(TextRole::H3, true), Token::TextPrimary, said.title,
        textLeft);
    line(inside.top() + lineHeight(TextRole::H3), lineHeight(TextRole::Small), widgets::font(TextRole::Small),
        Token::TextSecondary, said.note, textLeft);
    const auto& outcome = m_state->outcome();
    if (!outcome) {
        return;
    }
    int y = inside.top() + headHeight() + 6;
    painter.fillRect(inside.left(), y, inside.width(), 1, color(Token::Hairline));
    y += 6;
    paintCounts(painter, {inside.left(), y, inside.width(), gateHeight()}, tr("Before"),
        count(*outcome->before, outcome->decisions.get()));
    y += gateHeight();
    paintCounts(painter, {inside.left(), y, inside.width(), gateHeight()}, tr("After"),
        count(*outcome->after, outcome->decisions.get()));
    y += gateHeight();
    for (std::size_t i = 0; i < outcome->verdictAfter.gates.size(); ++i) {
        const auto& gate = outcome->verdictAfter.gates[i];
        const int mark = std::max(14, qRound(14 * textZoom()));
        const QRectF box(inside.left(), y + (gateHeight() - mark) / 2.0, mark, mark);
        gate.passed() ? paintOk(painter, box, currentTheme())
                      : paintIcon(painter, box, QStringLiteral("circle-x"), Token::High);
        const QString why = reason(outcome->verdictBefore.gates[i], gate);
        painter.setFont(widgets::font(TextRole::Small));
        const int whyWidth = why.isEmpty() ? 0 : painter.fontMetrics().horizontalAdvance(why) + 8;
        const int left = inside.left() + mark + 8;
        painter.setPen(color(Token::TextPrimary));
        const QRect title(left, y, std::max(0, inside.right() - whyWidth - left), gateHeight());
        painter.drawText(title, Qt::AlignVCenter | Qt::AlignLeft,
            painter.fontMetrics().elidedText(QString::fromStdString(gate.gate.title), Qt::ElideRight, title.width()));
        painter.setPen(color(Token::TextMuted));
        painter.drawText(QRect(inside.left(), y, inside.width(), gateHeight()), Qt::AlignVCenter | Qt::AlignRight, why);
        y += gateHeight();
    }
}

} // namespace cupel::widgets
