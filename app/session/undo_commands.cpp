// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/undo_commands.h"

#include "app/session/session.h"
#include "app/session/threats.h"
#include "app/session/triage.h"
#include "app/settings/saver.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>

#include <utility>

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

ChangeChoices::ChangeChoices(widgets::FixState& state, widgets::FixChoices before, const QString& text)
    : QUndoCommand(text)
    , m_state(state)
    , m_before(std::move(before))
    , m_after(state.given())
{
}

ChangeDecisions::ChangeDecisions(Triage& triage, std::vector<DecisionStep> steps, const QString& text)
    : QUndoCommand(text)
    , m_triage(triage)
    , m_steps(std::move(steps))
{
}

ChangeDecisions::~ChangeDecisions() = default;

void ChangeDecisions::redo()
{
    m_triage.apply(m_steps, true);
}

void ChangeDecisions::undo()
{
    m_triage.apply(m_steps, false);
}

ChangeThreat::ChangeThreat(Threats& threats, threats::TeamStep step, const QString& text)
    : QUndoCommand(text)
    , m_threats(threats)
    , m_step(std::make_unique<threats::TeamStep>(std::move(step)))
    , m_place(threats.place())
{
}

ChangeThreat::~ChangeThreat() = default;

void ChangeThreat::redo()
{
    m_threats.apply(*m_step, true, m_place);
}

void ChangeThreat::undo()
{
    m_threats.apply(*m_step, false, m_place);
}

ChangeFile::ChangeFile(Session& session, QString path, QByteArray before, QByteArray after)
    : m_session(session)
    , m_path(std::move(path))
    , m_before(std::move(before))
    , m_after(std::move(after))
{
    setText(QCoreApplication::translate("Undo", "Fix %1").arg(QFileInfo(m_path).fileName()));
}

void ChangeFile::write(const QByteArray& expected, const QByteArray& bytes)
{
    QFile file(m_path);
    const bool same = file.open(QIODevice::ReadOnly) && file.readAll() == expected;
    file.close();
    const auto mode = QFileInfo(m_path).permissions();
    if (!same || !writeDurably(m_path, bytes)) {
        setObsolete(true);
        Q_EMIT m_session.notice(
            QCoreApplication::translate("Undo", "%1 was changed by someone else; it was left alone.")
                .arg(QFileInfo(m_path).fileName()));
        return;
    }
    QFile::setPermissions(m_path, mode);
    if (m_session.review().analysis(m_path.toStdString())) { // another review has nothing to tell of it
        m_session.rescan();
    }
}

} // namespace cupel::app
