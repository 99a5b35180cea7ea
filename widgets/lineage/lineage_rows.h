// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of two lines that lead somewhere: the steps of a way, what a node is tied to, why an edge is there. Enter, a
// click and a screen reader choose a row. UI thread.
#pragma once

#include "analyzers/lineage/lineage_graph.h"
#include "analyzers/model/finding.h"
#include "widgets/common/table_model.h"

#include <QtWidgets/QListView>

#include <optional>

namespace cupel::widgets {

struct LineageRow {
    bool heading = false;
    int number = 0; // in a disc; 0: none
    QString title;
    QString detail; // wraps
    QString right; // "certain"
    std::optional<Severity> sign;
    std::uint32_t edge = lineage::none; // of the drawing
    std::uint32_t unit = lineage::none; // node of the drawing
    std::optional<lineage::Place> place;
};

class LineageRowModel final : public TableModel<LineageRow> {
public:
    using TableModel::TableModel;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;

protected:
    [[nodiscard]] QVariant cell(const LineageRow& row, int column, int role) const override;
};

class LineageRows : public QListView {
    Q_OBJECT
public:
    explicit LineageRows(const QString& accessibleName, QWidget* parent = nullptr);
    void setRows(std::vector<LineageRow> rows);
    [[nodiscard]] const std::vector<LineageRow>& rows() const { return m_model.rows(); }
    void markEdge(std::uint32_t edge); // its row becomes current, without being chosen

Q_SIGNALS:
    void rowChosen(const cupel::widgets::LineageRow& row); // by arrows or a click
    void rowOpened(const cupel::widgets::LineageRow& row); // by Enter or a double click

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    LineageRowModel m_model;
    bool m_marking = false;
};

} // namespace cupel::widgets
