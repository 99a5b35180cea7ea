// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/fixes/verdict_card.h"

#include "widgets/common/icons.h"
#include "widgets/common/paint.h"
#include "widgets/common/profile_words.h"
#include "widgets/common/severity.h"

#include <QtCore/QEvent>
#include <QtGui/QPainter>
#include <QtGui/QResizeEvent>

#include <algorithm>
#include <numeric>

namespace cupel::widgets {

namespace {

constexpr int pad = 12;
constexpr int leastRow = 24;
constexpr int countsGap = 13; // hairline and the room around it

int lineRow()
{
    return std::max(leastRow, lineHeight(TextRole::Small) + 6);
}

int wrapped(const QFont& font, const QString& text, int width)
{
    return text.isEmpty()
        ? 0
        : QFontMetrics(font).boundingRect(QRect(0, 0, std::max(40, width), 4000), Qt::TextWordWrap, text).height();
}

// An edit is left out whose finding keeps the profile from being met.
bool wouldHelp(const FixState& state)
{
    const auto& outcome = *state.outcome();
    const auto& gates = state.profile().gates;
    return std::any_of(outcome.refused.begin(), outcome.refused.end(), [&](std::size_t edit) {
        const auto& finding = outcome.before->findings[outcome.plan.edits[edit].finding];
        return state.isRefused(edit) && outcome.isOpen(finding)
            && std::any_of(gates.begin(), gates.end(),
                [&finding](const review::Gate& gate) { return review::blocks(gate, finding); });
    });
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
    const auto& outcome = m_state->outcome();
    m_words = words();
    m_before = outcome ? count(*outcome->before, *outcome) : Counts();
    m_after = outcome ? count(*outcome->after, *outcome) : Counts();
    m_rows = rows();
    setAccessibleName(text());
    keepHeight(); // what stands around it has to give way
    updateGeometry();
    update();
}

QString VerdictCard::Counts::words() const
{
    QStringList parts;
    for (int i = 4; i >= 0; --i) {
        if (bySeverity[i] > 0) {
            parts += QString::number(bySeverity[i]) + u' ' + word(static_cast<Severity>(i)).toLower();
        }
    }
    return parts.join(QStringLiteral(", "));
}

int VerdictCard::Counts::sum() const
{
    return static_cast<int>(std::accumulate(std::begin(bySeverity), std::end(bySeverity), std::size_t{0}));
}

VerdictCard::Counts VerdictCard::count(const Analysis& analysis, const FixOutcome& outcome)
{
    Counts counts;
    for (const auto& finding : analysis.findings) {
        counts.bySeverity[static_cast<std::size_t>(finding.severity)] += outcome.isOpen(finding) ? 1 : 0;
    }
    return counts;
}

VerdictCard::Words VerdictCard::words() const
{
    const auto profile = profileWords(m_state->profile().title);
    const auto& outcome = m_state->outcome();
    if (!outcome) {
        return {m_state->working() ? tr("Working it out\u2026") : tr("Nothing to fix here"),
            m_state->working() ? QString() : tr("Open a notebook or a script in Review first."), false, false};
    }
    const auto on = static_cast<int>(std::count(outcome->on.begin(), outcome->on.end(), true));
    if (!outcome->problems.empty()) {
        return {tr("The edits do not hold"), outcome->problems.front(), false, true};
    }
    // The same words as in the report.
    if (m_state->meets()) {
        const auto kept = keptNote(*outcome);
        const auto& gates = outcome->verdictAfter.gates;
        const bool clean = std::all_of(gates.begin(), gates.end(), [](const auto& gate) { return gate.clean(); });
        if (!kept.isEmpty()) { // never as if nothing were there
            return {tr("Meets the profile %1").arg(profile),
                on == 0 ? kept
                        : tr("%1, %2", "after 3 edits, with 1 accepted finding in it")
                              .arg(tr("after %n edit(s)", nullptr, on), kept),
                true, true, true};
        }
        return {tr("Meets the profile %1").arg(profile),
            !clean        ? (on == 0 ? tr("with what is said below")
                                     : tr("after %n edit(s), with what is said below", nullptr, on))
                : on == 0 ? tr("as it is")
                          : tr("after %n edit(s), checked again", nullptr, on),
            true, true, !clean};
    }
    const auto left = tr("%n reason(s) left", nullptr, static_cast<int>(m_state->reasonsLeft()));
    return {tr("Does not meet the profile %1").arg(profile),
        m_state->blockingOff() > 0 ? tr("%1; edits that would help are off").arg(left)
            : wouldHelp(*m_state)  ? tr("%1; an edit that would help does not hold").arg(left)
                                   : tr("%1, and no edit exists for that: see Review").arg(left),
        false, true};
}

std::vector<VerdictCard::OfGate> VerdictCard::byGate(
    const Analysis& analysis, const FixOutcome& outcome, const std::vector<std::size_t>& gone)
{
    const auto& gates = outcome.verdictAfter.gates;
    std::vector<OfGate> counts(gates.size() + 1);
    for (std::size_t k = 0; k < analysis.findings.size(); ++k) {
        const auto& finding = analysis.findings[k];
        const bool open = outcome.isOpen(finding);
        const bool taken = std::binary_search(gone.begin(), gone.end(), k);
        const auto add = [&](OfGate& of, bool below) {
            if (!open) { // what would stop the gate is told with who answered for it
                of.answered += below ? 1 : 0;
                ++of.decided;
                of.decidedGone += taken ? 1 : 0;
                return;
            }
            ++of.all.bySeverity[static_cast<std::size_t>(finding.severity)];
            of.below.bySeverity[static_cast<std::size_t>(finding.severity)] += below ? 1 : 0;
        };
        bool asked = false;
        for (std::size_t i = 0; i < gates.size(); ++i) {
            if (review::concerns(gates[i].gate, finding)) {
                asked = true;
                add(counts[i], !review::blocks(gates[i].gate, finding));
            }
        }
        if (!asked) {
            add(counts.back(), true);
        }
    }
    return counts;
}

// How many findings of a gate the edits take out, decided ones as well.
QString VerdictCard::takenOut(const OfGate& before, const OfGate& after)
{
    const int less = before.all.sum() + before.decided - after.all.sum() - after.decided;
    // Not the difference of the decided ones: one that stays may be open again, because what it was decided about
    // changed.
    const int decided = std::min(before.decidedGone, less);
    const QString out = less > 0 ? tr("%n finding(s) taken out", nullptr, less) : QString();
    return less <= 0 || decided <= 0 ? out
        : decided == less            ? tr("%1, answered for", "1 finding taken out").arg(out)
                                     : tr("%1, %2 of them answered for", "3 findings taken out").arg(out).arg(decided);
}

std::vector<VerdictCard::Row> VerdictCard::rows() const
{
    std::vector<Row> rows;
    const auto& outcome = m_state->outcome();
    if (!outcome) {
        return rows;
    }
    const auto before = byGate(*outcome->before, *outcome, outcome->gone);
    const auto after = byGate(*outcome->after, *outcome, {});
    const auto gone = [&](std::size_t gate) { return takenOut(before[gate], after[gate]); };
    for (std::size_t i = 0; i + 1 < after.size(); ++i) {
        const auto& gate = outcome->verdictAfter.gates[i];
        const auto stays = after[i].below.words();
        Row row{Row::Sign::Passed, profileWords(gate.gate.title), gone(i), {}};
        row.changes = std::any_of(outcome->plan.edits.begin(), outcome->plan.edits.end(),
            [&](const auto& edit) { return review::concerns(gate.gate, outcome->before->findings[edit.finding]); });
        if (!gate.passed()) {
            row.sign = Row::Sign::Failed;
            const auto left = gate.unread.empty()
                ? tr("%n finding(s) left", nullptr, static_cast<int>(gate.blocking.size()))
                : tr("read in part");
            row.why = row.why.isEmpty() ? left : left + QStringLiteral(", ") + row.why;
        }
        if (const auto kept = keptWords(gate, outcome->decisions.get()); !kept.isEmpty()) {
            row.sign = gate.passed() ? Row::Sign::Rest : row.sign;
            row.rest = kept.join(u'\n');
        }
        if (after[i].answered > 0) {
            row.sign = gate.passed() ? Row::Sign::Rest : row.sign;
            row.rest += (row.rest.isEmpty() ? QString() : QStringLiteral("\n")) + answeredWords(after[i].answered);
        }
        if (!stays.isEmpty()) {
            row.sign = gate.passed() ? Row::Sign::Rest : row.sign;
            row.rest += (row.rest.isEmpty() ? QString() : QStringLiteral("\n")) + belowWords(gate, stays);
        }
        if (gate.picturesSeen > 0) {
            row.rest += (row.rest.isEmpty() ? QString() : QStringLiteral("\n")) + seenWords(gate.picturesSeen);
        }
        rows.push_back(std::move(row));
    }
    // No gate, no limit that something could be milder than.
    auto outside = keptLines(outcome->verdictAfter.unaskedAnswered, outcome->decisions.get());
    if (const auto stays = after.back().below.words(); !stays.isEmpty()) {
        outside += tr("Stays: %1").arg(stays);
    }
    if (const auto out = gone(after.size() - 1); !outside.isEmpty() || !out.isEmpty()) {
        rows.push_back({outside.isEmpty() ? Row::Sign::Passed : Row::Sign::Rest,
            tr("What the profile does not ask about"), out, outside.join(u'\n')});
    }
    addRemains(rows, *outcome);
    return rows;
}

// Equal words may be the value; a word of a name is an ordinary word too often to be held against the copy.
void VerdictCard::addRemains(std::vector<Row>& rows, const FixOutcome& outcome)
{
    const auto shown = [](const std::vector<QString>& all) {
        constexpr qsizetype most = 4;
        const QStringList lines(all.cbegin(), all.cend());
        return (lines.size() > most ? lines.first(most) + QStringList{QStringLiteral("\u2026")} : lines).join(u'\n');
    };
    if (outcome.remaining > 0 || !outcome.allLookedFor) {
        QStringList rest(outcome.remaining > 0 ? shown(outcome.remains) : QString());
        rest += outcome.allLookedFor ? QString() : tr("Too many values were taken out to look for all of them.");
        rest.removeAll(QString());
        rows.push_back({Row::Sign::Rest, tr("Equal words elsewhere"),
            outcome.remaining > 0 ? tr("%n stay(s): look at them", nullptr, outcome.remaining) : QString(),
            rest.join(u'\n')});
    }
    if (!outcome.untold.empty()) {
        rows.push_back({Row::Sign::Rest, tr("Left, and not told in the copy"),
            tr("The edits take out what tells these values: a scan of the copy is silent about them."),
            shown(outcome.untold)});
    }
    if (!outcome.words.empty()) {
        rows.push_back({Row::Sign::Note, tr("Words of names elsewhere"), tr("look whether they mean the same"),
            shown(outcome.words)});
    }
}

QString VerdictCard::text() const
{
    QString all = m_words.title + QStringLiteral(". ") + m_words.note;
    for (const Row& row : m_rows) {
        all += QStringLiteral(". ")
            + (row.sign == Row::Sign::Failed      ? tr("%1: not passed").arg(row.title)
                    : row.sign == Row::Sign::Rest ? tr("%1: something stays").arg(row.title)
                    : row.sign == Row::Sign::Note ? row.title
                                                  : tr("%1: passed").arg(row.title));
        for (const QString& more : {row.why, row.rest}) {
            all += more.isEmpty() ? QString() : QStringLiteral(", ") + more;
        }
    }
    return all;
}

QString VerdictCard::below(const Row& row, int room) const
{
    const QFontMetrics metrics(widgets::font(TextRole::Small));
    // What an edit changes stands always below: a line there that comes and goes would move all others.
    const bool beside =
        !row.changes && metrics.horizontalAdvance(row.title) + metrics.horizontalAdvance(row.why) + 12 <= room;
    QStringList lines{beside ? QString() : row.why, row.rest};
    lines.removeAll(QString());
    return lines.join(u'\n');
}

int VerdictCard::rowHeight(const Row& row, int room) const
{
    const QFont font = widgets::font(TextRole::Small);
    return std::max(lineRow(), wrapped(font, row.title, room) + 6) + wrapped(font, below(row, room), room);
}

int VerdictCard::headHeight() const
{
    const int room = width() - 2 * pad - (m_words.known ? zoomed(24) + 10 : 0);
    return wrapped(widgets::font(TextRole::H3, true), m_words.title, room)
        + std::max(lineHeight(TextRole::Small), wrapped(widgets::font(TextRole::Small), m_words.note, room));
}

int VerdictCard::heightNow() const
{
    int height = 2 * pad + headHeight() + (m_state->outcome() ? 2 * lineRow() + countsGap : 0);
    for (const Row& row : m_rows) {
        height += rowHeight(row, width() - 2 * pad - zoomed(14) - 8);
    }
    return height;
}

void VerdictCard::keepHeight()
{
    const auto& outcome = m_state->outcome();
    const QString now = QString::fromStdString(outcome ? outcome->before->artifact.path : std::string()) + u'\n'
        + QString::fromStdString(outcome ? outcome->verdictAfter.profile : std::string()) + u'\n'
        + QString::number(width()) + u'\n' + QString::number(lineRow());
    // Only while edits are tried: of the verdict of another profile, or of edits taken back, no empty band stays.
    const bool tried = now == m_shownFor && !m_state->choices().empty();
    m_reserved = tried ? std::max(m_reserved, heightNow()) : heightNow();
    m_shownFor = now;
    setFixedHeight(m_reserved);
}

QSize VerdictCard::sizeHint() const
{
    return {240, std::max(m_reserved, heightNow())};
}

void VerdictCard::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    if (event->size().width() != event->oldSize().width()) {
        keepHeight();
    }
}

bool VerdictCard::event(QEvent* event)
{
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::PaletteChange) {
        keepHeight();
        updateGeometry();
        update();
    }
    return QWidget::event(event);
}

