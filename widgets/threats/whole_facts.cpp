// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/threats/whole_facts.h"

#include <QtCore/QEvent>
#include <QtGui/QResizeEvent>
#include <QtWidgets/QScrollArea>

namespace cupel::widgets {

WholeFacts::WholeFacts(const QString& accessibleName, QWidget* parent)
    : FactRows(accessibleName, parent)
{
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(model(), &QAbstractItemModel::modelReset, this, &WholeFacts::fit);
    connect(model(), &QAbstractItemModel::rowsInserted, this, &WholeFacts::fit);
    connect(model(), &QAbstractItemModel::rowsRemoved, this, &WholeFacts::fit);
    connect(model(), &QAbstractItemModel::dataChanged, this, &WholeFacts::fit);
}

void WholeFacts::fit()
{
    int height = 0;
    for (int row = 0; row < model()->rowCount(); ++row) {
        height += sizeHintForIndex(model()->index(row, 0)).height();
    }
    setFixedHeight(height);
}

void WholeFacts::scrollTo(const QModelIndex& index, ScrollHint hint)
{
    FactRows::scrollTo(index, hint);
    QWidget* around = parentWidget();
    while (around && !qobject_cast<QScrollArea*>(around)) {
        around = around->parentWidget();
    }
    if (auto* area = qobject_cast<QScrollArea*>(around)) {
        const QRect row = visualRect(index).translated(viewport()->mapTo(area->widget(), QPoint()));
        area->ensureVisible(row.left(), row.top(), 0, 0);
        area->ensureVisible(row.left(), row.bottom(), 0, 0);
    }
}

void WholeFacts::changeEvent(QEvent* event)
{
    FactRows::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        fit();
    }
}

// Narrower rows are taller.
void WholeFacts::resizeEvent(QResizeEvent* event)
{
    FactRows::resizeEvent(event);
    if (event->size().width() != event->oldSize().width()) {
        fit();
    }
}

} // namespace cupel::widgets
