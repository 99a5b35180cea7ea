// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/undo_commands.h"

#include <QtCore/QCoreApplication>

namespace cupel::app {

ChangeSetting::ChangeSetting(Settings& settings, const QString& key, const QString& value)
    : m_settings(settings)
    , m_key(key)
    , m_old(settings.text(key))
    , m_new(value)
{
    const SettingInfo* info = findSetting(key);
    setText(QCoreApplication::translate("Undo", "Change %1").arg(info ? settingText(info->title) : key));
}

bool ChangeSetting::mergeWith(const QUndoCommand* other)
{
    const auto* next = static_cast<const ChangeSetting*>(other); // same id
    const SettingInfo* info = findSetting(m_key);
    if (next->m_key != m_key || !info || (info->type != SettingType::Number && info->type != SettingType::Integer)) {
        return false;
    }
    m_new = next->m_new;
    setObsolete(m_new == m_old);
    return true;
}

ChangeShortcut::ChangeShortcut(Settings& settings, const QString& action, std::optional<QString> keys)
    : QUndoCommand(QCoreApplication::translate("Undo", "Change shortcut"))
    , m_settings(settings)
    , m_action(action)
    , m_old(settings.shortcut(action))
    , m_new(std::move(keys))
{
}

ChangeRecents::ChangeRecents(Recents& recents, std::vector<Recent> list, const QString& text)
    : QUndoCommand(text)
    , m_recents(recents)
    , m_old(recents.list())
    , m_new(std::move(list))
{
}

} // namespace cupel::app
