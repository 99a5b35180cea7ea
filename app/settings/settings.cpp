// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/settings/settings.h"

#include "app/settings/saver.h"

#include <QtCore/QFile>

namespace cupel::app {

namespace {

const QString schemaKey = QStringLiteral("cupel/schema");

QString shortcutKey(const QString& action)
{
    return QStringLiteral("shortcuts/") + action;
}

} // namespace

Settings::Settings(QString file, Saver& saver, QObject* parent)
    : QObject(parent)
    , m_file(std::move(file))
    , m_saver(saver)
{
    QFile in(m_file);
    if (in.open(QIODevice::ReadOnly)) {
        m_ini = IniText(in.read(IniText::maxBytes));
    }
}

QString Settings::text(QStringView key) const
{
    const SettingInfo* info = findSetting(key);
    if (!info) {
        return {};
    }
    const auto value = m_ini.value(key.toString());
    return value && isValid(*info, *value) ? *value : QString::fromUtf8(info->fallback);
}

bool Settings::isDefault(QStringView key) const
{
    const SettingInfo* info = findSetting(key);
    return !info || text(key) == QLatin1String(info->fallback);
}

bool Settings::set(QStringView key, const QString& value)
{
    const SettingInfo* info = findSetting(key);
    if (!info || !isValid(*info, value)) {
        return false;
    }
    if (text(key) == value) {
        return true;
    }
    const QString path = key.toString();
    if (value == QLatin1String(info->fallback)) {
        m_ini.remove(path); // a later version may choose a better default
    } else {
        m_ini.set(path, value);
    }
    save();
    Q_EMIT changed(path);
    return true;
}

void Settings::reset(QStringView key)
{
    if (const SettingInfo* info = findSetting(key)) {
        set(key, QString::fromUtf8(info->fallback));
    }
}

std::optional<QString> Settings::shortcut(const QString& action) const
{
    return m_ini.value(shortcutKey(action));
}

void Settings::setShortcut(const QString& action, const std::optional<QString>& shortcuts)
{
    if (shortcut(action) == shortcuts) {
        return;
    }
    if (shortcuts) {
        m_ini.set(shortcutKey(action), *shortcuts);
    } else {
        m_ini.remove(shortcutKey(action));
    }
    save();
    Q_EMIT shortcutsChanged();
}

void Settings::save()
{
    // A file of a newer version keeps its number: its other keys are still there for it.
    if (m_ini.value(schemaKey).value_or(QString()).toInt() < schema) {
        m_ini.set(schemaKey, QString::number(schema));
    }
    m_saver.save(m_file, m_ini.bytes());
}

} // namespace cupel::app
