// SPDX-License-Identifier: GPL-3.0-or-later
// The list of recents: a click or Enter opens, Delete takes out, a row that is gone is located. UI thread.
#pragma once

#include <QtWidgets/QListView>

namespace cupel::widgets {

class RecentsList : public QListView {
    Q_OBJECT
public:
    explicit RecentsList(QWidget* parent = nullptr);

Q_SIGNALS:
    void openRequested(const QModelIndex& index);
    void locateRequested(const QModelIndex& index);
    void removeRequested(const QModelIndex& index);
    void copyRequested(const QModelIndex& index);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    [[nodiscard]] bool onLocate(const QModelIndex& index, const QPoint& position) const;
    void activate(const QModelIndex& index);
    QPersistentModelIndex m_pressed;
};

} // namespace cupel::widgets
