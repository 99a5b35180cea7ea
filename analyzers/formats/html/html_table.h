// SPDX-License-Identifier: GPL-3.0-or-later
// Puts the cells of one HTML table into rows of equal length, with cells that span rows and columns, within limits.
// Used by the block reader only.
#pragma once

#include "analyzers/formats/html/html_blocks.h"

#include <optional>
#include <string_view>
#include <vector>

namespace cupel::formats {

// Takes trailing white space away, and the spans over it.
void trimEnd(HtmlText& text);

class HtmlTableBuilder {
public:
    explicit HtmlTableBuilder(const HtmlLimits& limits)
        : m_limits(limits)
    {
    }
    void beginRow();
    void beginCell(std::uint64_t at, bool header, std::string_view attributes = {});
    void endCell();
    void endRow();
    void setHead(bool inHead) { m_inHead = inHead; }
    [[nodiscard]] HtmlCell* cell() { return m_cell ? &*m_cell : nullptr; } // the open one
    [[nodiscard]] HtmlTable finish(); // ready for the next table
    [[nodiscard]] bool truncated() const { return m_truncated; } // of any table so far

private:
    void takeClaims();
    [[nodiscard]] bool isHead() const;
    HtmlLimits m_limits;
    HtmlTable m_table;
    std::vector<HtmlCell> m_row;
    std::optional<HtmlCell> m_cell;
    std::vector<std::size_t> m_claims; // rows that a cell above still covers, by column
    std::size_t m_columnSpan = 1;
    std::size_t m_rowSpan = 1;
    std::size_t m_cells = 0; // of all tables
    bool m_inHead = false;
    bool m_rowOpen = false;
    bool m_truncated = false;
};

} // namespace cupel::formats
