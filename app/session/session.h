// SPDX-License-Identifier: GPL-3.0-or-later
// One review and everything that goes on around it: scans in the background, what they found, undo, recents, and what
// comes back after a restart. Owned by the application, UI thread; workers talk to it through mailboxes only, drained
// by one timer that lives while something is busy.
#pragma once

#include "analyzers/engine/scan.h"
#include "app/session/coverage.h"
#include "app/session/disposer.h"
#include "app/session/job.h"
#include "app/session/log.h"
#include "app/session/open_target.h"
#include "app/session/recents.h"
#include "app/session/session_state.h"
#include "app/session/session_worker.h"
#include "app/settings/paths.h"
#include "app/settings/settings.h"
#include "widgets/models/review_state.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QSet>
#include <QtCore/QTimer>
#include <QtGui/QUndoStack>

#include <functional>
#include <memory>

namespace cupel::app {

class Comparing;
class Converting;
class Fixing;
class Gallery;
class Inspecting;
class Lineage;
class Pictures;
class Saver;
class Threats;
class Triage;
class TrustKeeper;
class Watching;

class Session : public QObject {
    Q_OBJECT
public:
    Session(Settings& settings, Saver& saver, Paths paths, QObject* parent = nullptr);
    ~Session() override;

    enum class OpenMode : std::uint8_t { Replace, Add };
    void open(const std::vector<OpenTarget>& targets, OpenMode mode = OpenMode::Replace);
    void restoreLast(); // the review of the last run, with selection and filter
    void rescan();
    void cancel();
    void close();

    [[nodiscard]] widgets::ReviewState& review() { return m_review; }
    [[nodiscard]] const QStringList& roots() const { return m_roots; }
    [[nodiscard]] Fixing& fixing() { return *m_fixing; } // of the current file
    [[nodiscard]] Comparing& comparing() { return *m_comparing; } // with an earlier version
    [[nodiscard]] TrustKeeper& trust() { return *m_trust; } // of decisions that came with folders
    [[nodiscard]] Triage& triage() { return *m_triage; }
    void setDecisions(review::DecisionSetPtr decisions); // what counts from now on
    [[nodiscard]] Gallery& gallery() { return *m_gallery; }
    [[nodiscard]] Converting& converting() { return *m_converting; } // to the safer form
    [[nodiscard]] Inspecting& inspecting() { return *m_inspecting; } // a model file
    [[nodiscard]] Lineage& lineage() { return *m_lineage; } // of all that is open
    [[nodiscard]] Threats& threats() { return *m_threats; } // of all that is open
    [[nodiscard]] Pictures& pictures() { return *m_pictures; } // decoded in the background
    [[nodiscard]] Watching& watching() { return *m_watching; }
    [[nodiscard]] Recents& recents() { return m_recents; }
    [[nodiscard]] QUndoStack& undo() { return m_undo; }
    [[nodiscard]] Log& log() { return m_log; }
    [[nodiscard]] Settings& settings() { return m_settings; }
    [[nodiscard]] Saver& saver() { return m_saver; }
    [[nodiscard]] const Paths& paths() const { return m_paths; }
    [[nodiscard]] SessionState& state() { return m_state; }
    [[nodiscard]] ScanOptions scanOptions() const; // as the settings have it
    void touchState(); // saves m_state soon
    void saveNow(bool cleanExit);

