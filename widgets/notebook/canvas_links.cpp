// SPDX-License-Identifier: GPL-3.0-or-later
// The links of the current cell by keyboard: Tab goes from one to the next and out of the canvas after the last, Enter
// follows. Findings have keys of their own.
#include "widgets/common/theme.h"
#include "widgets/notebook/notebook_canvas.h"

#include <QtGui/QAccessible>
#include <QtGui/QPainter>

#include <algorithm>

namespace cupel::widgets {

std::vector<NotebookCanvas::Link> NotebookCanvas::linksOf(int item)
{
    std::vector<Link> links;
    if (itemCount() == 0) {
        return links;
    }
    const auto& blocks = layoutItem(item).blocks();
    for (std::size_t block = 0; block < blocks.size(); ++block) {
        if (blocks[block].block->role() == BlockRole::Notice) {
            for (const auto& hot : blocks[block].block->hots()) {
                links.push_back({static_cast<int>(block), hot});
            }
        }
    }
    return links;
}

bool NotebookCanvas::focusNextPrevChild(bool next)
{
    const auto count = static_cast<int>(linksOf(m_currentItem).size());
    const auto link = next ? m_link + 1 : m_link - 1;
    if (link >= 0 && link < count) {
        focusLink(link);
        return true;
    }
    if (m_link >= 0 && !next) { // back to the cell itself
        focusLink(-1);
        return true;
    }
    m_link = -1;
    viewport()->update();
    return QAbstractScrollArea::focusNextPrevChild(next);
}

void NotebookCanvas::focusLink(int link)
{
    m_link = link;
    m_keyboardFocus = true;
    const auto links = linksOf(m_currentItem);
    if (link >= 0 && link < static_cast<int>(links.size())) {
        const auto& focused = links[static_cast<std::size_t>(link)];
        const auto& placed = layoutItem(m_currentItem).blocks()[static_cast<std::size_t>(focused.block)];
        const auto top = anchorTop(m_currentItem) + placed.rect.top();
        const auto bottom = top + placed.rect.height();
        if (top < CellHeights::gap || bottom > viewport()->height() - CellHeights::gap) {
            moveBy(top - viewport()->height() / 2.0);
            settle();
            placeEditor();
        }
    }
    auto* list = QAccessible::isActive() ? QAccessible::queryAccessibleInterface(this) : nullptr;
    if (auto* child = list ? list->focusChild() : nullptr) {
        QAccessibleEvent focus(child, QAccessible::Focus);
        QAccessible::updateAccessibility(&focus);
    }
    viewport()->update();
}

int NotebookCanvas::focusedBlock()
{
    const auto links = linksOf(m_currentItem);
    return m_link >= 0 && m_link < static_cast<int>(links.size()) ? links[static_cast<std::size_t>(m_link)].block : -1;
}

bool NotebookCanvas::pressLink()
{
    const auto links = linksOf(m_currentItem);
    if (m_link < 0 || m_link >= static_cast<int>(links.size())) {
        return false;
    }
    const auto pressed = links[static_cast<std::size_t>(m_link)].hot;
    perform(pressed.action, m_currentItem);
    // "Next part" stays under the finger; a link that did its work is gone.
    const auto after = linksOf(m_currentItem);
    const auto again = std::find_if(after.begin(), after.end(), [&](const auto& link) {
        return link.hot.name == pressed.name && link.hot.action.id == pressed.action.id
            && link.hot.action.kind == pressed.action.kind;
    });
    m_link = again == after.end() ? -1 : static_cast<int>(again - after.begin());
    viewport()->update();
    return true;
}

void NotebookCanvas::paintLinkFocus(QPainter& painter, const CellLayout& cell) const
{
    int at = m_link;
    for (const auto& placed : cell.blocks()) {
        if (at < 0 || placed.block->role() != BlockRole::Notice) {
            continue;
        }
        const auto hots = placed.block->hots();
        if (at < static_cast<int>(hots.size())) {
            const auto rect = hots[static_cast<std::size_t>(at)].rect.translated(placed.rect.topLeft());
            painter.setPen(QPen(color(Token::Accent), 2));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(rect.adjusted(1, 3, -1, -3), 4, 4);
            return;
        }
        at -= static_cast<int>(hots.size());
    }
}

} // namespace cupel::widgets
