// SPDX-License-Identifier: GPL-3.0-or-later
// Paints a recent in columns that give way as the window narrows: the kind first, then the counts go under the name.
#pragma once

#include "widgets/home/recent.h"

#include <QtWidgets/QStyledItemDelegate>

namespace cupel::widgets {

class RecentsDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    // Where the button "Locate" of a row is; empty for a row that can be reached.
    [[nodiscard]] static QRect locateBox(const QRect& row, const QModelIndex& index);
};

} // namespace cupel::widgets
