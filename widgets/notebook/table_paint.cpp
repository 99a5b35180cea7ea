// SPDX-License-Identifier: GPL-3.0-or-later
// How a table is painted: what is visible of it, with its marks, and values that their cells cut.
#include "widgets/notebook/table_block.h"

#include "widgets/common/severity.h"
#include "widgets/common/theme.h"

#include <QtGui/QFontMetricsF>
#include <QtGui/QPainter>
#include <QtGui/QTextLayout>

#include <algorithm>
#include <cmath>

namespace cupel::widgets {

namespace {

constexpr std::size_t keptLayouts = 4'000;

} // namespace

void TableBlock::paintBacks(QPainter& painter) const
{
    const auto bottom = rowTop(static_cast<int>(m_data.rows.size()));
    for (const auto& column : m_columns) {
        if (column.worst) {
            painter.fillRect(QRectF(column.left, 0, column.width, bottom), color(Token::WarnBand));
        }
    }
}

void TableBlock::paint(QPainter& painter, const PaintState& state)
{
    if (m_data.rows.empty() || m_columns.empty()) {
        return;
    }
    if (m_layouts.size() > keptLayouts) {
        m_layouts.clear();
    }
    const auto bottom = rowTop(static_cast<int>(m_data.rows.size()));
    painter.save();
    painter.setClipRect(QRectF(0, 0, m_width, bottom), Qt::IntersectClip);
    painter.translate(-m_scroll, 0);
    paintBacks(painter);
    const auto first = rowAt(std::max(state.clip.top(), 0.0));
    const auto last = rowAt(std::max(state.clip.bottom(), 0.0));
    const auto lastColumn = columnAt(m_width);
    for (int row = first; row <= last; ++row) {
        for (int column = columnAt(0); column <= lastColumn; ++column) {
            paintCell(painter, row, column, state);
        }
        const bool head = row + 1 == m_data.headRows;
        painter.fillRect(
            QRectF(m_scroll, rowTop(row + 1) - 1, m_width, 1), color(head ? Token::ControlBorder : Token::Hairline));
    }
    for (int row = std::max(first, m_data.headRows); state.revealing && row <= last; ++row) {
        for (int column = columnAt(0); column <= lastColumn; ++column) {
            paintWhole(painter, row, column);
        }
    }
    painter.restore();
    if (m_total > m_width + 1) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(color(Token::ControlBorder));
        const auto length = m_width * m_width / m_total;
        painter.drawRoundedRect(QRectF(m_scroll / m_total * m_width, bottom + 3, length, 4), 2, 2);
    }
}

void TableBlock::paintCell(QPainter& painter, int row, int column, const PaintState& state) const
{
    const auto& item = cell(row, column);
    const auto& place = m_columns[static_cast<std::size_t>(column)];
    const auto top = rowTop(row);
    const auto height = rowTop(row + 1) - top;
    if (row == 0 && m_data.headRows > 0 && place.worst) {
        const auto left = place.numeric ? textLeft(row, column) - shapeSize - 6 : place.left + padding;
        paintSeverity(painter, QRectF(left, top + (height - shapeSize) / 2, shapeSize, shapeSize), *place.worst, false);
    }
    if (item.text.isEmpty()) {
        return;
    }
    auto& text = cellLayout(row, column);
    const QPointF origin(textLeft(row, column), top);
    QList<QTextLayout::FormatRange> selections;
    const auto from = std::max(state.selectionStart - start(row, column), 0);
    const auto to = std::min<int>(state.selectionEnd - start(row, column), static_cast<int>(text.text().size()));
    if (from < to) {
        QTextCharFormat format;
        format.setBackground(color(Token::Selection));
        selections.append({from, to - from, format});
    }
    painter.setPen(
        color(column == 0 && row >= m_data.headRows && item.header ? Token::TextSecondary : Token::TextPrimary));
    text.draw(&painter, origin, selections);
    for (const auto& mark : item.marks) {
        paintMark(painter, text, mark, origin, wraps() ? -1 : top + height - 4);
    }
}

// Under each line that it stands on; `y`: of the only one, negative: below the line.
void TableBlock::paintMark(QPainter& painter, const QTextLayout& text, const Mark& mark, QPointF origin, qreal y)
{
    const auto size = static_cast<int>(text.text().size());
    const auto start = std::min(mark.start, size);
    const auto end = std::min(std::max(mark.end, mark.start + 1), size);
    for (int i = 0; i < text.lineCount(); ++i) {
        const auto line = text.lineAt(i);
        const auto from = std::max(start, line.textStart());
        const auto to = std::min(end, line.textStart() + line.textLength());
        if (from < to || (from == to && start == end && i + 1 == text.lineCount())) {
            const auto left = line.cursorToX(from);
            const auto below = y >= 0 ? y : origin.y() + line.y() + line.height() - 1;
            painter.fillRect(QRectF(origin.x() + left, below, std::max(line.cursorToX(to) - left, 4.0), 2),
                color(token(mark.severity)));
        }
    }
}

// The start of a value that its column cuts, or what is found behind the end of a wrapped cell and what leads there;
// empty: all of it stands in the cell.
QString TableBlock::cutText(int row, int column) const
{
    constexpr qsizetype longest = 200;
    constexpr qsizetype before = 40;
    const auto& item = cell(row, column);
    if (!m_columns[static_cast<std::size_t>(column)].worst || item.text.isEmpty()
        || cellLayout(row, column).text() == item.text) {
        return {};
    }
    if (!wraps()) {
        return item.text.left(longest);
    }
    const auto shown = cellLayout(row, column).text().size() - 1; // without the ellipsis
    const auto behind =
        std::find_if(item.marks.begin(), item.marks.end(), [shown](const Mark& mark) { return mark.end > shown; });
    if (behind == item.marks.end()) {
        return {};
    }
    return QStringLiteral("\u2026") + item.text.mid(std::max<qsizetype>(0, behind->start - before), longest);
}

// Over the cells beside it; the columns themselves stay where they are.
void TableBlock::paintWhole(QPainter& painter, int row, int column) const
{
    const auto shown = cutText(row, column);
    if (shown.isEmpty()) {
        return;
    }
    const auto& place = m_columns[static_cast<std::size_t>(column)];
    const auto cellFont = fontOf(cell(row, column), row);
    const QFontMetricsF metrics(cellFont);
    const auto width = metrics.horizontalAdvance(shown) + 2 * padding;
    const auto left = std::max(m_scroll, std::min(place.left, m_scroll + m_width - width));
    // Of a wrapped cell over its last line, where the ellipsis is.
    const auto height = std::min(rowTop(row + 1) - rowTop(row), m_rowHeight);
    const auto above = rowTop(row + 1) - height + (height - metrics.height()) / 2;
    const QRectF box(left, std::floor(above), width, std::ceil(metrics.height()));
    painter.fillRect(box, color(Token::Surface));
    painter.fillRect(box, color(Token::WarnBand));
    painter.setFont(cellFont);
    painter.setPen(color(Token::TextPrimary));
    painter.drawText(box.adjusted(padding, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, shown);
}

} // namespace cupel::widgets
