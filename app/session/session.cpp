// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/session.h"

#include "analyzers/code/syntax_memory.h"
#include "app/session/comparing.h"
#include "app/session/converting.h"
#include "app/session/fixing.h"
#include "app/session/gallery.h"
#include "app/session/inspecting.h"
#include "app/session/lineage.h"
#include "app/session/pictures.h"
#include "app/session/threats.h"
#include "app/session/triage.h"
#include "app/session/trust_keeper.h"
#include "app/session/watching.h"
#include "app/settings/saver.h"

#include <QtCore/QFile>
#include <QtCore/QFileInfo>

#include <algorithm>

namespace cupel::app {

namespace {

constexpr int tickInterval = 33;
constexpr int firstTickInterval = 8; // somebody waits for what comes first
constexpr int saveDelay = 400;
constexpr std::size_t maxJobs = 100;
constexpr std::size_t syntaxBytes = 48 << 20; // of trees that are kept for the next scan of their file

QByteArray readSmall(const QString& file)
{
    QFile in(file);
    return in.open(QIODevice::ReadOnly) ? in.read(SessionState::maxBytes) : QByteArray();
}

QHash<QString, bool> reachable(const QStringList& paths, const std::stop_token& stop)
{
    QHash<QString, bool> out;
    for (const QString& path : paths) {
        if (stop.stop_requested()) {
            break;
        }
        out.insert(path, QFileInfo::exists(path)); // may hang on a dead network mount: that is why it is here
    }
    return out;
}

} // namespace

Session::Session(Settings& settings, Saver& saver, Paths paths, QObject* parent)
    : QObject(parent)
    , m_settings(settings)
    , m_saver(saver)
    , m_paths(std::move(paths))
    , m_log(m_paths.logFile())
    , m_reachability(*this, reachable, [this](const QHash<QString, bool>& found) {
        for (auto it = found.begin(); it != found.end(); ++it) {
            m_recents.setReachable(it.key(), it.value());
        }
    })
{
    m_comparing = std::make_unique<Comparing>(*this);
    m_trust = std::make_unique<TrustKeeper>(m_saver, m_paths.trustFile());
    m_triage = std::make_unique<Triage>(*this);
    m_fixing = std::make_unique<Fixing>(*this);
    m_watching = std::make_unique<Watching>(*this);
    m_pictures = std::make_unique<Pictures>(*this);
    m_gallery = std::make_unique<Gallery>(*this);
    m_inspecting = std::make_unique<Inspecting>(*this);
    m_lineage = std::make_unique<Lineage>(*this);
    m_threats = std::make_unique<Threats>(*this);
    m_converting = std::make_unique<Converting>(*this);
    m_undo.setUndoLimit(1'000);
    code::rememberSyntax(syntaxBytes);
    m_log.setFileEnabled(m_settings.boolean(keys::writeLog));
    m_state = SessionState::fromJson(readSmall(m_paths.sessionFile()));
    m_recents.fromJson(readSmall(m_paths.recentsFile()));
    if (!m_state.roots.isEmpty() && !m_state.cleanExit) {
        m_log.warn(tr("The last run did not end properly. What was saved is restored."));
    }
    m_state.cleanExit = false;
    m_tick.setTimerType(Qt::PreciseTimer);
    m_saveSoon.setInterval(saveDelay);
    m_saveSoon.setSingleShot(true);
    connect(this, &Session::opened, m_comparing.get(), &Comparing::reset);
    connect(&m_tick, &QTimer::timeout, this, &Session::tick);
    connect(&m_saveSoon, &QTimer::timeout, this, &Session::writeState);
    connect(&m_recents, &Recents::changed, this, [this] {
        if (m_settings.boolean(keys::keepRecents)) {
            m_saver.save(m_paths.recentsFile(), m_recents.toJson());
        }
    });
    connect(&m_settings, &Settings::changed, this, [this](const QString& key) {
        if (key == QStringView(keys::writeLog)) {
            m_log.setFileEnabled(m_settings.boolean(keys::writeLog));
        }
    });
    connect(&m_review, &widgets::ReviewState::currentChanged, this, &Session::touchState);
    connect(&m_review, &widgets::ReviewState::currentArtifactChanged, this, [this] {
        if (!m_following) {
            m_wantedArtifact.clear();
        }
        touchState();
    });
    connect(&m_review, &widgets::ReviewState::visibleChanged, this, &Session::touchState);
}

Session::~Session() = default;

ReviewCoverage Session::measured(const Workspace& workspace) const
{
    auto out = measureCoverage(workspace, m_review);
    out.lost = m_watching ? m_watching->lost().size() : 0;
    return out;
}

void Session::setDecisions(review::DecisionSetPtr decisions)
{
    m_review.setDecisions(std::move(decisions));
    m_coverage = measured(m_review.workspace());
    m_fixing->state().setDecisions(m_review.decisions());
    if (!m_scan && !m_roots.isEmpty() && !m_review.workspace().analyses.empty()) {
        rememberReview(); // its counts
    }
    Q_EMIT coverageChanged();
}

std::size_t Session::beginJob(const QString& title)
{
    if (m_jobs.size() >= maxJobs) {
        m_jobs.erase(m_jobs.begin());
        m_scanJob = m_scanJob > 0 ? m_scanJob - 1 : 0;
    }
    m_jobs.push_back({title, QDateTime::currentDateTime(), 0, JobRecord::Outcome::Running, {}});
    Q_EMIT jobsChanged();
    return m_jobs.size() - 1;
}

void Session::endJob(std::size_t index, JobRecord::Outcome outcome, const QString& summary)
{
    if (index >= m_jobs.size()) {
        return;
    }
    JobRecord& job = m_jobs[index];
    job.seconds = static_cast<double>(job.started.msecsTo(QDateTime::currentDateTime())) / 1000.0;
    job.outcome = outcome;
    job.summary = summary;
    m_log.info(job.title + QStringLiteral(": ") + summary);
    Q_EMIT jobsChanged();
}

void Session::touchState()
{
    if (!m_saveSoon.isActive()) {
        m_saveSoon.start();
    }
}

void Session::saveNow(bool cleanExit)
{
    m_state.cleanExit = cleanExit;
    m_saveSoon.stop();
    writeState();
    m_saver.flush();
}

void Session::writeState()
{
    m_state.roots = m_roots;
    m_state.query = m_review.query();
    m_state.grouping = QString::number(static_cast<int>(m_review.grouping()));
    m_state.artifact =
        m_wantedArtifact.isEmpty() ? QString::fromStdString(m_review.currentArtifact()) : m_wantedArtifact;
    if (m_review.current()) {
        const Finding* finding = m_review.finding(*m_review.current());
        m_state.fingerprint = finding ? QString::fromStdString(finding->fingerprint) : QString();
    } else {
        m_state.fingerprint = m_wantedFingerprint;
    }
    m_saver.save(m_paths.sessionFile(), m_state.toJson());
    for (const QString& file : m_saver.takeFailures()) {
        m_log.warn(tr("%1 could not be written.").arg(QFileInfo(file).fileName()));
    }
}

void Session::checkRecents()
{
    QStringList paths;
    for (const Recent& recent : m_recents.list()) {
        paths += recent.path;
    }
    if (!paths.isEmpty()) {
        m_reachability.request(paths);
    }
}

void Session::watch(std::function<bool()> poll)
{
    m_watched.push_back(std::move(poll));
    setBusy(true);
}

void Session::slowDown()
{
    if (m_tick.interval() != tickInterval) {
        m_tick.setInterval(tickInterval);
    }
}

void Session::setBusy(bool busy)
{
    if (busy && !m_tick.isActive()) {
        m_tick.start(firstTickInterval);
    } else if (!busy) {
        m_tick.stop();
    }
}

} // namespace cupel::app
