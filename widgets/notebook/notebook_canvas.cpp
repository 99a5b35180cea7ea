// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/notebook/notebook_canvas.h"

#include "widgets/common/theme.h"
#include "widgets/editor/source_view.h"
#include "widgets/models/picture.h"
#include "widgets/notebook/item_match.h"

#include <QtCore/QEvent>
#include <QtCore/QSignalBlocker>
#include <QtGui/QAccessible>
#include <QtWidgets/QScrollBar>

#include <algorithm>
#include <cmath>
#include <utility>

namespace cupel::widgets {

namespace {

int firstRegion(const ReviewDocument& document, int item)
{
    const auto cell = document.items()[static_cast<std::size_t>(item)].cell;
    return cell < 0 || !document.notebook() ? 0 : document.notebook()->cells[static_cast<std::size_t>(cell)].source;
}

// A view names regions by their number in the file; those below none are folds of the whole cell.
CellView moved(const CellView& view, int by)
{
    const auto to = [by](int region) { return region < 0 ? region : region + by; };
    CellView out;
    out.folded = view.folded;
    out.outputsShown = view.outputsShown;
    for (const int id : view.expanded) {
        out.expanded.insert(to(id));
    }
    for (const int id : view.asSource) {
        out.asSource.insert(to(id));
    }
    for (const auto& [id, page] : view.pages) {
        out.pages.emplace(to(id), page);
    }
    return out;
}

} // namespace

NotebookCanvas::NotebookCanvas(ReviewState& state, QWidget* parent)
    : QAbstractScrollArea(parent)
    , m_state(state)
{
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff); // the overview strip is the scroll bar
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    verticalScrollBar()->setSingleStep(lineHeight(TextRole::Code));
    setAccessibleName(tr("Cells"));
    connect(&m_state, &ReviewState::visibleChanged, this, &NotebookCanvas::refreshFilter);
    connect(&m_state, &ReviewState::decisionsChanged, this, &NotebookCanvas::invalidateAll);
    connect(&m_state, &ReviewState::currentChanged, this, [this] {
        if (m_lastFinding && m_lastFinding == currentFinding()) {
            viewport()->update(); // its file was scanned again, and it is shown already
        } else {
            followCurrent();
        }
    });
}

NotebookCanvas::~NotebookCanvas() = default;

void NotebookCanvas::setDocument(std::shared_ptr<const ReviewDocument> document, bool keepPlace)
{
    closeEditor();
    stopReveal();
    if (keepPlace && m_document && document) {
        followItems(*document);
    }
    m_document = std::move(document);
    m_selection.clear();
    m_cells.clear();
    if (!keepPlace) {
        m_views.clear();
        m_anchorItem = 0;
        m_anchorOffset = -CellHeights::gap;
        m_currentItem = 0;
        m_cardOpen = true;
    }
    m_lastFinding = currentFinding();
    m_held.reset();
    m_link = -1;
    m_hovered.reset();
    m_pointed.reset();
    m_pressed.reset();
    std::vector<qreal> estimates;
    if (m_document) {
        for (const auto& item : m_document->items()) {
            estimates.push_back(estimateCell(*m_document, item));
        }
    }
    m_heights.reset(std::move(estimates));
    m_anchorItem = std::clamp(m_anchorItem, 0, std::max(0, itemCount() - 1));
    m_currentItem = std::clamp(m_currentItem, 0, std::max(0, itemCount() - 1));
    m_shown.clear();
    refreshFilter();
    invalidateAll();
    m_spent = keepPlace ? 0 : m_spent; // nothing may flicker under the reader's eyes
    settle();
}

// Before another version of the same file is shown: page, current cell and what was unfolded stay with their cells.
void NotebookCanvas::followItems(const ReviewDocument& next)
{
    const auto matches = matchItems(*m_document, next);
    const auto count = static_cast<int>(next.items().size());
    m_anchorItem = placeOf(matches, m_anchorItem, count);
    m_currentItem = placeOf(matches, m_currentItem, count);
    std::unordered_map<int, CellView> views;
    for (auto& [item, view] : m_views) {
        if (const auto match = matches[static_cast<std::size_t>(item)]; match >= 0) {
            const auto regions = firstRegion(next, match) - firstRegion(*m_document, item);
            views.emplace(match, regions == 0 ? std::move(view) : moved(view, regions));
        }
    }
    m_views = std::move(views);
}

void NotebookCanvas::refreshFilter()
{
    std::vector<bool> shown(m_document ? m_document->analysis().findings.size() : 0, false);
    if (m_document) {
        for (const auto& ref : m_state.visible()) {
            if (ref.index < shown.size() && ref.artifact == m_document->analysis().artifact.path) {
                shown[ref.index] = true;
            }
        }
    }
    // While a scan runs, the order of all files changes many times; this one's cells mostly do not.
    if (std::exchange(m_shown, std::move(shown)) != m_shown) {
        invalidateAll();
    } else if (const auto open = openFinding(); open && m_document->itemOf(*open) >= 0) {
        invalidate(m_document->itemOf(*open)); // "3 of 9" is another now
    }
}

