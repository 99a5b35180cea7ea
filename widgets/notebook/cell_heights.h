// SPDX-License-Identifier: GPL-3.0-or-later
// Heights of all cells, guessed until a cell is laid out, and where each one starts. Sums are made up lazily: a screen
// changes a few heights per frame, a notebook may have 10,000 cells.
#pragma once

#include <QtCore/QtGlobal>

#include <cstddef>
#include <vector>

namespace cupel::widgets {

class CellHeights {
public:
    static constexpr qreal gap = 8; // between two cells, above the first and below the last

    void reset(std::vector<qreal> estimates);
    void set(int cell, qreal height);
    [[nodiscard]] int count() const { return static_cast<int>(m_heights.size()); }
    [[nodiscard]] qreal height(int cell) const { return m_heights[static_cast<std::size_t>(cell)]; }
    [[nodiscard]] qreal top(int cell) const;
    [[nodiscard]] qreal total() const;
    [[nodiscard]] int at(qreal y) const; // the cell at this y, clipped to the first and last

private:
    void sum() const;
    std::vector<qreal> m_heights;
    mutable std::vector<qreal> m_tops; // one more than heights
    mutable std::size_t m_valid = 0; // tops up to here are right
};

} // namespace cupel::widgets