void VerdictCard::paintCounts(QPainter& painter, const QRect& line, const QString& label, const Counts& counts) const
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
        const int glyph = zoomed(12);
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
}

void VerdictCard::paintHead(QPainter& painter, const QRect& box) const
{
    QRect text = box;
    if (m_words.known) {
        const int size = zoomed(24);
        const QRectF sign(box.left(), box.top() + (box.height() - size) / 2.0, size, size);
        (m_words.meets && m_words.kept) ? paintIcon(painter, sign, QStringLiteral("info"), Token::TextSecondary)
            : m_words.meets             ? paintOk(painter, sign, currentTheme())
                                        : paintIcon(painter, sign, QStringLiteral("triangle-alert"), Token::High);
        text.setLeft(box.left() + size + 10);
    }
    const QFont strong = widgets::font(TextRole::H3, true);
    painter.setFont(strong);
    painter.setPen(color(Token::TextPrimary));
    painter.drawText(text, Qt::AlignTop | Qt::AlignLeft | Qt::TextWordWrap, m_words.title);
    text.setTop(text.top() + wrapped(strong, m_words.title, text.width()));
    painter.setFont(widgets::font(TextRole::Small));
    painter.setPen(color(Token::TextSecondary));
    painter.drawText(text, Qt::AlignTop | Qt::AlignLeft | Qt::TextWordWrap, m_words.note);
}

