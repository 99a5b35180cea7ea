// SPDX-License-Identifier: GPL-3.0-or-later
// The user's choices: typed reads over one INI file, written durably at every change. Keys a newer version put there
// stay. Owned by the application, UI thread. Never holds content of files or secrets.
#pragma once

#include "app/settings/ini_text.h"
#include "app/settings/settings_table.h"

#include <QtCore/QObject>

namespace cupel::app {

class Saver;

class Settings : public QObject {
    Q_OBJECT
public:
    static constexpr int schema = 1;

    Settings(QString file, Saver& saver, QObject* parent = nullptr);

    // The value as text: what the file says when that is valid, else the default.
    [[nodiscard]] QString text(QStringView key) const;
    [[nodiscard]] bool boolean(QStringView key) const { return text(key) == u"true"; }
    [[nodiscard]] qlonglong integer(QStringView key) const { return text(key).toLongLong(); }
    [[nodiscard]] double number(QStringView key) const { return text(key).toDouble(); }
    [[nodiscard]] bool isDefault(QStringView key) const;
    // False when the value is not one the setting can have; nothing changes then.
    bool set(QStringView key, const QString& value);
    void reset(QStringView key);

    // Keys of an action, as QKeySequence::listToString writes them. Absent: the action's own.
    [[nodiscard]] std::optional<QString> shortcut(const QString& action) const;
    void setShortcut(const QString& action, const std::optional<QString>& shortcuts);
    [[nodiscard]] QStringList changedShortcuts() const { return m_ini.keys(QStringLiteral("shortcuts")); }

    [[nodiscard]] const QString& file() const { return m_file; }

Q_SIGNALS:
    void changed(const QString& key);
    void shortcutsChanged();

private:
    void save();
    QString m_file;
    Saver& m_saver;
    IniText m_ini;
};

} // namespace cupel::app
