// SPDX-License-Identifier: GPL-3.0-or-later
// The scanning half of Session: start, drain, finish.
#include "app/session/gallery.h"
#include "app/session/recent_words.h"
#include "app/session/session.h"
#include "app/session/triage.h"
#include "app/session/watching.h"

#include "analyzers/engine/flow_shelf.h"

#include <QtCore/QFileInfo>

#include <algorithm>
#include <utility>

namespace cupel::app {

namespace {

QString baseName(const QString& path)
{
    const QString name = QFileInfo(path).fileName();
    return name.isEmpty() ? path : name;
}

constexpr qint64 firstLook = 300; // milliseconds

} // namespace

ScanOptions Session::scanOptions() const
{
    ScanOptions options;
    options.keepBytes = true;
    options.early = true;
    options.jobs = static_cast<unsigned>(m_settings.integer(keys::jobs));
    for (const QString& glob : m_settings.text(keys::exclude).split(u',', Qt::SkipEmptyParts)) {
        options.exclude.push_back(glob.trimmed().toStdString());
    }
    options.limits.fileBytes = static_cast<std::uint64_t>(m_settings.integer(keys::maxFileMegabytes)) << 20;
    if (const qlonglong seconds = m_settings.integer(keys::maxSeconds); seconds > 0) {
        options.limits.time = std::chrono::seconds(seconds);
    }
    return options;
}

void Session::open(const std::vector<OpenTarget>& targets, OpenMode mode)
{
    if (targets.empty()) {
        return;
    }
    QStringList roots = mode == OpenMode::Add ? m_roots : QStringList();
    for (const OpenTarget& target : targets) {
        if (!roots.contains(target.path)) {
            roots += target.path;
        }
    }
    m_targets = targets;
    m_placeShown = false;
    m_withoutFinding = false;
    const bool sameReview = roots == m_roots && !m_review.workspace().analyses.empty();
    m_roots = roots;
    if (!sameReview && mode == OpenMode::Replace) {
        m_wantedFingerprint.clear();
        m_wantedArtifact.clear();
    }
    m_replaceWhenDone = sameReview || mode == OpenMode::Add;
    start(mode);
    const bool placed = std::any_of(targets.begin(), targets.end(),
        [](const OpenTarget& target) { return target.cell || target.line || !target.fingerprint.isEmpty(); });
    if (placed) {
        m_wantedFingerprint.clear(); // where somebody was before is not asked for
    }
    if (!sameReview && mode == OpenMode::Replace) {
        m_review.setQuery({}); // it was about what was open before
    }
    Q_EMIT opened();
}

void Session::restoreLast()
{
    if (m_state.roots.isEmpty()) {
        return;
    }
    const SessionState last = m_state;
    std::vector<OpenTarget> targets;
    for (const QString& root : last.roots) {
        targets.push_back({root, {}, {}, {}});
    }
    bool ok = false;
    const int grouping = last.grouping.toInt(&ok);
    if (ok && grouping >= 0 && grouping <= static_cast<int>(widgets::Grouping::None)) {
        m_review.setGrouping(static_cast<widgets::Grouping>(grouping));
    }
    open(targets);
    m_review.setQuery(last.query);
    m_targets.clear();
    m_wantedFingerprint = last.fingerprint;
    m_wantedArtifact = last.artifact;
    m_withoutFinding = last.fingerprint.isEmpty() && !last.artifact.isEmpty();
}

void Session::rescan()
{
    if (m_roots.isEmpty()) {
        return;
    }
    m_targets.clear();
    m_replaceWhenDone = true;
    start(OpenMode::Add);
}

void Session::start(OpenMode mode)
{
    if (mode == OpenMode::Add || m_replaceWhenDone) {
        keepSelection(); // another review begins at its own first finding
    }
    retire();
    if (mode == OpenMode::Replace && !m_replaceWhenDone) {
        std::vector<AnalysisPtr> old;
        for (const auto& [path, analysis] : m_review.workspace().analyses) {
            old.push_back(analysis);
        }
        m_review.clear();
        m_disposer.dispose(std::move(old));
    }
    std::vector<std::string> paths;
    for (const QString& root : m_roots) {
        paths.push_back(root.toStdString());
    }
    m_review.setRoots(paths);
    m_review.setOutcome(false, false);
    m_review.setScanning(true); // "no findings" is not yet the last word
    m_triage->reload();
    m_seen.clear();
    m_stoppedEarly = false;
    m_nextInsert = 0;
    m_clock.start();
    m_scanJob = beginJob(
        m_roots.size() == 1 ? tr("Check %1").arg(baseName(m_roots.front())) : tr("Check %1 paths").arg(m_roots.size()));
    m_watching->begin();
    const bool several = m_roots.size() > 1
        || std::any_of(m_roots.begin(), m_roots.end(), [](const QString& r) { return QFileInfo(r).isDir(); });
    m_flows = several ? std::make_shared<engine::FlowShelf>() : nullptr;
    m_scan = std::make_unique<engine::Scan>(std::move(paths), scanOptions(), m_flows);
    m_job = {};
    m_job.running = true;
    setBusy(true);
    Q_EMIT jobChanged();
    touchState();
}

// A cancelled scan ends by itself within 200 ms; waiting for it here would freeze the window.
void Session::retire()
{
    if (!m_scan) {
        return;
    }
    m_scan->cancel();
    m_retired.push_back(std::move(m_scan));
    m_waiting.clear();
    endJob(m_scanJob, JobRecord::Outcome::Stopped, tr("Stopped by a newer scan."));
}

void Session::cancel()
{
    if (m_scan && !m_job.cancelling) {
        m_scan->cancel();
        m_job.cancelling = true;
        m_job.text = tr("Stopping");
        Q_EMIT jobChanged();
    } else if (!m_scan) {
        m_watching->cancel();
    }
}

void Session::close()
{
    retire();
    m_watching->end();
    m_job = {};
    m_roots.clear();
    m_wantedFingerprint.clear();
    m_wantedArtifact.clear();
    std::vector<AnalysisPtr> old;
    for (const auto& [path, analysis] : m_review.workspace().analyses) {
        old.push_back(analysis);
    }
    m_review.clear();
    m_review.setScanning(false);
    m_disposer.dispose(std::move(old));
    m_coverage = {};
    m_lastSeconds = 0;
    m_stoppedEarly = false;
    m_triage->clear();
    Q_EMIT coverageChanged();
    Q_EMIT jobChanged();
    Q_EMIT opened();
    touchState();
}

void Session::tick()
{
    std::erase_if(m_retired, [](const auto& scan) { return scan->progress().finished; });
    // A poll may start another one.
    std::vector<std::function<bool()>> watched = std::exchange(m_watched, {});
    std::erase_if(watched, [](const auto& poll) { return !poll(); });
    m_watched.insert(m_watched.end(), std::make_move_iterator(watched.begin()), std::make_move_iterator(watched.end()));
    if (m_scan) {
        // The end is asked for before the drain: everything posted before it is then in hand.
        const engine::Progress progress = m_scan->progress();
        std::vector<AnalysisPtr> fresh = m_scan->drain();
        m_waiting.insert(m_waiting.end(), std::make_move_iterator(fresh.begin()), std::make_move_iterator(fresh.end()));
        if (progress.finished || m_clock.elapsed() >= m_nextInsert) {
            takeResults();
        }
        if (m_clock.elapsed() > firstLook) {
            slowDown();
        }
        if (progress.finished) {
            finish(progress);
        } else if (!m_job.cancelling) {
            m_job = describeProgress({progress.doneArtifacts, progress.knownArtifacts, progress.doneBytes,
                progress.knownBytes, progress.listing, static_cast<double>(m_clock.elapsed()) / 1000.0});
            Q_EMIT jobChanged();
        }
    }
    if (!m_scan && m_retired.empty() && m_watched.empty()) {
        setBusy(false);
    }
}

void Session::takeResults()
{
    if (m_waiting.empty()) {
        return;
    }
    const qint64 begun = m_clock.elapsed();
    for (const AnalysisPtr& analysis : m_waiting) {
        m_seen.insert(QString::fromStdString(analysis->artifact.path));
    }
    m_following = true; // the first file is shown at once
    m_review.insert(m_waiting);
    m_waiting.clear();
    m_coverage = measured(m_review.workspace());
    followTargets();
    Q_EMIT coverageChanged();
    const qint64 cost = m_clock.elapsed() - begun;
    m_nextInsert = m_clock.elapsed() + 3 * cost;
}

void Session::finish(const engine::Progress& progress)
{
    m_lastSeconds = static_cast<double>(m_clock.elapsed()) / 1000.0;
    m_stoppedEarly = progress.cancelled || progress.timedOut;
    if (m_replaceWhenDone && !m_stoppedEarly) {
        std::vector<std::string> gone;
        for (const auto& [path, analysis] : m_review.workspace().analyses) {
            if (!m_seen.contains(QString::fromStdString(path))) {
                gone.push_back(path);
            }
        }
        m_review.remove(gone);
    }
    // A new review begins at its first finding; one that goes on stays where it was, also at a file without any.
    const bool goesOn = m_replaceWhenDone || m_withoutFinding;
    m_replaceWhenDone = false;
    m_review.setOutcome(progress.cancelled, progress.timedOut); // the report of a part must say so
    m_review.setScanning(false);
    m_coverage = measured(m_review.workspace());
    followTargets();
    m_targets.clear();
    m_following = true;
    if (!goesOn && !m_placeShown && !m_review.current() && !m_review.visible().empty()) {
        m_review.setCurrent(m_review.visible().front());
    }
    m_review.setCurrentArtifact(
        m_wantedArtifact.isEmpty() ? m_review.currentArtifact() : m_wantedArtifact.toStdString());
    m_wantedArtifact.clear();
    m_following = false;
    const std::uint64_t findings = m_review.total();
    const auto outcome = progress.timedOut ? JobRecord::Outcome::TimedOut
        : progress.cancelled               ? JobRecord::Outcome::Stopped
                                           : JobRecord::Outcome::Done;
    QString summary = tr("%1, %n finding(s)", nullptr, static_cast<int>(findings)).arg(coverageText(m_coverage));
    if (m_stoppedEarly) {
        summary =
            progress.cancelled ? tr("Stopped. %1").arg(summary) : tr("Stopped by the time limit. %1").arg(summary);
    }
    m_scan.reset();
    m_job = {};
    endJob(m_scanJob, outcome, summary);
    rememberReview();
    Q_EMIT coverageChanged();
    Q_EMIT jobChanged();
    Q_EMIT scanFinished();
    Q_EMIT notice(m_stoppedEarly ? summary : tr("Checked: %n finding(s)", nullptr, static_cast<int>(findings)));
    touchState();
    m_watching->resume();
}

void Session::setBackgroundJob(const JobStatus& job)
{
    if (!m_scan && (job.running || m_job.running)) {
        m_job = job;
        Q_EMIT jobChanged();
    }
}

void Session::changesTaken()
{
    m_coverage = measured(m_review.workspace());
    rememberReview();
    Q_EMIT coverageChanged();
    Q_EMIT scanFinished();
    touchState();
}

void Session::keepSelection()
{
    if (m_review.current()) {
        if (const Finding* finding = m_review.finding(*m_review.current())) {
            m_wantedFingerprint = QString::fromStdString(finding->fingerprint);
        }
    }
}

// Goes to the places asked for as soon as their file is there; a re-scan finds its selection again by fingerprint.
void Session::followTargets()
{
    m_following = true;
    const auto byFingerprint = [this](const std::string& path, const std::string& fingerprint) {
        const AnalysisPtr analysis = m_review.analysis(path);
        for (std::size_t i = 0; analysis && i < analysis->findings.size(); ++i) {
            if (analysis->findings[i].fingerprint == fingerprint) {
                m_review.setCurrent(widgets::FindingRef{path, i});
                return true;
            }
        }
        return false;
    };
    if (!m_wantedFingerprint.isEmpty() && !m_review.current()) {
        // A copy of a file has the same findings: the one that was shown comes first, also when it comes later.
        const std::string wanted = m_wantedFingerprint.toStdString();
        const std::string shown = m_wantedArtifact.toStdString();
        bool found = byFingerprint(shown, wanted);
        const bool awaited = !shown.empty() && !m_review.analysis(shown) && scanning();
        const auto& analyses = m_review.workspace().analyses;
        for (auto at = analyses.begin(); at != analyses.end() && !found && !awaited; ++at) {
            found = byFingerprint(at->first, wanted);
        }
        if (found) {
            m_wantedFingerprint.clear();
        }
    }
    // The file that was shown need not be that of the finding; whichever comes later, it stays in view.
    if (const std::string path = m_wantedArtifact.toStdString(); !path.empty() && m_review.analysis(path)) {
        m_review.setCurrentArtifact(path);
        if (m_wantedFingerprint.isEmpty()) {
            m_wantedArtifact.clear();
        }
    }
    std::vector<OpenTarget> rest;
    for (const OpenTarget& target : m_targets) {
        const std::string path = target.path.toStdString();
        if (!m_review.analysis(path)) {
            rest.push_back(target);
            continue;
        }
        if (m_review.currentArtifact() != path && (target.cell || target.line || !target.fingerprint.isEmpty())) {
            m_review.setCurrentArtifact(path);
        }
        if (!target.fingerprint.isEmpty()) {
            byFingerprint(path, target.fingerprint.toStdString());
        }
        if (target.cell || target.line) {
            Q_EMIT revealRequested(target);
        }
        m_placeShown = m_placeShown || target.cell || target.line || !target.fingerprint.isEmpty();
        if (m_review.analysis(path)->provisional) {
            rest.push_back(target); // the findings that are still to come may stand at this very place
        }
    }
    m_targets = std::move(rest);
    if (m_review.currentArtifact().empty() && !m_review.workspace().analyses.empty()) {
        m_review.setCurrentArtifact(m_review.workspace().analyses.begin()->first);
    }
    m_following = false;
}

void Session::rememberReview()
{
    if (!m_settings.boolean(keys::keepRecents)) {
        return;
    }
    // Of a thousand dropped files only the last ones would stay in the list.
    const auto most = static_cast<qsizetype>(Recents::capacity);
    for (const QString& root : m_roots.mid(std::max<qsizetype>(0, m_roots.size() - most))) {
        Recent recent;
        recent.path = root;
        recent.opened = QDateTime::currentSecsSinceEpoch();
        recent.scanned = !m_stoppedEarly;
        const Workspace part = partUnder(m_review.workspace(), root);
        const auto own = part.analyses.find(root.toStdString());
        recent.folder = own == part.analyses.end();
        recent.format = recent.folder ? QString()
                                      : QString::fromUtf8(own->second->facts.format.data(),
                                            static_cast<qsizetype>(own->second->facts.format.size()));
        const ReviewCoverage coverage = measured(part);
        recent.artifacts = coverage.files;
        recent.incomplete = coverage.files - coverage.filesComplete;
        recent.bySeverity = coverage.bySeverity;
        recent.settled = coverage.settled;
        recent.notJudged = notJudgedIn(part, m_gallery->lookedAt());
        recent.cells = coverage.cells;
        recent.outputs = coverage.outputs;
        m_recents.put(std::move(recent));
    }
}

} // namespace cupel::app
