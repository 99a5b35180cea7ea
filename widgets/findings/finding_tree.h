// SPDX-License-Identifier: GPL-3.0-or-later
// The list of findings in groups: keeps the current finding of a ReviewState and its own current row together,
// remembers which groups are folded, and which findings are chosen: selected as in any list, or marked one by one.
#pragma once

#include "widgets/models/finding_list_model.h"

#include <QtCore/QSet>
#include <QtWidgets/QTreeView>

namespace cupel::widgets {

class FindingTree : public QTreeView {
    Q_OBJECT
public:
    explicit FindingTree(ReviewState* state, QWidget* parent = nullptr);
    [[nodiscard]] FindingListModel& rows() { return m_model; }
    // In list order; never a group.
    [[nodiscard]] std::vector<FindingRef> chosen() const;
    void mark(); // the current row, or takes the mark away; marks stay while one moves on
    void markRange(); // from the last marked row to the current one
    void chooseAll();
    bool dropMarks(); // only the current row is chosen then; false when there were none
    [[nodiscard]] bool marking() const { return m_marking; }
    // All rows of a kind have one height, so that no row is measured when a thousand change.
    void dataChanged(
        const QModelIndex& topLeft, const QModelIndex& bottomRight, const QList<int>& roles = QList<int>()) override;

Q_SIGNALS:
    void opened(); // Enter or double click on a finding
    void menuRequested(const QPoint& globalPosition);
    void choiceChanged();

protected:
    void selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) override;
    [[nodiscard]] QItemSelectionModel::SelectionFlags selectionCommand(
        const QModelIndex& index, const QEvent* event = nullptr) const override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void drawBranches(QPainter* painter, const QRect& rect, const QModelIndex& index) const override;
    void changeEvent(QEvent* event) override;

private:
    void unfold();
    void startMarking();
    [[nodiscard]] QModelIndex following(const QModelIndex& index) const; // the next row, groups left out
    void follow();
    void followLater(); // once, when all rows tell what they are about to
    [[nodiscard]] const FindingRow* row(const QModelIndex& index) const { return m_model.value(index); }

    ReviewState* m_state;
    FindingListModel m_model;
    QSet<QString> m_folded;
    QPersistentModelIndex m_pressedGroup;
    bool m_keepsCurrent = false; // its row is scrolled to when the rows have their new heights
    bool m_byUser = false; // a key or click is being handled
    bool m_unfolding = false;
    bool m_follows = false; // followLater() was asked
    bool m_marking = false; // moving keeps what is chosen
    QPersistentModelIndex m_lastMarked;
};

} // namespace cupel::widgets
