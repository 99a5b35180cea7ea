// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/findings/finding_tree.h"

#include "widgets/findings/finding_delegate.h"

#include <QtCore/QScopedValueRollback>
#include <QtGui/QContextMenuEvent>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QScrollBar>

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
    setSelectionMode(SingleSelection);
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
        selectionModel()->clearSelection();
        return;
    }
    if (index != currentIndex()) {
        selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect);
        scrollTo(index);
    }
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
        scheduleDelayedItemsLayout(); // rows grow with the text
    }
}

} // namespace cupel::widgets
