// SPDX-License-Identifier: GPL-3.0-or-later
// Two lists of a comparison: its findings as the navigator shows them, and the rows of one file side by side. UI
// thread.
#pragma once

#include "widgets/common/table_model.h"
#include "widgets/fixes/diff_rows.h"
#include "widgets/models/compare_state.h"

namespace cupel::widgets {

class ChangeModel final : public TableModel<ChangeRef> {
    Q_OBJECT
public:
    enum Role { SeverityRole = Qt::UserRole + 1, KindRole, NoteRole };
    explicit ChangeModel(CompareState* state, QObject* parent = nullptr);
    [[nodiscard]] int rowOf(const ChangeRef& ref) const; // -1: not shown

protected:
    [[nodiscard]] QVariant cell(const ChangeRef& row, int column, int role) const override;

private:
    CompareState* m_state;
};

class CompareModel final : public TableModel<DiffRow>, public DiffSource {
    Q_OBJECT
public:
    explicit CompareModel(CompareState* state, QObject* parent = nullptr);
    void setInline(bool oneColumn);
    [[nodiscard]] bool isInline() const override { return m_inline; }
    void setFolded(bool folded); // cells that are the same are left out, and unchanged lines
    [[nodiscard]] const DiffRow* diffRow(const QModelIndex& index) const override { return at(index); }
    [[nodiscard]] DiffHead head(const DiffRow& row) const override;
    [[nodiscard]] DiffNote note(const DiffRow& row) const override;
    [[nodiscard]] int rowOfFinding(std::size_t change) const; // -1: none
    // The next head of a part that changed or has a finding that did; -1: none.
    [[nodiscard]] int nextChange(int row, int direction) const;
    void rebuild();
    [[nodiscard]] bool hasLines() const; // that are shown, or findings
    [[nodiscard]] bool hasFoldedLines() const;

protected:
    [[nodiscard]] QVariant cell(const DiffRow& row, int column, int role) const override;

private:
    [[nodiscard]] bool isWorthShowing(const review::ComparedPart& part) const;
    [[nodiscard]] QString title(const review::ComparedPart& part) const;
    CompareState* m_state;
    bool m_inline = false;
    bool m_folded = true;
};

} // namespace cupel::widgets
