// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/notebook/cell_heights.h"

#include <algorithm>

namespace cupel::widgets {

void CellHeights::reset(std::vector<qreal> estimates)
{
    m_heights = std::move(estimates);
    m_tops.assign(m_heights.size() + 1, gap);
    m_valid = 0;
}

void CellHeights::set(int cell, qreal height)
{
    const auto index = static_cast<std::size_t>(cell);
    if (m_heights[index] != height) {
        m_heights[index] = height;
        m_valid = std::min(m_valid, index);
    }
}

void CellHeights::sum() const
{
    for (; m_valid < m_heights.size(); ++m_valid) {
        m_tops[m_valid + 1] = m_tops[m_valid] + m_heights[m_valid] + gap;
    }
}

qreal CellHeights::top(int cell) const
{
    sum();
    return m_tops[static_cast<std::size_t>(cell)];
}

qreal CellHeights::total() const
{
    sum();
    return m_tops.empty() ? 0 : m_tops.back();
}

int CellHeights::at(qreal y) const
{
    sum();
    const auto after = std::upper_bound(m_tops.begin(), m_tops.end(), y);
    return std::clamp(static_cast<int>(after - m_tops.begin()) - 1, 0, std::max(0, count() - 1));
}

} // namespace cupel::widgets
