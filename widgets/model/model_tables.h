// SPDX-License-Identifier: GPL-3.0-or-later
// What a model declares as simple tables: members, metadata, operators with what the file points to, and the names a
// pickle asks for. Choosing a row selects its bytes. UI thread.
#pragma once

#include "widgets/common/plain_table.h"
#include "widgets/models/model_state.h"

#include <QtCore/QAbstractTableModel>

namespace cupel::widgets {

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
    void setBreaks() { m_breaks = true; } // lines may end behind brackets, on screen only
    [[nodiscard]] const Row* at(int row) const;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QStringList m_heads;
    std::vector<Row> m_rows;
    bool m_breaks = false;
};

// Rows of `fill` for each reading. Enter or a double click on a row that stands for a part opens that part; on another
// it is told.
class FactTable : public PlainTable {
    Q_OBJECT
public:
    using Fill = std::vector<FactModel::Row> (*)(const ModelReading& reading);
    FactTable(
        ModelState& state, const QString& accessibleName, QStringList heads, Fill fill, QWidget* parent = nullptr);
    [[nodiscard]] int rows() const { return m_model.rowCount(); }
    void setWraps(); // few rows, which show all of their words

Q_SIGNALS:
    void opened(int row); // that stands for no part

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void fitColumns();
    void fitWrapped();
    bool m_wraps = false;
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