// What is on the screen stays until its turn comes: a change of theme or size may come in several events at once.
void NotebookCanvas::invalidateAll()
{
    for (auto& [item, cell] : m_cells) {
        cell->stale = true;
    }
    m_selection.clear();
    m_hovered.reset();
    m_unsettled = true;
    skipTurn();
    viewport()->update();
}

void NotebookCanvas::invalidate(int item)
{
    if (const auto known = m_cells.find(item); known != m_cells.end()) {
        known->second->stale = true;
    }
    if (m_selection.item() == item) {
        m_selection.clear();
    }
    settle();
    placeEditor();
    viewport()->update();
}

qreal NotebookCanvas::cellWidth() const
{
    return std::max(200, viewport()->width() - stripWidth - rightMargin);
}

CellView NotebookCanvas::viewOf(int item) const
{
    const auto stored = m_views.find(item);
    auto view = stored == m_views.end() ? CellView{} : stored->second;
    const auto& entry = m_document->items()[static_cast<std::size_t>(item)];
    if (m_cleanFolded && entry.kind == Item::Kind::Cell && view.expanded.count(foldCellId) == 0) {
        view.folded = std::none_of(
            entry.findings.begin(), entry.findings.end(), [this](const auto& f) { return m_shown[f.finding]; });
    }
    return view;
}

void NotebookCanvas::syncScrollBar()
{
    auto* bar = verticalScrollBar();
    const QSignalBlocker blocker(bar);
    const auto height = viewport()->height();
    bar->setRange(0, std::max(0, static_cast<int>(std::ceil(m_heights.total())) - height));
    bar->setPageStep(height);
    bar->setValue(itemCount() > 0 ? static_cast<int>(std::round(m_heights.top(m_anchorItem) + m_anchorOffset)) : 0);
    m_lastValue = bar->value();
}

void NotebookCanvas::scrollContentsBy(int /*dx*/, int /*dy*/)
{
    const auto value = verticalScrollBar()->value();
    const auto delta = value - m_lastValue;
    if (delta == 0 || itemCount() == 0) {
        return;
    }
    if (std::abs(delta) <= 3 * viewport()->height()) {
        moveBy(delta);
    } else {
        jumpTo(value);
    }
    settle();
    placeEditor();
    viewport()->update();
}

qreal NotebookCanvas::anchorTop(int item)
{
    if (item < m_anchorItem) {
        return -m_anchorOffset - (m_heights.top(m_anchorItem) - m_heights.top(item));
    }
    return -m_anchorOffset + (m_heights.top(item) - m_heights.top(m_anchorItem));
}

QRectF NotebookCanvas::itemRect(int item)
{
    const auto height = layoutItem(item).height();
    return {0, anchorTop(item), cellWidth(), height};
}

int NotebookCanvas::itemAt(QPointF point)
{
    auto y = -m_anchorOffset;
    for (auto item = m_anchorItem; item < itemCount() && y <= point.y(); ++item) {
        const auto height = shownItem(item).height();
        if (point.y() < y + height + CellHeights::gap) { // the gap below belongs to the cell
            return item;
        }
        y += height + CellHeights::gap;
    }
    return -1;
}

void NotebookCanvas::ensureVisible(int item)
{
    const auto rect = itemRect(item);
    const auto height = viewport()->height();
    if (rect.top() < -3 * height || rect.top() > 3 * height) { // nobody sees what lies between
        m_anchorItem = item;
        m_anchorOffset = rect.top() < 0 || rect.height() > height ? -CellHeights::gap : rect.height() - height;
        moveBy(0);
    } else if (rect.top() < CellHeights::gap) {
        moveBy(rect.top() - CellHeights::gap);
    } else if (rect.bottom() > height) {
        // A cell taller than the screen starts at its top.
        moveBy(std::min(rect.bottom() - height + CellHeights::gap, rect.top() - CellHeights::gap));
    }
    settle();
    placeEditor();
    viewport()->update();
}

void NotebookCanvas::setCurrentItem(int item, bool scroll)
{
    if (itemCount() == 0) {
        return;
    }
    item = std::clamp(item, 0, itemCount() - 1);
    if (item != m_currentItem) {
        m_currentItem = item;
        m_link = -1;
        Q_EMIT currentItemChanged(item);
        if (hasFocus()) {
            QAccessibleEvent focus(this, QAccessible::Focus);
            focus.setChild(item);
            QAccessible::updateAccessibility(&focus);
        }
    }
    if (scroll) {
        ensureVisible(item);
    }
    viewport()->update();
}

std::optional<std::size_t> NotebookCanvas::currentFinding() const
{
    const auto& current = m_state.current();
    if (!m_document || !current || current->artifact != m_document->analysis().artifact.path
        || current->index >= m_shown.size()) {
        return {};
    }
    return current->index;
}

