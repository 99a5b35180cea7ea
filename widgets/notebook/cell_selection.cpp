// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/notebook/cell_selection.h"

#include <algorithm>
#include <limits>

namespace cupel::widgets {

void CellSelection::start(int item, CellPosition at)
{
    m_item = item;
    m_anchor = at;
    m_cursor = at;
}

void CellSelection::selectAll(int item, const CellLayout& cell)
{
    m_item = cell.blocks().empty() ? -1 : item;
    m_anchor = {};
    m_cursor = {static_cast<int>(cell.blocks().size()) - 1, std::numeric_limits<int>::max()};
}

void CellSelection::selectWord(int item, const CellLayout& cell, CellPosition at)
{
    const auto text = cell.blocks()[static_cast<std::size_t>(at.block)].block->text();
    const auto isWord = [&](qsizetype i) {
        return i >= 0 && i < text.size() && (text[i].isLetterOrNumber() || text[i] == u'_' || text[i] == QChar(0x2022));
    };
    qsizetype from = at.offset;
    qsizetype to = at.offset;
    while (isWord(from - 1)) {
        --from;
    }
    while (isWord(to)) {
        ++to;
    }
    start(item, {at.block, static_cast<int>(from)});
    extend({at.block, static_cast<int>(to)});
}

std::pair<int, int> CellSelection::inBlock(int block) const
{
    const auto from = std::min(m_anchor, m_cursor);
    const auto to = std::max(m_anchor, m_cursor);
    if (isEmpty() || block < from.block || block > to.block) {
        return {0, 0};
    }
    return {block == from.block ? from.offset : 0, block == to.block ? to.offset : std::numeric_limits<int>::max()};
}

QString CellSelection::text(const CellLayout& cell) const
{
    QString result;
    bool first = true;
    for (int i = 0; i < static_cast<int>(cell.blocks().size()); ++i) {
        const auto [from, to] = inBlock(i);
        if (from >= to) {
            continue;
        }
        const auto text = cell.blocks()[static_cast<std::size_t>(i)].block->text();
        if (!first) {
            result += u'\n';
        }
        first = false;
        result += text.mid(from, std::min<qsizetype>(to, text.size()) - from);
    }
    return result;
}

} // namespace cupel::widgets
