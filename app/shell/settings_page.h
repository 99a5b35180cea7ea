// SPDX-License-Identifier: GPL-3.0-or-later
// The settings: one row per row of the settings table, searched by words, applied at once, each with its way back.
// Every change is an undo step. UI thread.
#pragma once

#include "widgets/common/view.h"

#include <functional>
#include <vector>

class QLineEdit;
class QVBoxLayout;

namespace cupel::widgets {
class IconButton;
class Label;
} // namespace cupel::widgets

namespace cupel::app {

class Actions;
class Session;
class ShortcutEditor;
struct SettingInfo;

// Words at the left, control at the right, and when it is not the default a sign and a reset button.
class SettingRow : public QWidget {
    Q_OBJECT
public:
    SettingRow(Session& session, const SettingInfo& info, QWidget* parent);
    [[nodiscard]] bool matches(const QString& words) const;
    [[nodiscard]] const SettingInfo& info() const { return m_info; }

private:
    QWidget* makeControl();
    QWidget* makeToggle();
    QWidget* makeNumber();
    QWidget* makeChoice();
    QWidget* makeText(bool folder);
    void change(const QString& value);
    void refresh();
    Session& m_session;
    const SettingInfo& m_info;
    std::function<void(const QString&)> m_show; // puts a value into the control
    widgets::Label* m_changed;
    widgets::IconButton* m_reset;
};

class SettingsPage : public widgets::View {
    Q_OBJECT
public:
    SettingsPage(Session& session, Actions& actions, QWidget* parent);
    void takeFocus() override;
    void search(const QString& words);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void build(QVBoxLayout* column);
    Session& m_session;
    Actions& m_actions;
    QLineEdit* m_search;
    widgets::Label* m_none;
    struct Group {
        QWidget* head = nullptr;
        std::vector<SettingRow*> rows;
    };
    std::vector<Group> m_groups;
    QWidget* m_shortcutHead = nullptr;
    ShortcutEditor* m_shortcuts = nullptr;
};

} // namespace cupel::app
