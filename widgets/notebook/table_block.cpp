// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/notebook/table_block.h"

#include "widgets/common/severity.h"
#include "widgets/common/theme.h"

#include <QtGui/QFontMetricsF>
#include <QtGui/QTextLayout>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace cupel::widgets {

namespace {

constexpr qreal widestColumn = 320;
constexpr qreal narrowestColumn = 44;
constexpr qreal readableColumn = 96; // columns are not squeezed below it
constexpr qreal scrollTrack = 8; // under a table that is wider than the page
constexpr std::size_t measuredRows = 60;
constexpr std::size_t measuredCells = 3'000;

constexpr qsizetype measuredText = 200;
constexpr qsizetype longestCell = 1'000; // characters that are shown

// What is laid out of a cell; an ellipsis says that there is more.
QString shownStart(const QString& text)
{
    const auto cut = text.size() > longestCell;
    const auto half = cut && text.at(longestCell - 1).isHighSurrogate() ? 1 : 0;
    return cut ? text.left(longestCell - half) + QStringLiteral("\u2026") : text;
}

// Guesses widths from those of single letters: to shape every text costs more than all the rest of a table.
class Ruler {
public:
    explicit Ruler(const QFontMetricsF& metrics)
        : m_other(metrics.averageCharWidth() * 2)
    {
        for (std::size_t i = 0; i < m_letters.size(); ++i) {
            m_letters[i] = metrics.horizontalAdvance(QChar(static_cast<char16_t>(i + first)));
        }
    }
    [[nodiscard]] qreal guess(QStringView text) const
    {
        return std::accumulate(text.begin(), text.end(), 0.0, [this](qreal width, QChar letter) {
            const auto index = static_cast<std::size_t>(letter.unicode()) - first;
            return width + (index < m_letters.size() ? m_letters[index] : m_other);
        });
    }

private:
    static constexpr std::size_t first = 0x20;
    std::array<qreal, 0x7F - first> m_letters{};
    qreal m_other;
};

struct Widest {
    QStringView text;
    qreal guess = -1;
    void take(QStringView other, const Ruler& ruler)
    {
        other = other.left(measuredText);
        if (const auto width = ruler.guess(other); width > guess) {
            guess = width;
            text = other;
        }
    }
};

bool isNumber(const QString& text)
{
    if (text.isEmpty()) {
        return true;
    }
    const auto first = text.front();
    bool ok = first.isDigit() || first == u'-' || first == u'+' || first == u'.';
    if (ok) {
        auto plain = text;
        plain.remove(u',').remove(u'%');
        plain.toDouble(&ok);
    }
    return ok || text == QLatin1StringView("NaN") || text == QLatin1StringView("...")
        || text == QStringLiteral("\u2026");
}

} // namespace

TableBlock::TableBlock(TableData data)
    : m_data(std::move(data))
    , m_headHeight(std::round(28 * textZoom()))
    , m_rowHeight(std::round(24 * textZoom()))
{
    measureColumns();
    indexText();
}

TableBlock::~TableBlock() = default;

const TableCell& TableBlock::cell(int row, int column) const
{
    return m_data.rows[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)];
}

QFont TableBlock::fontOf(const TableCell& cell, int row) const
{
    return font(TextRole::Small, cell.header && row < m_data.headRows);
}

void TableBlock::measureColumns()
{
    const auto count = m_data.rows.empty() ? 0 : m_data.rows.front().size();
    m_columns.resize(count);
    m_natural.resize(count);
    const auto measured =
        std::min(measuredRows, std::max<std::size_t>(8, measuredCells / std::max<std::size_t>(1, count)));
    const QFontMetricsF plain(font(TextRole::Small));
    const QFontMetricsF strong(font(TextRole::Small, true));
    const Ruler ruler(plain);
    for (std::size_t column = 0; column < count; ++column) {
        auto& entry = m_columns[column];
        bool anyBody = false;
        entry.numeric = true;
        std::array<Widest, 2> widest; // of the body, of the head
        for (std::size_t row = 0; row < m_data.rows.size(); ++row) {
            const auto& item = m_data.rows[row][column];
            for (const auto& mark : item.marks) {
                entry.worst = entry.worst ? std::max(*entry.worst, mark.severity) : mark.severity;
            }
            if (row >= measured) {
                continue;
            }
            const auto head = row < static_cast<std::size_t>(m_data.headRows);
            if (!head) {
                anyBody = anyBody || !item.text.isEmpty();
                entry.numeric = entry.numeric && isNumber(item.text);
            }
            widest[head ? 1 : 0].take(item.text, ruler);
        }
        entry.numeric = entry.numeric && anyBody && column > 0;
        const auto width = std::max(
            plain.horizontalAdvance(widest[0].text.toString()), strong.horizontalAdvance(widest[1].text.toString()));
        m_natural[column] = std::clamp(std::ceil(width) + 2 * padding + (entry.worst ? shapeSize + 6 : 0),
            narrowestColumn, widestColumn * textZoom());
    }
}

