// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/notebook/text_block.h"

#include "widgets/common/severity.h"
#include "widgets/common/theme.h"

#include <QtGui/QFontMetricsF>
#include <QtGui/QPainter>
#include <QtGui/QTextOption>

#include <algorithm>
#include <cmath>
#include <iterator>

namespace cupel::widgets {

namespace {

constexpr std::size_t keptLayouts = 400; // more than any screen shows

QTextCharFormat formatOf(const Span& span)
{
    QTextCharFormat format;
    format.setForeground(color(span.ink));
    if (span.strong) {
        format.setFontWeight(QFont::DemiBold);
    }
    if (span.italic) {
        format.setFontItalic(true);
    }
    return format;
}

void breakRows(QTextLayout& text, qreal width, qreal rowHeight)
{
    text.beginLayout();
    for (int row = 0;; ++row) {
        auto line = text.createLine();
        if (!line.isValid()) {
            break;
        }
        line.setLineWidth(width);
        line.setPosition({0, row * rowHeight + (rowHeight - line.height()) / 2});
    }
    text.endLayout();
}

bool isAscii(QStringView text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() < 0x7F && c != u'\t'; });
}

// Joins the character before it: takes no room of its own.
bool joins(char32_t point)
{
    return point >= 0x300
        && (point == 0x200C || point == 0x200D || (point >= 0xFE00 && point <= 0xFE0F)
            || QChar::category(point) == QChar::Mark_NonSpacing || QChar::category(point) == QChar::Mark_Enclosing);
}

// What the code font, or one like it, draws in one column; everything else is given two, so that a row never holds more
// than fits.
bool isNarrow(char32_t point)
{
    return point < 0x530 || (point >= 0x1E00 && point < 0x2030) || (point >= 0x2190 && point < 0x2194)
        || (point >= 0x2500 && point < 0x25A0) || point == 0xFFFD;
}

} // namespace

TextBlock::TextBlock(std::shared_ptr<const TextData> data, int first, int end, TextBlockStyle style)
    : m_data(std::move(data))
    , m_first(first)
    , m_end(end)
    , m_style(style)
    , m_font(font(TextRole::Code))
    , m_rowHeight(lineHeight(TextRole::Code))
    , m_column(QFontMetricsF(m_font).horizontalAdvance(u'0'))
    , m_wide(std::max(2 * m_column, QFontMetricsF(m_font).horizontalAdvance(QChar(0x6F22))))
{
}

qreal TextBlock::textLeft() const
{
    return m_style.left + (m_style.numbers ? codeLeft : 0);
}

int TextBlock::rowsOf(int line) const
{
    const auto& entry = m_data->lines[static_cast<std::size_t>(line)];
    if (entry.length <= m_columns && m_data->ascii) {
        return 1;
    }
    const auto text = QStringView(m_data->text).mid(entry.start, entry.length);
    if (m_data->ascii || isAscii(text)) {
        return std::max(1, (entry.length + m_columns - 1) / m_columns);
    }
    return countRows(text);
}

qreal TextBlock::advanceOf(char32_t point, qreal at) const
{
    if (point == U'\t') {
        const auto stop = m_column * 8;
        return stop - std::fmod(at, stop);
    }
    return joins(point) ? 0 : isNarrow(point) ? m_column : m_wide;
}

// As laying the line out would break it, without its cost. makeLayout() keeps to this count.
int TextBlock::countRows(QStringView text) const
{
    int rows = 1;
    qreal at = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        char32_t point = text[i].unicode();
        if (text[i].isHighSurrogate() && i + 1 < text.size()) {
            point = QChar::surrogateToUcs4(text[i], text[i + 1]);
            ++i;
        }
        auto advance = advanceOf(point, at);
        if (at > 0 && at + advance > m_width + 0.01) {
            ++rows;
            at = 0;
            advance = advanceOf(point, at);
        }
        at += advance;
    }
    return rows;
}

qreal TextBlock::layout(qreal width)
{
    const auto textWidth = std::max(width - textLeft(), m_column * 8);
    if (textWidth != m_width) {
        m_layouts.clear();
    }
    m_width = textWidth;
    m_columns = std::max(1, static_cast<int>((m_width + 0.01) / m_column));
    m_rows.clear();
    int row = 0;
    std::vector<int> rows;
    rows.reserve(static_cast<std::size_t>(m_end - m_first) + 1);
    for (auto line = m_first; line < m_end; ++line) {
        rows.push_back(row);
        row += rowsOf(line);
    }
    rows.push_back(row);
    m_rows = std::move(rows);
    return row * m_rowHeight;
}

int TextBlock::lineAtRow(int row) const
{
    const auto after = std::upper_bound(m_rows.begin(), m_rows.end(), row);
    return std::clamp(m_first + static_cast<int>(after - m_rows.begin()) - 1, m_first, m_end - 1);
}

