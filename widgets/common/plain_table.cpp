// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/plain_table.h"

#include "widgets/common/theme.h"

#include <QtGui/QFocusEvent>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QHeaderView>

#include <algorithm>

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

// Who comes in by the keyboard stands on the first row, which is chosen then: Qt would only draw a ring around its
// cell.
void PlainTable::focusInEvent(QFocusEvent* event)
{
    if (!currentIndex().isValid() && event->reason() != Qt::MouseFocusReason && model() && model()->rowCount() > 0) {
        setCurrentIndex(model()->index(0, 0));
    }
    QTableView::focusInEvent(event);
}

void PlainTable::keyPressEvent(QKeyEvent* event)
{
    const bool letter =
        !event->text().isEmpty() && event->text().front().isPrint() && (event->modifiers() & Qt::ControlModifier) == 0;
    const bool home = event->key() == Qt::Key_Home;
    const bool ends = home || event->key() == Qt::Key_End;
    if (letter) {
        event->ignore(); // letters are shortcuts of the window here, not a search
    } else if (ends && (event->modifiers() & Qt::ShiftModifier) == 0) {
        // Rows are chosen, not cells: the first and the last one, without scrolling their names away.
        if (model() && model()->rowCount() > 0) {
            const int column = std::max(0, currentIndex().column());
            setCurrentIndex(model()->index(home ? 0 : model()->rowCount() - 1, column));
        }
        event->accept();
    } else {
        QTableView::keyPressEvent(event);
    }
}

} // namespace cupel::widgets