void VerdictCard::paintRow(QPainter& painter, const QRect& box, const Row& row) const
{
    const int mark = zoomed(14);
    const QRectF sign(box.left(), box.top() + (lineRow() - mark) / 2.0, mark, mark);
    if (row.sign == Row::Sign::Passed) {
        paintOk(painter, sign, currentTheme());
    } else {
        const bool failed = row.sign == Row::Sign::Failed;
        paintIcon(painter, sign, failed ? QStringLiteral("circle-x") : QStringLiteral("info"),
            failed ? Token::High : Token::TextSecondary);
    }
    QRect text = box.adjusted(mark + 8, 3, 0, 0);
    const QString under = below(row, text.width());
    const QFont small = widgets::font(TextRole::Small);
    const int titleHeight = std::max(lineRow() - 6, wrapped(small, row.title, text.width()));
    painter.setFont(small);
    painter.setPen(color(Token::TextPrimary));
    const QRect title(text.left(), text.top(), text.width(), titleHeight);
    painter.drawText(title, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextWordWrap, row.title);
    painter.setPen(color(Token::TextMuted));
    if (!row.why.isEmpty() && !under.startsWith(row.why)) {
        painter.drawText(title, Qt::AlignVCenter | Qt::AlignRight, row.why);
    }
    text.setTop(text.top() + titleHeight);
    painter.setPen(color(Token::TextSecondary));
    painter.drawText(text, Qt::AlignTop | Qt::AlignLeft | Qt::TextWordWrap, under);
}

void VerdictCard::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    // What is kept free below it belongs to the page, not to the card.
    const QRectF box(0.5, 0.5, width() - 1.0, std::min(height(), heightNow()) - 1.0);
    paintBox(painter, box, radius::card, color(Token::Surface), color(Token::Hairline));
    const int left = pad;
    const int room = width() - 2 * pad;
    int y = pad;
    paintHead(painter, {left, y, room, headHeight()});
    if (!m_state->outcome()) {
        return;
    }
    y += headHeight() + 6;
    painter.fillRect(left, y, room, 1, color(Token::Hairline));
    y += 7;
    paintCounts(painter, {left, y, room, lineRow()}, tr("Before"), m_before);
    y += lineRow();
    paintCounts(painter, {left, y, room, lineRow()}, tr("After"), m_after);
    y += lineRow();
    for (const Row& row : m_rows) {
        const int height = rowHeight(row, room - zoomed(14) - 8);
        paintRow(painter, {left, y, room, height}, row);
        y += height;
    }
}

} // namespace cupel::widgets
