// SPDX-License-Identifier: GPL-3.0-or-later
// The files of a review with their status and counts: for the file switcher and lists of files. Follows a ReviewState.
#pragma once

#include "widgets/models/review_state.h"
#include "widgets/models/tree_model.h"

#include <QtCore/QPointer>

#include <array>

namespace cupel::widgets {

struct ArtifactRow {
    std::string path;
    std::string_view format;
    ReadStatus status = ReadStatus::Complete;
    std::array<std::size_t, 5> bySeverity{}; // index: Severity
    bool judged = true; // false: code in it that no rule knows
    friend bool operator==(const ArtifactRow&, const ArtifactRow&) = default;
    [[nodiscard]] std::size_t count() const;
};

class ArtifactModel final : public TreeModel<ArtifactRow> {
public:
    enum Role {
        PathRole = Qt::UserRole + 1, // QString: logical path, exact
        CountRole, // int: findings
        WorstRole, // int: Severity, -1: no finding
        StatusRole, // int: ReadStatus
        StatusTextRole, // QString: "partly read", "partly judged"; empty when complete
    };

    explicit ArtifactModel(ReviewState* state, QObject* parent = nullptr);
    void sync() override;
    [[nodiscard]] QModelIndex indexOf(const std::string& path) const;

protected:
    [[nodiscard]] QVariant valueData(const ArtifactRow& row, int column, int role) const override;

private:
    QPointer<ReviewState> m_state;
};

} // namespace cupel::widgets
