// SPDX-License-Identifier: GPL-3.0-or-later
// The part of the canvas that builds cells and scrolls, in slices: what would cost more than a turn of the event loop
// may is left for the next one, and until then an older picture of it or an empty place stands there.
#include "widgets/common/theme.h"
#include "widgets/common/turn_queue.h"
#include "widgets/models/decision_words.h"
#include "widgets/notebook/notebook_canvas.h"

#include <algorithm>
#include <utility>

namespace cupel::widgets {

namespace {

constexpr std::size_t keptCells = 160;
constexpr int turnWork = 12'000; // microseconds of building in one turn, as buildWork() guesses them

// Takes the place of a cell whose turn has not come.
std::unique_ptr<CellLayout> emptyPlace(qreal width, qreal height)
{
    auto cell = std::make_unique<CellLayout>();
    cell->layout(width);
    cell->setHeight(height);
    cell->stale = true;
    return cell;
}

} // namespace

std::unique_ptr<CellLayout> NotebookCanvas::build(int item, bool revealed) const
{
    CellRequest request;
    request.document = m_document.get();
    request.item = &m_document->items()[static_cast<std::size_t>(item)];
    request.view = viewOf(item);
    request.policy = m_policy;
    request.isShown = [this](std::size_t finding) { return m_shown[finding]; };
    request.position = [this](std::size_t finding) { return positionText(finding); };
    request.standing = [this](std::size_t finding) {
        const FindingRef ref{m_document->analysis().artifact.path, finding};
        const auto* decision = m_state.decision(ref);
        const auto state = m_state.decisionState(ref);
        return decision ? FindingStanding{decisionMark(state, *decision), state == review::DecisionState::Active}
                        : FindingStanding();
    };
    request.open = openFinding();
    request.pictures = m_pictures;
    if (revealed) {
        request.revealed = m_revealed;
    }
    auto cell = buildCell(request);
    cell->reserveBox(reservedFor(item));
    cell->layout(cellWidth());
    if (const auto known = m_cells.find(item); known != m_cells.end() && known->second) {
        cell->keepScroll(*known->second);
    }
    return cell;
}

// At once, whatever it costs: for what somebody asked about this cell.
CellLayout& NotebookCanvas::layoutItem(int item)
{
    auto& entry = m_cells[item];
    const auto reserved = reservedFor(item);
    if (!entry || entry->stale || entry->width() != cellWidth() || entry->reservedBox() != reserved) {
        spend(item);
        if (!entry || entry->stale) {
            entry = build(item, false);
        } else {
            entry->reserveBox(reserved);
            entry->layout(cellWidth());
        }
    }
    m_heights.set(item, entry->height());
    return *entry;
}

// For the screen: what is there when this turn has done enough.
CellLayout& NotebookCanvas::shownItem(int item)
{
    auto& entry = m_cells[item];
    const bool fresh =
        entry && !entry->stale && entry->width() == cellWidth() && entry->reservedBox() == reservedFor(item);
    if (fresh || m_spent == 0
        || m_spent + buildWork(*m_document, m_document->items()[static_cast<std::size_t>(item)]) <= turnWork) {
        return layoutItem(item);
    }
    if (!entry) {
        entry = emptyPlace(cellWidth(), m_heights.height(item));
    }
    m_unsettled = true;
    askForTurn();
    m_heights.set(item, entry->height());
    return *entry;
}

void NotebookCanvas::spend(int item)
{
    m_spent += std::max(1, buildWork(*m_document, m_document->items()[static_cast<std::size_t>(item)]));
    askForTurn();
}

// The window has enough to do in this turn.
void NotebookCanvas::skipTurn()
{
    m_spent = turnWork;
    askForTurn();
}

void NotebookCanvas::askForTurn()
{
    TurnQueue::instance().post(this, [this] { takeTurn(); });
}

void NotebookCanvas::takeTurn()
{
    m_spent = 0;
    if (std::exchange(m_revealPending, false) && m_document) {
        m_unsettled = false;
        revealNow();
    } else if (std::exchange(m_unsettled, false) && m_document) {
        showHeld();
        settle();
        placeEditor();
        viewport()->update();
    }
}

void NotebookCanvas::dropFarLayouts()
{
    if (m_cells.size() <= keptCells) {
        return;
    }
    const auto near = static_cast<int>(keptCells) / 3;
    for (auto it = m_cells.begin(); it != m_cells.end();) {
        const bool kept =
            std::abs(it->first - m_anchorItem) <= near || it->first == m_currentItem || it->first == m_selection.item();
        it = kept ? std::next(it) : m_cells.erase(it);
    }
}

const CellLayout& NotebookCanvas::cell(int item)
{
    return layoutItem(item);
}

// Moves the page by pixels and lays out what comes in, so that nothing jumps when a guess was wrong.
void NotebookCanvas::moveBy(qreal delta)
{
    m_anchorOffset += delta;
    while (m_anchorOffset < 0 && m_anchorItem > 0) {
        --m_anchorItem;
        m_anchorOffset += shownItem(m_anchorItem).height() + CellHeights::gap;
    }
    while (m_anchorItem + 1 < itemCount()) {
        const auto step = shownItem(m_anchorItem).height() + CellHeights::gap;
        if (m_anchorOffset < step) {
            break;
        }
        m_anchorOffset -= step;
        ++m_anchorItem;
    }
    if (m_anchorItem == 0) {
        m_anchorOffset = std::max(m_anchorOffset, -CellHeights::gap);
    }
}

void NotebookCanvas::jumpTo(qreal y)
{
    m_anchorItem = m_heights.at(y);
    m_anchorOffset = y - m_heights.top(m_anchorItem);
    moveBy(0);
}

// Lays out what is visible and keeps the page's end at the viewport's end.
void NotebookCanvas::settle()
{
    if (itemCount() == 0) {
        syncScrollBar();
        return;
    }
    m_anchorItem = std::clamp(m_anchorItem, 0, itemCount() - 1);
    moveBy(0);
    for (int round = 0; round < 3; ++round) {
        auto y = -m_anchorOffset;
        auto item = m_anchorItem;
        for (; item < itemCount() && y < viewport()->height(); ++item) {
            y += shownItem(item).height() + CellHeights::gap;
        }
        const auto missing = viewport()->height() - y;
        if (item < itemCount() || missing <= 0 || (m_anchorItem == 0 && m_anchorOffset <= -CellHeights::gap)) {
            break;
        }
        moveBy(-missing);
    }
    dropFarLayouts();
    syncScrollBar();
}

} // namespace cupel::widgets
