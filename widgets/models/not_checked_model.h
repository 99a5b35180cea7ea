// SPDX-License-Identifier: GPL-3.0-or-later
// What was not looked at, and why: one row per diagnostic that left something out. For the drawer's "Not checked".
#pragma once

#include "widgets/models/review_state.h"
#include "widgets/models/tree_model.h"

#include <QtCore/QPointer>

#include <cstdint>
#include <optional>

namespace cupel::widgets {

struct NotCheckedRow {
    std::string path; // empty: the scan as a whole
    std::string code; // "json-truncated"
    QString what; // one sentence
    std::optional<std::uint64_t> offset; // byte in the file, where the first of it stands
    friend bool operator==(const NotCheckedRow&, const NotCheckedRow&) = default;
};

class NotCheckedModel final : public TreeModel<NotCheckedRow> {
public:
    enum Column { FileColumn, WhatColumn, OffsetColumn, ColumnCount };
    enum Role { PathRole = Qt::UserRole + 1, CodeRole, OffsetRole };

    explicit NotCheckedModel(ReviewState* state, QObject* parent = nullptr);
    void sync() override;
    [[nodiscard]] bool anyOffset() const;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

protected:
    [[nodiscard]] QVariant valueData(const NotCheckedRow& row, int column, int role) const override;
    [[nodiscard]] int valueColumns() const override { return ColumnCount; }

private:
    QPointer<ReviewState> m_state;
};

} // namespace cupel::widgets
