// SPDX-License-Identifier: GPL-3.0-or-later
// The tensors of a model as a table that sorts and filters at 10^5 rows, over the numbers of the chosen one. Choosing a
// row selects its bytes, those of a member that is not packed too. UI thread.
#pragma once

#include "widgets/common/plain_table.h"
#include "widgets/models/model_state.h"

#include <QtCore/QAbstractTableModel>
#include <QtWidgets/QWidget>

class QLineEdit;

namespace cupel::widgets {

class EmptyState;
class Label;

class TensorModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    explicit TensorModel(ModelState& state, QObject* parent = nullptr);
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override; // -1: as in the file
    void setFilter(const QString& words); // all of them, in any order, in the name
    [[nodiscard]] const ModelTensor* tensor(const QModelIndex& index) const;
    [[nodiscard]] std::optional<std::size_t> number(const QModelIndex& index) const; // among all of the file
    [[nodiscard]] ByteRange placeOf(std::size_t tensor) const; // in the bytes that are shown; empty: elsewhere
    [[nodiscard]] int rowOf(std::size_t tensor) const; // -1: not shown
    [[nodiscard]] int rowOf(ByteRange bytes) const; // of the first there; -1: none shown

private:
    void arrange();
    ModelState& m_state;
    std::vector<std::uint32_t> m_rows; // indices of the tensors that are shown
    QStringList m_words;
    int m_column = -1;
    Qt::SortOrder m_order = Qt::AscendingOrder;
};

class TensorTable : public QWidget {
    Q_OBJECT
public:
    explicit TensorTable(ModelState& state, QWidget* parent = nullptr);
    [[nodiscard]] QLineEdit* filter() const { return m_filter; }
    [[nodiscard]] PlainTable* table() const { return m_table; }

protected:
    bool event(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void choose(const QModelIndex& index);
    void keepCurrent();
    void mark(int row);
    void count();
    void fitColumns();
    [[nodiscard]] int widestType() const;
    void follow();
    ModelState& m_state;
    TensorModel m_model;
    QLineEdit* m_filter;
    Label* m_count;
    PlainTable* m_table;
    QWidget* m_panel = nullptr; // around the numbers of the chosen tensor
    EmptyState* m_none = nullptr; // instead of the table, when no row is left
    int m_nameWidth = 0; // that fitColumns gave
    bool m_choosing = false;
};

} // namespace cupel::widgets
