// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/notebook/cell_layout.h"

#include "widgets/common/theme.h"

#include <algorithm>
#include <cmath>

namespace cupel::widgets {

PlacedBlock& CellLayout::add(PlacedBlock block)
{
    m_blocks.push_back(std::move(block));
    return m_blocks.back();
}

qreal CellLayout::gutter()
{
    return std::max(60.0, 3.6 * lineHeight(TextRole::Caption)); // grows with the text
}

qreal CellLayout::layout(qreal width)
{
    m_width = width;
    m_findingRects.clear();
    m_boxes.clear();
    m_bars.clear();
    const auto content = std::max(width - gutter(), 80.0);
    qreal y = 0;
    for (std::size_t i = 0; i < m_blocks.size(); ++i) {
        auto& placed = m_blocks[i];
        const bool firstInBox = placed.boxed && (i == 0 || !m_blocks[i - 1].boxed);
        const bool lastInBox = placed.boxed && (i + 1 == m_blocks.size() || !m_blocks[i + 1].boxed);
        y += i == 0 ? 0 : placed.gap;
        if (firstInBox) {
            m_boxes.emplace_back(gutter(), y, content, 0);
            y += boxPadding;
        }
        const auto blockWidth = std::max(content - placed.left - placed.right, 40.0);
        const auto height = std::ceil(placed.block->layout(blockWidth));
        placed.rect = QRectF(gutter() + placed.left, y, blockWidth, height);
        if (placed.barred) {
            const bool goesOn = i > 0 && m_blocks[i - 1].barred && !m_bars.empty();
            if (goesOn) {
                m_bars.back().setBottom(y + height);
            } else {
                m_bars.emplace_back(gutter(), y, 3, height);
            }
        }
        y += height;
        if (lastInBox) {
            y += boxPadding;
            if (m_boxes.size() == 1) {
                y = std::max(y, m_boxes.front().top() + m_reserved);
            }
            m_boxes.back().setBottom(y);
        }
    }
    // Its number and its place stand beside it, one below the other: a short cell is no place to write over the next.
    const auto words = (boxPadding + (count.isEmpty() ? 0.0 : static_cast<qreal>(lineHeight(TextRole::Code))))
        + lineHeight(TextRole::Caption);
    m_height = std::max({y, 20.0, std::ceil(words)});
    return m_height;
}

int CellLayout::blockAt(qreal y) const
{
    int best = -1;
    qreal distance = 0;
    for (std::size_t i = 0; i < m_blocks.size(); ++i) {
        const auto& rect = m_blocks[i].rect;
        const auto away = std::max({rect.top() - y, y - rect.bottom(), 0.0});
        if (best < 0 || away < distance) {
            best = static_cast<int>(i);
            distance = away;
        }
    }
    return best;
}

std::optional<QRectF> CellLayout::findingRect(std::size_t finding) const
{
    if (const auto known = m_findingRects.find(finding); known != m_findingRects.end()) {
        return known->second;
    }
    auto& found = m_findingRects[finding];
    for (const auto& placed : m_blocks) {
        if (const auto rect = placed.block->findingRect(finding)) {
            return found = rect->translated(placed.rect.topLeft());
        }
    }
    return found = findingSign(finding);
}

std::optional<QRectF> CellLayout::findingSign(std::size_t finding) const
{
    const auto hit = std::find_if(
        m_blocks.begin(), m_blocks.end(), [finding](const auto& placed) { return placed.finding == finding; });
    return hit == m_blocks.end() ? std::nullopt : std::optional(hit->rect);
}

void CellLayout::keepScroll(const CellLayout& before)
{
    const auto tables = [](const CellLayout& cell) {
        std::vector<Block*> out;
        for (const auto& placed : cell.m_blocks) {
            if (placed.block->role() == BlockRole::Table) {
                out.push_back(placed.block.get());
            }
        }
        return out;
    };
    const auto mine = tables(*this);
    const auto theirs = tables(before);
    for (std::size_t i = 0; mine.size() == theirs.size() && i < mine.size(); ++i) {
        mine[i]->scrollBy(theirs[i]->scrolled() - mine[i]->scrolled());
    }
}

} // namespace cupel::widgets
