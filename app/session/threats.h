// SPDX-License-Identifier: GPL-3.0-or-later
// The threat model of the review: derived and drawn in the background, with what people decide, which is kept in a file
// of the folder and can be taken back. UI thread; the session owns it, its tick drains it.
#pragma once

#include "analyzers/base/mailbox.h"
#include "analyzers/threats/work/team_step.h"
#include "app/session/session_worker.h"
#include "app/session/threat_exchange.h"
#include "app/session/threat_history.h"
#include "app/session/threat_reader.h"
#include "widgets/models/threat_state.h"

#include <QtCore/QFileSystemWatcher>
#include <QtCore/QObject>
#include <QtCore/QTimer>

#include <map>
#include <memory>
#include <optional>

namespace cupel::app {

class Session;

class Threats : public QObject {
    Q_OBJECT
public:
    explicit Threats(Session& session, QObject* parent = nullptr);
    ~Threats() override; // what is not yet written is
    [[nodiscard]] widgets::ThreatState& state() { return m_state; }
    [[nodiscard]] widgets::RuleBench& bench() { return m_bench; } // rules that users add
    [[nodiscard]] const threats::TeamModel& team() const { return m_team; }
    // Without what came with the folder and waits for a yes, and without its history: what a report may tell.
    [[nodiscard]] threats::TeamModel countedTeam() const;
    // What the state shows is of the review as it is now.
    [[nodiscard]] bool current() const { return !m_stale && m_state.how() == widgets::ThreatState::How::Ready; }
    // Somebody has worked on it, here or in an earlier run: a report tells of it without being asked to.
    [[nodiscard]] bool isKept() const;
    void setActive(bool active); // its mode is shown, or a report is to tell of it
    void again(); // reads from the start
    // Empty: done, else a sentence why not.
    [[nodiscard]] QString decide(const std::string& threat, const widgets::ThreatAnswer& answer);
    // One step of work on the model. Empty: done, or nothing was to be done; else a sentence why not.
    [[nodiscard]] QString edit(const QString& name, const threats::TeamEdit& edit);
    // A model of another tool, beside what is drawn; in the background. What came of it is told.
    void importFile(const QString& file);
    void stopImport();
    // A file of another tool is worked on in its own form, instead of the model of the folder, until somebody leaves
    // it or opens another folder. What is not saved comes back with it.
    void openFile(const QString& file);
    void leaveFile();
    void saveFile(bool anyway = false); // `anyway`: although not all of it can be said in its form
    void takeFileOver(); // into the model of the folder
    [[nodiscard]] bool hasUnsaved() const;
    // Names of files with changes that would be lost with the window: neither saved, nor to be kept as a draft.
    [[nodiscard]] QStringList atRisk();
    [[nodiscard]] const QString& openedFile() const { return m_open; } // empty: the model of the folder is shown
    [[nodiscard]] const QString& place() const { return m_folder; } // that the model is of
    void exportTo(const QString& file, const QString& title, ThreatFormat format);
    // For the undo command; `place`: that the step was made at.
    void apply(const threats::TeamStep& step, bool forward, const QString& place);
    [[nodiscard]] bool canAskAgain() const
    {
        return m_answered;
    } // somebody said yes or no to what came with the folder
    void askAgain();

Q_SIGNALS:
    void told(const QString& text); // one sentence for the status bar
    void foreignChanged(); // what waits, or was answered
    void notAllCanBeSaid(const QString& format, const QStringList& lost); // of the file; nothing was saved

private:
    struct SaveRequest {
        QString folder;
        threats::TeamModel base;
        threats::TeamModel ours;
    };
    struct Found { // what the file holds now
        QString folder;
        TeamFile file;
        unsigned saves = 0; // as it was when it was asked for
    };
    struct FindRequest {
        QString folder;
        unsigned saves = 0;
    };
    struct Saved {
        QString folder;
        threats::TeamModel ours; // as it was asked for
        threats::TeamModel merged;
        QString trouble;
    };
    [[nodiscard]] static const threats::TeamModel& baseOf(const SaveRequest& request, const SaveRequest& last);
    bool followMoves(const threats::TeamModel& counted); // true: something was moved, and it is read again
    void answerForeign(DecisionTrust::Answer answer);
    [[nodiscard]] static std::string now(); // ISO date and time
    void rememberSeen(const threats::TeamModel& before);
    void rememberUnfolded(const ThreatSource& before);
    [[nodiscard]] bool isFoldedOtherwise() const; // than the source is
    void wireBench();
    void tryRule(const threats::RuleDraft& draft);
    void addOwnRule(const threats::RuleDraft& draft, const QString& pack);
    void usePack(const QString& name);
    void noteFixes(std::vector<std::string> fixed); // what a scan says of decisions, beside them
    [[nodiscard]] bool counts(const std::string& threat) const; // what is decided about it
    void follow();
    [[nodiscard]] QString change(const QString& name, const threats::TeamEdit& edit, bool trusted);
    void takeImported(const QString& file, ThreatImport imported);
    [[nodiscard]] QString rootFolder() const; // that the model would be of
    void moveTo(const QString& place, const QString& file); // what was there is forgotten
    [[nodiscard]] threats::TeamModel counted() const; // what of it counts here
    void takeDocument(const ThreatResult& result);
    void finishTakeOver();
    void tellFile();
    void keepDraft();
    void takeDraftNews();
    void takeFresh(ThreatResult& result);
    [[nodiscard]] QString closed() const; // why nothing can be changed; empty: it can
    [[nodiscard]] std::vector<AnalysisPtr> analyses() const; // of the review, without what Cupel keeps itself
    void read(bool fresh);
    void take(ThreatResult result);
    void save();
    void takeSaved(const Saved& saved);
    void watchFile(); // what others write into it is seen
    void look();
    void takeFound(const Found& found);