std::optional<std::size_t> NotebookCanvas::openFinding() const
{
    return m_cardOpen ? currentFinding() : std::nullopt;
}

QString NotebookCanvas::positionText(std::size_t finding) const
{
    const auto& visible = m_state.visible();
    const FindingRef ref{m_document->analysis().artifact.path, finding};
    const auto hit = std::find(visible.begin(), visible.end(), ref);
    return hit == visible.end() ? QString() : tr("%1 of %2").arg(hit - visible.begin() + 1).arg(visible.size());
}

void NotebookCanvas::followCurrent()
{
    stopReveal();
    m_cardOpen = true;
    m_selection.clear();
    if (m_document) { // the card moves from one cell to another; the others stay as they are
        for (const auto& finding : {std::exchange(m_lastFinding, currentFinding()), m_lastFinding}) {
            const auto item = finding ? m_document->itemOf(*finding) : -1;
            if (const auto known = m_cells.find(item); known != m_cells.end()) {
                known->second->stale = true;
            }
        }
    }
    settle();
    revealCurrent();
}

// In the next turn: what made a finding the current one goes on to change more, and its cell is built once.
void NotebookCanvas::revealCurrent()
{
    const auto finding = currentFinding();
    if (const auto item = finding ? m_document->itemOf(*finding) : -1; item >= 0) {
        setCurrentItem(item, false);
    }
    m_revealPending = true;
    askForTurn();
}

// Before cells become higher or wider: the chosen finding, if it is seen, stays where it is on the screen.
void NotebookCanvas::holdFinding(int seenHeight)
{
    const auto finding = currentFinding();
    const auto item = finding && !m_held ? m_document->itemOf(*finding) : -1;
    const auto cell = m_cells.find(item);
    if (item < 0 || cell == m_cells.end()) {
        return;
    }
    if (const auto rect = cell->second->findingRect(*finding)) {
        const auto top = anchorTop(item) + rect->top();
        if (top > -rect->height() && top < seenHeight) {
            m_held = std::max(top, 0.0);
        }
    }
}

void NotebookCanvas::showHeld()
{
    const auto top = std::exchange(m_held, {});
    const auto finding = currentFinding();
    const auto item = finding ? m_document->itemOf(*finding) : -1;
    const auto rect = item < 0 ? std::optional<QRectF>() : layoutItem(item).findingRect(*finding);
    if (top && rect) {
        m_anchorItem = item;
        m_anchorOffset = rect->top() - std::clamp(*top, 0.0, std::max(0.0, viewport()->height() - rect->height()));
        moveBy(0);
    }
}

void NotebookCanvas::revealNow()
{
    m_held.reset();
    const auto finding = currentFinding();
    const auto item = finding ? m_document->itemOf(*finding) : -1;
    if (item < 0) {
        viewport()->update();
        return;
    }
    auto& view = m_views[item];
    const auto pages = view.pages;
    turnTo(*finding, *m_document, m_document->items()[static_cast<std::size_t>(item)], view);
    if (const auto known = m_cells.find(item); known != m_cells.end() && pages != view.pages) {
        known->second->stale = true;
    }
    for (const auto& placed : layoutItem(item).blocks()) {
        placed.block->reveal(*finding);
    }
    const auto rect = layoutItem(item).findingRect(*finding);
    m_anchorItem = item;
    m_anchorOffset = (rect ? rect->top() : 0) - viewport()->height() / 3.0;
    moveBy(0);
    settle();
    setCurrentItem(item, false);
    placeEditor();
    viewport()->update();
}

void NotebookCanvas::setPictures(PictureSource* pictures)
{
    m_pictures = pictures;
    connect(pictures, &PictureSource::arrived, viewport(), qOverload<>(&QWidget::update));
}

void NotebookCanvas::setOutputPolicy(OutputPolicy policy)
{
    m_policy = policy;
    for (auto& [item, view] : m_views) {
        view.outputsShown.reset();
    }
    invalidateAll();
}

void NotebookCanvas::setCleanFolded(bool folded)
{
    m_cleanFolded = folded;
    for (auto& [item, view] : m_views) {
        view.expanded.erase(foldCellId);
    }
    closeEditor();
    invalidateAll();
}

void NotebookCanvas::resizeEvent(QResizeEvent* event)
{
    holdFinding(std::max(event->oldSize().height(), viewport()->height()));
    m_unsettled = true;
    askForTurn();
    settle();
    placeEditor();
}

void NotebookCanvas::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange
        || event->type() == QEvent::StyleChange) {
        verticalScrollBar()->setSingleStep(lineHeight(TextRole::Code));
        holdFinding(viewport()->height());
        stopReveal();
        invalidateAll();
    }
    QAbstractScrollArea::changeEvent(event);
}

} // namespace cupel::widgets
