// SPDX-License-Identifier: GPL-3.0-or-later
// The row of a comparison of models that one stands on, both versions side by side: facts of a tensor with its numbers,
// values, lines of a template. Painted as line diffs are. UI thread.
#pragma once

#include "widgets/common/table_model.h"
#include "widgets/fixes/compare_tree.h"
#include "widgets/fixes/diff_rows.h"

namespace cupel::widgets {

class CompareDetail final : public TableModel<DiffRow>, public DiffSource {
    Q_OBJECT
public:
    using TableModel<DiffRow>::TableModel;
    void show(CompareTablesPtr tables, std::optional<CompareTreeModel::Place> place);
    void setInline(bool oneColumn);
    [[nodiscard]] bool isInline() const override { return m_inline; }
    [[nodiscard]] const DiffRow* diffRow(const QModelIndex& index) const override { return at(index); }
    [[nodiscard]] DiffHead head(const DiffRow& row) const override;
    [[nodiscard]] DiffNote note(const DiffRow& row) const override;

protected:
    [[nodiscard]] QVariant cell(const DiffRow& row, int column, int role) const override;

private:
    void rebuild();
    [[nodiscard]] std::vector<fixes::PreviewRow> lines() const;
    CompareTablesPtr m_tables;
    std::optional<CompareTreeModel::Place> m_place; // into m_tables, which keeps it alive
    bool m_inline = false;
};

} // namespace cupel::widgets