    struct Kept { // what is not saved of a file
        QByteArray onDisk;
        threats::TeamModel team;
        bool drafted = true; // as far as is known, on the disk as well
    };
    struct DraftNews { // from the thread that writes
        QString path; // of the file
        bool fits = false;
    };
    struct TakenOver {
        QString folder; // that it is for
        QString name;
        threats::TeamModel team;
    };

    Session& m_session;
    widgets::ThreatState m_state;
    widgets::RuleBench m_bench;
    QString m_packStamp; // as they were read last
    ThreatHistory m_history;
    bool m_active = false;
    bool m_held = false; // somebody stopped it before there was anything: it is made when somebody asks
    bool m_stale = true; // the review is another one than what is drawn
    bool m_pending = false;
    bool m_loaded = false; // the file was read; nothing is written before
    bool m_writable = true;
    QString m_trouble; // of the file
    std::vector<AnalysisPtr> m_analyses; // that the model was made of
    QString m_folder;
    std::shared_ptr<engine::LineageMemory> m_memory; // the worker's; what did not change is not followed again
    ThreatSourcePtr m_source;
    widgets::SceneMemoryPtr m_sceneMemory; // of the drawing
    threats::TeamModel m_team;
    threats::TeamModel m_base; // as the file was when it was last seen
    SessionWorker<ThreatRequest, ThreatResult> m_worker;
    std::shared_ptr<SaveRequest> m_lastSave = std::make_shared<SaveRequest>(); // that was written; the saver's own
    std::unique_ptr<SessionWorker<SaveRequest, Saved>> m_saver;
    SessionWorker<FindRequest, Found> m_finder;
    QFileSystemWatcher m_watcher;
    QTimer m_quiet; // a file that is being written is read once
    unsigned m_saves = 0;
    std::map<std::string, std::string> m_digests; // of all elements that were ever seen in this folder, by id
    threats::Renames m_renamed; // threats that steps of undo know by an older id
    QStringList m_waitingKeys; // of the lines that wait for an answer
    bool m_answered = false;
    QStringList m_roots; // what is open
    std::map<QString, Kept> m_kept; // by path: of the files that were worked on
    std::shared_ptr<Mailbox<DraftNews>> m_draftNews = std::make_shared<Mailbox<DraftNews>>();
    bool m_draftPolled = false;
    bool m_drafted = false; // something that is not saved is kept
    QString m_open; // a file that is worked on; empty: none
    QString m_left; // the one that was left last
    ThreatDocumentPtr m_document; // of m_open, once it is read
    threats::TeamModel m_savedTeam; // as the file on the disk says it
    QByteArray m_onDisk; // digest
    std::shared_ptr<TakenOver> m_takenOver; // waits for the model of the folder
    struct TrialRequest {
        widgets::ThreatReadingPtr reading;
        ThreatSourcePtr source;
        threats::RuleDraft draft;
    };
    std::unique_ptr<SessionWorker<TrialRequest, widgets::RuleTrial>> m_trier; // once somebody tries a rule
    std::shared_ptr<Worker<ThreatSave, ThreatSaved>> m_fileSaver;
    std::shared_ptr<Worker<ThreatImportRequest, ThreatImport>> m_importer;
    std::shared_ptr<Worker<ThreatImportRequest, ThreatImport>> m_retiring; // was stopped
};

} // namespace cupel::app
