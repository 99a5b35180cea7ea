// SPDX-License-Identifier: GPL-3.0-or-later
// What is selected with the mouse or Ctrl+A inside one cell: from a character of one block to one of another.
#pragma once

#include "widgets/notebook/cell_layout.h"

#include <QtCore/QString>

namespace cupel::widgets {

struct CellPosition {
    int block = 0;
    int offset = 0; // in the block's text()
    friend auto operator<=>(const CellPosition&, const CellPosition&) = default;
};

class CellSelection {
public:
    [[nodiscard]] bool isEmpty() const { return m_item < 0 || m_anchor == m_cursor; }
    [[nodiscard]] int item() const { return m_item; }
    void clear() { m_item = -1; }
    void start(int item, CellPosition at);
    void extend(CellPosition to) { m_cursor = to; }
    void selectAll(int item, const CellLayout& cell);
    void selectWord(int item, const CellLayout& cell, CellPosition at);
    // The part of one block that is selected; an empty range when none.
    [[nodiscard]] std::pair<int, int> inBlock(int block) const;
    [[nodiscard]] QString text(const CellLayout& cell) const; // masked, as it stands on the screen

private:
    int m_item = -1;
    CellPosition m_anchor;
    CellPosition m_cursor;
};

} // namespace cupel::widgets
