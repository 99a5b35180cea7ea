// SPDX-License-Identifier: GPL-3.0-or-later
// The first page: open something, try the sample, or go on with a recent review. Gets recents as values, sends intents.
// Owned by the shell, UI thread.
#pragma once

#include "widgets/common/view.h"
#include "widgets/home/recent.h"

#include <vector>

class QLineEdit;
class QPushButton;
class QStackedLayout;
class QVBoxLayout;

namespace cupel::widgets {

class DropZone;
class EmptyState;
class Label;
class RecentsFilter;
class RecentsList;
class RecentsModel;

class HomeView : public View {
    Q_OBJECT
public:
    explicit HomeView(QWidget* parent = nullptr);
    void setRecents(std::vector<Recent> recents); // newest first; keeps the selection by path
    void setDragText(const QString& text); // what a drop now would do; empty: nothing is dragged over the window
    [[nodiscard]] bool showsDrag() const; // there is room to say so
    void setOpenKeys(const QString& keys); // of "open file", shown in the button; rebindable, so not fixed here
    void takeFocus() override;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void makeHead(QVBoxLayout& page);
    void makeRecents(QVBoxLayout& page);
    void wire();
    void updateState();
    void toNewest();
    void makeRoom();
    void send(Intent::Kind kind, const QStringList& paths = {});
    [[nodiscard]] static QString pathOf(const QModelIndex& index);

    RecentsModel* m_model;
    RecentsFilter* m_filter;
    QPushButton* m_openFile = nullptr;
    QPushButton* m_openFolder = nullptr;
    QPushButton* m_sample = nullptr;
    DropZone* m_zone = nullptr;
    Label* m_count = nullptr;
    QLineEdit* m_filterEdit = nullptr;
    RecentsList* m_list = nullptr;
    EmptyState* m_noRecents = nullptr;
    EmptyState* m_noMatch = nullptr;
    QStackedLayout* m_stack = nullptr;
};

} // namespace cupel::widgets
