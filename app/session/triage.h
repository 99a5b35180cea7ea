// SPDX-License-Identifier: GPL-3.0-or-later
// What the user decides about findings: reads and writes the decision files of the open folders in the background,
// keeps apart what others decided until the user says yes to it, and tells the review what counts. UI thread.
#pragma once

#include "app/session/decision_book.h"
#include "app/session/session_worker.h"
#include "widgets/common/foreign_band.h"
#include "widgets/findings/triage_form.h"
#include "widgets/fixes/written_band.h"
#include "widgets/models/fix_state.h"
#include "widgets/models/review_state.h"

#include <QtCore/QDate>
#include <QtCore/QObject>
#include <QtCore/QTimer>

#include <map>
#include <set>
#include <string>

namespace cupel::app {

class Session;

// A change of one decision and its inverse.
struct DecisionStep {
    QString folder;
    DecisionBook::Entry before; // without a decision: there was none
    KeyedDecision after;
    [[nodiscard]] const review::Decision& decision() const { return *(after.decision ? after : before.what).decision; }
    [[nodiscard]] review::DecisionId id() const { return review::idOf(decision()); }
};

class Triage : public QObject {
    Q_OBJECT
public:
    explicit Triage(Session& session, QObject* parent = nullptr);
    ~Triage() override; // what is not yet written is

    void reload(); // the files of the open folders, in the background
    void clear(); // no review is open
    [[nodiscard]] bool ready() const { return !m_loading; }

    // One undo step for all of it. Findings that are gone are left out.
    [[nodiscard]] widgets::TriageRefusal decide(
        const std::vector<widgets::FindingRef>& refs, const widgets::TriageAnswer& answer);
    // Empty: done, else a sentence.
    [[nodiscard]] QString remove(const std::vector<widgets::FindingRef>& refs);
    // What holds for the file holds for a copy of it that was written after edits, also where no digest tells its
    // values (ages, sexes): one undo step. What is kept about the copy itself, whether it counts or not, stays as it
    // is, and what was removed by hand does not come back by writing it again.
    [[nodiscard]] widgets::TakenAlong takeAlong(const widgets::FixOutcome& outcome, const QString& copy);
    void apply(const std::vector<DecisionStep>& steps, bool forward); // for the undo command; sorted by id

    // Decisions that came with the open folders and wait for an answer, or why a file is not used.
    [[nodiscard]] widgets::ForeignDecisions foreign() const;
    [[nodiscard]] bool canAskAgain() const { return m_answered; } // some were ignored, or used
    void useForeign();
    void ignoreForeign();
    void askAgain();

    [[nodiscard]] QString author() const; // of the settings, else of the account
    [[nodiscard]] static QDate today(); // in UTC, as the command line has it
    [[nodiscard]] QString folderOf(const std::string& artifact) const;

Q_SIGNALS:
    void changed(); // what counts, or what waits

private:
    using Loaded = std::vector<DecisionFile>;
    using Pending = std::map<QString, DecisionChanges>;
    struct Written {
        Pending what;
        std::map<QString, QString> troubles; // by folder
    };
    void takeLoaded(const Loaded& files);
    void write();
    void takeWritten(const Written& written);
    void push(std::vector<DecisionStep> steps, const QString& text);
    [[nodiscard]] bool isKept(const QString& path, const std::string& fingerprint) const;
    void answerForeign(DecisionTrust::Answer answer);
    void publish();

    Session& m_session;
    std::map<QString, DecisionBook> m_books; // by folder
    Pending m_pending;
    std::set<review::DecisionId> m_removed; // by hand since the start; artifacts are whole paths
    SessionWorker<QStringList, Loaded> m_reader;
    SessionWorker<Pending, Written> m_writer;
    review::DecisionSetPtr m_waiting; // nobody said yes or no to these
    QTimer m_midnight; // decisions end with their day
    QDate m_day;
    bool m_answered = false;
    bool m_loading = false;
};

} // namespace cupel::app
