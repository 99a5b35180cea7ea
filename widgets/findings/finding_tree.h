// SPDX-License-Identifier: GPL-3.0-or-later
// The list of findings in groups: keeps the current finding of a ReviewState and its own current row together, and
// remembers which groups are folded.
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

Q_SIGNALS:
    void opened(); // Enter or double click on a finding
    void menuRequested(const QPoint& globalPosition);

protected:
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void drawBranches(QPainter* painter, const QRect& rect, const QModelIndex& index) const override;
    void changeEvent(QEvent* event) override;

private:
    void unfold();
    void follow();
    [[nodiscard]] const FindingRow* row(const QModelIndex& index) const { return m_model.value(index); }

    ReviewState* m_state;
    FindingListModel m_model;
    QSet<QString> m_folded;
    QPersistentModelIndex m_pressedGroup;
    bool m_byUser = false; // a key or click is being handled
    bool m_unfolding = false;
};

} // namespace cupel::widgets
