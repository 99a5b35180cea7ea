// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/findings/finding_tree.h"

#include "widgets/findings/finding_delegate.h"

#include <QtCore/QScopedValueRollback>
#include <QtCore/QTimer>
#include <QtGui/QAccessible>
#include <QtGui/QContextMenuEvent>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QScrollBar>

#include <algorithm>
#include <tuple>
#include <utility>

namespace cupel::widgets {

FindingTree::FindingTree(ReviewState* state, QWidget* parent)
    : QTreeView(parent)
    , m_state(state)
    , m_model(state)
{
    setAccessibleName(tr("Findings"));
    setHeaderHidden(true);
    setRootIsDecorated(false);
    setIndentation(0);
    setFrameShape(NoFrame);
    setMouseTracking(true);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setExpandsOnDoubleClick(false);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setAutoFillBackground(false);
    viewport()->setAttribute(Qt::WA_Hover);
    setItemDelegate(new FindingDelegate(this));
    setModel(&m_model);
    connect(&m_model, &QAbstractItemModel::modelReset, this, &FindingTree::unfold);
    connect(&m_model, &QAbstractItemModel::rowsInserted, this, &FindingTree::unfold);
    connect(this, &QTreeView::expanded, this,
        [this](const QModelIndex& index) { m_folded.remove(index.data(FindingListModel::KeyRole).toString()); });
    connect(this, &QTreeView::collapsed, this, [this](const QModelIndex& index) {
        if (!m_unfolding) {
            m_folded.insert(index.data(FindingListModel::KeyRole).toString());
        }
    });
    connect(state, &ReviewState::currentChanged, this, &FindingTree::follow);
    unfold();
}

// Groups are open unless somebody folded them.
void FindingTree::unfold()
{
    const QScopedValueRollback<bool> guard(m_unfolding, true);
    const QSet<QString> folded = m_folded;
    expandAll();
    if (!folded.isEmpty()) {
        for (int i = 0; i < m_model.rowCount(); ++i) {
            const QModelIndex group = m_model.index(i, 0);
            if (folded.contains(group.data(FindingListModel::KeyRole).toString())) {
                collapse(group);
            }
        }
    }
    m_folded = folded;
    follow();
}

void FindingTree::follow()
{
    viewport()->update();
    if (m_byUser) {
        return;
    }
    const QModelIndex index = m_state->current() ? m_model.indexOf(*m_state->current()) : QModelIndex();
    if (!index.isValid()) {
        if (!m_marking) {
            selectionModel()->clearSelection();
        }
        return;
    }
    if (index != currentIndex() || (!m_marking && !selectionModel()->hasSelection())) {
        selectionModel()->setCurrentIndex(
            index, m_marking ? QItemSelectionModel::NoUpdate : QItemSelectionModel::ClearAndSelect);
        scrollTo(index);
    }
}

// A row that stays may stand for the finding with another number after a new scan: until the rows say so, the current
// finding is looked for under its new number among the old ones.
void FindingTree::followLater()
{
    if (std::exchange(m_follows, true)) {
        return;
    }
    QTimer::singleShot(0, this, [this] {
        m_follows = false;
        follow();
    });
}

void FindingTree::dataChanged(const QModelIndex& topLeft, const QModelIndex& bottomRight, const QList<int>& /*roles*/)
{
    viewport()->update();
    const FindingRow* at = row(currentIndex());
    const bool other = at == nullptr || at->ref != m_state->current();
    if (m_state->current() && (other || (!m_marking && !selectionModel()->hasSelection()))) {
        followLater();
    }
    if (QAccessible::isActive()) {
        QAccessibleTableModelChangeEvent event(this, QAccessibleTableModelChangeEvent::DataChanged);
        event.setFirstRow(topLeft.row());
        event.setFirstColumn(topLeft.column());
        event.setLastRow(bottomRight.row());
        event.setLastColumn(bottomRight.column());
        QAccessible::updateAccessibility(&event);
    }
}

std::vector<FindingRef> FindingTree::chosen() const
{
    // Ranges, not single indexes: ten thousand rows are one range for each group.
    struct Span {
        int group;
        int top;
        int bottom;
    };
    std::vector<Span> spans;
    std::vector<FindingRef> refs;
    for (const QItemSelectionRange& range : selectionModel()->selection()) {
        spans.push_back({range.parent().isValid() ? range.parent().row() : -1, range.top(), range.bottom()});
    }
    std::sort(spans.begin(), spans.end(),
        [](const Span& a, const Span& b) { return std::tie(a.group, a.top) < std::tie(b.group, b.top); });
    for (const Span& span : spans) {
        const QModelIndex parent = span.group < 0 ? QModelIndex() : m_model.index(span.group, 0);
        for (int i = span.top; i <= span.bottom; ++i) {
            if (const FindingRow* at = row(m_model.index(i, 0, parent)); at != nullptr && !at->group) {
                refs.push_back(at->ref);
            }
        }
    }
    return refs;
}

void FindingTree::startMarking()
{
    if (!m_marking) {
        m_marking = true;
        if (chosen().size() < 2) { // the row one stands on is not a choice yet
            selectionModel()->clearSelection();
        }
    }
}

void FindingTree::mark()
{
    const FindingRow* at = row(currentIndex());
    if (at == nullptr || at->group) {
        return;
    }
    startMarking();
    selectionModel()->select(currentIndex(), QItemSelectionModel::Toggle);
    m_lastMarked = currentIndex();
    viewport()->update();
    Q_EMIT choiceChanged();
}

QModelIndex FindingTree::following(const QModelIndex& index) const
{
    const QModelIndex next = index.siblingAtRow(index.row() + 1);
    if (next.isValid() || !index.parent().isValid()) {
        return next;
    }
    for (int group = index.parent().row() + 1; group < m_model.rowCount(); ++group) {
        if (const QModelIndex first = m_model.index(0, 0, m_model.index(group, 0)); first.isValid()) {
            return first;
        }
    }
    return {};
}

void FindingTree::markRange()
{
    const FindingRow* at = row(currentIndex());
    if (at == nullptr || at->group) {
        return;
    }
    const QModelIndex from = m_lastMarked.isValid() ? QModelIndex(m_lastMarked) : currentIndex();
    startMarking();
    const auto place = [](const QModelIndex& index) { return std::pair(index.parent().row(), index.row()); };
    QModelIndex first = from;
    QModelIndex last = currentIndex();
    if (place(last) < place(first)) {
        std::swap(first, last);
    }
    QItemSelection range;
    for (QModelIndex index = first; index.isValid(); index = following(index)) {
        // To the end of its group at once.
        const bool ends = index.parent() == last.parent();
        const QModelIndex stop = ends ? last : index.siblingAtRow(m_model.rowCount(index.parent()) - 1);
        range.append(QItemSelectionRange(index, stop));
        if (ends) {
            break;
        }
        index = stop;
    }
    selectionModel()->select(range, QItemSelectionModel::Select);
    m_lastMarked = currentIndex();
    viewport()->update();
    Q_EMIT choiceChanged();
}

void FindingTree::chooseAll()
{
    m_marking = true;
    selectAll();
}

bool FindingTree::dropMarks()
{
    if (!m_marking && selectionModel()->selection().size() < 2 && chosen().size() < 2) {
        return false;
    }
    m_marking = false;
    m_lastMarked = QModelIndex();
    if (currentIndex().isValid()) {
        selectionModel()->select(currentIndex(), QItemSelectionModel::ClearAndSelect);
    } else {
        selectionModel()->clearSelection();
    }
    viewport()->update();
    Q_EMIT choiceChanged();
    return true;
}

void FindingTree::selectionChanged(const QItemSelection& selected, const QItemSelection& deselected)
{
    QTreeView::selectionChanged(selected, deselected);
    Q_EMIT choiceChanged();
}

QItemSelectionModel::SelectionFlags FindingTree::selectionCommand(const QModelIndex& index, const QEvent* event) const
{
    const FindingRow* at = row(index);
    if (at != nullptr && at->group && event != nullptr && event->type() == QEvent::MouseButtonPress) {
        return QItemSelectionModel::NoUpdate; // a click folds the group, what is chosen stays
    }
    const bool plainKey = event != nullptr && event->type() == QEvent::KeyPress
        && (static_cast<const QKeyEvent*>(event)->modifiers() & (Qt::ShiftModifier | Qt::ControlModifier)) == 0;
    return m_marking && plainKey ? QItemSelectionModel::NoUpdate : QTreeView::selectionCommand(index, event);
}

void FindingTree::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QTreeView::currentChanged(current, previous);
    const FindingRow* chosen = row(current);
    // Rows that come and go move the current index too: only a person changes the current finding.
    if (m_byUser && chosen != nullptr && !chosen->group) {
        m_state->setCurrent(chosen->ref);
    }
}

