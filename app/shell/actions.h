// SPDX-License-Identifier: GPL-3.0-or-later
// Every action of the window in one table: stable id, words, icon, keys, menu. Menus, palette, key sheet and shortcut
// editor all read it. Owned by the main window, UI thread.
#pragma once

#include "app/settings/settings.h"

#include <QtGui/QAction>
#include <QtGui/QKeySequence>

#include <map>
#include <span>
#include <vector>

class QMenu;
class QWidget;

namespace cupel::app {

struct ActionInfo {
    const char* id; // stable: settings and scripts refer to it
    const char* menu; // "File" ...; words are translated in the context "Actions"
    const char* text;
    const char* icon; // of resources/icons; may be empty
    const char* keys; // portable, separated by "; "
    bool checkable = false;
    const char* also = ""; // more words that find it in the palette, translated too
};

[[nodiscard]] std::span<const ActionInfo> actionTable();
[[nodiscard]] QString actionText(const char* source); // translated

class Actions : public QObject {
    Q_OBJECT
public:
    // All actions are added to `window`, so that their shortcuts live while the menu bar is hidden.
    Actions(Settings& settings, QWidget* window);

    [[nodiscard]] QAction* at(QStringView id) const; // an unknown id is a bug; asserts
    [[nodiscard]] QAction* find(QStringView id) const; // null: unknown
    [[nodiscard]] static QString idOf(const QAction* action);
    [[nodiscard]] std::vector<QAction*> all() const; // in table order

    // Keys as they apply without regard to the focus.
    [[nodiscard]] QList<QKeySequence> keysOf(QStringView id) const;
    // Ids of other actions that have one of these keys.
    [[nodiscard]] QStringList conflicts(QStringView id, const QList<QKeySequence>& keys) const;
    // While a text field has the focus single keys are letters again.
    void setTyping(bool typing);
    // While a question stands in front: only text size, help and quitting by key, nothing that acts behind it.
    void setAsking(bool asking);
    void apply(); // after a change of the settings

Q_SIGNALS:
    void keysChanged();

private:
    Settings& m_settings;
    std::map<QString, QAction*> m_byId;
    std::vector<QAction*> m_order;
    bool m_typing = false;
    bool m_asking = false;
};

// One key without Ctrl, Alt or Meta that would also be text.
[[nodiscard]] bool isSingleKey(const QKeySequence& keys);

} // namespace cupel::app