    [[nodiscard]] bool busy() const { return m_scan != nullptr || m_job.running; }
    [[nodiscard]] const std::shared_ptr<engine::FlowShelf>& flows() const { return m_flows; }
    [[nodiscard]] bool scanning() const { return m_scan != nullptr; } // everything, not only what changed
    [[nodiscard]] const JobStatus& job() const { return m_job; }
    [[nodiscard]] const std::vector<JobRecord>& jobs() const { return m_jobs; }
    // A record for work done elsewhere (an export); returns its index.
    std::size_t beginJob(const QString& title);
    void endJob(std::size_t index, JobRecord::Outcome outcome, const QString& summary);
    [[nodiscard]] const ReviewCoverage& coverage() const { return m_coverage; }
    [[nodiscard]] double lastSeconds() const { return m_lastSeconds; }
    [[nodiscard]] bool partial() const { return m_stoppedEarly || m_coverage.filesComplete < m_coverage.files; }
    [[nodiscard]] bool stoppedEarly() const { return m_stoppedEarly; }
    void setBackgroundJob(const JobStatus& job); // of the watching, while no scan of everything runs
    void changesTaken(); // the review follows the disk
    void checkRecents(); // finds out in the background which are reachable
    // Asks `poll` at every tick until it says false: how work on other threads is drained.
    void watch(std::function<bool()> poll);

Q_SIGNALS:
    void jobChanged(); // progress, start, end
    void jobsChanged(); // the list of jobs
    void opened(); // a new review has begun
    void scanFinished();
    void coverageChanged();
    // A place somebody asked for is there now.
    void revealRequested(const cupel::app::OpenTarget& target);
    void notice(const QString& text); // one sentence for the status bar

private:
    void start(OpenMode mode);
    void tick();
    void takeResults();
    void finish(const engine::Progress& progress);
    void retire();
    void followTargets();
    void keepSelection();
    void rememberReview();
    void writeState();
    [[nodiscard]] ReviewCoverage measured(const Workspace& workspace) const;
    void setBusy(bool busy);
    void slowDown(); // the ticks, once something was shown

    Settings& m_settings;
    Saver& m_saver;
    Paths m_paths;
    Log m_log;
    widgets::ReviewState m_review;
    Recents m_recents;
    QUndoStack m_undo;
    SessionState m_state;
    QTimer m_tick;
    QTimer m_saveSoon;

    QStringList m_roots;
    std::vector<OpenTarget> m_targets; // asked for, not there yet
    QString m_wantedFingerprint;
    QString m_wantedArtifact; // shown when the last run ended; not there yet
    bool m_placeShown = false; // the place that was asked for: no finding takes its turn
    bool m_following = false; // what is current changes because it was wanted, not by the user
    QSet<QString> m_seen; // artifacts of the running scan
    bool m_replaceWhenDone = false; // a re-scan: drop what it did not see again
    std::vector<AnalysisPtr> m_waiting; // drained, not yet shown
    QElapsedTimer m_clock;
    qint64 m_nextInsert = 0; // ms on m_clock: showing may take a quarter of the time at most
    std::shared_ptr<engine::FlowShelf> m_flows; // what files of the review have to do with each other; null: one file
    std::unique_ptr<engine::Scan> m_scan;
    std::vector<std::function<bool()>> m_watched;
    std::vector<std::unique_ptr<engine::Scan>> m_retired; // cancelled, ending by themselves
    JobStatus m_job;
    std::vector<JobRecord> m_jobs;
    std::size_t m_scanJob = 0;
    ReviewCoverage m_coverage;
    double m_lastSeconds = 0;
    bool m_stoppedEarly = false;
    bool m_withoutFinding = false; // the last run ended at a file without one
    Disposer m_disposer;
    SessionWorker<QStringList, QHash<QString, bool>> m_reachability;
    std::unique_ptr<Comparing> m_comparing;
    std::unique_ptr<TrustKeeper> m_trust;
    std::unique_ptr<Triage> m_triage;
    std::unique_ptr<Fixing> m_fixing; // last: they watch the rest
    std::unique_ptr<Watching> m_watching;
    std::unique_ptr<Pictures> m_pictures;
    std::unique_ptr<Gallery> m_gallery;
    std::unique_ptr<Inspecting> m_inspecting;
    std::unique_ptr<Lineage> m_lineage;
    std::unique_ptr<Threats> m_threats;
    std::unique_ptr<Converting> m_converting;
};

} // namespace cupel::app