void FindingTree::keyPressEvent(QKeyEvent* event)
{
    const QScopedValueRollback<bool> guard(m_byUser, true);
    const FindingRow* at = row(currentIndex());
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (event->key() == Qt::Key_Escape && dropMarks()) {
        return;
    }
    if (event->matches(QKeySequence::SelectAll)) {
        chooseAll();
        return;
    }
    if (at != nullptr && (enter || event->key() == Qt::Key_Space)) {
        if (at->group) {
            setExpanded(currentIndex(), !isExpanded(currentIndex()));
        } else {
            m_state->setCurrent(FindingRef(at->ref));
            if (enter) {
                Q_EMIT opened();
            }
        }
        return;
    }
    // Letters are shortcuts of the window here, not a search for rows; other keys move.
    if (!event->text().isEmpty() && event->text().front().isPrint() && event->key() != Qt::Key_Asterisk
        && event->key() != Qt::Key_Plus && event->key() != Qt::Key_Minus) {
        event->ignore();
        return;
    }
    QTreeView::keyPressEvent(event);
}

void FindingTree::mousePressEvent(QMouseEvent* event)
{
    const QScopedValueRollback<bool> guard(m_byUser, true);
    const QModelIndex index = indexAt(event->pos());
    const FindingRow* at = row(index);
    m_pressedGroup = at != nullptr && at->group && event->button() == Qt::LeftButton ? index : QModelIndex();
    const bool plain = (event->modifiers() & (Qt::ShiftModifier | Qt::ControlModifier)) == 0;
    if (event->button() == Qt::LeftButton && plain && !m_pressedGroup.isValid()) {
        m_marking = false;
    }
    QTreeView::mousePressEvent(event);
    at = row(index);
    if (at != nullptr && !at->group) {
        m_state->setCurrent(FindingRef(at->ref)); // also when the row was current already but the finding was not
    }
}

