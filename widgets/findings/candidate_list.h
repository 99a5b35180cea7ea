// SPDX-License-Identifier: GPL-3.0-or-later
// The popup of the filter field: a candidate in the code font and what it means beside it.
#pragma once

#include <QtWidgets/QListView>
#include <QtWidgets/QStyledItemDelegate>

namespace cupel::widgets {

class CandidateList : public QListView {
    Q_OBJECT
public:
    enum Role { NoteRole = Qt::UserRole + 1, StartRole, LengthRole };
    explicit CandidateList(QWidget* parent = nullptr);
};

class CandidateDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace cupel::widgets
