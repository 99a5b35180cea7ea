// SPDX-License-Identifier: GPL-3.0-or-later
// The filtered findings in their groups, as the navigator lists them. Follows a ReviewState; changes that come in one
// turn of the event loop are taken over together. UI thread.
#pragma once

#include "widgets/models/review_state.h"
#include "widgets/models/tree_model.h"

#include <QtCore/QPointer>

namespace cupel::widgets {

struct FindingRow {
    bool group = false;
    FindingRef ref; // of a group: its first finding
    std::size_t count = 0; // findings in a group
    std::size_t settled = 0; // of those, settled ones
    Severity worst = Severity::Info; // of a group
    review::DecisionState standing = review::DecisionState::None;
    int reason = -1; // review::Reason of its decision
    const Analysis* source = nullptr; // only to notice that a file was scanned again
    friend bool operator==(const FindingRow&, const FindingRow&) = default;
};

class FindingListModel final : public TreeModel<FindingRow> {
public:
    enum Role {
        GroupRole = Qt::UserRole + 1, // bool
        SeverityRole, // int: of the finding, or the worst of a group
        CountRole, // int
        RuleRole, // QString
        PlaceRole, // QString: "cell 4, line 3", with the file when there are several
        NoteRole, // QString: of a group: what its name leaves out
        CurrentRole, // bool: the current finding of the state
        DecisionRole, // QString: "Accepted risk", "Expired"; empty: nobody decided
        SettledRole, // bool: nobody needs to act
        OpenRole, // int: of a group: findings in it that are not settled
        KeyRole, // QString: of a group: stable, for its expansion state
    };

    explicit FindingListModel(ReviewState* state, QObject* parent = nullptr);
    void sync() override;
    [[nodiscard]] QModelIndex indexOf(const FindingRef& ref) const;

protected:
    [[nodiscard]] Qt::ItemFlags valueFlags(const FindingRow& row) const override;
    [[nodiscard]] QVariant valueData(const FindingRow& row, int column, int role) const override;

private:
    void followDecisions();
    [[nodiscard]] QVariant groupData(const FindingRow& row, const Finding& finding, int role) const;
    [[nodiscard]] QVariant findingData(const FindingRow& row, const Finding& finding, int role) const;
    [[nodiscard]] QString decisionText(const FindingRow& row) const;
    [[nodiscard]] QString place(const Finding& finding) const;

    QPointer<ReviewState> m_state;
    Grouping m_grouping = Grouping::Severity; // as the rows were made
    bool m_severalFiles = false;
};

} // namespace cupel::widgets
