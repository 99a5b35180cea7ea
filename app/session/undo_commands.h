// SPDX-License-Identifier: GPL-3.0-or-later
// What the user can take back: each change is a value with its inverse. UI thread.
#pragma once

#include "app/session/recents.h"
#include "app/settings/settings.h"
#include "widgets/models/fix_state.h"

#include <QtCore/QByteArray>
#include <QtGui/QUndoCommand>

#include <memory>
#include <optional>
#include <vector>

namespace cupel::app {

class Session;

class ChangeSetting : public QUndoCommand {
public:
    ChangeSetting(Settings& settings, const QString& key, const QString& value);
    void redo() override { m_settings.set(m_key, m_new); }
    void undo() override { m_settings.set(m_key, m_old); }

private:
    Settings& m_settings;
    QString m_key;
    QString m_old;
    QString m_new;
};

class ChangeShortcut : public QUndoCommand {
public:
    ChangeShortcut(Settings& settings, const QString& action, std::optional<QString> keys);
    void redo() override { m_settings.setShortcut(m_action, m_new); }
    void undo() override { m_settings.setShortcut(m_action, m_old); }

private:
    Settings& m_settings;
    QString m_action;
    std::optional<QString> m_old;
    std::optional<QString> m_new;
};

class ChangeRecents : public QUndoCommand {
public:
    ChangeRecents(Recents& recents, std::vector<Recent> list, const QString& text);
    void redo() override { m_recents.replace(m_new); }
    void undo() override { m_recents.replace(m_old); }

private:
    Recents& m_recents;
    std::vector<Recent> m_old;
    std::vector<Recent> m_new;
};

// What was chosen for sharing a file: which edits, for whom.
class ChangeChoices : public QUndoCommand {
public:
    ChangeChoices(widgets::FixState& state, widgets::FixChoices before, const QString& text);
    void redo() override { m_state.restore(m_after); }
    void undo() override { m_state.restore(m_before); }

private:
    widgets::FixState& m_state;
    widgets::FixChoices m_before;
    widgets::FixChoices m_after;
};

class Triage;
struct DecisionStep;

// What was decided about any number of findings: one step.
class ChangeDecisions : public QUndoCommand {
public:
    ChangeDecisions(Triage& triage, std::vector<DecisionStep> steps, const QString& text);
    ~ChangeDecisions() override;
    void redo() override;
    void undo() override;

private:
    Triage& m_triage;
    std::vector<DecisionStep> m_steps;
};

} // namespace cupel::app

namespace cupel::threats {
struct TeamStep;
}

namespace cupel::app {

class Threats;

// What somebody made of the threat model, in one step.
class ChangeThreat : public QUndoCommand {
public:
    ChangeThreat(Threats& threats, threats::TeamStep step, const QString& text);
    ~ChangeThreat() override;
    void redo() override;
    void undo() override;

private:
    Threats& m_threats;
    std::unique_ptr<threats::TeamStep> m_step;
    QString m_place; // that the model was of
};

// The bytes of a file of the review. Undo and redo refuse when somebody else has changed it since.
class ChangeFile : public QUndoCommand {
public:
    ChangeFile(Session& session, QString path, QByteArray before, QByteArray after);
    void redo() override { write(m_before, m_after); }
    void undo() override { write(m_after, m_before); }
    [[nodiscard]] const QString& path() const { return m_path; }

private:
    void write(const QByteArray& expected, const QByteArray& bytes);
    Session& m_session;
    QString m_path;
    QByteArray m_before;
    QByteArray m_after;
};

} // namespace cupel::app
