// SPDX-License-Identifier: GPL-3.0-or-later
// Lists of changed lines: a click or Enter on a line that was cut shows all of it, on a fold the lines that it hides.
#pragma once

#include "widgets/fixes/diff_rows.h"

#include <QtWidgets/QListView>

namespace cupel::widgets {

template <class Model> void openLongLines(QListView* list, Model& model)
{
    const auto open = [list, &model](const QModelIndex& index) {
        const DiffRow* row = model.diffRow(index);
        if (row == nullptr) {
            return;
        }
        if (auto lines = unfolded(*row, model.isInline()); !lines.empty()) {
            model.replace(index.row(), std::move(lines)); // what was current stays: the first of them
            return;
        }
        DiffRow shown = *row;
        if (showWhole(shown)) {
            model.replace(index.row(), std::move(shown));
            list->doItemsLayout(); // it is higher now
        }
    };
    QObject::connect(list, &QListView::clicked, list, open);
    QObject::connect(list, &QListView::activated, list, open);
}

} // namespace cupel::widgets
