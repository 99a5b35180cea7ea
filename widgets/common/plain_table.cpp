// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/plain_table.h"

#include "widgets/common/theme.h"

#include <QtGui/QKeyEvent>
#include <QtWidgets/QHeaderView>

namespace cupel::widgets {

PlainTable::PlainTable(const QString& accessibleName, QWidget* parent)
    : QTableView(parent)
{
    setAccessibleName(accessibleName);
    setFrameShape(NoFrame);
    setShowGrid(false);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setWordWrap(false);
    setTabKeyNavigation(false);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setStretchLastSection(true);
    fitRows();
}

void PlainTable::fitRows()
{
    verticalHeader()->setDefaultSectionSize(lineHeight(TextRole::Base) + 8);
}

bool PlainTable::event(QEvent* event)
{
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange) {
        fitRows();
    }
    return QTableView::event(event);
}

void PlainTable::keyPressEvent(QKeyEvent* event)
{
    const bool letter =
        !event->text().isEmpty() && event->text().front().isPrint() && (event->modifiers() & Qt::ControlModifier) == 0;
    if (letter) {
        event->ignore(); // letters are shortcuts of the window here, not a search
    } else {
        QTableView::keyPressEvent(event);
    }
}

} // namespace cupel::widgets
