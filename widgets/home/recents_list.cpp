// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/home/recents_list.h"

#include "widgets/common/icons.h"
#include "widgets/home/recents_delegate.h"
#include "widgets/home/recents_model.h"

#include <QtGui/QContextMenuEvent>
#include <QtGui/QKeyEvent>
#include <QtGui/QMouseEvent>
#include <QtWidgets/QMenu>

namespace cupel::widgets {

namespace {

bool reachable(const QModelIndex& index)
{
    return index.data(RecentsModel::recentRole).value<Recent>().reachable;
}

} // namespace

RecentsList::RecentsList(QWidget* parent)
    : QListView(parent)
{
    setItemDelegate(new RecentsDelegate(this));
    setAccessibleName(tr("Recent reviews"));
    setMouseTracking(true); // the pointer shows what can be pressed
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setResizeMode(Adjust);
    setUniformItemSizes(true);
    setEditTriggers(NoEditTriggers);
}

void RecentsList::activate(const QModelIndex& index)
{
    if (reachable(index)) {
        Q_EMIT openRequested(index);
    } else {
        Q_EMIT locateRequested(index);
    }
}

void RecentsList::keyPressEvent(QKeyEvent* event)
{
    const QModelIndex index = currentIndex();
    if (index.isValid() && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
        activate(index);
    } else if (index.isValid() && event->key() == Qt::Key_Delete) {
        Q_EMIT removeRequested(index);
    } else if (index.isValid() && event->matches(QKeySequence::Copy)) {
        Q_EMIT copyRequested(index);
    } else {
        QListView::keyPressEvent(event);
    }
}

void RecentsList::mousePressEvent(QMouseEvent* event)
{
    QListView::mousePressEvent(event);
    m_pressed = event->button() == Qt::LeftButton ? indexAt(event->position().toPoint()) : QModelIndex();
}

void RecentsList::mouseReleaseEvent(QMouseEvent* event)
{
    QListView::mouseReleaseEvent(event);
    const QModelIndex index = indexAt(event->position().toPoint());
    const bool same = m_pressed.isValid() && index == m_pressed && event->button() == Qt::LeftButton;
    m_pressed = QModelIndex();
    if (same && (reachable(index) || onLocate(index, event->position().toPoint()))) {
        activate(index);
    }
}

bool RecentsList::onLocate(const QModelIndex& index, const QPoint& position) const
{
    const QRect row = visualRect(index);
    return QStyle::visualRect(layoutDirection(), row, RecentsDelegate::locateBox(row, index)).contains(position);
}

void RecentsList::mouseMoveEvent(QMouseEvent* event)
{
    QListView::mouseMoveEvent(event);
    const QModelIndex index = indexAt(event->position().toPoint());
    viewport()->setCursor(index.isValid() ? Qt::PointingHandCursor : Qt::ArrowCursor);
    if (index.isValid() && !reachable(index)) {
        update(index); // the button under the pointer lights up
    }
}

void RecentsList::contextMenuEvent(QContextMenuEvent* event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const QPersistentModelIndex index = byKey ? currentIndex() : indexAt(event->pos());
    if (!index.isValid()) {
        return;
    }
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const bool there = reachable(index);
    const QIcon sign = icon(there ? QStringLiteral("folder-open") : QStringLiteral("search"));
    connect(menu->addAction(sign, there ? tr("Open") : tr("Locate…")), &QAction::triggered, this, [this, index] {
        if (index.isValid()) {
            activate(index);
        }
    });
    connect(menu->addAction(icon(QStringLiteral("copy")), tr("Copy path")), &QAction::triggered, this, [this, index] {
        if (index.isValid()) {
            Q_EMIT copyRequested(index);
        }
    });
    menu->addSeparator();
    connect(menu->addAction(icon(QStringLiteral("x")), tr("Remove from the list")), &QAction::triggered, this,
        [this, index] {
            if (index.isValid()) {
                Q_EMIT removeRequested(index);
            }
        });
    menu->popup(byKey ? viewport()->mapToGlobal(visualRect(index).center()) : event->globalPos());
}

} // namespace cupel::widgets
