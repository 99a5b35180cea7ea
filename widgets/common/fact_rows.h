// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of two lines under headings: facts, steps, reasons, threats. Enter, a click and a screen reader choose a row. UI
// thread.
#pragma once

#include "analyzers/model/finding.h"
#include "widgets/common/table_model.h"

#include <QtWidgets/QListView>

#include <optional>

namespace cupel::widgets {

struct FactRow {
    bool heading = false;
    int number = 0; // in a disc; 0: none
    QString title;
    QString detail; // wraps
    QString right; // "certain"
    std::optional<Severity> sign;
    QString tip = {}; // stands in the tool tip alone: an id
};

class FactRowModel final : public TableModel<FactRow> {
public:
    using TableModel::TableModel;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;

protected:
    [[nodiscard]] QVariant cell(const FactRow& row, int column, int role) const override;
};

class FactRows : public QListView {
    Q_OBJECT
public:
    explicit FactRows(const QString& accessibleName, QWidget* parent = nullptr);
    void setFacts(std::vector<FactRow> rows);
    [[nodiscard]] const std::vector<FactRow>& facts() const { return m_model.rows(); }
    void mark(int row); // it becomes current, without being chosen; -1: none does

Q_SIGNALS:
    void chosen(int row); // by arrows or a click
    void opened(int row); // by Enter or a double click

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    FactRowModel m_model;
    bool m_marking = false;
};

} // namespace cupel::widgets
