// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/settings/settings_table.h"

#include <QtCore/QCoreApplication>

#include <algorithm>

namespace cupel::app {

namespace {

constexpr SettingChoice themes[] = {
    {"system", QT_TRANSLATE_NOOP("Settings", "As the system")},
    {"light", QT_TRANSLATE_NOOP("Settings", "Light")},
    {"dark", QT_TRANSLATE_NOOP("Settings", "Dark")},
    {"contrast-light", QT_TRANSLATE_NOOP("Settings", "High contrast, light")},
    {"contrast-dark", QT_TRANSLATE_NOOP("Settings", "High contrast, dark")},
};

constexpr SettingInfo table[] = {
    {"appearance/theme", SettingType::Choice, "system", QT_TRANSLATE_NOOP("Settings", "Appearance"),
        QT_TRANSLATE_NOOP("Settings", "Theme"),
        QT_TRANSLATE_NOOP("Settings", "Colours of the window. Reports on paper always stay light."), 0, 0, themes},
    {"appearance/text_zoom", SettingType::Number, "1", QT_TRANSLATE_NOOP("Settings", "Appearance"),
        QT_TRANSLATE_NOOP("Settings", "Text size"),
        QT_TRANSLATE_NOOP("Settings", "Factor for all text, from half to three times."), 0.5, 3.0, {}},
    {"appearance/reduce_motion", SettingType::Bool, "false", QT_TRANSLATE_NOOP("Settings", "Appearance"),
        QT_TRANSLATE_NOOP("Settings", "Reduce motion"),
        QT_TRANSLATE_NOOP("Settings", "No fades and no blinking cursor. Nothing needs motion to be understood."), 0, 0,
        {}},
    {"appearance/menu_bar", SettingType::Bool, "false", QT_TRANSLATE_NOOP("Settings", "Appearance"),
        QT_TRANSLATE_NOOP("Settings", "Always show the menu bar"),
        QT_TRANSLATE_NOOP("Settings", "Otherwise Alt or F10 shows it."), 0, 0, {}},
    {"keyboard/single_keys", SettingType::Bool, "true", QT_TRANSLATE_NOOP("Settings", "Keyboard"),
        QT_TRANSLATE_NOOP("Settings", "Single-key shortcuts"),
        QT_TRANSLATE_NOOP("Settings", "Keys such as N, P and C act without Ctrl while no text field has the focus."), 0,
        0, {}},
    {"scan/jobs", SettingType::Integer, "0", QT_TRANSLATE_NOOP("Settings", "Scan"),
        QT_TRANSLATE_NOOP("Settings", "Worker threads"),
        QT_TRANSLATE_NOOP("Settings", "0 uses one for each processor core."), 0, 256, {}},
    {"scan/exclude", SettingType::Text, "", QT_TRANSLATE_NOOP("Settings", "Scan"),
        QT_TRANSLATE_NOOP("Settings", "Leave out"),
        QT_TRANSLATE_NOOP("Settings", "Patterns of paths that are not looked at, separated by commas: *.tmp, venv/*"),
        0, 0, {}},
    {"scan/max_seconds", SettingType::Integer, "0", QT_TRANSLATE_NOOP("Settings", "Scan"),
        QT_TRANSLATE_NOOP("Settings", "Longest scan, in seconds"),
        QT_TRANSLATE_NOOP("Settings", "A scan that takes longer stops and is marked partial. 0 means no limit."), 0,
        86400, {}},
    {"scan/max_file_megabytes", SettingType::Integer, "8192", QT_TRANSLATE_NOOP("Settings", "Scan"),
        QT_TRANSLATE_NOOP("Settings", "Largest file, in megabytes"),
        QT_TRANSLATE_NOOP("Settings", "A larger file is reported as not checked."), 1, 1048576, {}},
    {"scan/watch", SettingType::Bool, "true", QT_TRANSLATE_NOOP("Settings", "Scan"),
        QT_TRANSLATE_NOOP("Settings", "Check changed files again"),
        QT_TRANSLATE_NOOP("Settings", "A file that changes on disk while it is open here is checked again by itself."),
        0, 0, {}},
    {"session/restore", SettingType::Bool, "true", QT_TRANSLATE_NOOP("Settings", "Session"),
        QT_TRANSLATE_NOOP("Settings", "Open the last review at start"),
        QT_TRANSLATE_NOOP("Settings", "Files, filter, selection and window come back as they were."), 0, 0, {}},
    {"session/recents", SettingType::Bool, "true", QT_TRANSLATE_NOOP("Settings", "Session"),
        QT_TRANSLATE_NOOP("Settings", "Remember recent reviews"),
        QT_TRANSLATE_NOOP("Settings", "Paths and counts of the last twelve are kept, never content."), 0, 0, {}},
    {"session/single_instance", SettingType::Bool, "true", QT_TRANSLATE_NOOP("Settings", "Session"),
        QT_TRANSLATE_NOOP("Settings", "One window for all"),
        QT_TRANSLATE_NOOP("Settings", "A second start hands its files to the window that is already open."), 0, 0, {}},
    {"review/author", SettingType::Text, "", QT_TRANSLATE_NOOP("Settings", "Review"),
        QT_TRANSLATE_NOOP("Settings", "Your name in decisions"),
        QT_TRANSLATE_NOOP("Settings", "Stands beside what you decide about findings. Empty: the name of your account."),
        0, 0, {}},
    {"review/profiles", SettingType::Text, "", QT_TRANSLATE_NOOP("Settings", "Review"),
        QT_TRANSLATE_NOOP("Settings", "Sharing profiles of your own"),
        QT_TRANSLATE_NOOP(
            "Settings", "Files in the form of the profiles that come with Cupel, separated by semicolons."),
        0, 0, {}},
    {"paths/export", SettingType::Folder, "", QT_TRANSLATE_NOOP("Settings", "Files"),
        QT_TRANSLATE_NOOP("Settings", "Folder for reports"),
        QT_TRANSLATE_NOOP("Settings", "Where the export dialog starts. Empty: beside the reviewed file."), 0, 0, {}},
    {"paths/write_log", SettingType::Bool, "true", QT_TRANSLATE_NOOP("Settings", "Files"),
        QT_TRANSLATE_NOOP("Settings", "Write a log file"),
        QT_TRANSLATE_NOOP("Settings", "What was done and how long it took; never content of files."), 0, 0, {}},
};

} // namespace

std::span<const SettingInfo> settingTable()
{
    return table;
}

const SettingInfo* findSetting(QStringView key)
{
    const auto it = std::find_if(
        std::begin(table), std::end(table), [key](const SettingInfo& info) { return key == QLatin1String(info.key); });
    return it == std::end(table) ? nullptr : it;
}

QString settingText(const char* source)
{
    return QCoreApplication::translate("Settings", source);
}

bool isValid(const SettingInfo& info, const QString& value)
{
    bool ok = false;
    switch (info.type) {
    case SettingType::Bool:
        return value == u"true" || value == u"false";
    case SettingType::Integer: {
        const qlonglong number = value.toLongLong(&ok);
        return ok && number >= static_cast<qlonglong>(info.minimum) && number <= static_cast<qlonglong>(info.maximum);
    }
    case SettingType::Number: {
        const double number = value.toDouble(&ok);
        return ok && number >= info.minimum && number <= info.maximum;
    }
    case SettingType::Choice:
        return std::any_of(info.choices.begin(), info.choices.end(),
            [&value](const SettingChoice& choice) { return value == QLatin1String(choice.value); });
    case SettingType::Text:
    case SettingType::Folder:
        return value.size() <= 4096;
    }
    return false;
}

} // namespace cupel::app
