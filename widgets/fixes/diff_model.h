// SPDX-License-Identifier: GPL-3.0-or-later
// The rows of a fix preview: a head per changed part of the file, its lines side by side or one below the other, and
// what is folded away. Made from a FixOutcome; UI thread.
#pragma once

#include "widgets/common/table_model.h"
#include "widgets/fixes/diff_rows.h"
#include "widgets/models/fix_state.h"

namespace cupel::widgets {

class DiffModel final : public TableModel<DiffRow>, public DiffSource {
    Q_OBJECT
public:
    enum Role { RowRole = Qt::UserRole + 1, HunkRole };
    explicit DiffModel(FixState* state, QObject* parent = nullptr);

    void setInline(bool oneColumn);
    [[nodiscard]] bool isInline() const override { return m_inline; }
    [[nodiscard]] const DiffRow* diffRow(const QModelIndex& index) const override { return at(index); }
    [[nodiscard]] DiffHead head(const DiffRow& row) const override;
    void setFolded(bool folded); // unchanged lines away from a change are folded
    [[nodiscard]] const FixState& state() const { return *m_state; }
    [[nodiscard]] int rowOfEdit(std::size_t edit) const; // the head of the first part it changes, -1: none
    [[nodiscard]] int nextHead(int row, int direction) const; // -1: none
    void rebuild();

protected:
    [[nodiscard]] QVariant cell(const DiffRow& row, int column, int role) const override;

private:
    [[nodiscard]] QString spoken(const DiffRow& row) const;
    [[nodiscard]] QString countWords(const fixes::PreviewHunk& hunk) const; // "2 edits", "1 of 2 edits on"
    FixState* m_state;
    bool m_inline = false;
    bool m_folded = true;
};

} // namespace cupel::widgets
