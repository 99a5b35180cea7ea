// SPDX-License-Identifier: GPL-3.0-or-later
// The model files of a review with their members, as a tree: what the navigator of Model mode shows. Follows a
// ReviewState.
#pragma once

#include "widgets/models/review_state.h"
#include "widgets/models/tree_model.h"

#include <QtCore/QPointer>
#include <QtCore/QStringList>

namespace cupel::widgets {

struct ModelRow {
    std::string path;
    QString label; // of a file: as much of its path as tells it from others
    QString format; // in a word
    std::uint64_t size = 0;
    ReadStatus status = ReadStatus::Complete;
    int worst = -1; // Severity of the worst finding in it and below; -1: none
    friend bool operator==(const ModelRow&, const ModelRow&) = default;
};

class ModelTree final : public TreeModel<ModelRow> {
public:
    enum Role {
        PathRole = Qt::UserRole + 1, // QString: logical path, exact
        FactsRole, // QString: "pickle · 3 kB"
        WorstRole, // int: Severity, -1: no finding
        StatusRole, // int: ReadStatus
    };

    explicit ModelTree(ReviewState* state, QObject* parent = nullptr);
    void sync() override;
    // Files that hold all of the words in their path, or in that of a member; any case and order.
    void setFilter(const QString& words);
    [[nodiscard]] const QStringList& filter() const { return m_filter; }
    [[nodiscard]] std::size_t fileCount() const { return m_files; } // with those that the filter hides
    [[nodiscard]] QModelIndex indexOf(const std::string& path) const;

protected:
    [[nodiscard]] QVariant valueData(const ModelRow& row, int column, int role) const override;

private:
    QPointer<ReviewState> m_state;
    QStringList m_filter;
    std::size_t m_files = 0;
};

} // namespace cupel::widgets
