// SPDX-License-Identifier: GPL-3.0-or-later
// Keeps the review true to the disk: what changed below the opened files and folders is scanned again, and only that.
// One quiet notice per file; selection, filter and place stay. UI thread; the session owns it, its tick drains it.
#pragma once

#include "analyzers/engine/scan.h"
#include "analyzers/review/compare.h"
#include "app/session/file_watch.h"
#include "app/session/worker.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QObject>
#include <QtCore/QString>
#include <QtCore/QStringList>

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace cupel::app {

class Session;

class Watching : public QObject {
    Q_OBJECT
public:
    explicit Watching(Session& session, QObject* parent = nullptr);

    void begin(); // a scan of everything starts: what changes from now on is not in it
    void resume(); // it has ended
    void end(); // nothing is open
    void look(); // compares everything with the disk
    void cancel();
    [[nodiscard]] bool busy() const { return m_scan != nullptr; }
    [[nodiscard]] const WatchCover& cover() const { return m_cover; }
    // What was opened by name and is not on disk any more: what is shown of it is only kept.
    [[nodiscard]] const std::set<std::string>& lost() const { return m_lost; }
    void limitWatches(std::size_t most) { m_mostWatches = most; } // for tests

Q_SIGNALS:
    void coverChanged();
    void taken(int files); // so many were scanned again, or are gone

private:
    enum class Fate : std::uint8_t {
        Changed,
        New,
        Gone,
        Lost
    }; // Lost: it was asked for by name; what is known is kept
    struct Note {
        Fate fate = Fate::Changed;
        bool same = true; // nothing but its time
        std::size_t fresh = 0; // findings, as a comparison of both versions counts them
        std::size_t changed = 0;
        std::size_t reopened = 0; // of the changed ones: somebody had decided about what it was
        std::size_t fixed = 0;
    };

    [[nodiscard]] bool wanted() const;
    void arrived();
    void start();
    void retire();
    [[nodiscard]] bool poll();
    void takeResults();
    void compareWith(const AnalysisPtr& now);
    [[nodiscard]] bool takeCompared();
    void count(const review::FileChange& change);
    static std::vector<review::FileChange> compared(
        std::vector<review::FileChange> changes, const std::stop_token& stop);
    void removeGone();
    void finish();
    void tell();
    [[nodiscard]] QString sentence(const QString& name, const Note& note) const;
    [[nodiscard]] std::string topOf(const std::string& path) const;

    Session& m_session;
    WatchCover m_cover;
    std::size_t m_mostWatches = SIZE_MAX;
    std::set<std::string> m_changed; // not yet scanned
    std::set<std::string> m_gone;
    std::set<std::string> m_lost;
    bool m_back = false; // one of them is there again
    bool m_coverTold = false;

    std::unique_ptr<engine::Scan> m_scan;
    std::vector<std::unique_ptr<engine::Scan>> m_retired; // cancelled, ending by themselves
    std::map<std::string, Note> m_notes; // files of the running scan
    std::set<std::string> m_seen;
    std::vector<AnalysisPtr> m_waiting; // drained, not yet shown
    std::vector<review::FileChange> m_toCompare;
    Worker<std::vector<review::FileChange>, std::vector<review::FileChange>> m_comparer;
    QElapsedTimer m_clock;
    qint64 m_nextInsert = 0;
    bool m_polled = false;

    FileWatch m_watch; // last: its thread ends before the rest goes
};

} // namespace cupel::app