void TableBlock::indexText()
{
    int at = 0;
    m_starts.clear();
    for (const auto& row : m_data.rows) {
        for (const auto& item : row) {
            m_starts.push_back(at);
            at += static_cast<int>(item.text.size()) + 1;
        }
    }
}

// Wide columns give way to narrow ones down to a width that can still be read; what does not fit then is scrolled.
void TableBlock::fitColumns(qreal width)
{
    const auto total = std::accumulate(m_natural.begin(), m_natural.end(), 0.0);
    auto widths = m_natural;
    if (total > width) {
        std::vector<std::size_t> order(widths.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::sort(order.begin(), order.end(), [this](auto a, auto b) { return m_natural[a] < m_natural[b]; });
        auto left = width;
        for (std::size_t i = 0; i < order.size(); ++i) {
            auto& entry = widths[order[i]];
            const auto share = std::max(left, 0.0) / static_cast<double>(order.size() - i);
            entry = std::min(entry, std::max(share, readableColumn * textZoom()));
            left -= entry;
        }
    } else {
        for (auto& entry : widths) {
            entry += (width - total) / static_cast<double>(widths.size());
        }
    }
    m_total = 0;
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        m_columns[i].left = std::round(m_total);
        m_total += widths[i];
        m_columns[i].width = std::round(m_total) - m_columns[i].left;
    }
}

qreal TableBlock::layout(qreal width)
{
    m_width = width;
    m_layouts.clear();
    fitColumns(width);
    stackRows();
    scrollBy(0);
    return rowTop(static_cast<int>(m_data.rows.size())) + (m_total > m_width + 1 ? scrollTrack : 0);
}

// All cells are laid out at once, which takes a turn of the window: no more than it can wait for.
bool TableBlock::mayWrap() const
{
    constexpr std::size_t mostCells = 2'000;
    constexpr qsizetype mostText = 60'000; // characters
    if (m_data.rows.size() * m_columns.size() > mostCells) {
        return false;
    }
    qsizetype text = 0;
    for (const auto& row : m_data.rows) {
        for (const auto& item : row) {
            text += std::min(item.text.size(), longestCell);
        }
    }
    return text <= mostText;
}

void TableBlock::stackRows()
{
    m_tops.clear();
    if (!m_data.wraps || !mayWrap()) {
        return;
    }
    m_tops.assign(m_data.rows.size() + 1, 0);
    for (int row = 0; row < static_cast<int>(m_data.rows.size()); ++row) {
        const auto least = row < m_data.headRows ? m_headHeight : m_rowHeight;
        qreal height = least;
        for (int column = 0; column < static_cast<int>(m_columns.size()); ++column) {
            const auto& text = cellLayout(row, column);
            if (text.lineCount() > 0) {
                const auto last = text.lineAt(text.lineCount() - 1);
                height = std::max(height, std::ceil(last.y() + last.height() + text.lineAt(0).y()));
            }
        }
        m_tops[static_cast<std::size_t>(row) + 1] = m_tops[static_cast<std::size_t>(row)] + height;
    }
}

bool TableBlock::scrollBy(qreal delta)
{
    const auto before = m_scroll;
    m_scroll = std::clamp(m_scroll + delta, 0.0, std::max(0.0, m_total - m_width));
    return m_scroll != before;
}

void TableBlock::reveal(std::size_t finding)
{
    if (const auto rect = findingRect(finding)) {
        if (rect->left() < 0 || rect->right() > m_width) {
            scrollBy(rect->left() - m_width / 3);
        }
    }
}

qreal TableBlock::rowTop(int row) const
{
    if (wraps()) {
        return m_tops[static_cast<std::size_t>(row)];
    }
    return std::min(row, m_data.headRows) * m_headHeight + std::max(0, row - m_data.headRows) * m_rowHeight;
}

int TableBlock::rowAt(qreal y) const
{
    if (wraps()) {
        const auto after = std::upper_bound(m_tops.begin(), m_tops.end(), y);
        return std::clamp(static_cast<int>(after - m_tops.begin()) - 1, 0, static_cast<int>(m_data.rows.size()) - 1);
    }
    const auto head = m_data.headRows * m_headHeight;
    const auto row =
        y < head ? static_cast<int>(y / m_headHeight) : m_data.headRows + static_cast<int>((y - head) / m_rowHeight);
    return std::clamp(row, 0, static_cast<int>(m_data.rows.size()) - 1);
}

