// SPDX-License-Identifier: GPL-3.0-or-later
// What a model declares as tables: tensors that sort and filter at 10^5 rows, metadata, operators with what the file
// points to, and the names a pickle asks for. Choosing a row selects its bytes. UI thread.
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
    [[nodiscard]] int rowOf(ByteRange bytes) const; // -1: none shown

private:
    void arrange();
    ModelState& m_state;
    std::vector<std::uint32_t> m_rows; // indices of the tensors that are shown
    QStringList m_words;
    int m_column = -1;
    Qt::SortOrder m_order = Qt::AscendingOrder;
};

// The simple tables: a few columns of text, a sign, the bytes of a row.
class FactModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    struct Row {
        QStringList cells;
        std::optional<Severity> sign; // at the first column
        ByteRange bytes;
        std::string path = {}; // of the part that the row stands for; empty: none
    };
    explicit FactModel(QStringList heads, QObject* parent = nullptr);
    void setRows(std::vector<Row> rows);
    [[nodiscard]] const Row* at(int row) const;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QStringList m_heads;
    std::vector<Row> m_rows;
};

class TensorTable : public QWidget {
    Q_OBJECT
public:
    explicit TensorTable(ModelState& state, QWidget* parent = nullptr);
    [[nodiscard]] QLineEdit* filter() const { return m_filter; }
    [[nodiscard]] PlainTable* table() const { return m_table; }

protected:
    bool event(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void count();
    void fitColumns();
    void follow();
    ModelState& m_state;
    TensorModel m_model;
    QLineEdit* m_filter;
    Label* m_count;
    PlainTable* m_table;
    QWidget* m_panel = nullptr; // around the numbers of the chosen tensor
    EmptyState* m_none = nullptr; // instead of the table, when no row is left
    bool m_choosing = false;
};

// Rows of `fill` for each reading. Enter or a double click on a row that stands for a part opens that part.
class FactTable : public PlainTable {
    Q_OBJECT
public:
    using Fill = std::vector<FactModel::Row> (*)(const ModelReading& reading);
    FactTable(
        ModelState& state, const QString& accessibleName, QStringList heads, Fill fill, QWidget* parent = nullptr);
    [[nodiscard]] int rows() const { return m_model.rowCount(); }

private:
    void fitColumns();
    ModelState& m_state;
    FactModel m_model;
    Fill m_fill;
};

[[nodiscard]] std::vector<FactModel::Row> memberRows(const ModelReading& reading);
[[nodiscard]] std::vector<FactModel::Row> metadataRows(const ModelReading& reading);
[[nodiscard]] std::vector<FactModel::Row> operatorRows(const ModelReading& reading);
[[nodiscard]] std::vector<FactModel::Row> importRows(const ModelReading& reading);
[[nodiscard]] std::vector<FactModel::Row> loaderRows(const ModelReading& reading);
[[nodiscard]] std::vector<FactModel::Row> referenceRows(const ModelReading& reading);

} // namespace cupel::widgets
