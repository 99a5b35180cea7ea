// SPDX-License-Identifier: GPL-3.0-or-later
// All actions with their keys: press new ones, see at once who else has them, go back to the default. UI thread.
#pragma once

#include <QtGui/QKeySequence>
#include <QtWidgets/QWidget>

#include <memory>

class QKeySequenceEdit;
class QPushButton;
class QSortFilterProxyModel;
class QTreeView;

namespace cupel::widgets {
class Label;
}

namespace cupel::app {

class Actions;
class Session;

class ShortcutEditor : public QWidget {
    Q_OBJECT
public:
    ShortcutEditor(Session& session, Actions& actions, QWidget* parent);
    ~ShortcutEditor() override;
    bool filter(const QString& words); // true when something is left

private:
    void layOut();
    void refresh();
    void pressed(const QKeySequence& keys);
    void assign(bool add);
    void reset();
    void clear();
    void updateButtons();
    [[nodiscard]] QString current() const; // action id, empty: none
    Session& m_session;
    Actions& m_actions;
    class Model;
    std::unique_ptr<Model> m_model;
    QSortFilterProxyModel* m_proxy;
    QTreeView* m_view;
    QKeySequenceEdit* m_keys;
    QPushButton* m_assign;
    QPushButton* m_add;
    QPushButton* m_clear;
    QPushButton* m_reset;
    widgets::Label* m_conflict;
};

} // namespace cupel::app