int TableBlock::columnAt(qreal x) const
{
    const auto after = std::upper_bound(
        m_columns.begin(), m_columns.end(), x + m_scroll, [](qreal value, const Column& c) { return value < c.left; });
    return std::clamp(static_cast<int>(after - m_columns.begin()) - 1, 0, static_cast<int>(m_columns.size()) - 1);
}

QTextLayout& TableBlock::cellLayout(int row, int column) const
{
    const auto key = (static_cast<std::uint64_t>(row) << 32) | static_cast<std::uint32_t>(column);
    auto& entry = m_layouts[key];
    if (!entry) {
        const auto& item = cell(row, column);
        const auto& place = m_columns[static_cast<std::size_t>(column)];
        const auto room = place.width - 2 * padding - (row < m_data.headRows && place.worst ? shapeSize + 6 : 0);
        const auto cellFont = fontOf(item, row);
        const auto start = shownStart(item.text);
        // Columns of a few characters have little to elide: they are cut instead.
        const auto shown =
            wraps() ? start : QFontMetricsF(cellFont).elidedText(start, Qt::ElideRight, std::max(room, 12.0) + 0.5);
        entry = std::make_unique<QTextLayout>(shown, cellFont);
        entry->setCacheEnabled(true);
        if (wraps()) {
            QTextOption option;
            option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
            entry->setTextOption(option);
        }
        entry->beginLayout();
        qreal top = -1;
        for (auto line = entry->createLine(); line.isValid(); line = entry->createLine()) {
            line.setLineWidth(wraps() ? std::max(room, 12.0) : 1e5);
            const auto height = row < m_data.headRows ? m_headHeight : m_rowHeight;
            top = top < 0 ? (height - line.height()) / 2 : top;
            line.setPosition({0, top});
            top += line.height();
        }
        entry->endLayout();
    }
    return *entry;
}

qreal TableBlock::textLeft(int row, int column) const
{
    const auto& place = m_columns[static_cast<std::size_t>(column)];
    if (place.numeric) {
        const auto& text = cellLayout(row, column);
        return place.left + place.width - padding - (text.lineCount() > 0 ? text.lineAt(0).naturalTextWidth() : 0);
    }
    return place.left + padding + (row < m_data.headRows && place.worst ? shapeSize + 6 : 0);
}

QString TableBlock::text() const
{
    QString result;
    for (const auto& row : m_data.rows) {
        for (const auto& item : row) {
            result += item.text;
            result += u'\t';
        }
        result.back() = u'\n';
    }
    result.chop(1);
    return result;
}

int TableBlock::positionAt(QPointF point) const
{
    if (m_data.rows.empty() || m_columns.empty()) {
        return -1;
    }
    const auto row = rowAt(std::max(point.y(), 0.0));
    const auto column = columnAt(point.x());
    const auto& text = cellLayout(row, column);
    const auto& whole = cell(row, column).text;
    int at = 0; // the line
    while (at + 1 < text.lineCount() && point.y() - rowTop(row) >= text.lineAt(at + 1).y()) {
        ++at;
    }
    auto offset = text.lineCount() > 0 ? text.lineAt(at).xToCursor(point.x() + m_scroll - textLeft(row, column)) : 0;
    if (offset >= text.text().size()) {
        offset = static_cast<int>(whole.size());
    }
    return start(row, column) + offset;
}

std::optional<QRectF> TableBlock::findingRect(std::size_t finding) const
{
    for (int row = 0; row < static_cast<int>(m_data.rows.size()); ++row) {
        for (int column = 0; column < static_cast<int>(m_columns.size()); ++column) {
            for (const auto& mark : cell(row, column).marks) {
                if (mark.finding == finding) {
                    const auto& place = m_columns[static_cast<std::size_t>(column)];
                    return QRectF(place.left - m_scroll, rowTop(row), place.width, rowTop(row + 1) - rowTop(row));
                }
            }
        }
    }
    return {};
}

std::optional<std::size_t> TableBlock::findingAt(QPointF point) const
{
    if (m_data.rows.empty() || m_columns.empty() || point.x() < 0 || point.x() > m_width || point.y() < 0
        || point.y() >= rowTop(static_cast<int>(m_data.rows.size()))) {
        return {};
    }
    const auto& marks = cell(rowAt(point.y()), columnAt(point.x())).marks;
    return marks.empty() ? std::nullopt : std::optional(marks.front().finding);
}

} // namespace cupel::widgets
