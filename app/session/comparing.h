// SPDX-License-Identifier: GPL-3.0-or-later
// Compares the open review with an earlier version: another file or folder, or a revision of git. Works in the
// background and can be stopped; so are models, number by number, once their findings are there. UI thread; the
// session's tick drains it.
#pragma once

#include "analyzers/model/options.h"
#include "app/session/session_worker.h"
#include "widgets/models/compare_state.h"

#include <QtCore/QObject>
#include <QtCore/QString>

#include <atomic>
#include <memory>

namespace cupel::app {

class Session;

struct CompareProgress { // written by the worker
    std::atomic<std::size_t> done{0};
    std::atomic<std::size_t> total{0};
    std::atomic<bool> stopped{false};
};

struct CompareRequest {
    std::string path; // the earlier version; empty: a revision
    std::string revision;
    Workspace after;
    QString afterName;
    ScanOptions options;
    std::shared_ptr<CompareProgress> progress;
};
// Blocking; any thread. Null when it was stopped; what went wrong is told in the outcome.
[[nodiscard]] widgets::CompareOutcomePtr workOutComparison(const CompareRequest& request, const std::stop_token& stop);

class Comparing : public QObject {
    Q_OBJECT
public:
    explicit Comparing(Session& session, QObject* parent = nullptr);
    [[nodiscard]] widgets::CompareState& state() { return m_state; }
    // A file is the earlier version of the file that is chosen in what is open, a folder that of all of it.
    void compareWithPath(const QString& path);
    void compareWithRevision(const QString& revision); // of the chosen file when only that is wanted
    void cancel();
    void compareModel(); // in the background; again when it was stopped
    void stopModel();
    void reset(); // another review is open

private:
    void start(CompareRequest request, const QString& name, bool onlyChosen);
    [[nodiscard]] std::string chosenFile() const; // on disk; empty: none, or it is all that is open
    void followChosen();
    void requestLines();
    void takeOutcome(widgets::CompareOutcomePtr outcome);
    void takeModel(widgets::CompareTablesPtr tables);
    void showProgress();
    struct LinesRequest {
        widgets::CompareOutcomePtr outcome;
        std::size_t file = 0;
    };
    Session& m_session;
    widgets::CompareState m_state;
    std::shared_ptr<CompareProgress> m_progress;
    SessionWorker<CompareRequest, widgets::CompareOutcomePtr> m_worker;
    SessionWorker<LinesRequest, widgets::ComparedFilePtr> m_lines;
    SessionWorker<widgets::CompareOutcomePtr, widgets::CompareTablesPtr> m_models;
    std::size_t m_job = 0;
};

} // namespace cupel::app
