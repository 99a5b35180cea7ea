// SPDX-License-Identifier: GPL-3.0-or-later
// The edits of a fix as a list with switches. Equal ones of one part of the file (all e-mail addresses of an output)
// are one row with a count. UI thread.
#pragma once

#include "widgets/common/table_model.h"
#include "widgets/models/fix_state.h"

namespace cupel::widgets {

struct EditRow {
    std::vector<std::size_t> edits; // indices into Plan::edits
    std::size_t finding = 0; // the first one's
};

class EditModel final : public TableModel<EditRow> {
    Q_OBJECT
public:
    enum Role { SeverityRole = Qt::UserRole + 1, NoteRole, CountRole, OptionalRole, NeededRole, RefusedRole };
    explicit EditModel(FixState* state, QObject* parent = nullptr);
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    [[nodiscard]] int rowOfEdit(std::size_t edit) const;
    void rebuild();

protected:
    [[nodiscard]] QVariant cell(const EditRow& row, int column, int role) const override;

private:
    [[nodiscard]] QString title(const EditRow& row) const;
    [[nodiscard]] QString note(const EditRow& row) const; // why it is left out, else where it is
    [[nodiscard]] std::size_t refused(const EditRow& row) const; // how many of its edits
    FixState* m_state;
};

// "Redact", "Replace home path" ...: what an edit of this kind does, as the beginning of a title.
[[nodiscard]] QString editTitle(const std::string& kind, const QString& finding);

} // namespace cupel::widgets
