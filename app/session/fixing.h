// SPDX-License-Identifier: GPL-3.0-or-later
// Works out fixes in the background for a FixState, and writes what was proved: a copy beside the file, or the file
// itself with its old bytes kept for undo. UI thread; the session's tick drains it.
#pragma once

#include "analyzers/model/options.h"
#include "app/session/own_profiles.h"
#include "app/session/session_worker.h"
#include "widgets/fixes/written_band.h"
#include "widgets/models/fix_state.h"

#include <QtCore/QObject>
#include <QtCore/QString>

#include <map>
#include <optional>
#include <string>

namespace cupel::app {

class Session;

struct FixRequest {
    AnalysisPtr analysis;
    review::Profile profile;
    std::map<std::string, bool> choices;
    ScanOptions options;
    review::DecisionSetPtr decisions; // may be null
    std::uint64_t lookedAt = 0; // pictures in it that a person has looked at
};
// Blocking; any thread. Null when it was stopped.
[[nodiscard]] widgets::FixOutcomePtr workOutFix(const FixRequest& request, const std::stop_token& stop);

class Fixing : public QObject {
    Q_OBJECT
public:
    explicit Fixing(Session& session, QObject* parent = nullptr);
    [[nodiscard]] widgets::FixState& state() { return m_state; }

    // Follows the review's current file while the view that shows fixes is seen.
    void setActive(bool active);
    // "notebook.public.ipynb" beside "notebook.ipynb"; "notebook.edited.ipynb" while it does not meet the profile.
    [[nodiscard]] QString suggestedCopy() const;
    // Empty: written. Only what was proved is written; the mode of the file is kept. Decisions go along with a copy
    // that lies where they are kept.
    [[nodiscard]] QString writeCopy(const QString& path);
    [[nodiscard]] const widgets::TakenAlong& takenAlong() const { return m_along; } // with the last copy
    // Into the file itself; undo puts the old bytes back.
    [[nodiscard]] QString writeInPlace();

    // Files that hold profiles of the user's own; kept in the settings.
    void addProfile(const QString& path); // and chooses it when it can be used
    void removeProfile(std::size_t index);
    void readProfiles();

    // Name of the profile that was chosen last for what is open, in whatever run; empty: nobody in particular. None:
    // nobody was asked yet.
    [[nodiscard]] std::optional<std::string> lastProfile() const;
    void rememberProfile(const std::string& name);

private:
    void rememberFor(const QStringList& roots, const std::string& name);
    void recallProfile();
    void follow();
    void start();
    void takeProfiles(const std::vector<OwnProfile>& profiles);
    Session& m_session;
    widgets::FixState m_state;
    SessionWorker<FixRequest, widgets::FixOutcomePtr> m_worker;
    SessionWorker<QStringList, std::vector<OwnProfile>> m_reader;
    QStringList m_usable; // paths of the own profiles that are offered, in their order
    QString m_wanted; // to be chosen as soon as it is read
    widgets::TakenAlong m_along;
    bool m_active = false;
};

} // namespace cupel::app