std::unique_ptr<QTextLayout> TextBlock::makeLayout(int line) const
{
    const auto& entry = m_data->lines[static_cast<std::size_t>(line)];
    auto result = std::make_unique<QTextLayout>(m_data->text.mid(entry.start, entry.length), m_font);
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAnywhere);
    option.setTabStopDistance(m_column * 8);
    option.setTextDirection(Qt::LeftToRight);
    result->setTextOption(option);
    result->setCacheEnabled(true);
    QList<QTextLayout::FormatRange> formats;
    const auto end = entry.start + entry.length;
    auto span = std::upper_bound(m_data->spans.begin(), m_data->spans.end(), entry.start,
        [](int u, const Span& s) { return u < s.start + s.length; });
    for (; span != m_data->spans.end() && span->start < end; ++span) {
        const auto from = std::max(span->start, entry.start);
        formats.append({from - entry.start, std::min(span->start + span->length, end) - from, formatOf(*span)});
    }
    result->setFormats(formats);
    breakRows(*result, m_width, m_rowHeight);
    // A script wider than it was counted: smaller, so that it neither covers the next line nor leaves the page.
    auto smaller = m_font;
    for (int round = 0; round < 4 && !m_data->ascii && result->lineCount() > rowsOf(line); ++round) {
        smaller.setPointSizeF(smaller.pointSizeF() * 0.8);
        result->setFont(smaller);
        breakRows(*result, m_width, m_rowHeight);
    }
    return result;
}

QTextLayout& TextBlock::lineLayout(int line) const
{
    auto& entry = m_layouts[line];
    if (!entry) {
        entry = makeLayout(line);
    }
    return *entry;
}

std::vector<const Mark*> TextBlock::marksOf(int line) const
{
    std::vector<const Mark*> found;
    const auto& entry = m_data->lines[static_cast<std::size_t>(line)];
    const auto& marks = m_data->marks;
    auto mark = std::lower_bound(marks.begin(), marks.end(), entry.start + entry.length + 1,
        [](const Mark& m, int end) { return m.start < end; });
    while (mark != marks.begin() && std::prev(mark)->start + m_data->longestMark >= entry.start) {
        --mark;
        if (mark->end > entry.start || mark->start >= entry.start) {
            found.push_back(&*mark);
        }
    }
    std::reverse(found.begin(), found.end());
    return found;
}

void TextBlock::paint(QPainter& painter, const PaintState& state)
{
    if (m_layouts.size() > keptLayouts) {
        m_layouts.clear();
    }
    const auto firstRow = std::max(0, static_cast<int>(state.clip.top() / m_rowHeight));
    const auto lastRow = static_cast<int>(state.clip.bottom() / m_rowHeight);
    for (auto line = lineAtRow(firstRow); line < m_end && m_rows[static_cast<std::size_t>(line - m_first)] <= lastRow;
        ++line) {
        paintLine(painter, line, state);
    }
}

void TextBlock::paintLine(QPainter& painter, int line, const PaintState& state)
{
    const auto& entry = m_data->lines[static_cast<std::size_t>(line)];
    const QPointF origin(textLeft(), m_rows[static_cast<std::size_t>(line - m_first)] * m_rowHeight);
    if (m_style.numbers) {
        paintNumber(painter, line);
    }
    if (!m_data->marks.empty()) {
        paintMarks(painter, line, state, true);
    }
    QList<QTextLayout::FormatRange> selections;
    const auto base = entry.start - firstUnit();
    const auto from = std::max(state.selectionStart - base, 0);
    const auto to = std::min(state.selectionEnd - base, entry.length);
    if (state.selectionEnd > state.selectionStart && from < to) {
        QTextCharFormat format;
        format.setBackground(color(Token::Selection));
        selections.append({from, to - from, format});
    }
    painter.setPen(color(Token::TextPrimary));
    auto& text = lineLayout(line);
    const auto top = std::max(state.clip.top() - origin.y(), 0.0);
    text.draw(&painter, origin, selections,
        QRectF(0, origin.y() + top - m_rowHeight, origin.x() + m_width + 1, state.clip.height() + 2 * m_rowHeight));
    if (!m_data->marks.empty()) {
        paintMarks(painter, line, state, false);
    }
}

