// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of the findings list: group rows of one line, findings of two with their severity sign.
#pragma once

#include "widgets/common/theme.h"

#include <QtWidgets/QStyledItemDelegate>

namespace cupel::widgets {

class FindingDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    static void paintGroup(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index);
    static void paintNote(QPainter& painter, const QStyleOptionViewItem& option, const QRect& room,
        const QModelIndex& index, Token quiet);
    static void paintFinding(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index);
};

} // namespace cupel::widgets
