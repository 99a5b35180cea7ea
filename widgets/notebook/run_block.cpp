// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/notebook/run_block.h"

#include "widgets/common/severity.h"
#include "widgets/common/theme.h"

#include <QtGui/QFontMetricsF>
#include <QtGui/QPainter>
#include <QtGui/QTextOption>

#include <algorithm>
#include <cmath>

namespace cupel::widgets {

namespace {

QList<QTextLayout::FormatRange> formatsOf(const std::vector<Span>& spans, const RunStyle& style, int length)
{
    QList<QTextLayout::FormatRange> formats;
    QTextCharFormat base;
    base.setForeground(color(style.ink));
    formats.append({0, length, base});
    for (const auto& span : spans) {
        QTextCharFormat format;
        format.setForeground(color(span.ink));
        if (span.strong) {
            format.setFontWeight(QFont::DemiBold);
        }
        format.setFontItalic(span.italic);
        format.setFontStrikeOut(span.strike);
        format.setFontUnderline(span.ink == Ink::Link);
        if (span.mono) {
            const auto code = font(TextRole::Code);
            format.setFontFamilies(code.families());
            format.setFontFixedPitch(true);
            format.setFontPointSize(code.pointSizeF() * style.font.pointSizeF() / font(TextRole::Base).pointSizeF());
            format.setBackground(color(Token::Third));
        }
        if (span.start < length) {
            formats.append({span.start, std::min(span.length, length - span.start), format});
        }
    }
    return formats;
}

} // namespace

void RunBlock::clearRuns()
{
    m_runs.clear();
    m_length = 0;
}

RunBlock::Run& RunBlock::addRun(const QString& text, const RunStyle& style, QPointF origin,
    const std::vector<Span>& spans, const std::vector<Mark>& marks)
{
    Run run;
    run.text = text;
    run.origin = origin;
    run.rowHeight = style.rowHeight;
    run.start = m_length;
    run.after = style.after;
    run.marks = marks;
    auto shown = text;
    // Line ends inside one run (a hard break) are rows of their own.
    shown.replace(u'\n', QChar::LineSeparator);
    if (!style.wrap) {
        shown = QFontMetricsF(style.font).elidedText(shown, Qt::ElideRight, std::max(style.width, 1.0));
    }
    run.layout = std::make_unique<QTextLayout>(shown, style.font);
    QTextOption option;
    option.setWrapMode(style.wrap ? QTextOption::WrapAtWordBoundaryOrAnywhere : QTextOption::NoWrap);
    run.layout->setTextOption(option);
    run.layout->setCacheEnabled(true);
    run.layout->setFormats(formatsOf(spans, style, static_cast<int>(shown.size())));
    run.layout->beginLayout();
    for (int row = 0;; ++row) {
        auto line = run.layout->createLine();
        if (!line.isValid()) {
            break;
        }
        line.setLineWidth(style.wrap ? std::max(style.width, 40.0) : 1e6);
        line.setPosition({0, row * style.rowHeight + (style.rowHeight - line.height()) / 2});
        run.width = std::max(run.width, line.naturalTextWidth());
    }
    run.layout->endLayout();
    m_length += static_cast<int>(text.size()) + 1;
    m_runs.push_back(std::move(run));
    return m_runs.back();
}

void RunBlock::paintMarks(QPainter& painter, const Run& run, const PaintState& state, bool behind)
{
    for (const auto& mark : run.marks) {
        if (behind && mark.finding != state.hovered) {
            continue;
        }
        for (int row = 0; row < run.layout->lineCount(); ++row) {
            const auto line = run.layout->lineAt(row);
            const auto from = std::max(mark.start, line.textStart());
            const auto to = std::min(std::max(mark.end, mark.start + 1), line.textStart() + line.textLength());
            if (from >= to) {
                continue;
            }
            const auto left = run.origin.x() + line.cursorToX(from);
            const auto width = std::max(line.cursorToX(to) - line.cursorToX(from), 2.0);
            const auto top = run.origin.y() + row * run.rowHeight;
            if (behind) {
                painter.fillRect(QRectF(left, top + 1, width, run.rowHeight - 2), color(Token::Selection));
            } else {
                painter.fillRect(QRectF(left, top + run.rowHeight - 2, width, 2), color(token(mark.severity)));
            }
        }
    }
}

void RunBlock::paintRuns(QPainter& painter, const PaintState& state) const
{
    for (const auto& run : m_runs) {
        if (run.origin.y() > state.clip.bottom() || run.origin.y() + run.height() < state.clip.top()) {
            continue;
        }
        paintMarks(painter, run, state, true);
        QList<QTextLayout::FormatRange> selections;
        const auto length = static_cast<int>(run.layout->text().size());
        const auto from = std::clamp(state.selectionStart - run.start, 0, length);
        const auto to = std::clamp(state.selectionEnd - run.start, 0, length);
        if (from < to) {
            QTextCharFormat format;
            format.setBackground(color(Token::Selection));
            selections.append({from, to - from, format});
        }
        run.layout->draw(&painter, run.origin, selections);
        paintMarks(painter, run, state, false);
    }
}

QString RunBlock::text() const
{
    QString result;
    for (const auto& run : m_runs) {
        result += run.text;
        result += run.after;
    }
    result.chop(1);
    return result;
}

int RunBlock::positionAt(QPointF point) const
{
    const Run* best = nullptr;
    qreal bestDistance = 0;
    for (const auto& run : m_runs) {
        const auto dy = std::max({run.origin.y() - point.y(), point.y() - run.origin.y() - run.height(), 0.0});
        const auto dx = std::max({run.origin.x() - point.x(), point.x() - run.origin.x() - run.width, 0.0});
        const auto distance = dy * 1000 + dx; // the row first
        if (!best || distance < bestDistance) {
            best = &run;
            bestDistance = distance;
        }
    }
    if (!best || best->layout->lineCount() == 0) {
        return best ? best->start : -1;
    }
    const auto row = std::clamp(
        static_cast<int>((point.y() - best->origin.y()) / best->rowHeight), 0, best->layout->lineCount() - 1);
    auto position = best->layout->lineAt(row).xToCursor(point.x() - best->origin.x());
    if (position >= best->layout->text().size() && best->layout->text().size() < best->text.size()) {
        position = static_cast<int>(best->text.size()); // past the ellipsis: everything
    }
    return best->start + position;
}

std::optional<QRectF> RunBlock::findingRect(std::size_t finding) const
{
    for (const auto& run : m_runs) {
        for (const auto& mark : run.marks) {
            if (mark.finding == finding && run.layout->lineCount() > 0) {
                const auto line = run.layout->lineForTextPosition(
                    std::clamp(mark.start, 0, static_cast<int>(run.layout->text().size())));
                const auto row = line.isValid() ? line.lineNumber() : 0;
                return QRectF(run.origin.x(), run.origin.y() + row * run.rowHeight, run.width, run.rowHeight);
            }
        }
    }
    return {};
}

std::optional<std::size_t> RunBlock::findingAt(QPointF point) const
{
    for (const auto& run : m_runs) {
        if (run.marks.empty() || !QRectF(run.origin, QSizeF(run.width, run.height())).contains(point)) {
            continue;
        }
        const auto position = positionAt(point) - run.start;
        for (const auto& mark : run.marks) {
            if (position >= mark.start && position <= mark.end) {
                return mark.finding;
            }
        }
    }
    return {};
}

} // namespace cupel::widgets
