// SPDX-License-Identifier: GPL-3.0-or-later
// The recents as rows, and the filter over their names, places and kinds. Owned by the home page, UI thread.
#pragma once

#include "widgets/common/table_model.h"
#include "widgets/home/recent.h"

#include <QtCore/QSortFilterProxyModel>

namespace cupel::widgets {

class RecentsModel : public TableModel<Recent> {
    Q_OBJECT
public:
    static constexpr int recentRole = Qt::UserRole + 1; // the Recent itself
    using TableModel<Recent>::TableModel;

protected:
    [[nodiscard]] QVariant cell(const Recent& row, int column, int role) const override;
};

class RecentsFilter : public QSortFilterProxyModel {
    Q_OBJECT
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;
    void setText(const QString& text); // every word has to occur

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    QStringList m_words;
};

} // namespace cupel::widgets