void TextBlock::paintMarks(QPainter& painter, int line, const PaintState& state, bool behind) const
{
    const auto& entry = m_data->lines[static_cast<std::size_t>(line)];
    const QPointF origin(textLeft(), m_rows[static_cast<std::size_t>(line - m_first)] * m_rowHeight);
    const auto& text = lineLayout(line);
    for (const auto* mark : marksOf(line)) {
        if (behind && mark->finding != state.hovered) {
            continue;
        }
        const auto from = std::clamp(mark->start - entry.start, 0, entry.length);
        const auto to = std::clamp(std::max(mark->end, mark->start + 1) - entry.start, from, entry.length);
        for (int row = 0; row < text.lineCount(); ++row) {
            const auto textLine = text.lineAt(row);
            const auto rowStart = textLine.textStart();
            const auto rowEnd = rowStart + textLine.textLength();
            if (to <= rowStart || from >= rowEnd) {
                continue;
            }
            const auto left = textLine.cursorToX(std::max(from, rowStart));
            const auto right = textLine.cursorToX(std::min(to, rowEnd));
            const auto bottom = origin.y() + (row + 1) * m_rowHeight;
            if (behind) {
                painter.fillRect(QRectF(origin.x() + left, bottom - m_rowHeight + 1, right - left, m_rowHeight - 2),
                    color(Token::Selection));
            } else {
                painter.fillRect(QRectF(origin.x() + left, bottom - 2, std::max(right - left, 2.0), 2),
                    color(token(mark->severity)));
            }
        }
    }
}

void TextBlock::paintNumber(QPainter& painter, int line) const
{
    const auto& entry = m_data->lines[static_cast<std::size_t>(line)];
    const auto top = m_rows[static_cast<std::size_t>(line - m_first)] * m_rowHeight;
    if (entry.number > 0) {
        const auto number = QString::number(entry.number);
        auto numberFont = m_font;
        // Five digits and more shrink instead of running into the shapes.
        numberFont.setPointSizeF(font(TextRole::Caption).pointSizeF()
            * (number.size() > 4 ? 4.0 / static_cast<double>(number.size()) : 1.0));
        painter.setFont(numberFont);
        painter.setPen(color(Token::TextMuted));
        painter.drawText(QRectF(-6, top, 28, m_rowHeight), Qt::AlignRight | Qt::AlignVCenter, number);
    }
    const Mark* worst = nullptr;
    for (const auto* mark : marksOf(line)) {
        if (mark->start >= entry.start && (!worst || mark->severity > worst->severity)) {
            worst = mark;
        }
    }
    if (worst) {
        paintSeverity(painter, QRectF(32, top + (m_rowHeight - 14) / 2, 14, 14), worst->severity, false);
    }
}

QString TextBlock::text() const
{
    const auto& last = m_data->lines[static_cast<std::size_t>(m_end - 1)];
    auto result = m_data->text.mid(firstUnit(), last.start + last.length - firstUnit());
    return result;
}

int TextBlock::positionAt(QPointF point) const
{
    if (m_rows.empty()) {
        return -1;
    }
    const auto row = static_cast<int>(std::max(point.y(), 0.0) / m_rowHeight);
    const auto& last = m_data->lines[static_cast<std::size_t>(m_end - 1)];
    if (row >= m_rows.back()) {
        return last.start + last.length - firstUnit();
    }
    const auto line = lineAtRow(row);
    const auto& entry = m_data->lines[static_cast<std::size_t>(line)];
    const auto& text = lineLayout(line);
    const auto inLine =
        std::clamp(row - m_rows[static_cast<std::size_t>(line - m_first)], 0, std::max(0, text.lineCount() - 1));
    const auto offset = text.lineCount() > 0 ? text.lineAt(inLine).xToCursor(point.x() - textLeft()) : 0;
    return entry.start - firstUnit() + offset;
}

std::optional<QRectF> TextBlock::findingRect(std::size_t finding) const
{
    const auto known = m_data->startOf.find(finding);
    if (known == m_data->startOf.end()) {
        return {};
    }
    const auto line = m_data->lineAt(known->second);
    if (line < m_first || line >= m_end || m_rows.empty()) {
        return {};
    }
    const auto& entry = m_data->lines[static_cast<std::size_t>(line)];
    const auto inRow = m_data->ascii ? (known->second - entry.start) / m_columns : 0;
    const auto row = std::min(m_rows[static_cast<std::size_t>(line - m_first)] + inRow,
        m_rows[static_cast<std::size_t>(line - m_first) + 1] - 1);
    return QRectF(0, row * m_rowHeight, m_width, m_rowHeight);
}

std::optional<std::size_t> TextBlock::findingAt(QPointF point) const
{
    if (m_data->marks.empty() || point.y() < 0 || m_rows.empty() || point.y() >= m_rows.back() * m_rowHeight) {
        return {};
    }
    const auto line = lineAtRow(static_cast<int>(point.y() / m_rowHeight));
    const auto marks = marksOf(line);
    if (m_style.numbers && point.x() >= 28 && point.x() < 50 && !marks.empty()) {
        return (*std::max_element(marks.begin(), marks.end(), [](auto* a, auto* b) {
            return a->severity < b->severity;
        }))->finding;
    }
    const auto position = positionAt(point) + firstUnit();
    for (const auto* mark : marks) {
        if (position >= mark->start && position <= mark->end && point.x() >= textLeft()) {
            return mark->finding;
        }
    }
    return {};
}

} // namespace cupel::widgets
