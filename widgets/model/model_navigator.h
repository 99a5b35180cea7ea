// SPDX-License-Identifier: GPL-3.0-or-later
// The model files of a review and their members, with what is known of each: the navigator of Model mode. UI thread.
#pragma once

#include "widgets/common/view.h"
#include "widgets/models/model_state.h"
#include "widgets/models/model_tree.h"

#include <QtWidgets/QStyledItemDelegate>
#include <QtWidgets/QTreeView>

class QLineEdit;
class QStackedLayout;

namespace cupel::widgets {

class EmptyState;
class Label;

class ModelRowDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

// Rows are marked over the whole width, also under the arrows.
class ModelTreeView final : public QTreeView {
    Q_OBJECT
public:
    using QTreeView::QTreeView;

protected:
    void drawRow(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void drawBranches(QPainter* painter, const QRect& rect, const QModelIndex& index) const override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
};

class ModelNavigator : public View {
    Q_OBJECT
public:
    ModelNavigator(ReviewState* review, ModelState& state, QWidget* parent = nullptr);
    void takeFocus() override;
    bool takeFilter(); // the field that finds files; false: there is only one
    [[nodiscard]] QTreeView* tree() const { return m_tree; }
    [[nodiscard]] QLineEdit* filter() const { return m_filter; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void follow();
    void count();
    void forgetFilter(); // when something else is open
    ReviewState* m_review;
    ModelState& m_state;
    ModelTree m_model;
    QLineEdit* m_filter;
    Label* m_count;
    ModelTreeView* m_tree;
    EmptyState* m_empty;
    EmptyState* m_none = nullptr; // instead of the tree, when no row is left
    std::vector<std::string> m_roots; // of what is open
    QStackedLayout* m_stack;
    bool m_following = false;
};

} // namespace cupel::widgets
