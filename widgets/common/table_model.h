// SPDX-License-Identifier: GPL-3.0-or-later
// The protocol of QAbstractItemModel over a vector of plain values, once for all lists and tables. A model says what a
// cell holds; this base says when it changed. Owned by its view or session, UI thread only.
#pragma once

#include <QtCore/QAbstractTableModel>

#include <cstddef>
#include <iterator>
#include <utility>
#include <vector>

namespace cupel::widgets {

template <typename Row> class TableModel : public QAbstractTableModel {
public:
    using QAbstractTableModel::QAbstractTableModel;

    void setRows(std::vector<Row> rows)
    {
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
    }
    void append(std::vector<Row> rows)
    {
        if (rows.empty()) {
            return;
        }
        const int first = size();
        beginInsertRows({}, first, first + static_cast<int>(rows.size()) - 1);
        m_rows.insert(m_rows.end(), std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end()));
        endInsertRows();
    }
    void replace(int position, Row row)
    {
        if (position < 0 || position >= size()) {
            return;
        }
        m_rows[static_cast<std::size_t>(position)] = std::move(row);
        Q_EMIT dataChanged(index(position, 0), index(position, columns() - 1));
    }
    // In the place of one row; there is at least one.
    void replace(int position, std::vector<Row> rows)
    {
        if (position < 0 || position >= size() || rows.empty()) {
            return;
        }
        const auto more = static_cast<int>(rows.size()) - 1;
        replace(position, std::move(rows.front()));
        if (more > 0) {
            beginInsertRows({}, position + 1, position + more);
            m_rows.insert(m_rows.begin() + position + 1, std::make_move_iterator(rows.begin() + 1),
                std::make_move_iterator(rows.end()));
            endInsertRows();
        }
    }
    void removeAt(int position)
    {
        if (position < 0 || position >= size()) {
            return;
        }
        beginRemoveRows({}, position, position);
        m_rows.erase(m_rows.begin() + position);
        endRemoveRows();
    }
    [[nodiscard]] const std::vector<Row>& rows() const { return m_rows; }
    // Null for an index of no row.
    [[nodiscard]] const Row* at(const QModelIndex& index) const
    {
        const bool inside = index.isValid() && index.row() >= 0 && index.row() < size();
        return inside ? &m_rows[static_cast<std::size_t>(index.row())] : nullptr;
    }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : size(); }
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() ? 0 : columns();
    }
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override
    {
        const Row* row = at(index);
        return row ? cell(*row, index.column(), role) : QVariant();
    }
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override
    {
        return orientation == Qt::Horizontal && section >= 0 && section < columns() ? header(section, role)
                                                                                    : QVariant();
    }

protected:
    [[nodiscard]] virtual int columns() const { return 1; }
    [[nodiscard]] virtual QVariant cell(const Row& row, int column, int role) const = 0;
    [[nodiscard]] virtual QVariant header(int /*column*/, int /*role*/) const { return {}; }

private:
    [[nodiscard]] int size() const { return static_cast<int>(m_rows.size()); }
    std::vector<Row> m_rows;
};

} // namespace cupel::widgets
