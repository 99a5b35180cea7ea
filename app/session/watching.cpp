// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/watching.h"

#include "analyzers/engine/flow_shelf.h"
#include "app/session/session.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QTimer>
#include <QtGui/QGuiApplication>
#include <QtGui/QWindow>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include <algorithm>
#include <utility>

namespace cupel::app {

namespace {

constexpr int mostLines = 20; // in the log for one batch
constexpr qint64 shownAfter = 300; // milliseconds: shorter work shows no progress

bool sameContent(const Analysis& a, const Analysis& b)
{
    constexpr Sha256 unknown{};
    return a.artifact.sha256 == b.artifact.sha256 && a.artifact.sha256 != unknown && a.facts.status == b.facts.status
        && a.findings.size() == b.findings.size();
}

// A file that went between the report and the reading: the next report will say so.
bool isMissing(const Analysis& analysis)
{
    const auto& diagnostics = analysis.facts.diagnostics;
    return analysis.facts.status == ReadStatus::Unreadable && !diagnostics.empty()
        && diagnostics.front().code == toString(ErrorCode::NotFound);
}

} // namespace

Watching::Watching(Session& session, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_comparer([](const std::vector<review::FileChange>& changes, const std::stop_token& stop) {
        return compared(changes, stop);
    })
    , m_watch([this] { QMetaObject::invokeMethod(this, &Watching::arrived, Qt::QueuedConnection); })
{
    connect(&session.settings(), &Settings::changed, this, [this](const QString& key) {
        if (key != QStringView(keys::watchFiles)) {
            return;
        }
        if (wanted()) {
            m_session.rescan(); // what changed meanwhile
        } else {
            end();
        }
    });
    if (auto* app = qobject_cast<QGuiApplication*>(QCoreApplication::instance())) {
        connect(app, &QGuiApplication::focusWindowChanged, this, [this](const QWindow* window) {
            if (window && !m_cover.complete()) {
                look();
            }
        });
    }
}

bool Watching::wanted() const
{
    return m_session.settings().boolean(keys::watchFiles) && !m_session.roots().isEmpty();
}

void Watching::begin()
{
    retire();
    m_changed.clear();
    m_gone.clear();
    m_lost.clear();
    m_cover = {};
    m_coverTold = false;
    if (!wanted()) {
        m_watch.end();
        return;
    }
    std::vector<std::string> roots;
    for (const QString& root : m_session.roots()) {
        roots.push_back(root.toStdString());
    }
    m_watch.begin(std::move(roots), {m_session.scanOptions().exclude, m_mostWatches});
}

void Watching::end()
{
    retire();
    m_changed.clear();
    m_gone.clear();
    m_lost.clear();
    m_cover = {};
    m_watch.end();
}

void Watching::look()
{
    if (wanted()) {
        m_watch.look();
    }
}

void Watching::resume()
{
    QTimer::singleShot(0, this, &Watching::start);
}

void Watching::cancel()
{
    if (m_scan) {
        m_scan->cancel();
    }
}

// A cancelled scan ends by itself; waiting for it here would freeze the window.
void Watching::retire()
{
    if (m_scan) {
        m_scan->cancel();
        m_retired.push_back(std::move(m_scan));
        m_waiting.clear();
        m_toCompare.clear();
        m_comparer.cancel();
        m_session.setBackgroundJob({});
    }
}

void Watching::arrived()
{
    if (const auto cover = m_watch.takeCover()) {
        m_cover = *cover;
        if (!m_cover.complete() && !std::exchange(m_coverTold, true)) {
            Log& log = m_session.log();
            if (m_cover.unwatched > 0) {
                log.warn(tr("%1 of %2 folders cannot be watched, because the system's limit is reached. Changes there "
                            "are noticed when the window gets the focus.")
                        .arg(m_cover.unwatched)
                        .arg(m_cover.folders));
            }
            if (m_cover.remote) {
                log.warn(tr("Files on a network cannot be watched reliably. Their changes are noticed when the window "
                            "gets the focus."));
            }
        }
        Q_EMIT coverChanged();
    }
    FileChanges changes = m_watch.take();
    for (auto& path : changes.changed) {
        m_gone.erase(path);
        m_back = m_lost.erase(path) > 0 || m_back;
        m_changed.insert(std::move(path));
    }
    for (auto& path : changes.gone) {
        m_changed.erase(path);
        m_gone.insert(std::move(path));
    }
    start();
}

void Watching::start()
{
    if (m_scan || m_session.scanning() || (m_changed.empty() && m_gone.empty())) {
        return;
    }
    const auto& analyses = m_session.review().workspace().analyses;
    m_notes.clear();
    m_seen.clear();
    for (const auto& path : m_gone) {
        const bool root = m_session.roots().contains(QString::fromStdString(path));
        if (analyses.count(path) != 0) {
            m_notes[path].fate = root ? Fate::Lost : Fate::Gone;
            if (root) {
                m_lost.insert(path);
            }
        }
    }
    std::vector<std::string> paths;
    for (const auto& path : std::exchange(m_changed, {})) {
        m_notes[path].fate = analyses.count(path) == 0 ? Fate::New : Fate::Changed;
        paths.push_back(path);
    }
    m_gone.clear();
    ScanOptions options = m_session.scanOptions();
    options.early = false; // what is shown stays until all of the new is known
    if (paths.size() == 1) {
        options.jobs = 1;
    }
    m_clock.start();
    m_nextInsert = 0;
    m_scan = std::make_unique<engine::Scan>(std::move(paths), std::move(options), m_session.flows());
    if (!std::exchange(m_polled, true)) {
        m_session.watch([this] { return poll(); });
    }
}

bool Watching::poll()
{
    std::erase_if(m_retired, [](const auto& scan) { return scan->progress().finished; });
    if (m_scan) {
        const engine::Progress progress = m_scan->progress(); // before the drain: all posted before it is then in hand
        std::vector<AnalysisPtr> fresh = m_scan->drain();
        m_waiting.insert(m_waiting.end(), std::make_move_iterator(fresh.begin()), std::make_move_iterator(fresh.end()));
        if (progress.finished || m_clock.elapsed() >= m_nextInsert) {
            takeResults();
        }
        const bool counted = takeCompared();
        if (progress.finished && m_waiting.empty() && counted) {
            if (!progress.cancelled) {
                removeGone();
            }
            m_scan.reset();
            finish();
        } else if (m_clock.elapsed() >= shownAfter) {
            m_session.setBackgroundJob(
                describeProgress({progress.doneArtifacts, progress.knownArtifacts, progress.doneBytes,
                    progress.knownBytes, progress.listing, static_cast<double>(m_clock.elapsed()) / 1000.0}));
        }
    }
    m_polled = m_scan != nullptr || !m_retired.empty();
    return m_polled;
}

// In slices: showing may take a quarter of the time at most.
void Watching::takeResults()
{
    constexpr std::size_t slice = 400;
    const qint64 begun = m_clock.elapsed();
    const auto count = std::min(m_waiting.size(), slice);
    std::vector<AnalysisPtr> shown;
    for (std::size_t i = 0; i < count; ++i) {
        const AnalysisPtr& now = m_waiting[i];
        const AnalysisPtr before = m_session.review().analysis(now->artifact.path);
        m_seen.insert(now->artifact.path);
        if (isMissing(*now) || (before && sameContent(*before, *now))) {
            continue;
        }
        compareWith(now);
        shown.push_back(now);
    }
    m_waiting.erase(m_waiting.begin(), m_waiting.begin() + static_cast<std::ptrdiff_t>(count));
    m_session.review().insert(shown);
    m_nextInsert = m_clock.elapsed() + 3 * (m_clock.elapsed() - begun);
}

// As Compare does it, which reads the texts of all cells: too long for a turn of the window.
std::vector<review::FileChange> Watching::compared(std::vector<review::FileChange> changes, const std::stop_token& stop)
{
    for (auto& change : changes) {
        if (stop.stop_requested()) {
            break;
        }
        if (change.before) {
            change.cells = review::alignCells(*change.before, *change.after);
        }
        review::compareFindings(change);
    }
    return changes;
}

void Watching::compareWith(const AnalysisPtr& now)
{
    review::FileChange change;
    change.before = m_session.review().analysis(now->artifact.path);
    change.after = now;
    change.path = now->artifact.path;
    Note& note = m_notes[topOf(now->artifact.path)];
    note.same = false;
    if (change.before && !now->facts.hasLines) { // the bytes of a model are too many to be compared here
        const auto marks = [](const Analysis& analysis) {
            std::multiset<std::string> out;
            for (const auto& finding : analysis.findings) {
                out.insert(finding.fingerprint);
            }
            return out;
        };
        const auto missing = [](const auto& from, const auto& in) {
            std::vector<std::string> out;
            std::set_difference(from.begin(), from.end(), in.begin(), in.end(), std::back_inserter(out));
            return out.size();
        };
        const auto was = marks(*change.before);
        const auto is = marks(*now);
        note.fresh += missing(is, was);
        note.fixed += missing(was, is);
        return;
    }
    m_toCompare.push_back(std::move(change));
}

// True: all that there was to compare is counted.
bool Watching::takeCompared()
{
    if (const auto changes = m_comparer.take()) {
        for (const auto& change : *changes) {
            count(change);
        }
    }
    if (!m_comparer.busy() && !m_toCompare.empty()) {
        m_comparer.request(std::exchange(m_toCompare, {}));
    }
    return !m_comparer.busy() && m_toCompare.empty();
}

void Watching::count(const review::FileChange& change)
{
    using Kind = review::FindingChange::Kind;
    Note& note = m_notes[topOf(change.path)];
    note.fresh += change.count(Kind::Fresh);
    note.changed += change.count(Kind::Changed);
    note.fixed += change.count(Kind::Gone);
    const auto& decisions = m_session.review().decisions();
    note.reopened += static_cast<std::size_t>(
        std::count_if(change.findings.begin(), change.findings.end(), [&decisions](const review::FindingChange& one) {
            return one.kind == Kind::Changed && decisions && decisions->settles(one.was->findings[one.wasIndex])
                && !decisions->settles(one.analysis->findings[one.index]);
        }));
}

// The file on disk that a member of a container came from.
std::string Watching::topOf(const std::string& path) const
{
    if (m_notes.count(path) == 0) {
        for (auto at = path.find('!'); at != std::string::npos; at = path.find('!', at + 1)) {
            if (const auto top = path.substr(0, at); m_notes.count(top) != 0) {
                return top;
            }
        }
    }
    return path;
}

// Files that are gone, and members that their containers do not hold any more.
void Watching::removeGone()
{
    const auto& analyses = m_session.review().workspace().analyses;
    std::vector<std::string> paths;
    for (auto& [top, note] : m_notes) {
        if (note.fate == Fate::Lost) {
            note.same = false;
            continue;
        }
        const bool whole = note.fate == Fate::Gone;
        const auto take = [&](const auto& entry) {
            note.same = false;
            note.fixed += entry.second->findings.size();
            paths.push_back(entry.first);
        };
        if (const auto own = analyses.find(top); whole && own != analyses.end()) {
            take(*own);
        }
        const auto inside = top + '!';
        for (auto at = analyses.lower_bound(inside); at != analyses.end() && at->first.starts_with(inside); ++at) {
            if (whole || m_seen.count(at->first) == 0) {
                take(*at);
            }
        }
    }
    for (std::size_t i = 0; m_session.flows() && i < paths.size(); ++i) {
        m_session.flows()->put(paths[i], nullptr);
    }
    m_session.review().remove(paths);
}

void Watching::finish()
{
    m_session.setBackgroundJob({});
    std::erase_if(m_notes, [](const auto& entry) { // what Cupel itself keeps there is no news
        const bool own = entry.first.find("/.cupel/") != std::string::npos && entry.second.fresh == 0;
        return entry.second.same || own;
    });
    const int files = static_cast<int>(m_notes.size());
    if (const bool back = std::exchange(m_back, false); files > 0 || back) {
        m_session.changesTaken();
    }
    if (files > 0) {
        tell();
    }
    m_notes.clear();
    m_seen.clear();
    Q_EMIT taken(files);
    start(); // what came meanwhile
}

QString Watching::sentence(const QString& name, const Note& note) const
{
    const auto number = [](std::size_t count) { return static_cast<int>(count); };
    switch (note.fate) {
    case Fate::New:
        return tr("%1 is new on disk: %2").arg(name, tr("%n finding(s)", nullptr, number(note.fresh)));
    case Fate::Gone:
        return tr("%1 is gone from disk").arg(name);
    case Fate::Lost:
        return tr("%1 is not on disk any more; what was found in it is kept").arg(name);
    case Fate::Changed:
        break;
    }
    QStringList parts; // the first one says of what
    if (note.fresh > 0) {
        parts += tr("%n finding(s) new", nullptr, number(note.fresh));
    }
    if (note.changed > 0) {
        const QString changed = parts.isEmpty() ? tr("%n finding(s) changed", nullptr, number(note.changed))
                                                : tr("%1 changed").arg(note.changed);
        parts += note.reopened > 0 ? tr("%1 (%2 open again)").arg(changed).arg(note.reopened) : changed;
    }
    if (note.fixed > 0) {
        parts +=
            parts.isEmpty() ? tr("%n finding(s) fixed", nullptr, number(note.fixed)) : tr("%1 fixed").arg(note.fixed);
    }
    return parts.isEmpty() ? tr("%1 changed on disk: the findings are the same").arg(name)
                           : tr("%1 changed on disk: %2").arg(name, parts.join(QStringLiteral(", ")));
}

void Watching::tell()
{
    Note sum;
    int lines = 0;
    QString last;
    for (const auto& [path, note] : m_notes) {
        sum.fresh += note.fresh;
        sum.changed += note.changed;
        sum.reopened += note.reopened;
        sum.fixed += note.fixed;
        last = sentence(widgets::shownFileName(path), note);
        if (lines++ < mostLines) {
            m_session.log().info(last);
        }
    }
    const int files = static_cast<int>(m_notes.size());
    if (files > 1) {
        last = sentence(tr("%n file(s)", nullptr, files), sum);
    }
    if (files > mostLines) {
        m_session.log().info(last);
    }
    Q_EMIT m_session.notice(last);
}

} // namespace cupel::app
