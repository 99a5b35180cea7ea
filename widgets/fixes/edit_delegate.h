// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of the list of edits: switch, severity sign, what the edit does, where, how often.
#pragma once

#include <QtWidgets/QStyledItemDelegate>

namespace cupel::widgets {

class EditDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

protected:
    bool editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
        const QModelIndex& index) override;
};

} // namespace cupel::widgets
