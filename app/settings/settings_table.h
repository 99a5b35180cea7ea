// SPDX-License-Identifier: GPL-3.0-or-later
// Every setting in one table: key, type, default and words. The settings page, the search and the text file all read
// it; a new setting is one row.
#pragma once

#include <QtCore/QString>

#include <span>

namespace cupel::app {

enum class SettingType : std::uint8_t { Bool, Integer, Number, Choice, Text, Folder };

struct SettingChoice {
    const char* value;
    const char* label; // for QCoreApplication::translate("Settings", ...)
};

struct SettingInfo {
    const char* key; // "section/key" in the text file
    SettingType type;
    const char* fallback; // the default, as text
    const char* group; // translated words from here on
    const char* title;
    const char* help;
    double minimum = 0; // Integer and Number
    double maximum = 0;
    std::span<const SettingChoice> choices = {};
};

[[nodiscard]] std::span<const SettingInfo> settingTable();
[[nodiscard]] const SettingInfo* findSetting(QStringView key); // null: unknown
[[nodiscard]] QString settingText(const char* source); // translated

// True when `value` is one this setting can have.
[[nodiscard]] bool isValid(const SettingInfo& info, const QString& value);

namespace keys {
inline constexpr char16_t theme[] = u"appearance/theme";
inline constexpr char16_t textZoom[] = u"appearance/text_zoom";
inline constexpr char16_t reduceMotion[] = u"appearance/reduce_motion";
inline constexpr char16_t pinMenu[] = u"appearance/menu_bar";
inline constexpr char16_t singleKeys[] = u"keyboard/single_keys";
inline constexpr char16_t jobs[] = u"scan/jobs";
inline constexpr char16_t exclude[] = u"scan/exclude";
inline constexpr char16_t maxSeconds[] = u"scan/max_seconds";
inline constexpr char16_t maxFileMegabytes[] = u"scan/max_file_megabytes";
inline constexpr char16_t watchFiles[] = u"scan/watch";
inline constexpr char16_t restoreSession[] = u"session/restore";
inline constexpr char16_t keepRecents[] = u"session/recents";
inline constexpr char16_t singleInstance[] = u"session/single_instance";
inline constexpr char16_t author[] = u"review/author";
inline constexpr char16_t ownProfiles[] = u"review/profiles";
inline constexpr char16_t exportFolder[] = u"paths/export";
inline constexpr char16_t writeLog[] = u"paths/write_log";
} // namespace keys

} // namespace cupel::app