void FindingTree::mouseReleaseEvent(QMouseEvent* event)
{
    QTreeView::mouseReleaseEvent(event);
    if (m_pressedGroup.isValid() && indexAt(event->pos()) == m_pressedGroup) {
        setExpanded(m_pressedGroup, !isExpanded(m_pressedGroup));
    }
    m_pressedGroup = QModelIndex();
}

void FindingTree::contextMenuEvent(QContextMenuEvent* event)
{
    const QScopedValueRollback<bool> guard(m_byUser, true);
    const bool mouse = event->reason() == QContextMenuEvent::Mouse;
    const QModelIndex index = mouse ? indexAt(event->pos()) : currentIndex();
    const FindingRow* at = row(index);
    if (at != nullptr && !at->group) {
        m_state->setCurrent(FindingRef(at->ref));
        Q_EMIT menuRequested(mouse ? event->globalPos() : viewport()->mapToGlobal(visualRect(index).center()));
    }
}

void FindingTree::drawBranches(QPainter*, const QRect&, const QModelIndex&) const { }

void FindingTree::changeEvent(QEvent* event)
{
    QTreeView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        // Rows grow with the text: what is chosen stays in sight.
        const bool seen = currentIndex().isValid() && viewport()->rect().intersects(visualRect(currentIndex()));
        scheduleDelayedItemsLayout();
        if (seen || m_keepsCurrent) {
            m_keepsCurrent = true;
            QTimer::singleShot(0, this, [this] {
                m_keepsCurrent = false;
                scrollTo(currentIndex());
            });
        }
    }
}

} // namespace cupel::widgets
