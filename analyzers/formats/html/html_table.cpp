// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/html/html_table.h"

#include "analyzers/formats/html/html_tokens.h"

#include <algorithm>
#include <utility>

namespace cupel::formats {

namespace {

constexpr std::size_t longestSpan = 1'000; // rows or columns one cell may claim
constexpr std::size_t fillFactor = 4; // empty cells that rows of unequal length may add, per real one

std::size_t spanOf(std::string_view attributes, std::string_view name)
{
    std::size_t value = 0;
    for (const char c : htmlAttribute(attributes, name).substr(0, 6)) {
        if (c < '0' || c > '9') {
            break;
        }
        value = value * 10 + static_cast<std::size_t>(c - '0');
    }
    return std::clamp<std::size_t>(value, 1, longestSpan);
}

} // namespace

void trimEnd(HtmlText& text)
{
    while (!text.text.empty() && (text.text.back() == ' ' || text.text.back() == '\n')) {
        text.text.pop_back();
    }
    const auto size = static_cast<std::uint32_t>(text.text.size());
    while (!text.spans.empty() && text.spans.back().start >= size) {
        text.spans.pop_back();
    }
    if (!text.spans.empty()) {
        text.spans.back().end = std::min(text.spans.back().end, size);
    }
}

void HtmlTableBuilder::beginRow()
{
    endRow();
    m_rowOpen = true;
}

void HtmlTableBuilder::beginCell(std::uint64_t at, bool header, std::string_view attributes)
{
    endCell();
    m_cell.emplace();
    m_cell->header = header;
    m_cell->source.start = at;
    m_columnSpan = spanOf(attributes, "colspan");
    m_rowSpan = spanOf(attributes, "rowspan");
    m_rowOpen = true;
}

// Cells of rows above that reach down into the next column of this row.
void HtmlTableBuilder::takeClaims()
{
    while (m_row.size() < m_claims.size() && m_claims[m_row.size()] > 0 && m_cells < m_limits.cells) {
        --m_claims[m_row.size()];
        m_row.emplace_back();
        ++m_cells;
    }
}

void HtmlTableBuilder::endCell()
{
    if (!m_cell) {
        return;
    }
    auto& text = m_cell->text;
    trimEnd(text);
    const auto end = text.map.empty() || text.text.empty()
        ? m_cell->source.start
        : text.map.toRaw(ByteRange{text.text.size() - 1, text.text.size()}).end;
    m_cell->source.end = std::max(m_cell->source.start, end);
    takeClaims();
    for (std::size_t i = 0; i < m_columnSpan; ++i) {
        if (m_row.size() >= m_limits.columns || m_cells >= m_limits.cells) {
            m_truncated = true;
            break;
        }
        if (m_rowSpan > 1) {
            m_claims.resize(std::max(m_claims.size(), m_row.size() + 1), 0);
            m_claims[m_row.size()] = m_rowSpan - 1;
        }
        m_row.push_back(i == 0 ? std::move(*m_cell) : HtmlCell{});
        ++m_cells;
    }
    m_cell.reset();
}

bool HtmlTableBuilder::isHead() const
{
    if (m_table.headRows != m_table.rows.size()) {
        return false;
    }
    const auto plain = [](const HtmlCell& cell) { return !cell.header && !cell.text.text.empty(); };
    const bool anyHeader = std::any_of(m_row.begin(), m_row.end(), [](const HtmlCell& cell) { return cell.header; });
    return m_inHead || (anyHeader && std::none_of(m_row.begin(), m_row.end(), plain));
}

void HtmlTableBuilder::endRow()
{
    endCell();
    if (!m_rowOpen) {
        return;
    }
    m_rowOpen = false;
    takeClaims();
    if (m_row.empty()) {
        return;
    }
    if (m_cells >= m_limits.cells) {
        ++m_table.droppedRows;
        m_truncated = true;
        m_row.clear();
        return;
    }
    if (isHead()) {
        ++m_table.headRows;
    }
    m_table.rows.push_back(std::move(m_row));
    m_row = {};
}

HtmlTable HtmlTableBuilder::finish()
{
    endRow();
    m_inHead = false;
    m_claims.clear();
    std::size_t columns = 0;
    for (const auto& row : m_table.rows) {
        columns = std::max(columns, row.size());
    }
    // Rows of very different length: filling them up allocates too.
    const auto most = m_limits.cells * fillFactor / std::max<std::size_t>(1, m_table.rows.size());
    if (columns > std::max<std::size_t>(1, most)) {
        columns = std::max<std::size_t>(1, most);
        m_truncated = true;
    }
    for (auto& row : m_table.rows) {
        row.resize(columns);
    }
    return std::exchange(m_table, {});
}

} // namespace cupel::formats
