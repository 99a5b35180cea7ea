// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of the findings of a comparison: a sign and a word for new, fixed or unchanged, severity as shape, title, place.
#pragma once

#include <QtWidgets/QStyledItemDelegate>

namespace cupel::widgets {

class ChangeDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace cupel::widgets
